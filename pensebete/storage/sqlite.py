"""A SQLite file, opened so that what it acknowledges is on disk; and what its errors mean."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.pool import QueuePool

from pensebete.storage.errors import Reason
from pensebete.storage.place import address_of, is_frozen

_BY_CODE: dict[int, Reason] = {
    sqlite3.SQLITE_BUSY: "locked",
    sqlite3.SQLITE_LOCKED: "locked",
    sqlite3.SQLITE_FULL: "full",
    sqlite3.SQLITE_READONLY: "read_only",
    sqlite3.SQLITE_PERM: "read_only",
    sqlite3.SQLITE_CANTOPEN: "unreachable",
    sqlite3.SQLITE_IOERR: "unreachable",
}


def sqlite_reason(cause: sqlite3.Error) -> Reason:
    # The low byte is the kind; the rest, there or not, is a detail of it.
    return _BY_CODE.get(getattr(cause, "sqlite_errorcode", 0) & 0xFF, "fault")


def sqlite_engine(file: Path, wait: int, **settings: Any) -> Engine:
    """The engine of a file, an absolute path; `wait` is for another's write, in seconds."""

    def connect() -> sqlite3.Connection:
        return sqlite3.connect(
            address_of(file),
            uri=True,
            timeout=wait,
            isolation_level=None,  # transactions begin below, not where the driver guesses
            check_same_thread=False,
        )

    engine = create_engine("sqlite://", creator=connect, poolclass=QueuePool, **settings)

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        # FULL: the log is on disk before a commit returns, so an acknowledged answer outlives a power cut.
        # secure_delete: what is deleted is overwritten with zeros, not merely forgotten.
        for pragma in ("foreign_keys = ON", "synchronous = FULL", "secure_delete = ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "checkout")
    def _thaw(_connection: Any, record: Any, _proxy: Any) -> None:
        was_frozen, record.info["frozen"] = record.info.get("frozen"), is_frozen(file)
        if was_frozen and not record.info["frozen"]:
            raise DisconnectionError  # which makes another connection in the place of this one

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # A writer takes its turn at once: one that reads first and writes later may be refused without waiting.
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine
