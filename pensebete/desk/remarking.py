"""What an advisor says of a dossier: a remark about a line, « vu » of a whole round, and what becomes of a remark.

Who calls gives ids and moments. Nothing here changes the dossier.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal
from uuid import UUID

from pensebete.assessment.local_time import local_date
from pensebete.assessment.model import Assessment
from pensebete.assessment.review.digest import digest_of
from pensebete.assessment.review.file import MOST_OF_A_REMARK, MOST_REMARKS
from pensebete.assessment.review.model import ADVISOR, MANAGER, About, Author, Event, Remark, RemarkKind, Review
from pensebete.checklist.status import STATUSES, Status
from pensebete.evaluation.evaluation import Evaluation

# What a form offers; « vu » is tapped.
SPOKEN_KINDS: tuple[RemarkKind, ...] = ("clarify", "status", "advice")
# What the advisor's side may say of a remark; « corrigé » and « maintenu » are the manager's.
AdvisorEvent = Literal["reply", "closed", "withdrawn"]


# What is written about: a line, or a remark that is replied to.
Target = About | UUID


@dataclass(frozen=True, slots=True)
class Draft:
    """What is being written."""

    kind: RemarkKind = SPOKEN_KINDS[0]
    text: str = ""
    proposed: Status | None = None


def signed(name: str = "", role: str = "", organisation: str = "") -> Author:
    """Who writes, as they say themselves: an advisor, also where « manager » is what their function is called."""
    function = role.strip()
    function = function.capitalize() if function == MANAGER else function
    return Author(name=name.strip(), role=function or ADVISOR, organisation=organisation.strip())


def declared(author: Author) -> dict[str, str]:
    """What was typed to sign so: the side that one is on is no function of theirs."""
    role = "" if author.role == ADVISOR else author.role
    return {"name": author.name, "role": role, "organisation": author.organisation}


def kinds_of(about: About) -> list[RemarkKind]:
    """What may be said of a line: another answer is proposed of an item alone."""
    return [kind for kind in SPOKEN_KINDS if about.of_item or kind != "status"]


def statuses_to_propose(assessment: Assessment, item: str) -> list[Status]:
    """Those that it has not."""
    return [status for status in STATUSES if status != assessment.answer(item).status]


def as_typed(draft: Draft, kind: RemarkKind | None, proposed: Status | None, text: str | None) -> Draft:
    """With what the fields of a form hold; one that is not drawn says nothing. A status is only chosen where asked."""
    return Draft(
        kind or draft.kind,
        draft.text if text is None else text,
        proposed if draft.kind == "status" else draft.proposed,
    )


def phrased(draft: Draft, phrase: str) -> Draft:
    """Put after what was typed."""
    return replace(draft, text=f"{draft.text.rstrip()} {phrase}".strip()[:MOST_OF_A_REMARK])


def says_something(kind: RemarkKind, text: str, proposed: Status | None = None) -> bool:
    """Whether it is worth sending: another answer is said by itself, the rest by its words."""
    return proposed is not None if kind == "status" else bool(text.strip())


def has_room(review: Review, more: int = 1) -> bool:
    return len(review.remarks) + more <= MOST_REMARKS


def new_remark(
    assessment: Assessment,
    about: About,
    kind: RemarkKind,
    text: str,
    author: Author,
    at: datetime,
    id: UUID,
    proposed: Status | None = None,
) -> Remark:
    """With the digest of the line as it is now; another answer is proposed of an item alone."""
    if kind == "status" and not about.of_item:
        raise ValueError("another answer is proposed of an item")
    return Remark(
        id=id,
        about=about,
        kind=kind,
        text=_bounded(text),
        proposed=proposed if kind == "status" else None,
        author=author,
        at=at,
        seen=digest_of(assessment, about),
    )


def seen_of(assessment: Assessment, item: str, author: Author, at: datetime, id: UUID) -> Remark:
    """« Vu », of one item."""
    return new_remark(assessment, About(item=item), "seen", "", author, at, id)


def seen_of_all(
    evaluation: Evaluation, review: Review, author: Author, at: datetime, new_id: Callable[[], UUID]
) -> Iterator[Remark]:
    """« Vu », of each item that applies, but those that this author saw today as they are.

    Each day says all of it again: what is told is what changed since the last time. `review` is as carried.
    """
    today = local_date(at, evaluation.zone)
    known = {
        (remark.about, remark.seen)
        for remark in review.remarks
        if remark.kind == "seen" and remark.author == author and local_date(remark.at, evaluation.zone) == today
    }
    for state in evaluation.item_states:
        about = About(item=state.item.id)
        if state.applies and (about, digest_of(evaluation.assessment, about)) not in known:
            yield seen_of(evaluation.assessment, state.item.id, author, at, new_id())


def advisor_event(kind: AdvisorEvent, author: Author, at: datetime, id: UUID, text: str = "") -> Event:
    return Event(id=id, kind=kind, author=author, at=at, text=_bounded(text))


def _bounded(text: str) -> str:
    return text.strip()[:MOST_OF_A_REMARK]
