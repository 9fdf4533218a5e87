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
    places = {row.class_: place for place, row in enumerate(checklist.ranking)}
    place = places.get(action.priority, len(places))
    return "now" if place == 0 else "week" if place == 1 else "later"
