"""What would follow if the manager took the statuses that advisors propose. Their own figure stays what it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from pensebete.assessment.edits import with_answer
from pensebete.assessment.review.model import Remark, Review
from pensebete.assessment.review.standing import goes_on
from pensebete.checklist.status import STATUSES, Status, rule_of
from pensebete.evaluation.evaluation import Evaluation


def proposals(evaluation: Evaluation, review: Review) -> Mapping[str, Remark]:
    """Item -> the last remark that proposes another status than the manager's, neither closed nor withdrawn.

    `review` is as carried to the checklist (assessment/review/carried.py).
    """
    found: dict[str, Remark] = {}
    for remark in review.remarks:
        item = remark.about.item
        if remark.kind != "status" or item not in evaluation.checklist.items or remark.proposed not in STATUSES:
            continue
        if goes_on(remark, evaluation.assessment):
            found[item] = remark
    return {i: remark for i, remark in found.items() if remark.proposed != evaluation.assessment.answer(i).status}


def if_accepted(evaluation: Evaluation, review: Review) -> Evaluation | None:
    """« Selon la personne-conseil »: with the statuses proposed, as of the same day; None where none is."""
    asked = proposals(evaluation, review)
    if not asked:
        return None
    assessment = evaluation.assessment
    for item, remark in asked.items():
        status = cast(Status, remark.proposed)
        # Without a reason it would count as unanswered: the remark is the reason.
        reason = {"reason": remark.text or "…"} if rule_of(status).asks_reason else {}
        assessment = with_answer(assessment, item, remark.at, status=status, **reason)
    return Evaluation(evaluation.checklist, assessment, evaluation.today, evaluation.zone)
