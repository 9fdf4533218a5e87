"""The database: where it is, how it is opened so that what it acknowledges is on disk, and what it cannot do now."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import Connection, Engine, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnectionLeftError

from pensebete.storage.errors import Reason, StoreAddressError, StoreUnavailableError
from pensebete.storage.postgresql import postgresql_engine, postgresql_reason
from pensebete.storage.sqlite import sqlite_engine, sqlite_reason
from pensebete.storage.sqlite_file import FileWatch

# How long a save waits for another to finish, and for a server that does not answer, before saying so.
WAIT_SECONDS = 2
# hide_parameters: were the log of the statements turned on, it would not tell what is written.
_CAREFUL: dict[str, Any] = {"pool_timeout": WAIT_SECONDS, "max_overflow": 15, "hide_parameters": True}


@dataclass(frozen=True, eq=False)
class Store:
    """Where dossiers are saved; `watch` over the file where that is SQLite."""

    engine: Engine
    watch: FileWatch | None

    @property
    def file(self) -> Path | None:
        return self.watch.file if self.watch else None

    def close(self) -> None:
        self.engine.dispose()
        if self.watch:
            self.watch.disconnected()


def open_store(url: str) -> Store:
    """The store at an address. Nothing is connected yet, nothing is created. Raises StoreAddressError."""
    try:
        address = make_url(url)
    except ArgumentError:  # its message quotes the address, password included
        raise StoreAddressError from None
    if address.drivername == "sqlite" and address.database not in (None, "", ":memory:"):
        file = Path(str(address.database)).absolute()
        return Store(sqlite_engine(file, WAIT_SECONDS, **_CAREFUL), FileWatch(file))
    if address.drivername in ("postgresql", "postgres", "postgresql+psycopg"):
        return Store(postgresql_engine(address, WAIT_SECONDS, **_CAREFUL), None)
    raise StoreAddressError


@contextmanager
def reading(store: Store) -> Iterator[Connection]:
    """A transaction that sees the database as it is at one moment. Raises StoreUnavailableError."""
    with _sentences(), _same_file(store), store.engine.connect() as connection:
        if store.file is None:
            connection.execution_options(isolation_level="REPEATABLE READ")
        with connection.begin():
            yield connection


@contextmanager
def writing(store: Store) -> Iterator[Connection]:
    """A transaction that writes; once this is left, all of it is on disk. Raises StoreUnavailableError."""
    try:
        with (
            _sentences(),
            _same_file(store, written=True),
            store.engine.execution_options(writes=True).begin() as connection,
        ):
            yield connection
    except StoreUnavailableError as error:
        if store.file and error.reason in ("read_only", "unreachable"):
            # A connection made while the file could not be written stays so: the next save begins with a new one.
            store.close()
        raise


@contextmanager
def by_itself(store: Store) -> Iterator[Connection]:
    """A connection to PostgreSQL each statement of which is a transaction. Raises StoreUnavailableError."""
    with _sentences(), store.engine.connect() as connection:
        yield connection.execution_options(isolation_level="AUTOCOMMIT")


@contextmanager
def outside_transactions(store: Store) -> Iterator[Callable[[str], Any]]:
    """What executes a statement that SQLite takes outside a transaction alone. Raises StoreUnavailableError."""
    with _sentences(), _same_file(store), closing(store.engine.raw_connection()) as connection:
        # Fetched: a statement left open keeps its lock.
        yield lambda statement: connection.cursor().execute(statement).fetchall()


@contextmanager
def _same_file(store: Store, written: bool = False) -> Iterator[None]:
    """Refuse to go on where the file was deleted or replaced, until there is a sound one of its name.

    What was `written` counts once the file that it went into is known to be there still.
    """
    watch = store.watch
    if watch is None:
        yield
        return
    if watch.is_replaced():
        if watch.lacks_its_log_alone():
            store.engine.dispose()  # closed, it writes into the file what the log had
        if not watch.take_up():
            raise StoreUnavailableError("replaced", "file")
        store.engine.dispose()
    before = watch.now()
    yield
    if written and watch.now()[0] != before[0]:
        raise StoreUnavailableError("replaced", "file")
    if not watch.is_replaced():
        watch.learn()


def insert_into(dialect: str, table: Table) -> sqlite.Insert | postgresql.Insert:
    """An INSERT that can say what to do where the row is there already."""
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)


def plain(text: str) -> str:
    """A text as every database takes it: PostgreSQL has no null character."""
    return text.replace("\0", "")


@contextmanager
def _sentences() -> Iterator[None]:
    """Turn a failure of the database into StoreUnavailableError, without the message: it may quote what was written.

    `from None` for the same reason: a traceback would print the failure below ours.
    """
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error, psycopg.Error) as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        raise StoreUnavailableError(_reason(error, cause), type(cause).__name__) from None


def _reason(error: Exception, cause: object) -> Reason:
    if isinstance(error, NoConnectionLeftError):
        return "locked"
    if isinstance(cause, sqlite3.Error):
        return sqlite_reason(cause)
    if isinstance(cause, psycopg.Error):
        return postgresql_reason(cause)
    return "fault"
