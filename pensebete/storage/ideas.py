"""Ideas that managers shared: kept apart from every dossier, read and sorted by the staff, deleted when they ask.

No row names a dossier: who did not give a name is not known. Each change says what it changes from (`revision`): who
comes second is told, and goes over nothing.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, Row, Select, delete, func, insert, select, true, update

from pensebete.checklist.idea import (
    MOST_OF_A_NAME,
    MOST_OF_AN_IDEA,
    STATES,
    Idea,
    NewIdea,
    State,
    clean,
    clean_line,
)
from pensebete.storage.dossiers import empty_log
from pensebete.storage.engine import Store, insert_into, plain, reading, writing
from pensebete.storage.errors import IdeaChangedError, IdeasFullError
from pensebete.storage.limits import IDEAS
from pensebete.storage.room import refuse_without_room
from pensebete.storage.tables import allowances, ideas

# `answered` is beside the states: a published idea may be answered too.
Filter = Literal["new", "kept", "published", "refused", "answered"]
FILTERS: tuple[Filter, ...] = (*STATES, "answered")
MOST_SHOWN = 20  # of a domain, to managers; the newest

_SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # none that is taken for another one when it is read aloud
# Beside what else is kept for a while: ideas that their senders withdrew while the staff could still put them back.
_WITHDRAWN, _PUT_BACK_WITHIN = "ideas-withdrawn", timedelta(days=7)
_GROUPS, _IN_A_GROUP = 2, 4


@dataclass(frozen=True)
class Counts:
    """How many ideas each filter shows."""

    of: Mapping[Filter, int]


def add_idea(store: Store, idea: NewIdea, now: datetime) -> Idea:
    """Keep an idea, cleaned. Once this returns it is on disk.

    Raises ValueError for one that is longer than an idea may be, IdeasFullError, StoreUnavailableError.
    """
    text, name, contact = clean(idea.text), clean_line(idea.name), clean_line(idea.contact)
    if not 0 < len(text) <= MOST_OF_AN_IDEA or max(len(name), len(contact)) > MOST_OF_A_NAME:
        raise ValueError("an idea of no length, or too long")
    with writing(store) as connection:
        refuse_without_room(store, connection)
        if connection.execute(select(func.count()).select_from(ideas)).scalar_one() >= IDEAS.value:
            raise IdeasFullError
        values = {
            "code": _new_code(),
            "created_at": now,
            "checklist_id": plain(idea.checklist_id),
            "domain": plain(idea.domain),
            "language": plain(idea.language),
            "text": text,
            "may_be_quoted": idea.may_be_quoted,
            "name": name,
            "contact": contact,
            "state": "new",
            "answered_at": None,
            "changed_at": now,
            "revision": 0,
        }
        added = connection.execute(insert(ideas).values(values).returning(*ideas.c)).one()
    return _idea(added)


def withdraw_idea(store: Store, sent: Idea, now: datetime) -> None:
    """Delete an idea for who sent it. Where staff deleted it just before, they put it back no more.

    Not by its id, which is another once it was put back. Raises StoreUnavailableError.
    """
    with writing(store) as connection:
        found = delete(ideas).where(ideas.c.code == sent.code, ideas.c.created_at == sent.created_at)
        if connection.execute(found).rowcount == 0:
            kind = allowances.c.kind == _WITHDRAWN
            connection.execute(delete(allowances).where(kind, allowances.c.at < now - _PUT_BACK_WITHIN))
            gone = insert_into(connection.dialect.name, allowances).values(
                kind=_WITHDRAWN, whom=_withdrawn(sent), remaining=0, at=now
            )
            connection.execute(gone.on_conflict_do_nothing())
    empty_log(store)


def ideas_of(store: Store, which: Filter | None = None, most: int | None = None) -> tuple[Idea, ...]:
    """Those of a filter, or all, the newest first. Raises StoreUnavailableError."""
    query = select(ideas).where(true() if which is None else _in(which)).order_by(ideas.c.id.desc()).limit(most)
    with reading(store) as connection:
        return _all(connection, query)


def ideas_by_id(store: Store, ids: Collection[int]) -> dict[int, Idea]:
    """Those of these that are still there. Raises StoreUnavailableError."""
    with reading(store) as connection:
        return {one.id: one for one in _all(connection, select(ideas).where(ideas.c.id.in_(ids)))}


def count_ideas(store: Store) -> Counts:
    """How many each filter shows. Raises StoreUnavailableError."""
    by_state = select(ideas.c.state, func.count(), func.count(ideas.c.answered_at)).group_by(ideas.c.state)
    with reading(store) as connection:
        rows = connection.execute(by_state).all()
    found: dict[Filter, int] = dict.fromkeys(FILTERS, 0)
    for state, many, answered in rows:
        found[state] = many
        found["answered"] += answered
    return Counts(found)


def published_ideas(store: Store) -> dict[tuple[str, str], tuple[Idea, ...]]:
    """Those that managers see, by checklist and domain, the newest first. Raises StoreUnavailableError."""
    place = func.row_number().over(partition_by=(ideas.c.checklist_id, ideas.c.domain), order_by=ideas.c.id.desc())
    shown = select(ideas.c.id, place.label("place")).where(ideas.c.state == "published", ideas.c.may_be_quoted)
    newest = shown.subquery()
    query = select(ideas).join(newest, newest.c.id == ideas.c.id).where(newest.c.place <= MOST_SHOWN)
    found: dict[tuple[str, str], tuple[Idea, ...]] = {}
    with reading(store) as connection:
        for one in _all(connection, query.order_by(ideas.c.id.desc())):
            key = (one.sent.checklist_id, one.sent.domain)
            found[key] = (*found.get(key, ()), one)
    return found


def sort_idea(store: Store, seen: Idea, state: State, now: datetime) -> Idea:
    """Have an idea be in another state, from what was seen of it; the idea as it is then.

    Raises ValueError for one that is to be published and may not be quoted; IdeaChangedError where somebody else
    changed or deleted it meanwhile; StoreUnavailableError.
    """
    if state == "published" and not seen.sent.may_be_quoted:
        raise ValueError("an idea that may not be quoted")
    return _change(store, seen, {"state": state}, now)


def mark_answered(store: Store, seen: Idea, answered: bool, now: datetime) -> Idea:
    """Say that its sender was answered, or take that back. Raises IdeaChangedError, StoreUnavailableError."""
    return _change(store, seen, {"answered_at": now if answered else None}, now)


def delete_idea(store: Store, seen: Idea) -> None:
    """Raises IdeaChangedError where somebody else changed it meanwhile, StoreUnavailableError."""
    with writing(store) as connection:
        if connection.execute(delete(ideas).where(*_as_seen(seen))).rowcount == 0:
            raise IdeaChangedError
    empty_log(store)


def restore_idea(store: Store, idea: Idea) -> Idea:
    """Put a deleted idea back, under the code that its sender has; what is there of it already stays as it is.

    Raises IdeaChangedError where its sender withdrew it meanwhile, StoreUnavailableError.
    """
    with writing(store) as connection:
        withdrawn = allowances.c.kind == _WITHDRAWN, allowances.c.whom == _withdrawn(idea)
        if connection.execute(select(allowances.c.at).where(*withdrawn)).first():
            raise IdeaChangedError
        there = connection.execute(select(ideas).where(ideas.c.code == idea.code)).one_or_none()
        if there is None:
            sent = idea.sent
            values = {
                "code": idea.code,
                "created_at": idea.created_at,
                "checklist_id": sent.checklist_id,
                "domain": sent.domain,
                "language": sent.language,
                "text": sent.text,
                "may_be_quoted": sent.may_be_quoted,
                "name": sent.name,
                "contact": sent.contact,
                "state": idea.state,
                "answered_at": idea.answered_at,
                "changed_at": idea.changed_at,
                "revision": idea.revision + 1,
            }
            there = connection.execute(insert(ideas).values(values).returning(*ideas.c)).one()
    return _idea(there)


def _withdrawn(idea: Idea) -> str:
    """What tells an idea from others, and nothing of it."""
    return sha256(f"{idea.code} {idea.created_at.isoformat()}".encode()).hexdigest()


def _change(store: Store, seen: Idea, values: dict[str, Any], now: datetime) -> Idea:
    changed = update(ideas).where(*_as_seen(seen)).returning(*ideas.c)
    with writing(store) as connection:
        found = connection.execute(changed.values(**values, changed_at=now, revision=seen.revision + 1)).one_or_none()
        if found is None:
            raise IdeaChangedError
    return _idea(found)


def _as_seen(seen: Idea) -> tuple[ColumnElement[bool], ...]:
    return ideas.c.id == seen.id, ideas.c.code == seen.code, ideas.c.revision == seen.revision


def _in(which: Filter) -> ColumnElement[bool]:
    return ideas.c.answered_at.is_not(None) if which == "answered" else ideas.c.state == which


def _all(connection: Connection, query: Select[Any]) -> tuple[Idea, ...]:
    return tuple(map(_idea, connection.execute(query)))


def _idea(row: Row[Any]) -> Idea:
    return Idea(
        id=row.id,
        code=row.code,
        created_at=row.created_at,
        sent=NewIdea(
            checklist_id=row.checklist_id,
            domain=row.domain,
            language=row.language,
            text=row.text,
            may_be_quoted=row.may_be_quoted,
            name=row.name,
            contact=row.contact,
        ),
        state=row.state,
        answered_at=row.answered_at,
        changed_at=row.changed_at,
        revision=row.revision,
    )


def _new_code() -> str:
    groups = ("".join(secrets.choice(_SIGNS) for _ in range(_IN_A_GROUP)) for _ in range(_GROUPS))
    return "-".join(groups)
