"""The review of a saved dossier, kept beside it: a row a remark, a row an event. Both kinds of link read and add to it.

What is added becomes one with what is there by the rule of assessment/review/merge.py, whichever came first. It is
deleted with the dossier; milestones hold none of it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, case, func, select, true, update

from pensebete.assessment.review.file import MOST_REMARKS, MOST_REMARKS_READ
from pensebete.assessment.review.merge import merged, ordered
from pensebete.assessment.review.model import Author, Event, Remark, Review
from pensebete.storage.engine import Store, insert_into, reading, writing
from pensebete.storage.errors import ReadingOnlyError, ReviewFullError
from pensebete.storage.links import Access, allow, take_turn
from pensebete.storage.room import OF_A_ROW, count
from pensebete.storage.rows import id_in
from pensebete.storage.tables import dossiers, remarks


@dataclass(frozen=True)
class Bound:
    """How much may be there after something was added."""

    remarks: int
    bytes: int


# A reading link may be in the hands of a stranger, who fills neither the disk nor the room that the manager answers in.
# Written as a file, what fits here is one that can be read again.
BOUNDS: Mapping[Access, Bound] = {
    "read": Bound(MOST_REMARKS, 500_000),
    "write": Bound(MOST_REMARKS_READ, 1_000_000),
}

_Rows = dict[tuple[str, str], str]  # (remark, event) -> JSON


def review_of(store: Store, dossier_id: str, link_id: int) -> Review:
    """All that was remarked, empty where nothing was. Raises LinkGoneError, StoreUnavailableError."""
    with reading(store) as connection:
        allow(connection, dossier_id, link_id)
        return review_in(connection, dossier_id)


def add_to_review(store: Store, dossier_id: str, link_id: int, review: Review, now: datetime) -> Review:
    """Add what is not there yet; the remarks it is about as they are then, which is on disk once this returns.

    A reading link adds what advisors say, and replaces nothing. Raises ValueError for the review of another dossier,
    LinkGoneError, ReadingOnlyError, ReviewFullError, StoreUnavailableError.
    """
    with writing(store) as connection:
        _, access = take_turn(connection, dossier_id, link_id)
        # Of a long review no more is read than what is added to: while this is under way nobody else writes.
        before = _review_of(connection, dossier_id, remarks.c.remark_id.in_(["", *(str(r.id) for r in review.remarks)]))
        after = merged(before, review)
        there = _rows_of(before)
        added = {key: value for key, value in _rows_of(after).items() if there.get(key) != value}
        if not added:
            return after
        if access == "read" and not (added.keys().isdisjoint(there) and _by_advisors_alone(after, added)):
            raise ReadingOnlyError
        _write(connection, dossier_id, link_id, added, now)
        if not _fits(connection, dossier_id, BOUNDS[access]):
            raise ReviewFullError  # which takes all of it back
        count(connection, dossier_id, sum(len(value.encode()) + OF_A_ROW for value in added.values()))
    return after


def review_in(connection: Connection, dossier_id: str, since: int = 0) -> Review:
    """The remarks to which something was added after a number, each whole; after 0, all."""
    if not since:
        return _review_of(connection, dossier_id, true())
    new = select(remarks.c.remark_id).where(remarks.c.dossier_id == dossier_id, remarks.c.number > since)
    return _review_of(connection, dossier_id, remarks.c.remark_id.in_(new))


def _review_of(connection: Connection, dossier_id: str, which: ColumnElement[bool]) -> Review:
    query = select(remarks.c.remark_id, remarks.c.event_id, remarks.c.value)
    review = Review(dossier=id_in(connection, dossier_id))
    found: dict[str, Remark] = {}
    events: dict[str, list[Event]] = {}
    for remark, event, value in connection.execute(query.where(remarks.c.dossier_id == dossier_id, which)):
        if event:
            events.setdefault(remark, []).append(Event.model_validate_json(value))
        elif remark:
            found[remark] = Remark.model_validate_json(value)
        else:
            review = Review.model_validate_json(value)
    whole = (one.model_copy(update={"events": tuple(events.get(id, ()))}) for id, one in found.items())
    return ordered(review.model_copy(update={"remarks": tuple(whole)}))


def last_author(connection: Connection, dossier_id: str, link_id: int) -> Author | None:
    """Who said to have written what was added last by a link."""
    by_link = (remarks.c.dossier_id == dossier_id) & (remarks.c.link_id == link_id) & (remarks.c.remark_id != "")
    query = select(remarks.c.value).where(by_link).order_by(remarks.c.number.desc()).limit(1)
    value = connection.execute(query).scalar_one_or_none()
    return Author.model_validate(json.loads(value)["author"]) if value else None


def last_number(dossier_id: ColumnElement[str]) -> ColumnElement[int]:
    """The number of the last time that something was added to the review of a dossier, 0 where nothing was."""
    newest = select(func.max(remarks.c.number)).where(remarks.c.dossier_id == dossier_id).scalar_subquery()
    return func.coalesce(newest, 0)


def number_in(connection: Connection, dossier_id: str) -> int:
    here = select(last_number(dossiers.c.id)).where(dossiers.c.id == dossier_id)
    found: int = connection.execute(here).scalar_one()
    return found


def _fits(connection: Connection, dossier_id: str, bound: Bound) -> bool:
    said = func.count(case((remarks.c.event_id == "", 1)))
    query = select(said, func.sum(remarks.c.bytes)).where(remarks.c.dossier_id == dossier_id)
    many, much = connection.execute(query).one()
    return bool(many <= bound.remarks and much <= bound.bytes)


def _rows_of(review: Review) -> _Rows:
    return dict(_each_row(review))


def _each_row(review: Review) -> Iterator[tuple[tuple[str, str], str]]:
    if review.unknown_fields:
        yield ("", ""), review.model_copy(update={"remarks": ()}).model_dump_json()
    for remark in review.remarks:
        yield (str(remark.id), ""), remark.model_copy(update={"events": ()}).model_dump_json()
        for event in remark.events:
            yield (str(remark.id), str(event.id)), event.model_dump_json()


def _by_advisors_alone(review: Review, added: _Rows) -> bool:
    """Nothing in the manager's name; and nobody takes away what another says to have written."""
    said = [((str(remark.id), ""), remark.author) for remark in review.remarks]
    said += [((str(remark.id), str(event.id)), event.author) for remark in review.remarks for event in remark.events]
    others = any(
        (str(remark.id), str(event.id)) in added and event.kind == "withdrawn" and event.author != remark.author
        for remark in review.remarks
        for event in remark.events
    )
    return ("", "") not in added and not others and not any(key in added and author.is_manager for key, author in said)


def _write(connection: Connection, dossier_id: str, link_id: int, added: _Rows, now: datetime) -> None:
    number = number_in(connection, dossier_id) + 1
    row = insert_into(connection.dialect.name, remarks)
    put = {name: row.excluded[name] for name in ("value", "bytes", "number", "link_id", "saved_at")}
    connection.execute(
        row.on_conflict_do_update(index_elements=["dossier_id", "remark_id", "event_id"], set_=put),
        [
            {
                "dossier_id": dossier_id,
                "remark_id": remark,
                "event_id": event,
                "value": value,
                "bytes": len(value.encode()),
                "number": number,
                "link_id": link_id,
                "saved_at": now,
            }
            for (remark, event), value in added.items()
        ],
    )
    connection.execute(update(dossiers).where(dossiers.c.id == dossier_id).values(updated_at=now))
