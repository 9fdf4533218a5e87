"""The database: where it is, how it is opened so that what it acknowledges is on disk, and what it cannot do now."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Any

import psycopg
from sqlalchemy import Connection, Engine, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnectionLeftError

from pensebete.storage.errors import Reason, StoreAddressError, StoreUnavailableError
from pensebete.storage.limits import CONNECTIONS, WAIT
from pensebete.storage.pause import Pause
from pensebete.storage.postgresql import postgresql_engine, postgresql_reason
from pensebete.storage.sqlite import sqlite_engine, sqlite_reason
from pensebete.storage.sqlite_file import FileWatch

_POSTGRESQL = ("postgresql", "postgres", "postgresql+psycopg")
# Connections that stay, once made, for whoever comes next.
_KEPT = 5


@dataclass(frozen=True, eq=False)
class Store:
    """Where dossiers are saved; `watch` over the file where that is SQLite."""

    engine: Engine
    watch: FileWatch | None
    pause: Pause = field(default_factory=Pause)

    @property
    def file(self) -> Path | None:
        return self.watch.file if self.watch else None

    def close(self) -> None:
        self.engine.dispose()
        if self.watch:
            self.watch.disconnected()


def open_store(url: str) -> Store:
    """The store at an address. Nothing is connected yet, nothing is created. Raises StoreAddressError."""
    address, wait, most = _read(url), WAIT.value, CONNECTIONS.value
    # hide_parameters: were the log of the statements turned on, it would not tell what is written.
    careful: dict[str, Any] = {
        "pool_timeout": wait,
        "pool_size": min(_KEPT, most),
        "max_overflow": max(0, most - _KEPT),
        "hide_parameters": True,
    }
    if address.drivername == "sqlite" and address.database not in (None, "", ":memory:"):
        file = Path(str(address.database)).absolute()
        return Store(sqlite_engine(file, wait, **careful), FileWatch(file))
    if address.drivername in _POSTGRESQL:
        return Store(postgresql_engine(address, wait, **careful), None)
    raise StoreAddressError


def _read(url: str) -> URL:
    """Raises StoreAddressError. What the parser says quotes the address, password included."""
    try:
        address = make_url(url)
    except ArgumentError:
        raise StoreAddressError("unreadable" if url.partition("://")[0] in _POSTGRESQL else "") from None
    except ValueError:  # the port is no number
        raise StoreAddressError("servers" if "," in url.rpartition("@")[2].partition("/")[0] else "port") from None
    if address.drivername in _POSTGRESQL and "@" in f"{address.host}{url.partition('?')[2]}":
        raise StoreAddressError("unreadable")  # before a part of a password is taken for something else
    return address


@contextmanager
def reading(store: Store) -> Iterator[Connection]:
    """A transaction that sees the database as it is at one moment. Raises StoreUnavailableError."""
    with _sentences(store), _same_file(store), store.engine.begin() as connection:
        yield connection


@contextmanager
def writing(store: Store) -> Iterator[Connection]:
    """A transaction that writes; once this is left, all of it is on disk, of the standby too where the server has one
    that must have it. Raises StoreUnavailableError.
    """
    try:
        with (
            _sentences(store, writes=True),
            _same_file(store, written=True),
            store.engine.execution_options(writes=True).begin() as connection,
        ):
            yield connection
    except StoreUnavailableError as error:
        if error.reason == "read_only" or (store.file and error.reason == "unreachable"):
            # A connection made while the file could not be written stays so, or leads to what is a standby now: the
            # next save begins with a new one.
            store.close()
        raise


@contextmanager
def migrating(store: Store, asks_for: str) -> Iterator[Connection]:
    """A connection to PostgreSQL for who takes time, but waits so long for a table ("500ms") and then gives way.

    Raises StoreUnavailableError.
    """
    with (
        _sentences(store, writes=True),
        store.engine.execution_options(writes=True, asks_for=asks_for).connect() as made,
    ):
        yield made


@contextmanager
def outside_transactions(store: Store) -> Iterator[Callable[[str], Any]]:
    """What executes a statement that SQLite takes outside a transaction alone. Raises StoreUnavailableError."""
    with _sentences(store), _same_file(store), closing(store.engine.raw_connection()) as connection:
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
def _sentences(store: Store, writes: bool = False) -> Iterator[None]:
    """Turn a failure of the database into StoreUnavailableError, without the message: it may quote what was written.

    `from None` for the same reason: a traceback would print the failure below ours.
    """
    store.pause.refuse(writes)
    began = monotonic()
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error, psycopg.Error) as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        said = StoreUnavailableError(_reason(error, cause), type(cause).__name__)
        store.pause.after(said, monotonic() - began)
        raise said from None


def _reason(error: Exception, cause: object) -> Reason:
    if isinstance(error, NoConnectionLeftError):
        return "locked"
    if isinstance(cause, sqlite3.Error):
        return sqlite_reason(cause)
    if isinstance(cause, psycopg.Error):
        return postgresql_reason(cause)
    return "fault"
