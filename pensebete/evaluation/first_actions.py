"""What comes first: one short list, the same on the results page, the plan page and the PDF's first and board pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from pensebete.evaluation.action_plan import Action

_FIRST = 5
_THIS_WEEK = 7  # lines, and days
_AT_LEAST = 2  # so many to verify are one line


def first_actions(plan: Iterable[Action]) -> tuple[Action, ...]:
    """The first open action of each of the first five items; an own action is an item of its own.

    Those to verify are then one line, and nothing takes the place that leaves.
    """
    firsts: dict[str, Action] = {}
    for action in plan:
        if action.open:
            firsts.setdefault(action.item.id if action.item and action.kind != "own" else action.id, action)
    return _verified_together(tuple(firsts.values())[:_FIRST])


def this_week(plan: Iterable[Action], today: date) -> tuple[Action, ...]:
    """The first seven lines of what is late or due within seven days, those to verify being one line."""
    limit = today + timedelta(days=_THIS_WEEK)
    return _verified_together([a for a in plan if a.open and a.due is not None and a.due <= limit])[:_THIS_WEEK]


def _verified_together(actions: Sequence[Action]) -> tuple[Action, ...]:
    """The list with all that is to verify in one line: the place of the first of them, owner and date of the earliest.

    « Une heure pour vérifier : C1, C2a ».
    """
    to_verify = [action for action in actions if action.kind == "verify" and action.item]
    if len(to_verify) < _AT_LEAST:
        return tuple(actions)
    earliest = min(to_verify, key=lambda action: action.due or date.max)
    together = replace(
        earliest,
        kind="verify_together",
        item=None,
        text=", ".join(action.item.ref for action in to_verify if action.item),
        comment="",
        quick_win=False,
        stands_for=len(to_verify),
    )
    first = to_verify[0]
    return tuple(together if action is first else action for action in actions if action not in to_verify[1:])
