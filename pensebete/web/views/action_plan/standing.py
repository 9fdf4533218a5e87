"""How the actions stand on the page: one changed while one looks at it stays where it was, until the page is left."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from pensebete.checklist.model import Checklist
from pensebete.evaluation.action_plan import Action
from pensebete.evaluation.due_groups import due_groups
from pensebete.evaluation.plan_text import heading_words, who_words
from pensebete.text.wording import Wording

Order = Literal["date", "domain", "lead"]
ORDERS: tuple[Order, ...] = ("date", "domain", "lead")


@dataclass(frozen=True, slots=True)
class Stood:
    """An action as it was before it was first changed on this page, and its place in the plan."""

    action: Action
    place: int


@dataclass(frozen=True, slots=True)
class Line:
    """An action of the page: as it is, and as it stood. `deleted`: no longer in the plan, and offered back."""

    action: Action
    stood: Action
    deleted: bool = False

    @property
    def touched(self) -> bool:
        return self.deleted or self.action != self.stood


@dataclass(frozen=True, slots=True)
class Group:
    """Lines under one heading."""

    name: str
    heading: str
    lines: tuple[Line, ...]
    due: date | None = None
    late: bool = False


def lines_of(plan: Sequence[Action], stood: Mapping[str, Stood], deleted: Collection[str]) -> list[Line]:
    """Every action of the plan and those just deleted from it, by their names, in the order of the plan."""
    lines = [Line(action, stood[name].action if (name := action.name) in stood else action) for action in plan]
    known = {action.name for action in plan}
    for name, was in stood.items():
        if name in deleted and name not in known:
            lines.insert(was.place, Line(replace(was.action, set_aside=True), was.action, deleted=True))
    return lines


def open_groups(
    lines: Iterable[Line], order: Order, checklist: Checklist, today: date, say: Wording
) -> tuple[Group, ...]:
    """What is to do, or was when the page was first shown, under its day, its domain or its lead."""
    by_name = {line.stood.name: line for line in lines if line.stood.open}
    if order == "date":
        return tuple(
            Group(
                "late" if group.late else str(group.due),
                heading_words(group, today, say),
                tuple(by_name[action.name] for action in group.actions),
                group.due,
                group.late,
            )
            for group in due_groups(line.stood for line in by_name.values())
        )
    found: dict[str, list[Line]] = {}
    for line in by_name.values():
        found.setdefault(_heading(line.stood, order, checklist, say), []).append(line)
    headings = [domain.title[say.language] for domain in checklist.domains] if order == "domain" else sorted(found)
    places = {heading: n for n, heading in enumerate(headings)}
    ordered = sorted(found.items(), key=lambda group: places.get(group[0], len(places)))
    return tuple(Group(f"{order}-{n}", heading, tuple(of)) for n, (heading, of) in enumerate(ordered))


def _heading(action: Action, order: Order, checklist: Checklist, say: Wording) -> str:
    if order == "lead":
        words = who_words(checklist, action, say)
        return words[:1].upper() + words[1:]
    return domain_title(action, checklist, say) or say("plan.own")


def domain_title(action: Action, checklist: Checklist, say: Wording) -> str:
    """The domain an action belongs to; empty for one of the manager's own about no item."""
    item = action.item
    if item is None:
        return ""
    return next((domain.title[say.language] for domain in checklist.domains if item in domain.items), "")
