"""What was said at a desk about one enterprise, and what of it has left in a PDF.

It is kept under the row of that enterprise (`Entry.key`) and never under an id alone, which may stand under two names.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from pensebete.assessment.review.merge import merged, with_event, with_remark
from pensebete.assessment.review.model import Event, Remark, Review

_OF_EACH = 2_700  # bytes that a remark takes in memory, and an event, beside its words


@dataclass(frozen=True, slots=True)
class Said:
    review: Review
    sent: frozenset[UUID] = frozenset()  # the ids of remarks and events that have left


def ids_of(review: Review | None) -> frozenset[UUID]:
    """Of its remarks, and of their events."""
    remarks = review.remarks if review else ()
    return frozenset({r.id for r in remarks} | {event.id for r in remarks for event in r.events})


def weight(review: Review | None) -> int:
    """About how many bytes of memory it takes: eight times as many as in a file."""
    remarks = review.remarks if review else ()
    texts = [text for remark in remarks for text in (remark.text, *(event.text for event in remark.events))]
    return sum(_OF_EACH + len(text) for text in texts)


def unsent(said: Said, came: Review | None) -> frozenset[UUID]:
    """What only this desk knows: what came in a file has left before."""
    return ids_of(said.review) - said.sent - ids_of(came)


def with_said(said: Said, remarks: Iterable[Remark]) -> Said:
    review = said.review
    for remark in remarks:
        review = with_remark(review, remark)
    return replace(said, review=review)


def with_answer(said: Said, remark: Remark, event: Event) -> Said:
    """What became of a remark, whoever made it: it is kept here too, without what others said of it."""
    review = with_remark(said.review, remark.model_copy(update={"events": ()}))
    return replace(said, review=with_event(review, remark.id, event))


def without(said: Said, id: UUID) -> Said:
    """Without a remark or an event that has never left; what has left is withdrawn by an event."""
    if id in said.sent:
        raise ValueError("it has left")
    remarks = tuple(
        remark.model_copy(update={"events": tuple(event for event in remark.events if event.id != id)})
        for remark in said.review.remarks
        if remark.id != id
    )
    return replace(said, review=said.review.model_copy(update={"remarks": remarks}))


def all_sent(said: Said) -> Said:
    return replace(said, sent=said.sent | ids_of(said.review))


def together(one: Said | None, other: Said) -> Said:
    """What two working files hold of one enterprise."""
    if one is None:
        return other
    return Said(merged(one.review, other.review), one.sent | other.sent)


def with_all(of_all: Mapping[str, Said], more: Mapping[str, Said]) -> dict[str, Said]:
    """Those of two dossiers under one key, which only a forger's file has, stay as they are here."""
    found = dict(of_all)
    for key, said in more.items():
        known = found.get(key)
        if known is None or known.review.dossier == said.review.dossier:
            found[key] = together(known, said)
    return found


def under_names(of_all: Mapping[str, Said], names: Mapping[str, str]) -> dict[str, Said]:
    """What was said before there was a name, under the name: from then on it stays with that one."""
    named = {names[key]: said for key, said in of_all.items() if key in names}
    return with_all({key: said for key, said in of_all.items() if key not in names}, named)
