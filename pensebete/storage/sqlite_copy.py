"""A SQLite file copied while it is written in: whole, checked, and for the account of the program alone."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from pensebete.storage.errors import StoreUnavailableError, UnsoundCopyError
from pensebete.storage.old_copies import name_beside
from pensebete.storage.place import TABLES, address_of
from pensebete.storage.sqlite import sqlite_reason


@contextmanager
def put_whole(file: Path, over: bool = False) -> Iterator[Path]:
    """A new and empty file to fill, which then bears the name at once; or nothing, where it was not filled.

    Nobody else may read it at any moment, whatever the umask. Raises FileExistsError unless it may be put `over` one.
    """
    if file.exists() and not over:
        raise FileExistsError(f"{file} exists")
    beside = file.with_name(f".{file.name}.{os.getpid()}.new")
    os.close(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        yield beside
        _on_disk(beside)
        if over:
            beside.replace(file)
        else:
            os.link(beside, file)  # refused where somebody has made one meanwhile
        _on_disk(file.parent)
    finally:
        beside.unlink(missing_ok=True)


def copy_sqlite(source: Path, into: Path) -> int:
    """Copy a database into an empty file, as it is at one moment; how many dossiers are in the copy.

    Raises UnsoundCopyError where the copy is not whole, StoreUnavailableError.
    """
    try:
        with closing(sqlite3.connect(address_of(source), uri=True, timeout=30, isolation_level=None)) as connection:
            connection.execute("VACUUM INTO ?", (str(into),))
    except sqlite3.Error as error:
        raise StoreUnavailableError(sqlite_reason(error), type(error).__name__) from None
    return checked_dossiers(into)


def checked_dossiers(file: Path) -> int:
    """How many dossiers are in a file; raises UnsoundCopyError where it is no sound database of ours."""
    try:
        with closing(sqlite3.connect(address_of(file), uri=True)) as connection:
            sound = connection.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",)
            if not sound or connection.execute("PRAGMA foreign_key_check").fetchone():
                raise UnsoundCopyError
            return int(connection.execute("SELECT count(*) FROM dossiers").fetchone()[0])
    except sqlite3.Error:
        raise UnsoundCopyError from None


def has_others(file: Path) -> bool:
    """Whether a file has what no server makes by itself and no dossier holds: ideas, shared drafts, published texts."""
    found = False
    for table in ("ideas", "drafts", "accepted WHERE source IS NOT NULL AND source <> 'file'"):
        with suppress(sqlite3.Error), closing(sqlite3.connect(address_of(file), uri=True)) as connection:
            found = found or connection.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone() is not None
    return found


def copy_beside(file: Path) -> Path:
    """A copy beside the file, before its tables are changed. Raises UnsoundCopyError, StoreUnavailableError."""
    copy = name_beside(file, TABLES)
    try:
        with put_whole(copy) as into:
            copy_sqlite(file, into)
    except OSError as error:
        raise StoreUnavailableError("unreachable", type(error).__name__) from None
    return copy


def _on_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
