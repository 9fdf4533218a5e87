"""Of when the answers are, and what they answer, in words."""

from __future__ import annotations

from collections.abc import Iterable

from pensebete.assessment.item_state import ItemState, answer_dates
from pensebete.evaluation.evaluation import Evaluation
from pensebete.text.wording import Wording


def answered_words(states: Iterable[ItemState], say: Wording) -> str:
    """« Réponses du 2 octobre 2026 au 25 novembre 2026 »; empty where no answer has a date."""
    days = answer_dates(states)
    if days is None:
        return ""
    first, last = map(say.date, days)
    return say("report.answered_on", date=first) if first == last else say("report.answered", first=first, last=last)


def version_words(evaluation: Evaluation, say: Wording) -> str:
    """« Pense-bête de crise, version 2026.2. », and the version that was answered where it is another."""
    checklist, answered_with = evaluation.checklist, evaluation.assessment.checklist.version
    words = say("report.checklist_version", title=checklist.title[say.language], version=checklist.version)
    if answered_with in ("", checklist.version):
        return words
    return f"{words} {say('report.other_version', before=answered_with, after=checklist.version)}"
