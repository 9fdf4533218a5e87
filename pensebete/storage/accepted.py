"""The log of the texts of a checklist that were accepted, each once it began to be served.

The disk of a server keeps the newest of them as well (checklist/accepted.py): that one serves while the database is
away. This is what a server whose disk is new begins with.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from pensebete.checklist.model import ChecklistRef
from pensebete.storage.checklists import snapshot
from pensebete.storage.engine import Store, plain, reading, writing
from pensebete.storage.tables import accepted, checklists


def log(store: Store, path: Path, checklist: ChecklistRef, text: str, now: datetime) -> None:
    """Add an entry, unless the newest one of that path says the same. Raises StoreUnavailableError."""
    place = _place(path)
    newest = select(accepted.c.checklist_sha256).where(accepted.c.path == place).order_by(accepted.c.id.desc()).limit(1)
    with writing(store) as connection:
        digest = snapshot(connection, checklist, text)
        if connection.scalar(newest) != digest:
            values = {
                "path": place,
                "checklist_id": plain(checklist.id),
                "checklist_sha256": digest,
                "accepted_at": now,
            }
            connection.execute(accepted.insert().values(values))


def newest_of_each(store: Store, path: Path) -> tuple[str, ...]:
    """The text accepted last of each checklist id at that path, newest first. Raises StoreUnavailableError."""
    query = (
        select(accepted.c.checklist_id, checklists.c.content)
        .join(checklists)
        .where(accepted.c.path == _place(path))
        .order_by(accepted.c.id)
    )
    with reading(store) as connection:
        rows = connection.execute(query).all()
    found: dict[str, str] = {}
    for id, content in rows:
        found.pop(id, None)
        found[id] = content
    return tuple(reversed(found.values()))


def _place(path: Path) -> str:
    return plain(str(path.absolute()).encode("utf-8", "replace").decode())
