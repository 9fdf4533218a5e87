"""The texts of the checklist that were accepted, as this machine's disk keeps them: the newest of each checklist id,
and what it last knew of the log of all of them.

A file that is not sound, or that would lose what dossiers refer to, is not accepted: the newest text here goes on
being served, after a restart too. storage/accepted.py keeps the log.
"""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from os import environ
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Literal

from pydantic import TypeAdapter, ValidationError

from pensebete.checklist.loading import read
from pensebete.checklist.model import Checklist

_LOG = logging.getLogger(__name__)
_ROOT = Path(__file__).parents[2]

Source = Literal["file", "published", "reverted"]
MOST_WHO, MOST_WHY = 80, 300  # characters, of what staff declare


@dataclass(frozen=True, slots=True)
class Entry:
    """A text that was accepted, as the log of a path tells it."""

    id: int
    number: int  # among those of the path, from 1
    checklist_id: str
    version: str
    digest: str  # of the text
    at: datetime
    source: Source = "file"
    who: str = ""  # as declared; of a file nobody said
    why: str = ""
    based_on: int | None = None  # the number of the one it was made from, or gone back to


@dataclass(frozen=True, slots=True)
class Known:
    """What a disk knows beside the texts: the log as of the last look, and what was made of its file."""

    settled: str = ""  # digest of the file's text that the log had when it was looked at last; "" where none was
    log: tuple[Entry, ...] = ()  # oldest first
    refused: str = ""  # digest of the one refused last for what was accepted before it

    @property
    def newest(self) -> Entry | None:
        return self.log[-1] if self.log else None

    def newest_of(self, text: str | None) -> Entry | None:
        """The newest entry of a text, where the log has it."""
        digest = digest_of(text) if text else ""
        return next((one for one in reversed(self.log) if one.digest == digest), None)


NOTHING_KNOWN = Known()
_KNOWN = TypeAdapter(Known)


def digest_of(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def is_news(digest: str, known: Known) -> bool:
    """Whether the text of a file is one to accept, and not merely older than what was accepted since.

    One that no entry has is news. One that an earlier entry has is news only where somebody put it back here: the file
    that this disk was settled with came later in the log. Else it is a file that nobody touched, an image from before,
    a copy that comes late: the newest entry serves. One that was refused is not accepted by itself once something
    else was published that it would not lose: somebody has to touch it.
    """
    if digest in (known.settled, known.refused):
        return False
    last = {entry.digest: entry.id for entry in known.log}
    if digest not in last:
        return True
    return last[digest] < known.log[-1].id and last[digest] < last.get(known.settled, 0)


def known_of(path: Path) -> Known:
    """What the disk knows of a path."""
    file = _folder(path) / _STATE
    try:
        return _KNOWN.validate_json(file.read_bytes())
    except FileNotFoundError:
        return NOTHING_KNOWN
    except (OSError, ValidationError) as error:
        _LOG.error("what was accepted of %s cannot be read: %s", path, type(error).__name__)
        return NOTHING_KNOWN


def keep_known(path: Path, known: Known) -> None:
    _write(path, _STATE, _KNOWN.dump_json(known))


_STATE = "log.json"


def kept_of(path: Path) -> tuple[str, ...]:
    """The texts accepted at a path, the newest of each checklist id, newest first; none where none can be read."""
    found: list[tuple[int, str]] = []
    try:
        for file in _folder(path).glob("*.yaml"):
            found.append((file.stat().st_mtime_ns, file.read_bytes().decode("utf-8")))
    except (OSError, UnicodeDecodeError) as error:
        _LOG.error("what was accepted of %s cannot be read: %s", path, error)
    return tuple(text for _, text in sorted(found, key=lambda one: -one[0]))


def keep(path: Path, checklist: Checklist, text: str) -> None:
    """Put a text in the place of the one before of its checklist id, all or nothing.

    Where the disk refuses, the log says so and the server goes on: it is after a restart that the text would be missed.
    """
    _write(path, f"{checklist.id}.yaml", text.encode())


def _write(path: Path, name: str, content: bytes) -> None:
    folder = _folder(path)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=folder, delete=False) as written:  # for the account of the program alone
            written.write(content)
            written.flush()
            os.fsync(written.fileno())
        Path(written.name).replace(folder / name)
    except OSError as error:
        _LOG.error("what was accepted of %s cannot be kept: %s", path, error)


def sound_among(texts: Iterable[str | bytes]) -> tuple[Checklist, ...]:
    """The checklists of texts that were accepted; one that this version of the program no longer reads is left out."""
    return tuple(checklist for checklist, _ in map(read, texts) if checklist is not None)


def _folder(path: Path) -> Path:
    """Of one path of a file: two checklists of the same name are not taken for each other."""
    return _beside_the_dossiers() / "accepted" / sha256(os.fsencode(path.absolute())).hexdigest()[:16]


def _beside_the_dossiers() -> Path:
    """The folder of the SQLite file in use; data/ beside the program where dossiers are on a server of a database."""
    found = re.match(r"sqlite:///([^?]+)", environ.get("PENSEBETE_DATABASE_URL", ""))
    return Path(found[1]).absolute().parent if found else _ROOT / "data"
