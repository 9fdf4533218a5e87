"""The tables of this version of the program: whether the database has them, and making them."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, delete, insert, inspect, select, text

from pensebete.storage.engine import Store, outside_transactions, reading, writing
from pensebete.storage.errors import NotMigratedError, StoreUnavailableError
from pensebete.storage.place import RUNS_FROM, TABLES, tables_of
from pensebete.storage.postgresql import take_time
from pensebete.storage.sqlite_copy import copy_beside
from pensebete.storage.tables import runs_from

_MIGRATIONS = Path(__file__).parent / "migrations"
# Any number, the same for every program that migrates this database.
_TURN = 7_036_983


def check(store: Store) -> None:
    """Raises NotMigratedError where `migrate` has to be run first, StoreUnavailableError where nobody can tell.

    Tables of a later version are taken where that version says that this one runs on them.
    """
    if store.file and not store.file.exists():
        raise NotMigratedError
    with reading(store) as connection:
        _check(connection)


def _check(connection: Connection) -> None:
    found = MigrationContext.configure(connection).get_current_heads()
    if found == (TABLES,):
        return
    newer = not known_tables().issuperset(found)
    if newer and _runs_from(connection) in known_tables():
        return
    raise NotMigratedError(newer=newer)


def _runs_from(connection: Connection) -> str | None:
    """The oldest tables whose programs run on those of this database; None where it does not say."""
    if not inspect(connection).has_table(runs_from.name):
        return None
    return connection.execute(select(runs_from.c.tables)).scalar_one_or_none()


def known_tables() -> set[str]:
    """Those of this version of the program and of the ones before."""
    return {script.revision for script in ScriptDirectory(str(_MIGRATIONS)).walk_revisions()}


def migrate(store: Store) -> Path | None:
    """Make or change the tables, all or nothing; where they are as they should be, nothing happens.

    Of a SQLite file that an earlier version made, a copy is kept beside it first; that copy, where there is one.
    Another server's migration is waited for. Tables of a later version are left as they are; NotMigratedError is raised
    where this one does not run on them. Raises StoreUnavailableError.
    """
    if store.file:
        _make_file(store.file)
    before = None
    with turn(store) as held:
        try:
            _check(held) if held else check(store)
        except NotMigratedError as error:
            if error.newer:
                raise
            before = copy_beside(store.file) if store.file and tables_of(store.file) else None
            if held:
                _upgrade(held)
            else:
                with writing(store) as connection:
                    _upgrade(connection)
        if store.file:
            with outside_transactions(store) as execute:
                execute("PRAGMA journal_mode = WAL")  # readers and a writer at once; the file remembers it
    return before


def _upgrade(connection: Connection) -> None:
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    command.upgrade(config, "head")
    connection.execute(delete(runs_from))
    connection.execute(insert(runs_from).values(tables=RUNS_FROM))


@contextmanager
def turn(store: Store) -> Iterator[Connection | None]:
    """Servers that start at once migrate one after the other, however long the first takes.

    On PostgreSQL in the transaction that has the turn: were each to ask for another connection, those of a PgBouncer
    could all be taken by some that wait for their turn.
    """
    if store.file is None:
        with writing(store) as connection:
            take_time(connection)
            connection.execute(text(f"SELECT pg_advisory_xact_lock({_TURN})"))
            yield connection
        return
    # SQLite refuses at once to change its journal while another writes: the turn is taken outside of it. And not on
    # the database's own file, for closing that would let go of the locks that SQLite has there.
    folder = os.open(store.file.parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield None
    finally:
        os.close(folder)


def _make_file(file: Path) -> None:
    """The file, for the account of the program alone: what dossiers say concerns nobody else of the machine."""
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file.touch(mode=0o600)
    except OSError as error:
        raise StoreUnavailableError("unreachable", type(error).__name__) from None
