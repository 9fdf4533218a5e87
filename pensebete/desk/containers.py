"""What holds files: zip, gzip, mail. Each unfolds them one after the other, within a budget."""

from __future__ import annotations

import gzip
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message
from io import BytesIO
from pathlib import PurePosixPath

from pensebete.assessment.dossier_file import MAX_BYTES, Problem

_MOST_OF_A_FILE = 10 * MAX_BYTES
_MOST_OF_A_NAME = 200  # characters
_MOST_PARTS = 2_000  # of a message, with those of the messages in it
_MOST_COMPARED = 10_000_000  # each line of a message is compared with each boundary that is open
_MOST_NAMED = 20  # in the list of a zip, times the files that are read: folders, and what systems leave
_ENTRY = b"PK\x01\x02"  # of that list
# What a program adds to a message, and nobody attached.
_OF_PROGRAMS = ("application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature")
# What systems leave beside the files somebody meant.
_LEFT_BY_SYSTEMS = ("__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini")


@dataclass(frozen=True, slots=True)
class Bounds:
    """Of what one file unfolds to."""

    files: int = 200
    unfolded: int = 200_000_000  # bytes, in all
    depth: int = 3  # containers in each other


@dataclass(frozen=True, slots=True)
class Member:
    """A file in another; without a name it goes by that of what holds it. A problem where it cannot be unfolded."""

    name: str
    content: bytes | Problem


class Budget:
    """What is left of the bounds, for all that one file holds."""

    def __init__(self, bounds: Bounds) -> None:
        self.bounds = bounds
        self._files = bounds.files
        self.left = bounds.unfolded

    @property
    def most(self) -> int:
        """Bytes of one file: more than a container of many dossiers has, whatever it says of itself."""
        return min(_MOST_OF_A_FILE, self.left)

    def spend(self, size: int) -> Problem | None:
        """For one more file of that size; a problem where there would be too much."""
        too_much = size > self.most
        limit = min(_MOST_OF_A_FILE, self.bounds.unfolded) if size > _MOST_OF_A_FILE else self.bounds.unfolded
        self._files -= 1
        self.left -= size
        if self._files < 0:
            return Problem("file.too_many", {"most": str(self.bounds.files)})
        if too_much:
            return Problem("file.unfolds", {"limit": str(limit // 1_000_000)})
        return None

    @property
    def is_spent(self) -> bool:
        return self._files < 0 or self.left < 0


def in_gzip(content: bytes, budget: Budget) -> Iterator[Member]:
    try:
        with gzip.GzipFile(fileobj=BytesIO(content)) as opened:
            found = opened.read(budget.most + 1)
    except (OSError, EOFError, zlib.error):
        yield Member("", Problem("file.broken"))
        return
    yield _member("", found, budget)


def in_zip(content: bytes, budget: Budget) -> Iterator[Member]:
    if content.count(_ENTRY) > _MOST_NAMED * budget.bounds.files:  # the list alone would take its time
        yield Member("", Problem("file.too_many", {"most": str(budget.bounds.files)}))
        return
    try:
        archive = zipfile.ZipFile(BytesIO(content))
    except Exception:  # of a file made to harm, the directory may be anything
        yield Member("", Problem("file.broken"))
        return
    with archive:
        for entry in archive.infolist():
            if entry.is_dir() or is_left_by_system(entry.filename):
                continue
            member = _unfolded(archive, entry, budget)
            yield member
            if budget.is_spent:
                return


def _unfolded(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, budget: Budget) -> Member:
    name = _shortened(entry.filename)
    if entry.flag_bits & 1:
        return Member(name, Problem("file.password"))
    try:
        with archive.open(entry) as opened:
            found = opened.read(budget.most + 1)
    except Exception:  # a way of packing that nobody knows, a sum that does not fit, a place that is not there
        return Member(name, Problem("file.broken"))
    return _member(name, found, budget)


def in_mail(content: bytes, budget: Budget) -> Iterator[Member]:
    """What is attached to a message, and to those it forwards; not its text, nor the pictures in it."""
    if content.lower().count(b"boundary=") * content.count(b"\n") > _MOST_COMPARED:
        yield Member("", Problem("file.too_deep"))
        return
    try:
        left: list[Message] = [message_from_bytes(content.removeprefix(b"\xef\xbb\xbf").lstrip())]
    except Exception:  # of a file made to harm, the parser raises anything
        return
    for _ in range(_MOST_PARTS):
        if not left:
            return
        part = left.pop()
        if part.is_multipart():  # a message that is forwarded too: its one part is that message
            inside = part.get_payload()
            left += [one for one in reversed(inside) if isinstance(one, Message)] if isinstance(inside, list) else []
            continue
        name = _file_name(part)
        if part.get_content_maintype() == "image" or part.get_content_type() in _OF_PROGRAMS:
            continue
        if part.get_content_maintype() == "text" and not name:
            continue
        try:
            found = part.get_payload(decode=True)
        except Exception:  # an alphabet of another time
            found = None
        if not isinstance(found, bytes) or not found:
            continue
        member = _member(_shortened(name), found, budget)
        yield member
        if budget.is_spent:
            return


def _file_name(part: Message) -> str:
    """Written in one of three ways."""
    name = part.get_filename() or ""
    try:
        return str(make_header(decode_header(name))) if "=?" in name else name
    except (LookupError, ValueError):
        return name


KINDS: dict[str, Callable[[bytes, Budget], Iterator[Member]]] = {"zip": in_zip, "gzip": in_gzip, "mail": in_mail}


def _member(name: str, content: bytes, budget: Budget) -> Member:
    return Member(name, budget.spend(len(content)) or content)


def is_left_by_system(name: str) -> bool:
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return any(part in _LEFT_BY_SYSTEMS or part.startswith("._") for part in parts)


def _shortened(name: str) -> str:
    """Without what no terminal and no page can show."""
    shown = "".join(sign for sign in name if sign.isprintable())
    return shown if len(shown) <= _MOST_OF_A_NAME else "…" + shown[-_MOST_OF_A_NAME + 1 :]
