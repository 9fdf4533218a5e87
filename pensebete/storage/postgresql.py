"""A PostgreSQL server, reached so that what it acknowledges is on disk; and what its errors mean."""

from __future__ import annotations

from typing import Any

import psycopg
from sqlalchemy import Engine, create_engine
from sqlalchemy.engine import URL

from pensebete.storage.errors import Reason

_BY_STATE: dict[str, Reason] = {
    "55P03": "locked",
    "40001": "locked",
    "40P01": "locked",
    "57014": "locked",
    "53100": "full",
    "25006": "read_only",
}


def postgresql_reason(cause: psycopg.Error) -> Reason:
    state = cause.sqlstate or ""
    lost = not state or state[:2] in ("08", "28", "3D", "53", "57", "58")
    return _BY_STATE.get(state) or ("unreachable" if lost else "fault")


def postgresql_engine(address: URL, wait: int, **settings: Any) -> Engine:
    """The engine of a server; `wait` is for another's write and for a connection, in seconds."""
    of_session = {
        "lock_timeout": f"{wait}s",
        "statement_timeout": f"{3 * wait}s",
        # The default of a server, unless someone preferred speed: an acknowledged answer outlives a power cut.
        "synchronous_commit": "on",
    }
    return create_engine(
        address.set(drivername="postgresql+psycopg"),
        pool_pre_ping=True,  # after a restart of the server, the first who comes gets a new connection and no error
        connect_args={
            "connect_timeout": wait,
            "options": " ".join(f"-c {name}={value}" for name, value in of_session.items()),
            # Without these a server that vanished without a word is waited for during hours.
            "keepalives_idle": 30,
            "keepalives_interval": 5,
            "keepalives_count": 3,
            "tcp_user_timeout": 1000 * 3 * wait,
        },
        **settings,
    )
