"""The log of the texts of a checklist that were accepted: from a file, published by staff, or gone back to.

The newest entry serves, on every server of that path. The disk of a server keeps the newest text as well
(checklist/accepted.py): that one serves while the database is away.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Literal

from sqlalchemy import Connection, Row, Select, select
from sqlalchemy import func as sql
from sqlalchemy import text as statement

from pensebete.checklist.accepted import Entry, Source, digest_of
from pensebete.checklist.model import ChecklistRef
from pensebete.storage.checklists import snapshot
from pensebete.storage.engine import Store, plain, reading, writing
from pensebete.storage.errors import PublishedMeanwhileError
from pensebete.storage.room import refuse_without_room
from pensebete.storage.tables import accepted, checklists

# The newest entry as whoever adds one knew it; None where there was none.
Over = Entry | Literal["any"] | None
# Any number, the same for every program that adds to this log.
_TURN = 7_036_984


def log(store: Store, path: Path, checklist: ChecklistRef, text: str, now: datetime, over: Over = "any") -> None:
    """Add what a file said, unless the newest entry of that path says the same.

    `over`: the newest entry when it was accepted, None for none. Raises PublishedMeanwhileError,
    StoreUnavailableError.
    """
    with writing(store) as connection:
        if _same_as_newest(connection, path, text, over):
            return
        _add(connection, path, checklist, text, now, source="file")


def publish(
    store: Store,
    path: Path,
    checklist: ChecklistRef,
    text: str,
    now: datetime,
    *,
    over: Entry | None,
    who: str,
    why: str,
    source: Source = "published",
    based_on: Entry | None = None,
) -> Entry:
    """Add what staff publish, compared by them with the entry `over`, and say it as it is in the log: all or nothing.

    Published twice by the same hand, it is in the log once. Raises PublishedMeanwhileError where another entry is the
    newest by now, StoreUnavailableError.
    """
    with writing(store) as connection:
        refuse_without_room(store, connection)
        if not _same_as_newest(connection, path, text, over):
            told = {"who": plain(who), "why": plain(why), "based_on": based_on.id if based_on else None}
            _add(connection, path, checklist, text, now, source=source, **told)
        return _entries(connection, path)[-1]


def entries(store: Store, path: Path) -> tuple[Entry, ...]:
    """Every entry of a path, oldest first. Raises StoreUnavailableError."""
    with reading(store) as connection:
        return _entries(connection, path)


def newest(store: Store, path: Path) -> tuple[int, str] | None:
    """The id and the digest of the newest entry: what a server asks every few seconds. Raises StoreUnavailableError."""
    with reading(store) as connection:
        found = connection.execute(_newest(path)).one_or_none()
    return (found.id, found.checklist_sha256) if found else None


def text_of(store: Store, digest: str) -> str | None:
    """The text of an entry. Raises StoreUnavailableError."""
    with reading(store) as connection:
        return connection.scalar(select(checklists.c.content).where(checklists.c.sha256 == digest))


def whole_log(store: Store, path: Path) -> tuple[tuple[Entry, ...], tuple[str, ...]]:
    """The entries, oldest first, and of each checklist id the text accepted last, the newest first.

    Both as they were at one moment. Raises StoreUnavailableError.
    """
    with reading(store) as connection:
        return _entries(connection, path), _newest_of_each(connection, path)


def _newest_of_each(connection: Connection, path: Path) -> tuple[str, ...]:
    here = select(sql.max(accepted.c.id)).where(accepted.c.path == _place(path)).group_by(accepted.c.checklist_id)
    query = select(checklists.c.content).join(accepted).where(accepted.c.id.in_(here)).order_by(accepted.c.id.desc())
    return tuple(connection.scalars(query))


def _same_as_newest(connection: Connection, path: Path, text: str, over: Over) -> bool:
    """Whether the newest entry says the same. From here on nobody else adds one, until this is done."""
    if connection.dialect.name != "sqlite":  # where a writer has the whole file to itself
        connection.execute(_take_turn)
    found = connection.execute(_newest(path)).one_or_none()
    if found is None or found.checklist_sha256 == digest_of(text):
        return found is not None
    if over != "any" and found.id != (over.id if over else None):
        raise PublishedMeanwhileError(_entries(connection, path)[-1])
    return False


_take_turn = statement(f"SELECT pg_advisory_xact_lock({_TURN})")


def _add(
    connection: Connection, path: Path, checklist: ChecklistRef, text: str, now: datetime, **told: str | int | None
) -> None:
    values = {
        "path": _place(path),
        "checklist_id": plain(checklist.id),
        "checklist_sha256": snapshot(connection, checklist, text),
        "accepted_at": now,
    }
    connection.execute(accepted.insert().values(**values, **told))


def _newest(path: Path) -> Select[tuple[int, str]]:
    query = select(accepted.c.id, accepted.c.checklist_sha256).where(accepted.c.path == _place(path))
    return query.order_by(accepted.c.id.desc()).limit(1)


def _entries(connection: Connection, path: Path) -> tuple[Entry, ...]:
    query = select(accepted, checklists.c.version).join(checklists).where(accepted.c.path == _place(path))
    rows = connection.execute(query.order_by(accepted.c.id)).all()
    numbers = {row.id: number for number, row in enumerate(rows, 1)}
    return tuple(_entry(row, numbers) for row in rows)


def _entry(row: Row[tuple[object, ...]], numbers: dict[int, int]) -> Entry:
    return Entry(
        id=row.id,
        number=numbers[row.id],
        checklist_id=row.checklist_id,
        version=row.version,
        digest=row.checklist_sha256,
        at=row.accepted_at,
        source=row.source or "file",
        who=row.who or "",
        why=row.why or "",
        based_on=numbers.get(row.based_on),
    )


def _place(path: Path) -> str:
    return plain(str(path.absolute()).encode("utf-8", "replace").decode())
