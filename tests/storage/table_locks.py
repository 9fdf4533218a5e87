"""What a change of the tables does to those who save meanwhile, told by PostgreSQL at the end of each transaction.

It does not depend on how many rows there are, nor on how busy the machine is: a lock is no harm where nothing is read
and nothing rewritten while it is held; a table read whole under it is held a second for some millions of rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from psycopg import Connection
from psycopg.pq import TransactionStatus
from sqlalchemy import event
from sqlalchemy.engine import Connection as AnyConnection

from pensebete.storage.engine import Store

# Rows that one transaction may read or change: what they hold is given back within hundredths of a second.
AT_ONCE = 1_000
_TABLES = "SELECT relname, relfilenode FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
_STOPS_A_SAVE = ("ShareLock", "ShareRowExclusiveLock", "ExclusiveLock", "AccessExclusiveLock")
_HELD = """
SELECT c.relname, l.mode, s.seq_tup_read + coalesce(s.idx_tup_fetch, 0), s.n_tup_upd + s.n_tup_del + s.n_tup_ins
FROM pg_locks l JOIN pg_class c ON c.oid = l.relation JOIN pg_stat_xact_user_tables s ON s.relid = c.oid
WHERE l.pid = pg_backend_pid() AND l.granted AND c.relnamespace = 'public'::regnamespace
"""


@contextmanager
def told_of_locks(store: Store) -> Iterator[list[str]]:
    """Fills with a sentence for each table whose rows are held for longer the more there are."""
    found: dict[str, None] = {}
    told: list[str] = []
    with store.engine.connect() as connection:
        before = dict(connection.exec_driver_sql(_TABLES).all())

    def tell(sentence: str) -> None:
        if sentence not in found:
            found[sentence] = None
            told.append(sentence)

    def at_end(connection: AnyConnection) -> None:
        driver: Connection[Any] | None = connection.connection.dbapi_connection  # type: ignore[assignment]
        assert driver
        if driver.info.transaction_status == TransactionStatus.IDLE:
            return
        for table, mode, read, changed in driver.execute(_HELD).fetchall():
            if table in before and mode in _STOPS_A_SAVE and read > AT_ONCE:
                tell(f"{table} is read whole while nobody can save")
            if table in before and changed > AT_ONCE:
                tell(f"{table} is changed whole in one transaction")
        for table, file in driver.execute(_TABLES).fetchall():
            if before.get(table, file) != file:
                tell(f"{table} is written anew")
        # Else what this one read would be counted for the next one too.
        driver.execute("SELECT pg_stat_force_next_flush()")

    def by_itself(
        connection: AnyConnection, cursor: Any, statement: str, _said: Any, _context: Any, _many: bool
    ) -> None:
        driver: Any = connection.connection.dbapi_connection
        if driver.info.transaction_status != TransactionStatus.IDLE:
            return
        words = statement.upper().split()
        if words[0] in ("UPDATE", "DELETE", "INSERT") and cursor.rowcount > AT_ONCE:
            tell("a table is changed whole in one statement")
        elif "INDEX" in words[:3] and "CONCURRENTLY" not in words:
            tell("an index is made while nobody can save")
        elif words[0] == "ALTER" and "VALIDATE" not in words:
            tell("a table is altered outside a transaction, where nobody looks")

    event.listen(store.engine, "commit", at_end)
    event.listen(store.engine, "after_cursor_execute", by_itself)
    try:
        yield told
    finally:
        event.remove(store.engine, "commit", at_end)
        event.remove(store.engine, "after_cursor_execute", by_itself)
