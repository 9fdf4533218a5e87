"""The checklist a dossier was made with, as it was word for word: each text kept once."""

from __future__ import annotations

from hashlib import sha256

from sqlalchemy import ColumnElement, Connection, delete, func, select
from sqlalchemy.exc import IntegrityError

from pensebete.checklist.model import ChecklistRef
from pensebete.storage.engine import insert_into, plain
from pensebete.storage.tables import accepted, checklists, dossiers, milestones


def snapshot(connection: Connection, checklist: ChecklistRef, content: str) -> str:
    """Keep a checklist text unless it is there already; its SHA-256."""
    digest = sha256(content.encode()).hexdigest()
    row = insert_into(connection.dialect.name, checklists).values(
        sha256=digest, id=plain(checklist.id), version=plain(checklist.version), content=content
    )
    # An update of nothing, rather than nothing: it holds the row, so that nobody forgets it before we refer to it.
    connection.execute(row.on_conflict_do_update(index_elements=["sha256"], set_={"sha256": digest}))
    return digest


def made_with(connection: Connection, dossier_id: str) -> tuple[int, str]:
    """The revision of a dossier, and the text of its checklist."""
    query = select(dossiers.c.revision, checklists.c.content).join(checklists).where(dossiers.c.id == dossier_id)
    revision, content = connection.execute(query).one()
    return revision, content


def forget_unused(connection: Connection, digests: set[str]) -> None:
    """Delete those of these texts that no dossier, no milestone and no entry of the accepted ones refers to."""
    for digest in sorted(digests):
        here = checklists.c.sha256 == digest
        unused = [_last_up_to(table.c.checklist_sha256, digest) != digest for table in (dossiers, milestones, accepted)]
        try:
            with connection.begin_nested():
                connection.execute(delete(checklists).where(here, *unused))
        except IntegrityError:
            # Someone has kept a dossier made with it at this very moment: it is needed after all.
            continue


def _last_up_to(column: ColumnElement[str], digest: str) -> ColumnElement[str]:
    """The digest itself where a row has it: found by index.

    Asked whether a row has it, PostgreSQL reads the table from its beginning where nearly all have: and those that a
    purge has just deleted stand there.
    """
    return func.coalesce(select(func.max(column)).where(column <= digest).scalar_subquery(), "")
