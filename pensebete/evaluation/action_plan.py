"""The action plan: gaps become ranked actions, each with an owner, a due date, and what the manager changed of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from pensebete.assessment.item_state import ItemState
from pensebete.assessment.model import Assessment, OwnAction, Planned, State
from pensebete.assessment.profile import known_choices
from pensebete.checklist.conditions import holds
from pensebete.checklist.model import Checklist, Horizon, Item, SuggestedAction, Text, days
from pensebete.checklist.status import Status, rule_of
from pensebete.evaluation.priority import class_of, rank_of

Chosen = Mapping[str, Sequence[str]]  # question -> options, as conditions read them
Kind = Literal["suggested", "verify", "finish", "own"]
_OPEN: tuple[State, ...] = ("to_start", "under_way")


@dataclass(frozen=True, slots=True)
class Action:
    """One line of the plan. `text` is what `kind` is said about: the title to verify, the criterion to finish, …"""

    kind: Kind
    id: str  # of the suggested action, `verify`, `finish`, or the UUID of an own action
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
    past: bool  # its due date is

    @property
    def open(self) -> bool:
        """Whether something is left to do: neither set aside, done nor dropped."""
        return not self.set_aside and self.state in _OPEN

    @property
    def late(self) -> bool:
        return self.open and self.past


@dataclass(frozen=True, slots=True)
class Missing:
    """What is still missing before the plan is printed."""

    without_owner: tuple[Action, ...]  # of the first class only
    past: tuple[Action, ...]
    unanswered: tuple[ItemState, ...]
    without_reason: tuple[ItemState, ...]


def action_plan(
    checklist: Checklist, assessment: Assessment, states: Iterable[ItemState], today: date
) -> tuple[Action, ...]:
    """Every action, in order: by class, then by the method's table; own actions close the class they are given."""
    profile = known_choices(checklist, assessment.profile)
    suggested = [
        action
        for state in ranked_items(checklist, states)
        for action in _actions_for(checklist, assessment, profile, state, today)
    ]
    classes = [row.class_ for row in checklist.ranking]
    own = list(_own_actions(checklist, assessment, today))
    place = {class_: n for n, class_ in enumerate(classes)}
    # sorted() is stable: inside a class each keeps its rank, and own actions come after.
    return tuple(sorted([*suggested, *own], key=lambda action: place.get(action.priority, len(classes))))


def ranked_items(checklist: Checklist, states: Iterable[ItemState]) -> tuple[ItemState, ...]:
    """The items of the plan (to do, unknown, in progress), first things first."""
    in_plan = [state for state in states if state.in_plan]

    def rank(state: ItemState) -> tuple[int, int, bool, int]:
        item = state.item
        return rank_of(checklist, item), -item.impact, rule_of(state.status).begun, item.effort

    return tuple(sorted(in_plan, key=rank))


def first_actions(actions: Sequence[Action], items: int = 5) -> tuple[Action, ...]:
    """The first open action of each of the first few items: where to begin."""
    firsts: dict[str, Action] = {}
    for action in actions:
        if action.open:
            firsts.setdefault(action.item.id if action.item and action.kind != "own" else action.id, action)
    return tuple(firsts.values())[:items]


def missing(checklist: Checklist, states: Sequence[ItemState], actions: Iterable[Action], today: date) -> Missing:
    still_open = [action for action in actions if action.open]
    return Missing(
        without_owner=tuple(a for a in still_open if a.priority == checklist.ranking[0].class_ and not a.owner.strip()),
        past=tuple(a for a in still_open if _past(a.due, today)),
        unanswered=tuple(s for s in states if not s.answered),
        without_reason=tuple(state for state in states if state.without_reason),
    )


def proposed_statuses(checklist: Checklist, assessment: Assessment, states: Iterable[ItemState]) -> dict[str, Status]:
    """Item id -> the answer that the states of its actions call for, to propose and never to give.

    All the kept actions done: done. Some of them: in progress, where the answer is to do or unknown; having verified
    where an item stands is no part of doing it.
    """
    profile = known_choices(checklist, assessment.profile)
    own: dict[str, list[OwnAction]] = {}
    for action in assessment.own_actions:
        own.setdefault(action.item or "", []).append(action)
    found = {}
    for state in states:
        said: list[tuple[Kind, Planned | OwnAction]] = []
        if state.in_plan:
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
    return None if rule_of(state.status).begun else "in_progress"


def due_date(start: date, within: Horizon) -> date:
    """The day a horizon ends, a weekend moved to the next Monday."""
    due = start + timedelta(days=days(within))
    return due + timedelta(days=7 - due.weekday()) if due.weekday() >= 5 else due


@dataclass(frozen=True, slots=True)
class _Step:
    """What an item's answer calls for, before the manager said anything of it."""

    kind: Kind
    id: str
    text: Text
    within: Horizon
    owner: str


def _steps(checklist: Checklist, profile: Chosen, state: ItemState) -> Iterable[_Step]:
    item = state.item
    suggested = [a for a in item.actions if holds(a.applies_when, profile) is True]
    lead: SuggestedAction = (suggested or list(item.actions))[0]
    if rule_of(state.status).gives_plan == "finish":
        longest = max((a.within for a in suggested or item.actions), key=days)
        yield _Step("finish", "finish", item.criteria.done, longest, lead.owner)
        return
    if rule_of(state.status).gives_plan == "verify":
        yield _Step("verify", "verify", item.title, class_of(checklist, item).within, lead.owner)
    for a in suggested:
        yield _Step("suggested", a.id, a.text, a.within, a.owner)


def _actions_for(
    checklist: Checklist, assessment: Assessment, profile: Chosen, state: ItemState, today: date
) -> Iterable[Action]:
    item = state.item
    instead = next((row.owner for row in checklist.owner_instead if holds(row.applies_when, profile) is True), None)
    for step in _steps(checklist, profile, state):
        planned = assessment.planned(item.id, step.id)
        owner = instead or step.owner
        proposed = due_date(assessment.plan_started_on or today, step.within)
        due = planned.due or proposed
        yield Action(
            kind=step.kind,
            id=step.id,
            item=item,
            text=step.text,
            priority=class_of(checklist, item).class_,
            within=step.within,
            owner=owner if planned.owner is None else planned.owner,
            proposed_owner=owner,
            due=due,
            proposed_due=proposed,
            comment=planned.comment,
            set_aside=planned.set_aside,
            quick_win=checklist.quick_win.match(item),
            state=planned.state,
            past=_past(due, today),
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
            past=_past(own.due, today),
        )


def _past(due: date | None, today: date) -> bool:
    return due is not None and due < today
