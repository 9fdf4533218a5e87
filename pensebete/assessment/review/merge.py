"""Two reviews of one dossier as one: the union by id, in any order, any number of times.

Files cross in the mail: two advisors and a manager each add to the copy they have, and every copy comes back late, or
twice. What has an id is never changed, so the union is all there is to it. Where a file says two things under one id,
which only a fault or a forger does, both sides choose the same one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import TypeVar
from uuid import UUID

from pensebete.assessment.review.model import Event, Remark, Review

T = TypeVar("T", Event, Remark)


def merged(one: Review, other: Review) -> Review:
    """ValueError where they are about two dossiers: one enterprise's remarks never come into another's file."""
    if one.dossier != other.dossier:
        raise ValueError("reviews of two dossiers")
    # Of what a later version wrote beside the remarks, both sides keep the same.
    kept = min((review.model_copy(update={"remarks": ()}) for review in (one, other)), key=_text)
    return kept.model_copy(update={"remarks": _union((*one.remarks, *other.remarks), _as_one)})


def with_remark(review: Review, remark: Remark) -> Review:
    return merged(review, Review(dossier=review.dossier, remarks=(remark,)))


def with_event(review: Review, remark: UUID, event: Event) -> Review:
    """As it is where there is no such remark."""
    remarks = tuple(
        r if r.id != remark else r.model_copy(update={"events": _union((*r.events, event), _least)})
        for r in review.remarks
    )
    return review.model_copy(update={"remarks": remarks})


def moment_after(remark: Remark, now: datetime) -> datetime:
    """Now; a second after what was said last of a remark, where another clock is ahead: the last word is told by its
    date."""
    last = max((remark.at, *(event.at for event in remark.events)))
    if last < now or last.year >= 9999:
        return now
    return (last + timedelta(seconds=1)).astimezone(now.tzinfo)


def ordered(review: Review) -> Review:
    """Each id once, by time: what a file holds may have been put together by anybody."""
    return review.model_copy(update={"remarks": _union(review.remarks, _as_one)})


def _as_one(same: list[Remark]) -> Remark:
    if len(same) == 1 and len(same[0].events) < 2:  # most of a round is « vu », and nothing to put together
        return same[0]
    events = _union((event for remark in same for event in remark.events), _least)
    return _least([remark.model_copy(update={"events": ()}) for remark in same]).model_copy(update={"events": events})


def _union(some: Iterable[T], as_one: Callable[[list[T]], T]) -> tuple[T, ...]:
    by_id: dict[UUID, list[T]] = {}
    for one in some:
        by_id.setdefault(one.id, []).append(one)
    return tuple(sorted(map(as_one, by_id.values()), key=_when))


def _least(same: list[T]) -> T:
    return same[0] if len(same) == 1 else min(same, key=_text)


def _when(one: Event | Remark) -> tuple[datetime, UUID]:
    return one.at.astimezone(UTC), one.id


def _text(one: Event | Remark | Review) -> str:
    return one.model_dump_json()
