"""Indexes that are made on a table with a million rows while people save in it."""

from __future__ import annotations

from alembic import op


def create_index(name: str, table: str, columns: list[str]) -> None:
    """As op.create_index. On PostgreSQL it reads the table without keeping anybody from writing in it.

    It waits for whoever began before it, a backup say, and nobody waits for it meanwhile. Broken off, it leaves an
    index that is of no use: the next try makes it anew.
    """
    if op.get_bind().dialect.name == "sqlite":
        op.create_index(name, table, columns)
        return
    with op.get_context().autocommit_block():
        before = op.get_bind().exec_driver_sql("SHOW lock_timeout").scalar_one()
        op.execute("SET lock_timeout = 0")
        op.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {name}")
        op.create_index(name, table, columns, postgresql_concurrently=True)
        op.execute(f"SET lock_timeout = '{before}'")
