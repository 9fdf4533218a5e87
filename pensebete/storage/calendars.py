"""The addresses at which calendars fetch the due dates of a dossier.

A calendar sends nothing behind a `#`: the token stands in the address itself. So it is not that of a link, and opens
nothing: it reads what is due, for as long as whoever writes in the dossier lets it. Only its hash is kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from pensebete.assessment.model import Assessment
from pensebete.storage.checklists import made_with
from pensebete.storage.engine import Store, plain, reading, writing
from pensebete.storage.errors import LinkGoneError
from pensebete.storage.links import (
    NewLink,
    allow,
    allow_writing,
    find_by_token,
    forget_revoked,
    hash_of,
    new_token,
    refuse_one_more,
)
from pensebete.storage.rows import assessment_in, id_in
from pensebete.storage.tables import calendars


@dataclass(frozen=True)
class CalendarAddress:
    """An address as it can be listed: for whom, since when."""

    id: int
    label: str
    created_at: datetime


@dataclass(frozen=True)
class Subscribed:
    """What is read at an address."""

    dossier_id: str
    revision: int
    assessment: Assessment
    # The checklist that the dossier was made with, as it was.
    checklist_text: str


def calendars_of(store: Store, dossier_id: str, link_id: int) -> list[CalendarAddress]:
    """The addresses of a dossier that are read still, oldest first. Raises LinkGoneError, StoreUnavailableError."""
    with reading(store) as connection:
        allow(connection, dossier_id, link_id)
        living = calendars.c.dossier_id == dossier_id, calendars.c.revoked_at.is_(None)
        rows = connection.execute(select(calendars).where(*living).order_by(calendars.c.id))
        return [CalendarAddress(row.id, row.label, row.created_at) for row in rows]


def add_calendar(store: Store, dossier_id: str, link_id: int, label: str, now: datetime) -> NewLink:
    """One more address, made by the holder of a writing link.

    Raises LinkGoneError, ReadingOnlyError, TooManyLinksError, StoreUnavailableError.
    """
    with writing(store) as connection:
        allow_writing(connection, dossier_id, link_id)
        refuse_one_more(connection, calendars, dossier_id)
        return _made(connection, dossier_id, label, now)


def revoke_calendar(store: Store, dossier_id: str, link_id: int, which: int, now: datetime) -> None:
    """End an address: nothing is read there any more. Raises as add_calendar; LinkGoneError where it ended before."""
    with writing(store) as connection:
        allow_writing(connection, dossier_id, link_id)
        _end(connection, dossier_id, which, now)


def renew_calendar(store: Store, dossier_id: str, link_id: int, which: int, now: datetime) -> NewLink:
    """End an address and make another of its name, in one go. Raises as revoke_calendar."""
    with writing(store) as connection:
        allow_writing(connection, dossier_id, link_id)
        return _made(connection, dossier_id, _end(connection, dossier_id, which, now), now)


def read_calendar(store: Store, token: str) -> Subscribed | None:
    """What a token reads; None for one that was never given or was revoked. Raises StoreUnavailableError.

    The dossier is not touched: a calendar that asks every hour does not keep it from the purge.
    """
    with reading(store) as connection:
        row = find_by_token(connection, calendars, token)
        if row is None:
            return None
        revision, content = made_with(connection, row.dossier_id)
        assessment = assessment_in(connection, row.dossier_id)
        named = assessment.model_copy(update={"id": id_in(connection, row.dossier_id)})
    return Subscribed(row.dossier_id, revision, named, content)


def _made(connection: Connection, dossier_id: str, label: str, now: datetime) -> NewLink:
    token = new_token()
    row = insert(calendars).values(
        dossier_id=dossier_id, token_sha256=hash_of(token), label=plain(label), created_at=now
    )
    made: int = connection.execute(row.returning(calendars.c.id)).scalar_one()
    forget_revoked(connection, calendars, dossier_id)
    return NewLink(made, token)


def _end(connection: Connection, dossier_id: str, which: int, now: datetime) -> str:
    """The name that it had."""
    living = calendars.c.id == which, calendars.c.dossier_id == dossier_id, calendars.c.revoked_at.is_(None)
    ended = update(calendars).where(*living).values(revoked_at=now).returning(calendars.c.label)
    label: str | None = connection.execute(ended).scalar_one_or_none()
    if label is None:
        raise LinkGoneError
    return label
