"""How urgent an action looks: a sign and a colour for each class, the same on screen and on paper, and one for done."""

from __future__ import annotations

from typing import Literal

from pensebete.checklist.model import Checklist
from pensebete.evaluation.action_plan import Action

Urgency = Literal["now", "week", "later", "done"]


def urgency_of(checklist: Checklist, action: Action) -> Urgency:
    """By its class: the first one now, the second one within days, the others later; what is done is done."""
    if action.state == "done":
        return "done"
    return next((of_class(n) for n, row in enumerate(checklist.ranking) if row.class_ == action.priority), "later")


def of_class(place: int) -> Urgency:
    """That of a class, by its place in the ranking."""
    return "now" if place == 0 else "week" if place == 1 else "later"
