"""What is left to each of what may be taken within a time, counted once for all processes and machines.

A row is there from the first that was taken until all of it is back. Whom it is of stands there as a code that only who
knows the secret of the servers can make: no address is in the database, nor in a copy of it.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, select

from pensebete.storage.engine import Store, insert_into, reading, writing
from pensebete.storage.tables import allowances


def take(store: Store, kind: str, whom: str, amount: float, at_once: float, each_second: float, now: datetime) -> float:
    """Seconds until that much is there again; 0 where it was, and is taken now. Raises StoreUnavailableError."""
    place = (allowances.c.kind == kind) & (allowances.c.whom == whom)
    full_again = now - timedelta(seconds=at_once / each_second)
    insert = insert_into(store.engine.dialect.name, allowances).values(kind=kind, whom=whom, remaining=at_once, at=now)
    with writing(store) as connection:
        connection.execute(delete(allowances).where(allowances.c.kind == kind, allowances.c.at < full_again))
        connection.execute(insert.on_conflict_do_nothing())
        # Two that ask at once are counted one after the other.
        left, at = connection.execute(
            select(allowances.c.remaining, allowances.c.at).where(place).with_for_update()
        ).one()
        left = _left(left, at, at_once, each_second, now)
        wanted = min(amount, at_once)
        counted_at = _counted_at(at, now, full_again)
        if left < wanted:
            if counted_at < at:
                connection.execute(allowances.update().where(place).values(at=counted_at))
            return (wanted - left) / each_second
        connection.execute(allowances.update().where(place).values(remaining=left - wanted, at=counted_at))
    return 0.0


def wait(store: Store, kind: str, whom: str, amount: float, at_once: float, each_second: float, now: datetime) -> float:
    """The same, and takes nothing. Raises StoreUnavailableError."""
    query = select(allowances.c.remaining, allowances.c.at).where(allowances.c.kind == kind, allowances.c.whom == whom)
    with reading(store) as connection:
        found = connection.execute(query).one_or_none()
    left = _left(found.remaining, found.at, at_once, each_second, now) if found else at_once
    return max(0.0, min(amount, at_once) - left) / each_second


def give_back(
    store: Store, kind: str, whom: str, amount: float, at_once: float, each_second: float, now: datetime
) -> float:
    """What was taken and came to nothing counts no more; 0. Raises StoreUnavailableError."""
    place = (allowances.c.kind == kind) & (allowances.c.whom == whom)
    with writing(store) as connection:
        found = connection.execute(
            select(allowances.c.remaining, allowances.c.at).where(place).with_for_update()
        ).one_or_none()
        if found:
            left = _left(found.remaining, found.at, at_once, each_second, now)
            at = _counted_at(found.at, now, now - timedelta(seconds=at_once / each_second))
            back = {"remaining": min(at_once, left + amount), "at": at}
            connection.execute(allowances.update().where(place).values(**back))
    return 0.0


def all_taken(store: Store, kind: str) -> frozenset[str]:
    """Whoever has a row of that kind: took something of late. Raises StoreUnavailableError."""
    with reading(store) as connection:
        return frozenset(connection.scalars(select(allowances.c.whom).where(allowances.c.kind == kind)))


def _left(left: float, at: datetime, at_once: float, each_second: float, now: datetime) -> float:
    """A clock that was set back gives nothing back, and takes nothing."""
    return min(at_once, left + max(0.0, (now - at).total_seconds()) * each_second)


def _counted_at(at: datetime, now: datetime, full_again: datetime) -> datetime:
    """The later of both: of two machines whose clocks differ, asked in turns, each would else give back the difference.

    Not of a clock that was far ahead: what it wrote would never be whole again.
    """
    return at if now < at <= now + (now - full_again) else now
