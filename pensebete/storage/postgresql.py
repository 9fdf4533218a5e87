"""A PostgreSQL database, reached so that what it acknowledges is on disk; and what its errors mean.

Nothing is set for a session but by the server: between the program and it there may be a PgBouncer, which hands each
transaction to another one. What a transaction needs is said where it begins.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg.conninfo import make_conninfo
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.exc import InvalidatePoolError

from pensebete.storage.errors import Reason
from pensebete.storage.postgresql_address import read_address
from pensebete.storage.postgresql_connection import NotReplicatedError, ServerConnection
from pensebete.storage.primary import OutdatedError, Primary

_UNBOUND = dict.fromkeys(("lock_timeout", "statement_timeout", "idle_in_transaction_session_timeout"), "0")
_BY_STATE: dict[str, Reason] = {
    "55P03": "locked",
    "40001": "locked",
    "40P01": "locked",
    "57014": "locked",
    "53100": "full",
    "25006": "read_only",
    "25P03": "unreachable",  # this program was held up in the middle, and the server has ended it
}


def postgresql_reason(cause: psycopg.Error) -> Reason:
    if isinstance(cause, NotReplicatedError):
        return "unreplicated"
    if isinstance(cause, OutdatedError):
        return "outdated"
    state = cause.sqlstate or ""
    lost = not state or state[:2] in ("08", "28", "3D", "53", "57", "58")
    return _BY_STATE.get(state) or ("unreachable" if lost else "fault")


def postgresql_engine(url: URL, wait: int, **settings: Any) -> Engine:
    """The engine of a database; `wait` is for another's write, for a connection and for a commit, in seconds.

    Raises StoreAddressError.
    """
    primary = Primary(read_address(url), wait)
    bare = url.set(drivername="postgresql+psycopg").difference_update_query(url.query)
    engine = create_engine(bare, use_native_hstore=False, **settings)
    limits = {
        "lock_timeout": f"{wait}s",
        "statement_timeout": f"{3 * wait}s",
        # One that is held up in the middle, its machine or the network say, lets go of what it has locked: until then
        # nobody saves in that dossier, the page that was cut off neither.
        "idle_in_transaction_session_timeout": f"{5 * wait}s",
        # The default of a server, unless someone preferred speed: an acknowledged answer outlives a power cut.
        "synchronous_commit": "on",
    }

    usual = _of_transaction(limits)

    @event.listens_for(engine, "do_connect")
    def _connect(_dialect: Any, _record: Any, _arguments: Any, parameters: dict[str, Any]) -> ServerConnection:
        return primary.connect(context=parameters.get("context"))

    @event.listens_for(engine, "checkout")
    def _look(connection: ServerConnection, _record: Any, _proxy: Any) -> None:
        primary.look_around()
        # After a restart of the server, the first who comes gets a new connection and no error.
        if not (primary.is_newest(connection) and connection.is_alive()):
            raise InvalidatePoolError

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        level = "READ COMMITTED" if options.get("writes") else "REPEATABLE READ"
        said = usual
        if asks_for := options.get("asks_for"):
            _driver(connection).take_time()
            said = _of_transaction({**limits, **_UNBOUND, "lock_timeout": asks_for})
        else:
            _driver(connection).hurry()
        connection.exec_driver_sql(f"BEGIN ISOLATION LEVEL {level}{said}")

    return engine


def _of_transaction(settings: dict[str, str]) -> str:
    return "".join(f"; SET LOCAL {name} = '{value}'" for name, value in settings.items())


def take_time(connection: Connection) -> None:
    """Bound nothing of this transaction: not how long it waits for others, nor how long its statements take."""
    for limit in _UNBOUND:
        connection.exec_driver_sql(f"SET LOCAL {limit} = 0")
    _driver(connection).take_time()


@contextmanager
def outside_its_transaction(connection: Connection) -> Iterator[None]:
    """Each statement is a transaction of its own, under the limits of the server. What came before is done, and what
    comes after is in another transaction.
    """
    connection.exec_driver_sql("COMMIT")
    try:
        yield
    finally:
        connection.exec_driver_sql("BEGIN")


def address_in_use(connection: Connection) -> tuple[str, str | None]:
    """How PostgreSQL's own programs reach the very server that this connection is to; the password apart."""
    given = {name: value for name, value in _driver(connection).parameters.items() if name != "context"}
    password = given.pop("password", None)
    return make_conninfo(**given), password


def _driver(connection: Connection) -> ServerConnection:
    found = connection.connection.driver_connection
    assert isinstance(found, ServerConnection)
    return found
