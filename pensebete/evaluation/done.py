"""What was done for an item that is done now: its actions have left the plan, and are no odds and ends for that."""

from __future__ import annotations

from pensebete.checklist.model import Item
from pensebete.evaluation.evaluation import Evaluation
from pensebete.evaluation.orphans import OrphanAction


def done_actions_of(evaluation: Evaluation, item: Item) -> tuple[OrphanAction, ...]:
    return tuple(
        action for action in evaluation.orphans.actions if action.item is item and led_to_done(evaluation, action)
    )


def led_to_done(evaluation: Evaluation, action: OrphanAction) -> bool:
    """Whether it was done, and its item is done with it."""
    if action.item is None or action.text is None or action.planned.state != "done" or action.planned.set_aside:
        return False
    return evaluation.state_of(action.item.id).current == "done"
