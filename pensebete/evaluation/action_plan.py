"""The action plan: gaps become ranked actions, each with an owner, a due date, and what the manager changed of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from pensebete.assessment.item_state import ItemState
from pensebete.assessment.model import LAST_DAY, Assessment, OwnAction, Planned, State
from pensebete.assessment.profile import known_choices
from pensebete.checklist.conditions import holds
from pensebete.checklist.model import Checklist, Horizon, Item, RankClass, SuggestedAction, Text, days
from pensebete.checklist.status import Status
from pensebete.checklist.working_days import next_working_day
from pensebete.evaluation.priority import class_of, class_of_action

Chosen = Mapping[str, Sequence[str]]  # question -> options, as conditions read them
# `verify_together` is in no plan: it stands for several in a list of what comes first.
Kind = Literal["suggested", "verify", "finish", "reconfirm", "own", "verify_together"]
_OPEN: tuple[State, ...] = ("to_start", "under_way")


@dataclass(frozen=True, slots=True)
class Action:
    """One line of the plan. `text` is what `kind` is said about: the title to verify, the criterion to finish, …"""

    kind: Kind
    id: str  # of the suggested action, `verify`, `finish`, `reconfirm`, or the UUID of an own action
    item: Item | None  # None for an own action about no item, or about one the checklist does not know
    text: Text | str  # plain text for an own action
    priority: str
    within: Horizon | None
    owner: str  # a role of the checklist, free text, or empty
    proposed_owner: str
    due: date | None
    proposed_due: date | None
    comment: str
    set_aside: bool
    quick_win: bool
    state: State
    late: bool  # open, and due before today
    put_off: bool = False  # open, and due on a day that the manager gave and that is still to come
    # Of a line that stands for several actions of the plan, their names.
    together: tuple[str, ...] = ()

    @property
    def stands_for(self) -> int:
        """How many actions of the plan."""
        return len(self.together) or 1

    @property
    def name(self) -> str:
        """What tells it from all others of the plan: an id is one only among the actions of its item."""
        return f"{self.item.id if self.item else ''}.{self.id}"

    @property
    def open(self) -> bool:
        """Whether something is left to do: neither set aside, done nor dropped."""
        return not self.set_aside and self.state in _OPEN


@dataclass(frozen=True, slots=True)
class Missing:
    """What is still missing before the plan is printed."""

    without_owner: tuple[Action, ...]  # of the first class only
    late: tuple[Action, ...]
    unanswered: tuple[ItemState, ...]
    without_reason: tuple[ItemState, ...]


def action_plan(
    checklist: Checklist, assessment: Assessment, states: Iterable[ItemState], today: date
) -> tuple[Action, ...]:
    """Every action, in order: by priority, then by the method's table; own actions close the one they are given."""
    profile = known_choices(checklist, assessment.profile)
    suggested = [
        action for state in _ranked(states) for action in _actions_for(checklist, assessment, profile, state, today)
    ]
    own = list(_own_actions(checklist, assessment, today))
    place = {row.class_: n for n, row in enumerate(checklist.ranking)}
    # sorted() is stable: inside a priority each keeps its rank, and own actions come after.
    return tuple(sorted([*suggested, *own], key=lambda action: place.get(action.priority, len(place))))


def _ranked(states: Iterable[ItemState]) -> tuple[ItemState, ...]:
    """The items of the plan, first things first inside a priority."""

    def rank(state: ItemState) -> tuple[int, bool, bool, int]:
        item = state.item
        return -item.impact, state.rule.begun, not state.domain.vital, item.effort

    return tuple(sorted((state for state in states if state.in_plan), key=rank))


def missing(checklist: Checklist, states: Sequence[ItemState], actions: Iterable[Action]) -> Missing:
    still_open = [action for action in actions if action.open]
    return Missing(
        without_owner=tuple(a for a in still_open if a.priority == checklist.ranking[0].class_ and not a.owner.strip()),
        late=tuple(a for a in still_open if a.late),
        unanswered=tuple(s for s in states if not s.answered and not s.without_reason),
        without_reason=tuple(state for state in states if state.without_reason),
    )


def proposed_statuses(checklist: Checklist, assessment: Assessment, states: Iterable[ItemState]) -> dict[str, Status]:
    """Item id -> the answer that the states of its actions call for, to propose and never to give.

    All the kept actions done: done. Some of them: in progress, where the answer is to do or unknown. Having verified
    where an item stands is no part of doing it, and having reconfirmed a done is an answer by itself.
    """
    profile = known_choices(checklist, assessment.profile)
    own: dict[str, list[OwnAction]] = {}
    for action in assessment.own_actions:
        own.setdefault(action.item or "", []).append(action)
    found = {}
    for state in states:
        said: list[tuple[Kind, Planned | OwnAction]] = []
        if state.in_plan and state.current != "expired":
            steps = _steps(checklist, profile, state)
            said = [(step.kind, assessment.planned(state.item.id, step.id)) for step in steps]
            said += [("own", action) for action in own.get(state.item.id, ())]
        if status := _proposed_status(state, said):
            found[state.item.id] = status
    return found


def _proposed_status(state: ItemState, said: Iterable[tuple[Kind, Planned | OwnAction]]) -> Status | None:
    kept = [(kind, action) for kind, action in said if not action.set_aside and action.state != "dropped"]
    done = [kind for kind, action in kept if action.state == "done"]
    if all(kind == "verify" for kind in done):
        return None
    if len(done) == len(kept):
        return "done"
    return None if state.rule.begun else "in_progress"


def due_date(checklist: Checklist, start: date, within: Horizon) -> date:
    """The day a horizon ends, moved to the next working day."""
    return next_working_day(checklist.calendar, min(start, LAST_DAY) + timedelta(days=days(within)))


@dataclass(frozen=True, slots=True)
class _Step:
    """What an item's answer calls for, before the manager said anything of it."""

    kind: Kind
    id: str
    text: Text
    priority: RankClass
    owner: str


def _steps(checklist: Checklist, profile: Chosen, state: ItemState) -> Iterable[_Step]:
    item, gives = state.item, state.rule.gives_plan
    suggested = [a for a in item.actions if holds(a.applies_when, profile) is True]
    lead: SuggestedAction = (suggested or list(item.actions))[0]
    if gives == "finish":
        longest = max((a.within for a in suggested or item.actions), key=days)
        priority = class_of_action(checklist, item, longest)
        yield _Step("finish", "finish", item.criteria.done, priority, lead.owner)
    elif gives == "verify" or gives == "reconfirm":
        yield _Step(gives, gives, item.title, class_of(checklist, item), lead.owner)
    else:
        for a in suggested:
            yield _Step("suggested", a.id, a.text, class_of_action(checklist, item, a.within), a.owner)


def _start(assessment: Assessment, state: ItemState, today: date) -> date:
    """What the horizons of an item count from: nothing is due before it was asked for, so nothing is born late."""
    if assessment.plan_started_on is None or state.expired:
        return today
    return max(assessment.plan_started_on, state.answered_on or assessment.plan_started_on)


def _actions_for(
    checklist: Checklist, assessment: Assessment, profile: Chosen, state: ItemState, today: date
) -> Iterable[Action]:
    item = state.item
    instead = next((row.owner for row in checklist.owner_instead if holds(row.applies_when, profile) is True), None)
    start = _start(assessment, state, today)
    for step in _steps(checklist, profile, state):
        planned = assessment.planned(item.id, step.id)
        owner = instead or step.owner
        proposed = due_date(checklist, start, step.priority.within)
        due = None if planned.undated else planned.due or proposed
        yield Action(
            kind=step.kind,
            id=step.id,
            item=item,
            text=step.text,
            priority=step.priority.class_,
            within=step.priority.within,
            owner=owner if planned.owner is None else planned.owner,
            proposed_owner=owner,
            due=due,
            proposed_due=proposed,
            comment=planned.comment,
            set_aside=planned.set_aside,
            quick_win=checklist.quick_win.match(item),
            state=planned.state,
            # An answer that had its day is no work left undone.
            late=step.kind != "reconfirm" and _late(planned, due, today),
            put_off=due is not None and due == planned.due and _open_after(planned, due, today),
        )


def _own_actions(checklist: Checklist, assessment: Assessment, today: date) -> Iterable[Action]:
    for own in assessment.own_actions:
        yield Action(
            kind="own",
            id=str(own.id),
            item=checklist.items.get(own.item) if own.item else None,
            text=own.text,
            priority=own.priority,
            within=None,
            owner=own.owner,
            proposed_owner="",
            due=own.due,
            proposed_due=None,
            comment=own.comment,
            set_aside=own.set_aside,
            quick_win=False,
            state=own.state,
            late=_late(own, own.due, today),
            put_off=_open_after(own, own.due, today),
        )


def _late(said: Planned | OwnAction, due: date | None, today: date) -> bool:
    return not said.set_aside and said.state in _OPEN and due is not None and due < today


def _open_after(said: Planned | OwnAction, due: date | None, today: date) -> bool:
    return not said.set_aside and said.state in _OPEN and due is not None and due > today
