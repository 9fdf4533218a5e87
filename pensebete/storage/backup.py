"""A copy of the whole database in one file, checked; and that copy put back.

SQLite copies itself (`VACUUM INTO`); of PostgreSQL its own programs make the copy and read it, pg_dump and pg_restore.
The accepted texts of the checklist are in the copy, for the log of them is a table (accepted.py).
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, func, inspect, select, text

from pensebete.storage.engine import Store, reading
from pensebete.storage.errors import (
    CopyOfItselfError,
    InUseError,
    NotEmptyError,
    NotMigratedError,
    OtherKindError,
    ProgramFailedError,
    ProgramMissingError,
    UnsoundCopyError,
)
from pensebete.storage.old_copies import name_beside
from pensebete.storage.place import address_of, runs_from_of, tables_of
from pensebete.storage.postgresql import address_in_use, take_time
from pensebete.storage.schema import known_tables, migrate
from pensebete.storage.sqlite_copy import checked_dossiers, copy_sqlite, has_others, put_whole
from pensebete.storage.tables import dossiers

_SQLITE, _POSTGRESQL = b"SQLite format 3\0", b"PGDMP"


@dataclass(frozen=True)
class Restored:
    """How many dossiers are there again; and where what was there before is kept, if anything was."""

    dossiers: int
    before: Path | None = None


def backup(store: Store, file: Path, over: bool = False) -> int:
    """Copy the database into a file, while servers go on; how many dossiers are in it.

    Raises StoreError, FileExistsError unless it may be put `over` one, OSError.
    """
    if store.file and file.absolute() in (store.file, *(_beside(store.file, end) for end in ("-wal", "-shm"))):
        raise CopyOfItselfError
    with put_whole(file, over) as into:
        return copy_sqlite(store.file, into) if store.file else _dump(store, into)


def restore(store: Store, file: Path, over: bool = False) -> Restored:
    """Put a copy in the place of the database, and bring it up to this version of the program.

    With SQLite what was there is set aside; unless it is put `over`, NotEmptyError is raised where that has anything.
    With PostgreSQL the database must be an empty one. No server may be running: raises InUseError as far as that shows.
    Raises StoreError, OSError.
    """
    with file.open("rb") as opened:
        head = opened.read(16)
    if not head.startswith((_SQLITE, _POSTGRESQL)):
        raise UnsoundCopyError
    if head.startswith(_SQLITE) != bool(store.file):
        raise OtherKindError(sqlite=bool(store.file))
    return _put_file(store, store.file, file, over) if store.file else _load(store, file)


def _put_file(store: Store, target: Path, file: Path, over: bool) -> Restored:
    if target.exists() and file.samefile(target):
        raise CopyOfItselfError
    version = tables_of(file)
    if version is None:
        raise UnsoundCopyError
    if not known_tables() & {version, runs_from_of(file)}:
        raise NotMigratedError(newer=True)
    there = 0
    if target.exists():
        with suppress(UnsoundCopyError):  # what is broken may be the reason
            there = checked_dossiers(target)
        if not over and (there or has_others(target)):
            raise NotEmptyError(sqlite=True, dossiers=there > 0)
        _let_nobody_hold(target)
    else:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    before = name_beside(target, "restore") if target.exists() and target.stat().st_size else None
    with put_whole(target, over=True) as into:
        found = copy_sqlite(file, into)
        # From here on a crash leaves the copy, or what was there under its other name: nothing is lost.
        for end in ("", "-wal", "-shm"):
            if before and _beside(target, end).exists():
                _beside(target, end).rename(_beside(before, end))
                os.utime(_beside(before, end))
    store.close()
    migrate(store)
    return Restored(found, before)


def _let_nobody_hold(file: Path) -> None:
    """Only who is alone with a file may change how it keeps its log. Raises InUseError where somebody else is there."""
    try:
        with closing(sqlite3.connect(address_of(file), uri=True, timeout=1)) as connection:
            connection.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            raise InUseError from None
    except sqlite3.Error:
        pass  # no database any more: nobody is served from it


def _dump(store: Store, into: Path) -> int:
    with reading(store) as connection:
        if not _is_ours(connection):
            raise NotMigratedError
        found: int = connection.execute(select(func.count()).select_from(dossiers)).scalar_one()
        take_time(connection)
        # What is copied is what was counted, whatever is saved meanwhile.
        snapshot = connection.execute(text("SELECT pg_export_snapshot()")).scalar_one()
        at, password = address_in_use(connection)
        copied = ("--format=custom", f"--snapshot={snapshot}", f"--dbname={at}")
        _run("pg_dump", *copied, output=into, password=password)
    _run("pg_restore", "--file=-", str(into))  # read to its end, and unpacked
    return found


def _load(store: Store, file: Path) -> Restored:
    with reading(store) as connection:
        if _is_ours(connection):
            raise NotEmptyError(sqlite=False)
        at, password = address_in_use(connection)
    _run("pg_restore", "--file=-", str(file))
    whole = ("--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges", f"--dbname={at}")
    _run("pg_restore", *whole, str(file), password=password)
    migrate(store)
    with reading(store) as connection:
        return Restored(connection.execute(select(func.count()).select_from(dossiers)).scalar_one())


def _is_ours(connection: Connection) -> bool:
    return inspect(connection).has_table(dossiers.name)


def _beside(file: Path, end: str) -> Path:
    return file.with_name(f"{file.name}{end}")


def _run(program: str, *options: str, output: Path | None = None, password: str | None = None) -> None:
    """Run a program of PostgreSQL; the password goes neither into its arguments nor into what it says of an error."""
    found = shutil.which(program)
    if found is None:
        raise ProgramMissingError(program)
    environment = dict(os.environ)
    if password:
        environment["PGPASSWORD"] = password
    with (output or Path(os.devnull)).open("r+b") as written:
        done = subprocess.run(
            [found, *options], env=environment, stdin=subprocess.DEVNULL, stdout=written, stderr=subprocess.PIPE
        )
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise ProgramFailedError(program, said[0] if said else str(done.returncode))
