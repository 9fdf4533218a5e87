"""How much is kept of a dossier, and whether there is room for more: in its quota, on the disk, in the database.

`dossiers.bytes` is an upper bound: each save adds what it writes and takes nothing away. Past the quota, what is of use
to nobody any more is deleted and the rest counted; so nearly every save costs one addition.
"""

from __future__ import annotations

from shutil import disk_usage

from sqlalchemy import ColumnElement, Connection, LargeBinary, cast, delete, func, select, text, update

from pensebete.assessment.bounds import MOST_BYTES
from pensebete.storage.engine import Store
from pensebete.storage.errors import DossierFullError, DossierTooLargeError, StoreUnavailableError
from pensebete.storage.limits import DATABASE, DOSSIER, FREE, MEGABYTE
from pensebete.storage.tables import calendars, dossiers, facts, links, milestones, overwritten, remarks, saves

MOST_KEPT = 2 * MOST_BYTES  # of a dossier when it is first kept: as facts it is longer than as a file
OF_A_ROW = 200  # bytes beside what was written: ids, dates, the database's own
# A dossier that is full may still be answered, and tidied.
_SMALL, _FOR_SMALL = 1_000, 200_000
SAVES_KNOWN = 1_000  # which of them are known again when they are sent twice


def refuse_without_room(store: Store, connection: Connection) -> None:
    """Before something is begun: a dossier, a milestone. Raises StoreUnavailableError.

    Answers of dossiers that are kept go on being saved, into the room that this leaves them.
    """
    if store.file and FREE.value and disk_usage(store.file.parent).free < FREE.value * MEGABYTE:
        raise StoreUnavailableError("nearly_full", "disk")
    if DATABASE.value and _size(store, connection) > DATABASE.value * MEGABYTE:
        raise StoreUnavailableError("nearly_full", "database")


def refuse_too_large(written: int) -> None:
    """Raises DossierTooLargeError for one that would be kept for the first time."""
    if written > min(MOST_KEPT, DOSSIER.value * MEGABYTE):
        raise DossierTooLargeError


def count(connection: Connection, dossier_id: str, added: int, share: float = 1) -> None:
    """Count what was just written in a dossier; raises DossierFullError where it passes that share of its quota."""
    here = dossiers.c.id == dossier_id
    more = update(dossiers).where(here).values(bytes=dossiers.c.bytes + added).returning(dossiers.c.bytes)
    refuse_full(connection, dossier_id, connection.execute(more).scalar_one(), added, share)


def refuse_full(connection: Connection, dossier_id: str, counted: int | None, added: int, share: float = 1) -> None:
    """The same once it was `counted`."""
    most = share * DOSSIER.value * MEGABYTE
    if counted is not None and counted <= most:
        return
    _forget_useless(connection, dossier_id)
    truly = _held(connection, dossier_id)
    if truly > most + (_FOR_SMALL if added <= _SMALL else 0):
        raise DossierFullError  # which takes back what was written
    connection.execute(update(dossiers).where(dossiers.c.id == dossier_id).values(bytes=truly))


def _forget_useless(connection: Connection, dossier_id: str) -> None:
    """What was replaced and has been seen, and saves too long ago to be sent again."""
    seen = (overwritten.c.dossier_id == dossier_id) & overwritten.c.seen
    connection.execute(delete(overwritten).where(seen))
    revision = select(dossiers.c.revision).where(dossiers.c.id == dossier_id).scalar_subquery()
    old = (saves.c.dossier_id == dossier_id) & (saves.c.revision < revision - SAVES_KNOWN)
    connection.execute(delete(saves).where(old))


def _held(connection: Connection, dossier_id: str) -> int:
    """Bytes, in all tables."""
    sqlite = connection.dialect.name == "sqlite"

    def octets(column: ColumnElement[str]) -> ColumnElement[int]:
        found = func.length(cast(column, LargeBinary)) if sqlite else func.octet_length(column)
        return func.coalesce(found, 0)

    sizes = (
        (facts, octets(facts.c.key) + octets(facts.c.value)),
        (overwritten, octets(overwritten.c.key) + octets(overwritten.c.value)),
        (milestones, octets(milestones.c.assessment) + func.coalesce(func.length(milestones.c.changes), 0)),
        (remarks, remarks.c.bytes),
        (links, octets(links.c.label)),
        (calendars, octets(calendars.c.label)),
        (saves, octets(saves.c.change_id)),
    )
    total = 0
    for table, size in sizes:
        query = select(func.coalesce(func.sum(size + OF_A_ROW), 0)).where(table.c.dossier_id == dossier_id)
        total += int(connection.execute(query).scalar_one())
    return total


def _size(store: Store, connection: Connection) -> int:
    """Bytes of the whole database."""
    if store.file:
        return store.file.stat().st_size
    return int(connection.execute(text("SELECT pg_database_size(current_database())")).scalar_one())
