"""The tables of this version of the program: whether the database has them, and making them."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from psycopg.errors import LockNotAvailable
from sqlalchemy import Connection, delete, insert, inspect, select
from sqlalchemy.exc import OperationalError

from pensebete.storage.engine import Store, migrating, outside_transactions, reading, writing
from pensebete.storage.errors import NotMigratedError, StoreUnavailableError
from pensebete.storage.place import RUNS_FROM, TABLES, tables_of
from pensebete.storage.postgresql import take_time
from pensebete.storage.sqlite_copy import copy_beside
from pensebete.storage.tables import runs_from

_MIGRATIONS = Path(__file__).parent / "migrations"
# Any number, the same for every program that migrates this database.
_TURN = 7_036_983
_TURN_COMES_WITHIN = 0.2
# Who waits for a table makes all wait who come after: so long, then it stands back, so long, and asks again. Shorter
# than the second after which PostgreSQL would look for two who wait for each other, and end one, a save perhaps.
_ASKS_FOR, _STANDS_BACK_FOR = "500ms", 2.0


def check(store: Store) -> None:
    """Raises NotMigratedError where `migrate` has to be run first, StoreUnavailableError where nobody can tell.

    Tables of a later version are taken where that version says that this one runs on them.
    """
    if store.file and not store.file.exists():
        raise NotMigratedError
    with reading(store) as connection:
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


def migrate(store: Store, tell_held: Callable[[], None] = lambda: None) -> Path | None:
    """Make or change the tables; where they are as they should be, nothing happens.

    Of a SQLite file that an earlier version made, a copy is kept beside it first; that copy, where there is one.
    Another server's migration is waited for. `tell_held` is called once where a table is held by somebody else: it is
    asked for again and again, and those who save go on. Tables of a later version are left as they are;
    NotMigratedError is raised where this one does not run on them. Raises StoreUnavailableError.
    """
    if store.file:
        _make_file(store.file)
    before = None
    with turn(store):
        try:
            check(store)
        except NotMigratedError as error:
            if error.newer:
                raise
            before = copy_beside(store.file) if store.file and tables_of(store.file) else None
            upgrade(store, "head", tell_held)
        if store.file:
            with outside_transactions(store) as execute:
                execute("PRAGMA journal_mode = WAL")  # readers and a writer at once; the file remembers it
    return before


def upgrade(store: Store, to: str, tell_held: Callable[[], None] = lambda: None) -> None:
    """Run the revisions up to one: on a SQLite file all or nothing; on PostgreSQL one by one, whatever ends it."""
    if store.file:
        with writing(store) as connection:
            command.upgrade(_config(connection), to)
            _say_runs_from(connection)
        return
    # Before as well: from the moment that something is taken away, no program starts that would miss it.
    with writing(store) as connection:
        _say_runs_from(connection)
    with migrating(store, _ASKS_FOR) as connection:
        if not _done(connection, to):
            tell_held()
            time.sleep(_STANDS_BACK_FOR)
            while not _done(connection, to):
                time.sleep(_STANDS_BACK_FOR)
    with writing(store) as connection:
        _say_runs_from(connection)


def _done(connection: Connection, to: str) -> bool:
    """Whether all revisions are run; else a table is held, and nothing is left of the revision that wanted it."""
    try:
        command.upgrade(_config(connection), to)
    except OperationalError as error:
        if not isinstance(error.orig, LockNotAvailable):
            raise
        connection.rollback()
        return False
    return True


def _config(connection: Connection) -> Config:
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    return config


def _say_runs_from(connection: Connection) -> None:
    """Where there is a place for it."""
    if inspect(connection).has_table(runs_from.name):
        connection.execute(delete(runs_from))
        connection.execute(insert(runs_from).values(tables=RUNS_FROM))


@contextmanager
def turn(store: Store) -> Iterator[None]:
    """Servers that start at once migrate one after the other, however long the first takes."""
    if store.file is None:
        # Who waits asks now and then, and holds nothing meanwhile: not one of the few connections of a PgBouncer, and
        # no sight of the database, whose end is waited for by an index that is made while people save.
        while True:
            with writing(store) as connection:
                if connection.exec_driver_sql(f"SELECT pg_try_advisory_xact_lock({_TURN})").scalar_one():
                    take_time(connection)
                    yield
                    return
            time.sleep(_TURN_COMES_WITHIN)
    # SQLite refuses at once to change its journal while another writes: the turn is taken outside of it. And not on
    # the database's own file, for closing that would let go of the locks that SQLite has there.
    folder = os.open(store.file.parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def _make_file(file: Path) -> None:
    """The file, for the account of the program alone: what dossiers say concerns nobody else of the machine."""
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file.touch(mode=0o600)
    except OSError as error:
        raise StoreUnavailableError("unreachable", type(error).__name__) from None
