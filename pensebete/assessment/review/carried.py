"""Remarks as a newer version of the checklist calls their lines."""

from __future__ import annotations

from pensebete.assessment.review.model import About, Review
from pensebete.checklist.model import Checklist
from pensebete.checklist.versions.renames import action_destination, destination, destination_of


def carried(review: Review, checklist: Checklist) -> Review:
    """To show beside an assessment of that checklist; what is kept and sent stays as it was written."""
    moved = (
        remark
        if (about := _carried(remark.about, checklist)) == remark.about
        else remark.model_copy(update={"about": about})
        for remark in review.remarks
    )
    return review.model_copy(update={"remarks": tuple(moved)})


def _carried(about: About, checklist: Checklist) -> About:
    """What the checklist does not know keeps its id, as answers to it do."""
    if about.item is not None:
        if about.action is not None and (moved := action_destination(checklist, about.item, about.action)):
            return about.model_copy(update={"item": moved[0], "action": moved[1]})
        return about.model_copy(update={"item": destination(checklist, about.item) or about.item})
    if about.question is not None:
        return about.model_copy(
            update={"question": destination_of(checklist, "profile", about.question) or about.question}
        )
    return about
