"""The database: where it is, how it is opened so that what it acknowledges is on disk, and what it cannot do now."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from os import environ
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
from sqlalchemy import Connection, Engine, Table, create_engine, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnectionLeftError
from sqlalchemy.pool import QueuePool

from pensebete.store.errors import Reason, StoreAddressError, StoreUnavailableError

# How long a save waits for another to finish, and for a server that does not answer, before saying so.
WAIT_SECONDS = 2
# hide_parameters: were the log of the statements turned on, it would not tell what is written.
_CAREFUL: dict[str, Any] = {"pool_timeout": WAIT_SECONDS, "max_overflow": 15, "hide_parameters": True}

_BY_SQLITE: dict[int, Reason] = {
    sqlite3.SQLITE_BUSY: "locked",
    sqlite3.SQLITE_LOCKED: "locked",
    sqlite3.SQLITE_FULL: "full",
    sqlite3.SQLITE_READONLY: "read_only",
    sqlite3.SQLITE_PERM: "read_only",
    sqlite3.SQLITE_CANTOPEN: "unreachable",
    sqlite3.SQLITE_IOERR: "unreachable",
}
_BY_POSTGRESQL: dict[str, Reason] = {
    "55P03": "locked",
    "40001": "locked",
    "40P01": "locked",
    "57014": "locked",
    "53100": "full",
    "25006": "read_only",
}


@dataclass(frozen=True, eq=False)
class Store:
    """Where dossiers are saved; `file` where that is SQLite."""

    engine: Engine
    file: Path | None

    def close(self) -> None:
        self.engine.dispose()


def database_url() -> str:
    """PENSEBETE_DATABASE_URL, else a SQLite file in the folder data/ beside the program."""
    default = Path(__file__).parents[2] / "data" / "pensebete.sqlite3"
    return environ.get("PENSEBETE_DATABASE_URL") or f"sqlite:///{default}"


def open_store(url: str) -> Store:
    """The store at an address. Nothing is connected yet, nothing is created. Raises StoreAddressError."""
    try:
        address = make_url(url)
    except ArgumentError:  # its message quotes the address, password included
        raise StoreAddressError from None
    if address.drivername == "sqlite" and address.database not in (None, "", ":memory:"):
        return _sqlite(Path(str(address.database)))
    if address.drivername in ("postgresql", "postgres", "postgresql+psycopg"):
        return _postgresql(address)
    raise StoreAddressError


@contextmanager
def reading(store: Store) -> Iterator[Connection]:
    """A transaction that sees the database as it is at one moment. Raises StoreUnavailableError."""
    with _sentences(), store.engine.connect() as connection:
        if store.file is None:
            connection.execution_options(isolation_level="REPEATABLE READ")
        with connection.begin():
            yield connection


@contextmanager
def writing(store: Store) -> Iterator[Connection]:
    """A transaction that writes; once this is left, all of it is on disk. Raises StoreUnavailableError."""
    try:
        with _sentences(), store.engine.execution_options(writes=True).begin() as connection:
            yield connection
    except StoreUnavailableError as error:
        if store.file and error.reason in ("read_only", "unreachable"):
            # A connection made while the file could not be written stays so: the next save begins with a new one.
            store.engine.dispose()
        raise


@contextmanager
def outside_transactions(store: Store) -> Iterator[Callable[[str], Any]]:
    """What executes a statement that SQLite takes outside a transaction alone. Raises StoreUnavailableError."""
    with _sentences(), closing(store.engine.raw_connection()) as connection:
        # Fetched: a statement left open keeps its lock.
        yield lambda statement: connection.cursor().execute(statement).fetchall()


def insert_into(dialect: str, table: Table) -> sqlite.Insert | postgresql.Insert:
    """An INSERT that can say what to do where the row is there already."""
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)


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
        # The low byte is the kind; the rest, there or not, is a detail of it.
        return _BY_SQLITE.get(getattr(cause, "sqlite_errorcode", 0) & 0xFF, "fault")
    if isinstance(cause, psycopg.Error):
        state = cause.sqlstate or ""
        lost = not state or state[:2] in ("08", "28", "3D", "53", "57", "58")
        return _BY_POSTGRESQL.get(state) or ("unreachable" if lost else "fault")
    return "fault"


def _sqlite(file: Path) -> Store:
    file = file.absolute()

    def connect() -> sqlite3.Connection:
        # mode=rw: a database that has gone is an error, and not a new and empty one. Only `migrate` makes the file.
        return sqlite3.connect(
            f"file:{quote(str(file))}?mode=rw",
            uri=True,
            timeout=WAIT_SECONDS,
            isolation_level=None,  # transactions begin below, not where the driver guesses
            check_same_thread=False,
        )

    engine = create_engine("sqlite://", creator=connect, poolclass=QueuePool, **_CAREFUL)

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        # FULL: the log is on disk before a commit returns, so an acknowledged answer outlives a power cut.
        # secure_delete: what is deleted is overwritten with zeros, not merely forgotten.
        for pragma in ("foreign_keys = ON", "synchronous = FULL", "secure_delete = ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # A writer takes its turn at once: one that reads first and writes later may be refused without waiting.
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return Store(engine, file)


def _postgresql(address: URL) -> Store:
    settings = {
        "lock_timeout": f"{WAIT_SECONDS}s",
        "statement_timeout": f"{3 * WAIT_SECONDS}s",
        # The default of a server, unless someone preferred speed: an acknowledged answer outlives a power cut.
        "synchronous_commit": "on",
    }
    engine = create_engine(
        address.set(drivername="postgresql+psycopg"),
        pool_pre_ping=True,  # after a restart of the server, the first who comes gets a new connection and no error
        connect_args={
            "connect_timeout": WAIT_SECONDS,
            "options": " ".join(f"-c {name}={value}" for name, value in settings.items()),
            # Without these a server that vanished without a word is waited for during hours.
            "keepalives_idle": 30,
            "keepalives_interval": 5,
            "keepalives_count": 3,
            "tcp_user_timeout": 1000 * 3 * WAIT_SECONDS,
        },
        **_CAREFUL,
    )
    return Store(engine, None)
