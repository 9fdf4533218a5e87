"""Dossiers that nobody has touched for long are deleted, and so are ideas: what is not needed is not kept."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select

from pensebete.storage.dossiers import empty_log, erase
from pensebete.storage.engine import Store, reading, writing
from pensebete.storage.errors import PurgeTooLargeError
from pensebete.storage.limits import PURGED
from pensebete.storage.postgresql import take_time
from pensebete.storage.tables import dossiers, ideas

Touched = tuple[str, datetime]  # the id of a dossier, and when it was last opened or saved
# Of fewer, a share says nothing; but all of them are never taken unasked.
_FEW = 3
# Dossiers that are deleted in one transaction: some hundredths of a second, during which a file is nobody else's.
_AT_ONCE, _AT_ONCE_IN_A_FILE = 50, 10
# Clocks differ by minutes, never by a day.
_AHEAD = timedelta(days=1)


@dataclass(frozen=True)
class Due:
    """What a purge would take, the longest untouched first; and of how many."""

    untouched: tuple[Touched, ...]
    of: int
    # Dossiers dated after now: a clock is wrong, or was. They would be kept for as long as it was ahead.
    ahead: tuple[Touched, ...]

    @property
    def is_suspect(self) -> bool:
        """Whether so many would go that a clock in the wrong year is likelier than that many forgotten dossiers."""
        found = len(self.untouched)
        share = 100 * found > PURGED.value * self.of and found >= _FEW
        return share or (found == self.of and found > 0)


def due(store: Store, untouched_since: datetime, now: datetime | None = None) -> Due:
    """What a purge would take, without taking it; only told what time it is, what is dated after that.

    Raises StoreUnavailableError.
    """
    touched = select(dossiers.c.id, dossiers.c.updated_at).order_by(dossiers.c.updated_at)
    with reading(store) as connection:
        if not store.file:
            take_time(connection)  # to count a million on a slow disk
        old = connection.execute(touched.where(dossiers.c.updated_at < untouched_since)).all()
        ahead = connection.execute(touched.where(dossiers.c.updated_at > now + _AHEAD)).all() if now else []
        of = connection.execute(select(func.count()).select_from(dossiers)).scalar_one()
    return Due(tuple((id, at) for id, at in old), of, tuple((id, at) for id, at in ahead))


def purge(store: Store, untouched_since: datetime, force: bool = False) -> list[Touched]:
    """Delete each dossier last opened or saved before a moment; their ids, and when each was last touched.

    A few go in a transaction, so that nobody who is saving waits for all of them. Raises PurgeTooLargeError where too
    many would go, unless `force`; StoreUnavailableError.
    """
    found = due(store, untouched_since)
    if found.is_suspect and not force:
        raise PurgeTooLargeError(len(found.untouched), found.of, PURGED.value)
    removed: list[Touched] = []
    at_once = _AT_ONCE_IN_A_FILE if store.file else _AT_ONCE
    for first in range(0, len(found.untouched), at_once):
        began = time.monotonic()
        removed += _purge_some(store, [id for id, _ in found.untouched[first : first + at_once]], untouched_since)
        if store.file:
            # Who waits for a file asks again now and then: it is left to them for as long as it was taken.
            time.sleep(time.monotonic() - began)
    if removed:
        empty_log(store)
    return removed


def _purge_some(store: Store, ids: list[str], untouched_since: datetime) -> list[Touched]:
    with writing(store) as connection:
        # Asked again, and locked: one may have been opened since. One that is held is being opened.
        still = select(dossiers.c.id, dossiers.c.updated_at).where(
            dossiers.c.id.in_(ids), dossiers.c.updated_at < untouched_since
        )
        locked = still.order_by(dossiers.c.updated_at).with_for_update(skip_locked=True)
        removed = [(id, at) for id, at in connection.execute(locked)]
        erase(connection, [id for id, _ in removed])
    return removed


def due_ideas(store: Store, untouched_since: datetime) -> Due:
    """What a purge would take of the ideas: neither sent nor sorted since; each by the code that its sender may have.

    Raises StoreUnavailableError.
    """
    query = select(ideas.c.code, ideas.c.changed_at).where(ideas.c.changed_at < untouched_since)
    with reading(store) as connection:
        old = connection.execute(query.order_by(ideas.c.changed_at)).all()
        of = connection.execute(select(func.count()).select_from(ideas)).scalar_one()
    return Due(tuple((code, at) for code, at in old), of, ())


def purge_ideas(store: Store, untouched_since: datetime, force: bool = False) -> list[Touched]:
    """Delete each idea neither sent nor sorted since a moment, once the dossiers were purged; their codes.

    A crisis has its ideas within weeks, so that all of them go at once: that says nothing of the clock. What does is
    the purge of the dossiers, which is refused first; only where there are none, the ideas are weighed as they are.
    Raises PurgeTooLargeError, StoreUnavailableError.
    """
    found = due_ideas(store, untouched_since)
    if found.is_suspect and not force and not due(store, untouched_since).of:
        raise PurgeTooLargeError(len(found.untouched), found.of, PURGED.value, ideas=True)
    old = delete(ideas).where(ideas.c.changed_at < untouched_since).returning(ideas.c.code, ideas.c.changed_at)
    with writing(store) as connection:
        removed = sorted(connection.execute(old), key=lambda one: one.changed_at)
    if removed:
        empty_log(store)
    return [(code, at) for code, at in removed]
