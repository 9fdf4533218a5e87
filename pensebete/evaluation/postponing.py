"""« Tout reporter d’une semaine », « Plus tard »: an action gets a new date, and no answer is touched."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from pensebete.assessment.edits import with_own_action, with_planned
from pensebete.assessment.model import Assessment
from pensebete.checklist.working_days import next_working_day
from pensebete.evaluation.evaluation import Evaluation

_LATER = timedelta(days=7)


def postponed_to(evaluation: Evaluation) -> date:
    """The first working day from today in a week on."""
    return next_working_day(evaluation.checklist.calendar, evaluation.today + _LATER)


def later_days(evaluation: Evaluation) -> tuple[date, ...]:
    """The days that « Plus tard » offers, all working days: the next one, that of next Monday, that in a week."""
    calendar, today = evaluation.checklist.calendar, evaluation.today
    monday = today + timedelta(days=7 - today.weekday())
    days = [next_working_day(calendar, day) for day in (today + timedelta(days=1), monday)]
    return tuple(sorted({*days, postponed_to(evaluation)}))


def postponed(evaluation: Evaluation, now: datetime) -> Assessment:
    """With each late action due on that day."""
    due = postponed_to(evaluation)
    assessment = evaluation.assessment
    own = {str(action.id): action for action in assessment.own_actions}
    for action in evaluation.plan:
        if not action.late:
            continue
        if action.kind == "own":
            assessment = with_own_action(assessment, own[action.id].model_copy(update={"due": due}), now)
        elif action.item is not None:
            assessment = with_planned(assessment, action.item.id, action.id, now, due=due)
    return assessment
