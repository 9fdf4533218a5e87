"""The checklist that visitors see: read again when its file changes."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from pensebete.checklist import Checklist
from pensebete.checklist_file import published_path, read
from pensebete.mistakes import Mistake


def published() -> tuple[Checklist | None, tuple[Mistake, ...]]:
    """The checklist (None where it has mistakes) and what is to be said of its file. Raises OSError."""
    path = published_path()
    state = path.stat()
    return _read(path, state.st_mtime_ns, state.st_size)


def published_text() -> str:
    """The file itself, to keep beside a dossier that was made with it."""
    return published_path().read_text(encoding="utf-8-sig")


@lru_cache(maxsize=2)
def _read(path: Path, _changed: int, _size: int) -> tuple[Checklist | None, tuple[Mistake, ...]]:
    return read(path.read_bytes())
