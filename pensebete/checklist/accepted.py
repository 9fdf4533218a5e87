"""The texts of the checklist that were accepted, as this machine's disk keeps them: the newest of each checklist id.

A file that is not sound, or that would lose what dossiers refer to, is not accepted: the newest text here goes on
being served, after a restart too. storage/accepted.py keeps the log of all of them.
"""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Iterable
from hashlib import sha256
from os import environ
from pathlib import Path
from tempfile import NamedTemporaryFile

from pensebete.checklist.loading import read
from pensebete.checklist.model import Checklist

_LOG = logging.getLogger(__name__)
_ROOT = Path(__file__).parents[2]


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
    folder = _folder(path)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=folder, delete=False) as written:  # for the account of the program alone
            written.write(text.encode())
            written.flush()
            os.fsync(written.fileno())
        Path(written.name).replace(folder / f"{checklist.id}.yaml")
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
