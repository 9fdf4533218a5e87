"""How the remarks about an enterprise stand, for the rows of a portfolio: how many, answered or not, left or not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import reduce

from pensebete.assessment.model import Assessment
from pensebete.assessment.review.digest import digest_of
from pensebete.assessment.review.merge import merged
from pensebete.assessment.review.model import About, Remark, Review
from pensebete.assessment.review.standing import Standing, answered_anew, asked, standing_where
from pensebete.text.wording import Wording

# Of the lines of a dossier that say something, by what they are called here: what tells that one changed, and when it
# was answered.
Digests = Mapping[str, tuple[str, datetime | None]]
_PROFILE = "profile/"  # before the id of a question


@dataclass(frozen=True, slots=True)
class Remarked:
    """« Vu » is none of them; what was withdrawn neither."""

    open: int = 0
    answered: int = 0  # by the manager: they wait for the advisor
    closed: int = 0
    to_send: int = 0  # what was said at this desk, « vu » and answers too, and has not left

    @property
    def going(self) -> int:
        return self.open + self.answered


NOTHING = Remarked()


def digests(assessment: Assessment) -> dict[str, tuple[str, datetime | None]]:
    """What tells later that a line changed, without the line."""
    found: dict[str, tuple[str, datetime | None]] = {
        item: (digest_of(assessment, About(item=item)), answer.answered_at)
        for item, answer in assessment.answers.items()
    }
    found |= {_PROFILE + id: (digest_of(assessment, About(question=id)), None) for id in assessment.profile}
    return found


def said_on(lines: Digests) -> frozenset[tuple[str, str]]:
    """The items that something is said on, each with what tells what was said."""
    return frozenset(
        (name, digest)
        for name, (digest, _) in lines.items()
        if not name.startswith(_PROFILE) and digest != _SILENT_ITEM
    )


def remarked(reviews: Iterable[Review], lines: Digests, to_send: int = 0) -> Remarked:
    """Of all that was said about one dossier. `reviews` are as carried to the checklist of the lines."""
    found = list(reviews)
    count: dict[Standing, int] = {"open": 0, "answered": 0, "closed": 0, "withdrawn": 0}
    for remark in asked(reduce(merged, found).remarks) if found else ():
        count[standing_where(remark, _answered_anew(remark, lines))] += 1
    return Remarked(count["open"], count["answered"], count["closed"], to_send)


def remarked_words(remarked: Remarked, say: Wording) -> str:
    """« 2 remarques, 1 répondue »; « 3 remarques, toutes réglées »; nothing where there is none."""
    if not remarked.going:
        return say("remarks.all_closed", n=remarked.closed) if remarked.closed else ""
    made = say("remarks.made", n=remarked.going)
    return say("remarks.made_answered", n=remarked.answered, made=made) if remarked.answered else made


def _answered_anew(remark: Remark, lines: Digests) -> bool:
    about = remark.about
    if not remark.seen or (about.item is None and about.question is None):
        return False
    name = about.item if about.item is not None else f"{_PROFILE}{about.question}"
    silent = _SILENT_ITEM if about.item is not None else _SILENT_QUESTION
    digest, answered_at = lines.get(name or "", (silent, None))
    return answered_anew(remark, digest != remark.seen, answered_at)


# What a line has that says nothing.
_NOBODY = Assessment(checklist={"id": "none", "version": ""})  # type: ignore[arg-type]
_SILENT_ITEM = digest_of(_NOBODY, About(item="none"))
_SILENT_QUESTION = digest_of(_NOBODY, About(question="none"))
