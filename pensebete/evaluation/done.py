"""What was done for an item that is done now: its actions have left the plan, and are no odds and ends for that."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time

from pensebete.assessment.edits import with_answer
from pensebete.checklist.model import Item
from pensebete.evaluation.evaluation import Evaluation
from pensebete.evaluation.orphans import OrphanAction
from pensebete.evaluation.readiness_text import score_words
from pensebete.text.wording import Wording


def done_actions_of(evaluation: Evaluation, item: Item) -> tuple[OrphanAction, ...]:
    return tuple(
        action for action in evaluation.orphans.actions if action.item is item and led_to_done(evaluation, action)
    )


def led_to_done(evaluation: Evaluation, action: OrphanAction) -> bool:
    """Whether it was done, and its item is done with it."""
    if action.item is None or action.text is None or action.planned.state != "done" or action.planned.set_aside:
        return False
    return evaluation.state_of(action.item.id).current == "done"


def done_count(evaluation: Evaluation) -> tuple[int, int]:
    """How many actions are done, of how many taken on; those whose item is done with them count too."""
    taken_on = [action for action in evaluation.plan if not action.set_aside and action.state != "dropped"]
    gone = sum(led_to_done(evaluation, action) for action in evaluation.orphans.actions)
    return sum(action.state == "done" for action in taken_on) + gone, len(taken_on) + gone


def progress_words(evaluation: Evaluation, say: Wording) -> str:
    """« 3 actions faites sur 28 · 42 % aujourd’hui, 47 % une fois ces réponses données. »"""
    done, of = done_count(evaluation)
    overall = evaluation.readiness.overall
    figure = once_answered_words(evaluation, say)
    if not figure and overall.rounded is not None:
        score = score_words(overall, say)
        figure = score if overall.essentials_only else say("plan.progress.figure", score=score)
    return " · ".join(filter(None, [say("plan.progress", n=done, of=of), figure]))


def once_answered_words(evaluation: Evaluation, say: Wording) -> str:
    """« 26 % aujourd’hui, 30 % une fois ces réponses données »: what answering for the actions done would change.

    Empty where no answer is proposed. The answers stay the manager's to give.
    """
    if not evaluation.proposed_statuses:
        return ""
    then = datetime.combine(evaluation.today, time(12), evaluation.zone)
    answered = evaluation.assessment
    for item, status in evaluation.proposed_statuses.items():
        answered = with_answer(answered, item, then, status=status)
    after = replace(evaluation, assessment=answered).readiness.overall
    before = evaluation.readiness.overall
    return say("action.once_answered", before=score_words(before, say), after=score_words(after, say))
