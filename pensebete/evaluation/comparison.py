"""Two moments of one dossier: what changed in the enterprise's situation, and what in the checklist alone.

Between the two stands a third reading: the earlier answers, read by the later checklist. From the earlier moment to
it only the checklist changed; from it to the later moment, only the situation.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, NamedTuple

from pensebete.assessment.item_state import ItemState, item_states
from pensebete.assessment.migration import migrate
from pensebete.assessment.model import Assessment
from pensebete.checklist.model import Checklist, Domain, Item, Text
from pensebete.checklist.versions.renames import destination, same_words
from pensebete.evaluation.action_plan import Kind
from pensebete.evaluation.readiness import Score, readiness_of

ChecklistChange = Literal["new", "retired", "renamed", "reweighted", "reworded", "conditions", "domain"]


@dataclass(frozen=True, slots=True)
class Moment:
    """A dossier at a date, a milestone or today, and the checklist to read it with: its own, where that is kept."""

    name: str
    date: dt.date
    checklist: Checklist
    assessment: Assessment


@dataclass(frozen=True, slots=True)
class ItemChange:
    """An item of which something changed. For a retired one `after` is None, and `before` is as it stood."""

    before: ItemState  # the earlier answers, read by the later checklist
    after: ItemState | None
    was: tuple[str, ...]  # the earlier ids, where it has another now
    checklist: tuple[ChecklistChange, ...]

    @property
    def item(self) -> Item:
        return self.before.item

    @property
    def situation(self) -> bool:
        """Whether the answer changed, or the profile sets the item aside that did not, or the other way round."""
        return self.after is not None and _differ(self.before, self.after)


@dataclass(frozen=True, slots=True)
class ScoreChange:
    """A score at both moments, and between them that of the earlier answers read by the later checklist.

    Points are differences of the figures shown, so that what a reader adds up is what is written.
    """

    before: Score | None  # None: the checklist of that moment has no such domain
    read_anew: Score | None
    after: Score | None

    @property
    def points(self) -> int | None:
        return _points(self.before, self.after)

    @property
    def by_checklist(self) -> int | None:
        return _points(self.before, self.read_anew)

    @property
    def by_situation(self) -> int | None:
        return _points(self.read_anew, self.after)


@dataclass(frozen=True, slots=True)
class DomainChange:
    domain: Domain
    score: ScoreChange


@dataclass(frozen=True, slots=True)
class DoneAction:
    """An action done between the two moments, in the plan still or not; worded as an action of the plan is."""

    kind: Kind
    id: str
    item: Item | None
    text: Text | str


@dataclass(frozen=True, slots=True)
class Comparison:
    before: Moment
    after: Moment
    items: tuple[ItemChange, ...]  # in the order of the later checklist, then the retired ones
    overall: ScoreChange
    domains: tuple[DomainChange, ...]
    actions_done: tuple[DoneAction, ...]

    @property
    def situation(self) -> tuple[ItemChange, ...]:
        return tuple(change for change in self.items if change.situation)

    @property
    def checklist(self) -> tuple[ItemChange, ...]:
        return tuple(change for change in self.items if change.checklist)

    @property
    def empty(self) -> bool:
        return not self.items and not self.actions_done


class Point(NamedTuple):
    """Readiness at a moment."""

    date: dt.date
    name: str
    score: Score


def compare(before: Moment, after: Moment) -> Comparison:
    earlier, later = _as_read(before), _as_read(after)
    read_anew = migrate(earlier, after.checklist, before.checklist).assessment
    was = item_states(before.checklist, earlier)
    then = item_states(after.checklist, read_anew)
    now = item_states(after.checklist, later)
    results = (
        readiness_of(before.checklist, was),
        readiness_of(after.checklist, then),
        readiness_of(after.checklist, now),
    )
    domains = {domain.id: domain for domain in (*after.checklist.domains, *before.checklist.domains)}
    return Comparison(
        before=before,
        after=after,
        items=tuple(_item_changes(before.checklist, after.checklist, was, then, now, later.language)),
        overall=ScoreChange(*(result.overall for result in results)),
        domains=tuple(
            DomainChange(domain, ScoreChange(*(result.domains.get(id) for result in results)))
            for id, domain in domains.items()
        ),
        actions_done=tuple(_actions_done((after.checklist, before.checklist), read_anew, later)),
    )


def trajectory(moments: Iterable[Moment]) -> tuple[Point, ...]:
    """Overall readiness at each moment, each by its own checklist, in the order of their dates."""
    return tuple(
        Point(m.date, m.name, readiness_of(m.checklist, item_states(m.checklist, _as_read(m))).overall)
        for m in sorted(moments, key=lambda moment: moment.date)
    )


def _as_read(moment: Moment) -> Assessment:
    """The assessment by the ids of the moment's checklist."""
    return migrate(moment.assessment, moment.checklist, None).assessment


def _item_changes(
    older: Checklist,
    newer: Checklist,
    was: Iterable[ItemState],
    then: Iterable[ItemState],
    now: Iterable[ItemState],
    language: str,
) -> Iterable[ItemChange]:
    earlier = {state.item.id: state for state in was}
    origins: dict[str, tuple[str, ...]] = {}
    for id in earlier:
        if (item := destination(newer, id)) and item != id:
            origins[item] = (*origins.get(item, ()), id)
    for before, after in zip(then, now, strict=True):
        ids = origins.get(after.item.id, ())
        source = next((earlier[id] for id in (after.item.id, *ids) if id in earlier), None)
        kinds = tuple(_checklist_changes(source, after, bool(ids), language))
        if kinds or _differ(before, after):
            yield ItemChange(before, after, ids, kinds)
    for id, state in earlier.items():
        if destination(newer, id) is None:
            yield ItemChange(state, None, (), ("retired",))


def _checklist_changes(
    source: ItemState | None, after: ItemState, renamed: bool, language: str
) -> Iterable[ChecklistChange]:
    if source is None:
        yield "new"
        return
    older, newer = source.item, after.item
    if renamed:
        yield "renamed"
    if older.weighs != newer.weighs:
        yield "reweighted"
    if not same_words(older, newer, language):
        yield "reworded"
    if older.applies_when != newer.applies_when:
        yield "conditions"
    if source.domain.id != after.domain.id:
        yield "domain"


def _actions_done(
    checklists: tuple[Checklist, Checklist], before: Assessment, after: Assessment
) -> Iterable[DoneAction]:
    for item, actions in after.plan.items():
        for action, planned in actions.items():
            if planned.state == "done" and before.planned(item, action).state != "done":
                yield _named(checklists, item, action)
    earlier = {own.id for own in before.own_actions if own.state == "done"}
    for own in after.own_actions:
        if own.state == "done" and own.id not in earlier:
            about = next((c.items[own.item] for c in checklists if own.item in c.items), None) if own.item else None
            yield DoneAction("own", str(own.id), about, own.text)


def _named(checklists: Iterable[Checklist], item: str, action: str) -> DoneAction:
    """The action as either checklist words it; by its ids where none does."""
    for known in (checklist.items[item] for checklist in checklists if item in checklist.items):
        if action == "verify":
            return DoneAction("verify", action, known, known.title)
        if action == "finish":
            return DoneAction("finish", action, known, known.criteria.done)
        if text := next((suggested.text for suggested in known.actions if suggested.id == action), None):
            return DoneAction("suggested", action, known, text)
    return DoneAction("suggested", action, None, f"{item} · {action}")


def _differ(before: ItemState, after: ItemState) -> bool:
    return (before.status, before.set_aside) != (after.status, after.set_aside)


def _points(before: Score | None, after: Score | None) -> int | None:
    if before is None or after is None or before.shown is None or after.shown is None:
        return None
    return after.shown - before.shown
