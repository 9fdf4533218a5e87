"""What comes first: one short list, the same on the results page, the plan page and the PDF's first and board pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from itertools import takewhile

from pensebete.evaluation.action_plan import Action

_FIRST = 5
_THIS_WEEK = 7  # lines, and days
_AT_LEAST = 2  # so many to verify are one line


def first_actions(plan: Iterable[Action]) -> tuple[Action, ...]:
    """The first open action of each of the first five items; an own action is an item of its own.

    Those to verify are then one line, and nothing takes the place that leaves.
    """
    still_open = [action for action in plan if action.open]
    of_each: dict[str, list[Action]] = {}
    for action in still_open:
        of_each.setdefault(action.item.id if action.item and action.kind != "own" else action.id, []).append(action)
    firsts = {_first_of(actions).name for actions in of_each.values()}
    five = _none_due_waits(_put_off_behind([action for action in still_open if action.name in firsts]))[:_FIRST]
    # Those put off stay a line apart, or what comes today would bring them back before their day.
    return _verified_together(_verified_together(five, put_off=False), put_off=True)


def _first_of(actions: Sequence[Action]) -> Action:
    """The first action of an item; where it waits for its day, the one that is due before that day.

    Put off for two months, it would hide for as long the next one, which is late by then.
    """
    first = actions[0]
    if not first.put_off or first.due is None:
        return first
    sooner = [action for action in actions[1:] if action.due is not None and action.due < first.due]
    still = [action for action in sooner if not action.put_off]
    return still[0] if still else min(sooner, key=lambda action: action.due or date.max, default=first)


def _none_due_waits(firsts: Sequence[Action]) -> tuple[Action, ...]:
    """Where all that presses waits for a day to come, what nobody put off and is late or due by then comes first."""
    head = firsts[0] if firsts else None
    if head is None or not head.put_off or head.due is None:
        return tuple(firsts)
    due = [action for action in firsts if not action.put_off and action.due is not None and action.due <= head.due]
    return (*due[:1], *(action for action in firsts if action not in due[:1]))


def _put_off_behind(firsts: Sequence[Action]) -> tuple[Action, ...]:
    """What the manager gave a day to come waits for it: behind those after it that are of its class or due by that day.

    It stops at the first that is neither: what presses less and is due later does not pass it. Those that wait at one
    place follow each other by their days.
    """
    here = [action for action in firsts if not action.put_off]
    order, before = {}, 0
    for action in firsts:
        if not action.put_off:
            before += 1
            order[action.name] = before, date.min
            continue
        passed = sum(1 for _ in takewhile(partial(_passes, action), here[before:]))
        order[action.name] = before + passed, action.due or date.max
    return tuple(sorted(firsts, key=lambda action: order[action.name]))


def _passes(waiting: Action, other: Action) -> bool:
    due_by_then = other.due is not None and waiting.due is not None and other.due <= waiting.due
    return other.priority == waiting.priority or due_by_then


def actions_of(plan: Iterable[Action], line: Action) -> tuple[Action, ...]:
    """The actions of the plan that a line of these lists stands for: itself, or several to verify."""
    if not line.together:
        return (line,)
    return tuple(action for action in plan if action.name in line.together)


def this_week(plan: Iterable[Action], today: date) -> tuple[Action, ...]:
    """The first seven lines of what is late or due within seven days, those to verify being one line."""
    limit = today + timedelta(days=_THIS_WEEK)
    return _verified_together([a for a in plan if a.open and a.due is not None and a.due <= limit])[:_THIS_WEEK]


def _verified_together(actions: Sequence[Action], put_off: bool | None = None) -> tuple[Action, ...]:
    """The list with all that is to verify in one line: the place of the first of them, owner and date of the earliest.

    « Une heure pour vérifier : C1, C2a ». `put_off`: only those that are, or only those that are not.
    """
    to_verify = [a for a in actions if a.kind == "verify" and a.item and put_off in (None, a.put_off)]
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
        together=tuple(action.name for action in to_verify),
    )
    first = to_verify[0]
    return tuple(together if action is first else action for action in actions if action not in to_verify[1:])
