"""Where a remark stands: open, answered by the manager, closed by an advisor, withdrawn."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Literal

from pensebete.assessment.local_time import with_zone
from pensebete.assessment.model import Assessment
from pensebete.assessment.review.digest import changed_since
from pensebete.assessment.review.model import Remark

Standing = Literal["open", "answered", "closed", "withdrawn"]
_ENDS: dict[str, Standing] = {"withdrawn": "withdrawn", "closed": "closed"}  # the first that was said
ANSWERS = ("reply", "corrected", "upheld")


def standing(remark: Remark, assessment: Assessment) -> Standing:
    return standing_where(
        remark, answered_anew(remark, changed_since(assessment, remark), _answered_at(assessment, remark))
    )


def standing_where(remark: Remark, answered_anew: bool) -> Standing:
    """Only an advisor ends a remark: a file in which a manager closes one leaves it as it was.

    A status that was changed after the remark answers it, as long as no advisor came back to it.
    """
    for kind, end in _ENDS.items():
        if any(event.kind == kind and not event.author.is_manager for event in remark.events):
            return end
    if has_answer(remark):
        return "answered"
    said = any(event.kind in ANSWERS for event in remark.events)
    return "answered" if not said and answered_anew else "open"


def answered_anew(remark: Remark, line_changed: bool, answered_at: datetime | None) -> bool:
    """Whether the line has another answer, given after the remark was made.

    What was changed while the advisor wrote, or in a note, answers nothing that nobody has read yet.
    """
    return line_changed and answered_at is not None and with_zone(answered_at) > remark.at


def _answered_at(assessment: Assessment, remark: Remark) -> datetime | None:
    return assessment.answer(remark.about.item).answered_at if remark.about.item is not None else None


def goes_on(remark: Remark, assessment: Assessment) -> bool:
    """Whether neither side has ended it."""
    return standing(remark, assessment) in ("open", "answered")


def asked(remarks: Iterable[Remark]) -> tuple[Remark, ...]:
    """Those that say something: not « vu », which asks nothing."""
    return tuple(remark for remark in remarks if remark.kind != "seen")


def has_answer(remark: Remark) -> bool:
    """Whether the manager's word is the last one; an item with another status may have been changed for any reason."""
    said = [event for event in remark.events if event.kind in ANSWERS]
    return bool(said) and said[-1].author.is_manager


def still_open(remarks: Iterable[Remark], assessment: Assessment) -> tuple[Remark, ...]:
    return tuple(remark for remark in asked(remarks) if standing(remark, assessment) == "open")
