"""Dossiers that nobody has touched for long are deleted: what is not needed is not kept."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from pensebete.storage.dossiers import empty_log, erase
from pensebete.storage.engine import Store, reading, writing
from pensebete.storage.tables import dossiers


def purge(store: Store, untouched_since: datetime) -> list[tuple[str, datetime]]:
    """Delete each dossier last opened or saved before a moment; their ids, and when each was last touched.

    Each goes in a transaction of its own, so that nobody who is saving waits for all of them. Raises
    StoreUnavailableError.
    """
    old = dossiers.c.updated_at < untouched_since
    with reading(store) as connection:
        found = connection.execute(select(dossiers.c.id).where(old).order_by(dossiers.c.updated_at)).scalars().all()
    removed = []
    for dossier_id in found:
        with writing(store) as connection:
            # Asked again, and locked: it may have been opened since.
            still = select(dossiers.c.updated_at).where(dossiers.c.id == dossier_id, old).with_for_update()
            touched = connection.execute(still).scalar_one_or_none()
            if touched is None:
                continue
            erase(connection, dossier_id)
        removed.append((dossier_id, touched))
    if removed:
        empty_log(store)
    return removed
