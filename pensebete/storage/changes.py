"""Saving a dossier fact by fact, and learning what others saved: the newest wins, and what it replaced is kept.

A page knows the dossier up to a revision. It sends what it changed since; where somebody else changed the same fact
after that revision, the author could not have seen it: the value replaced goes to `overwritten`.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import ColumnElement, Connection, Insert, exists, insert, select, update

from pensebete.assessment.bounds import MOST_BYTES
from pensebete.assessment.field_map import Changes, Json, Key, assembled, key_of, key_text, value_of, value_text
from pensebete.assessment.review.model import Review
from pensebete.checklist.model import ChecklistRef
from pensebete.storage.checklists import forget_unused, snapshot
from pensebete.storage.engine import Store, insert_into, reading, writing
from pensebete.storage.errors import LinkGoneError
from pensebete.storage.links import allow_writing
from pensebete.storage.reviews import last_number, review_in
from pensebete.storage.room import OF_A_ROW, refuse_full
from pensebete.storage.rows import assessment_in, fact_rows
from pensebete.storage.tables import dossiers, facts, links, overwritten, saves

_MOST_SAVED = 4 * MOST_BYTES  # characters at once; a visit bounds its dossier before that
_CHECKLIST = ("detail", "checklist")


@dataclass(frozen=True)
class Change:
    """A fact as somebody saved it; without a value it was taken away."""

    key: Key
    value: Json | None
    link_id: int
    label: str
    at: datetime


@dataclass(frozen=True)
class Overwritten:
    """A value that a save replaced unseen: what, by which link it was written, by which it was replaced, and when."""

    id: int
    key: Key
    value: Json | None
    link_id: int
    label: str
    written_at: datetime
    replaced_by: int
    replaced_by_label: str
    replaced_at: datetime


@dataclass(frozen=True)
class News:
    """What happened since a revision; `revision` is the one to ask from next time.

    `overwritten`: after a save, what that save replaced; else all that nobody has marked as seen. Of the review a save
    says nothing; else `remarks` is the number to ask from next time, `review` the remarks to which something was added.
    """

    revision: int
    others: tuple[Change, ...]
    overwritten: tuple[Overwritten, ...]
    remarks: int = 0
    review: Review | None = None

    @property
    def changes(self) -> Changes:
        """What others changed, for `facts.applied`."""
        return {change.key: change.value for change in self.others}


def save(
    store: Store,
    dossier_id: str,
    link_id: int,
    since: int,
    changes: Changes,
    change_id: str,
    now: datetime,
    checklist_text: str | None = None,
) -> News:
    """Save changes made to a dossier known up to the revision `since`. Once this returns, they are on disk.

    `change_id` is a text of at most 64 characters made for this save, a UUID say: a save sent again with the same
    one, because the answer to the first was lost, is done once. `checklist_text` comes with a dossier carried over to
    another checklist. Raises LinkGoneError, ReadingOnlyError, DossierFullError, StoreUnavailableError; ValueError for
    changes that make no assessment.
    """
    _refuse_nonsense(changes)
    with writing(store) as connection:
        revision = allow_writing(connection, dossier_id, link_id)
        same = select(saves.c.revision).where(saves.c.dossier_id == dossier_id, saves.c.change_id == change_id)
        own, added = connection.execute(same).scalar_one_or_none(), 0
        if own is None and (changes or checklist_text is not None):
            own = revision = revision + 1
            added = OF_A_ROW + _write(connection, changes, since, _Author(dossier_id, link_id, own, now))
            connection.execute(
                insert(saves).values(dossier_id=dossier_id, change_id=change_id, revision=own, saved_at=now)
            )
            if checklist_text is not None:
                _carry_over(connection, dossier_id, checklist_text)
        touched = update(dossiers).where(dossiers.c.id == dossier_id).returning(dossiers.c.bytes)
        more = touched.values(revision=revision, updated_at=now, bytes=dossiers.c.bytes + added)
        counted = connection.execute(more).scalar_one()
        if added:
            refuse_full(connection, dossier_id, counted, added)
        if revision == own == since + 1:  # nobody else has been there
            return News(revision, (), ())
        others = _changes(connection, dossier_id, since, but=own)
        replaced = _overwritten(connection, dossier_id, overwritten.c.revision == own) if own else ()
    return News(revision, others, replaced)


def changes_since(store: Store, dossier_id: str, link_id: int, revision: int, remarks: int = 0) -> News:
    """What was saved after a revision, and what was overwritten and nobody has seen: cheap enough to ask every second.

    `remarks` is the number up to which the review is known. Raises LinkGoneError, StoreUnavailableError.
    """
    unseen = exists().where(overwritten.c.dossier_id == dossier_id, ~overwritten.c.seen)
    living = (links.c.id == link_id) & (links.c.dossier_id == dossier_id) & links.c.revoked_at.is_(None)
    with reading(store) as connection:
        # All in one question: every open page asks it, and nearly always nothing has happened.
        asked = select(dossiers.c.revision, unseen, last_number(dossiers.c.id))
        query = asked.join(links, living).where(dossiers.c.id == dossier_id)
        found = connection.execute(query).one_or_none()
        if found is None:
            raise LinkGoneError
        latest, something, remarked = found
        others = _changes(connection, dossier_id, revision) if latest > revision else ()
        replaced = _overwritten(connection, dossier_id, ~overwritten.c.seen) if something else ()
        review = review_in(connection, dossier_id, remarks) if remarked > remarks else None
    return News(latest, others, replaced, remarked, review)


def mark_seen(store: Store, dossier_id: str, link_id: int, ids: Collection[int]) -> None:
    """Have overwritten values told no more. Raises LinkGoneError, ReadingOnlyError, StoreUnavailableError."""
    with writing(store) as connection:
        allow_writing(connection, dossier_id, link_id)
        named = overwritten.c.id.in_(ids) & (overwritten.c.dossier_id == dossier_id)
        connection.execute(update(overwritten).where(named).values(seen=True))


@dataclass(frozen=True)
class _Author:
    dossier_id: str
    link_id: int
    revision: int
    now: datetime


def _write(connection: Connection, changes: Changes, since: int, by: _Author) -> int:
    """How many bytes were written, at most."""
    added = 0
    texts = {key_text(key): None if value is None else value_text(value) for key, value in changes.items()}
    if by.revision - 1 > since:
        # Others saved meanwhile. What is the same already stays theirs; what differs is put aside before it goes.
        mine = (facts.c.dossier_id == by.dossier_id) & facts.c.key.in_(texts)
        for fact in connection.execute(select(facts).where(mine, facts.c.revision > since)).all():
            if fact.value == texts[fact.key]:
                del texts[fact.key]
                continue
            connection.execute(
                insert(overwritten).values(
                    dossier_id=by.dossier_id,
                    key=fact.key,
                    value=fact.value,
                    written_at=fact.changed_at,
                    link_id=fact.link_id,
                    revision=by.revision,
                    replaced_at=by.now,
                    replaced_by=by.link_id,
                    seen=False,
                )
            )
            added += _bytes(fact.key, fact.value)
    if texts:
        rows = fact_rows(texts, by.dossier_id, by.link_id, by.revision, by.now)
        connection.execute(_put(connection.dialect.name), rows)
    return added + sum(_bytes(key, value) for key, value in texts.items())


def _bytes(key: str, value: str | None) -> int:
    return len(key.encode()) + len((value or "").encode()) + OF_A_ROW


@cache
def _put(dialect: str) -> Insert:
    """Write facts, over what they were. The statement is made once, and not at each save."""
    row = insert_into(dialect, facts)
    put = {name: row.excluded[name] for name in ("value", "revision", "changed_at", "link_id")}
    return row.on_conflict_do_update(index_elements=["dossier_id", "key"], set_=put)


def _carry_over(connection: Connection, dossier_id: str, checklist_text: str) -> None:
    """Refer to another checklist, the one that the facts now name."""
    here = dossiers.c.id == dossier_id
    old = connection.execute(select(dossiers.c.checklist_sha256).where(here)).scalar_one()
    new = snapshot(connection, assessment_in(connection, dossier_id).checklist, checklist_text)
    connection.execute(update(dossiers).where(here).values(checklist_sha256=new))
    forget_unused(connection, {old} - {new})


def _changes(connection: Connection, dossier_id: str, since: int, but: int | None = None) -> tuple[Change, ...]:
    query = (
        select(facts.c.key, facts.c.value, facts.c.link_id, links.c.label, facts.c.changed_at)
        .join(links, links.c.id == facts.c.link_id)
        .where(facts.c.dossier_id == dossier_id, facts.c.revision > since, facts.c.revision != (but or 0))
        .order_by(facts.c.first_revision, facts.c.first_place)
    )
    return tuple(
        Change(key_of(row.key), value_of(row.value), row.link_id, row.label, row.changed_at)
        for row in connection.execute(query)
    )


def _overwritten(connection: Connection, dossier_id: str, which: ColumnElement[bool]) -> tuple[Overwritten, ...]:
    theirs, newer = links.alias(), links.alias()
    query = (
        select(overwritten, theirs.c.label, newer.c.label.label("newer_label"))
        .join(theirs, theirs.c.id == overwritten.c.link_id)
        .join(newer, newer.c.id == overwritten.c.replaced_by)
        .where(overwritten.c.dossier_id == dossier_id, which)
        .order_by(overwritten.c.id)
    )
    return tuple(
        Overwritten(
            id=row.id,
            key=key_of(row.key),
            value=value_of(row.value),
            link_id=row.link_id,
            label=row.label,
            written_at=row.written_at,
            replaced_by=row.replaced_by,
            replaced_by_label=row.newer_label,
            replaced_at=row.replaced_at,
        )
        for row in connection.execute(query)
    )


def _refuse_nonsense(changes: Changes) -> None:
    """What is saved can be opened: changes that make no assessment are a fault of the caller, never kept."""
    if sum(len(value_text(value)) for value in changes.values() if value is not None) > _MOST_SAVED:
        raise ValueError("these changes are longer than a dossier")
    try:
        assembled({key: value for key, value in changes.items() if value is not None}, ChecklistRef(id=""))
        if changes.get(_CHECKLIST, _CHECKLIST) is None:
            raise ValueError
    except (ValueError, TypeError):  # pydantic's message quotes what was written
        raise ValueError("these changes make no assessment") from None
