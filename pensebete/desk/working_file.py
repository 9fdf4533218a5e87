"""The working file of a desk, to save and open again: dossiers, remarks, private notes; with a passphrase, encrypted.

Unencrypted it is gzip around a JSON object, {"format": "pensebete-desk", "version": 1, "dossiers": […], "notes": {…},
"read": {…}, "said": {…}, "author": {…}, "phrases": […]}. One that was saved before there was any of the last four opens
without them.
Encrypted, that gzip is sealed with AES-256-GCM under a key that scrypt makes of the passphrase, behind one line that
says so and is sealed with it. Nothing of the passphrase is kept: whoever loses it has lost the file.
"""

from __future__ import annotations

import gzip
import json
import os
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from unicodedata import normalize
from uuid import UUID

from pensebete.assessment.dossier_file import Problem
from pensebete.assessment.pdf_file import Comment
from pensebete.assessment.review.file import MOST_OF_A_REMARK, ReviewError, dump, read_review
from pensebete.assessment.review.model import Author
from pensebete.desk.intake import Taken
from pensebete.desk.phrases import MOST_PHRASES, Phrase
from pensebete.desk.remarking import SPOKEN_KINDS
from pensebete.desk.said import Said

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

FORMAT, VERSION = "pensebete-desk", 1
MOST_UNFOLDED = 60_000_000  # bytes
MOST_DOSSIERS = 2_000
MOST_OF_A_NOTE = 5_000  # characters
_GZIP = b"\x1f\x8b"
_BEGINS = f'{{"format": "{FORMAT}"'.encode()
_SEALED = b"pensebete-desk-encrypted "
_LONGEST_HEAD = 200  # bytes
# What scrypt costs: 64 MB and a fifth of a second, for who opens the file and for each guess of who should not.
_N, _R, _P = 2**16, 8, 1
_SALT, _NONCE, _KEY = 16, 12, 32  # bytes
# What there may be to say of a file that opens, and what it names.
_NOTES: Mapping[str, tuple[str, ...]] = {
    "several": ("count",),
    "pdf.some_lost": ("lost",),
    "pdf.more_comments": ("count",),
    "review.too_large": (),
    "review.not_json": (),
    "review.another_program": (),
    "review.newer": (),
    "review.wrong_value": ("place",),
    "review.another_dossier": (),
    "review.of_several": (),
}

NOBODY = Author()


@dataclass(frozen=True, slots=True)
class WorkingFile:
    dossiers: tuple[Taken, ...]
    notes: Mapping[str, str] = field(default_factory=dict)  # by the key of an entry
    read: Mapping[str, date] = field(default_factory=dict)  # by the digest of a dossier, the day it was read
    said: Mapping[str, Said] = field(default_factory=dict)  # by the key of an entry
    author: Author = NOBODY  # of what is said at this desk
    phrases: tuple[Phrase, ...] = ()  # of that author


class WorkingFileError(Exception):
    """It cannot be opened; `problem` says why."""

    def __init__(self, id: str, **values: str) -> None:
        super().__init__(id)
        self.problem = Problem(f"working_file.{id}", values)


def is_working_file(content: bytes) -> bool:
    return is_sealed(content) or (content.startswith(_GZIP) and _beginning(content).lstrip().startswith(_BEGINS))


def is_sealed(content: bytes) -> bool:
    """Whether it takes a passphrase to open it."""
    return content.startswith(_SEALED)


def written(kept: WorkingFile, passphrase: str = "") -> bytes:
    said = {
        "format": FORMAT,
        "version": VERSION,
        "dossiers": [_as_json(taken) for taken in kept.dossiers],
        "notes": {id: note for id, note in kept.notes.items() if note},
        "read": {digest: day.isoformat() for digest, day in kept.read.items()},
        **of_advisor(kept),
    }
    packed = gzip.compress(json.dumps(said).encode(), 6, mtime=0)
    if not passphrase:
        return packed
    salt, nonce = os.urandom(_SALT), os.urandom(_NONCE)
    head = _SEALED + f"{VERSION} scrypt {_N} {_R} {_P} {salt.hex()} {nonce.hex()}\n".encode()
    return head + _cipher(passphrase, salt).encrypt(nonce, packed, head)


def of_advisor(kept: WorkingFile) -> dict[str, Any]:
    """What an advisor said: as JSON."""
    return {
        "said": {
            key: {"review": _text(dump(said.review)), "sent": sorted(map(str, said.sent))}
            for key, said in kept.said.items()
        },
        "author": kept.author.model_dump(mode="json"),
        "phrases": [[phrase.kind, phrase.text] for phrase in kept.phrases],
    }


def from_advisor(said: Mapping[str, Any]) -> tuple[dict[str, Said], Author, tuple[Phrase, ...]]:
    """Of a file of before, nothing. Raises ValueError, KeyError, TypeError, AttributeError, ReviewError where it is no
    such thing."""
    found = {}
    for key, one in said.get("said", {}).items():
        review = read_review(_bytes(one["review"]))
        if key.partition(" ")[0] != str(review.dossier):
            raise ValueError("under another dossier")
        found[key] = Said(review, frozenset(map(UUID, one["sent"])))
    phrases = []
    for kind, text in said.get("phrases", ()):
        if kind not in SPOKEN_KINDS:
            raise ValueError("a phrase of no kind")
        phrases.append(Phrase(kind, _string(text)[:MOST_OF_A_REMARK]))
    return found, Author.model_validate(said.get("author", {}), strict=True), tuple(phrases[:MOST_PHRASES])


def opened(content: bytes, passphrase: str = "") -> WorkingFile:
    """Raises WorkingFileError; a wrong passphrase and a file that was altered cannot be told apart."""
    return _read(_unfolded(_unsealed(content, passphrase) if is_sealed(content) else content))


def _cipher(passphrase: str, salt: bytes) -> AESGCM:
    # Here: what opens no sealed file does without.
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    # As it looks: « é » is typed in one sign or in two, by the keyboard.
    typed = normalize("NFC", passphrase).encode("utf-8", "surrogatepass")
    return AESGCM(Scrypt(salt=salt, length=_KEY, n=_N, r=_R, p=_P).derive(typed))


def _unsealed(content: bytes, passphrase: str) -> bytes:
    from cryptography.exceptions import InvalidTag

    end = content.find(b"\n", 0, _LONGEST_HEAD) + 1
    head = content[:end]
    try:
        version, kdf, *cost, salt, nonce = head.removeprefix(_SEALED).decode("ascii").split()
        # Its cost is ours, or whoever writes the line says what opening it takes.
        if (kdf, cost) != ("scrypt", [str(_N), str(_R), str(_P)]) or version != str(VERSION):
            raise WorkingFileError("newer")
        return _cipher(passphrase, bytes.fromhex(salt)).decrypt(bytes.fromhex(nonce), content[end:], head)
    except ValueError:
        raise WorkingFileError("broken") from None
    except InvalidTag:
        raise WorkingFileError("passphrase") from None


def _beginning(content: bytes) -> bytes:
    try:
        return zlib.decompressobj(wbits=31).decompress(content[:1000], 100)
    except zlib.error:
        return b""


def _unfolded(packed: bytes) -> bytes:
    unfolding = zlib.decompressobj(wbits=31)
    try:
        found = unfolding.decompress(packed, MOST_UNFOLDED)
    except zlib.error:
        raise WorkingFileError("broken") from None
    if unfolding.unconsumed_tail:
        raise WorkingFileError("too_large", limit=str(MOST_UNFOLDED // 1_000_000))
    if not unfolding.eof:
        raise WorkingFileError("broken")
    return found


def _as_json(taken: Taken) -> dict[str, Any]:
    found: dict[str, Any] = {"file": taken.file, "dossier": _text(taken.dossier)}
    if taken.review is not None:
        found["review"] = _text(taken.review)
    if taken.comments:
        found["comments"] = [[comment.author, comment.page, comment.text] for comment in taken.comments]
    if taken.notes:
        found["remarks"] = [[problem.id, problem.values] for problem in taken.notes]
    return found


def _text(content: bytes) -> str:
    """Any bytes; those of a dossier as they read."""
    return content.decode("utf-8", "surrogateescape")


def _read(content: bytes) -> WorkingFile:
    """Strictly: what was written by hand is as likely as what a program wrote."""
    try:
        said = json.loads(content)
        if said["format"] != FORMAT:
            raise WorkingFileError("broken")
        if said["version"] != VERSION:
            raise WorkingFileError("newer")
        dossiers = tuple(map(_taken, said["dossiers"]))
        notes = {str(id): _string(note)[:MOST_OF_A_NOTE] for id, note in said["notes"].items()}
        # Of those that are in it alone; a file of before has none.
        digests = {sha256(taken.dossier).hexdigest() for taken in dossiers}
        days = {str(digest): date.fromisoformat(day) for digest, day in said.get("read", {}).items()}
        of_enterprises, author, phrases = from_advisor(said)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, ReviewError):
        raise WorkingFileError("broken") from None
    if len(dossiers) > MOST_DOSSIERS:
        raise WorkingFileError("too_many", most=str(MOST_DOSSIERS))
    read = {digest: day for digest, day in days.items() if digest in digests}
    return WorkingFile(dossiers, notes, read, of_enterprises, author, phrases)


def _taken(said: Mapping[str, Any]) -> Taken:
    review = said.get("review")
    return Taken(
        _string(said["file"]),
        _bytes(said["dossier"]),
        None if review is None else _bytes(review),
        tuple(Comment(_string(author), int(page), _string(text)) for author, page, text in said.get("comments", ())),
        tuple(_problems(said.get("remarks", ()))),
    )


def _problems(said: Iterable[tuple[Any, Any]]) -> Iterable[Problem]:
    """Those that a PDF may have; of another kind there is none in a file that this program wrote."""
    for id, values in said:
        yield Problem(id, {name: _string(values[name]) for name in _NOTES[id]})


def _string(found: object) -> str:
    if not isinstance(found, str):
        raise TypeError
    return found


def _bytes(found: object) -> bytes:
    return _string(found).encode("utf-8", "surrogateescape")
