"""Indexes that are made on a table with a million rows while people save in it."""

from __future__ import annotations

from alembic import op

from pensebete.storage.postgresql import outside_its_transaction


def create_index(name: str, table: str, columns: list[str]) -> None:
    """As op.create_index. On PostgreSQL it reads the table without keeping anybody from writing in it.

    It waits for whoever began before it, a backup say, and nobody waits for it meanwhile. Broken off, it leaves an
    index that is of no use: the next try makes it anew.
    """
    if op.get_bind().dialect.name == "sqlite":
        op.create_index(name, table, columns)
        return
    with outside_its_transaction(op.get_bind()):
        op.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {name}")
        op.create_index(name, table, columns, postgresql_concurrently=True)
