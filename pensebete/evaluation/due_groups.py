"""The open actions by the day they are due: what is late, then each day in turn, then what has no date."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pensebete.evaluation.action_plan import Action


@dataclass(frozen=True, slots=True)
class DueGroup:
    """Actions under one heading, in the order of the plan."""

    due: date | None  # None: late, or without a date
    late: bool
    actions: tuple[Action, ...]


def due_groups(plan: Iterable[Action]) -> tuple[DueGroup, ...]:
    still_open = [action for action in plan if action.open]
    late = tuple(action for action in still_open if action.late)
    rest = [action for action in still_open if not action.late]
    groups = [DueGroup(None, True, late)] if late else []
    for day in sorted({action.due for action in rest if action.due is not None}):
        groups.append(DueGroup(day, False, tuple(action for action in rest if action.due == day)))
    if undated := tuple(action for action in rest if action.due is None):
        groups.append(DueGroup(None, False, undated))
    return tuple(groups)
