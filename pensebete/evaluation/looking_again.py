"""« Revoir mon plan dans 3 semaines »: the day on which a manager is asked to look at the plan again."""

from __future__ import annotations

from datetime import date, timedelta

from pensebete.assessment.model import LAST_DAY
from pensebete.checklist.working_days import next_working_day
from pensebete.evaluation.evaluation import Evaluation

_LATER = timedelta(weeks=3)


def look_again_on(evaluation: Evaluation) -> date:
    """The first working day from today in three weeks on."""
    return next_working_day(evaluation.checklist.calendar, min(evaluation.today, LAST_DAY) + _LATER)
