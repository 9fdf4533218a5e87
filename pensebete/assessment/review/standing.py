"""Where a remark stands: open, answered by the manager, closed by an advisor, withdrawn."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from pensebete.assessment.model import Assessment
from pensebete.assessment.review.digest import changed_since
from pensebete.assessment.review.model import Remark

Standing = Literal["open", "answered", "closed", "withdrawn"]
_ENDS: dict[str, Standing] = {"withdrawn": "withdrawn", "closed": "closed"}  # the first that was said
ANSWERS = ("reply", "corrected", "upheld")


def standing(remark: Remark, assessment: Assessment) -> Standing:
    return standing_where(remark, changed_since(assessment, remark))


def standing_where(remark: Remark, line_changed: bool) -> Standing:
    """Only an advisor ends a remark: a file in which a manager closes one leaves it as it was.

    A line that was changed after the remark answers it, as long as no advisor came back to it.
    """
    for kind, end in _ENDS.items():
        if any(event.kind == kind and not event.author.is_manager for event in remark.events):
            return end
    said = [event for event in remark.events if event.kind in ANSWERS]
    if said and said[-1].author.is_manager:
        return "answered"
    return "answered" if not said and line_changed else "open"


def asked(remarks: Iterable[Remark]) -> tuple[Remark, ...]:
    """Those that say something: not « vu », which asks nothing."""
    return tuple(remark for remark in remarks if remark.kind != "seen")


def still_open(remarks: Iterable[Remark], assessment: Assessment) -> tuple[Remark, ...]:
    return tuple(remark for remark in asked(remarks) if standing(remark, assessment) == "open")
