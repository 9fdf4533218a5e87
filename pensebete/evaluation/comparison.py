"""Two moments of one dossier: what changed in the enterprise's situation, and what in the checklist alone.

Between the two stands a third reading: the earlier answers, read by the later checklist. From the earlier moment to
it only the checklist changed; from it to the later moment, only the situation.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, NamedTuple

from pensebete.assessment.item_state import ItemState
from pensebete.assessment.local_time import local_date
from pensebete.assessment.migration import migrate
from pensebete.assessment.model import Assessment
from pensebete.checklist.model import Checklist, Domain, Item, Text
from pensebete.checklist.versions.renames import Carried, destination, destination_of, same_words
from pensebete.evaluation.action_plan import Action, Kind
from pensebete.evaluation.evaluation import Evaluation
from pensebete.evaluation.readiness import Score

ChecklistChange = Literal["new", "retired", "renamed", "reweighted", "reworded", "conditions", "domain"]


@dataclass(frozen=True, slots=True)
class Moment:
    """A dossier at a date, a milestone or today, and the checklist to read it with: its own, where that is kept.

    Scores depend on the day. A milestone is as of the day its dossier was last changed, whatever date it was given;
    today's is as of today.
    """

    name: str
    date: dt.date
    checklist: Checklist
    assessment: Assessment
    zone: dt.tzinfo = dt.UTC
    today: bool = False

    @property
    def day(self) -> dt.date:
        """The day it is evaluated at."""
        changed = self.assessment.updated_at
        return self.date if self.today or changed is None else local_date(changed, self.zone)


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
class MovedAction:
    """An action to do at both moments, due on another day because somebody said so."""

    before: Action
    after: Action


@dataclass(frozen=True, slots=True)
class Comparison:
    before: Moment
    after: Moment
    read_anew: Assessment  # the earlier answers, by the ids of the later checklist
    items: tuple[ItemChange, ...]  # in the order of the later checklist, then the retired ones
    overall: ScoreChange
    domains: tuple[DomainChange, ...]
    actions_done: tuple[DoneAction, ...]
    actions_new: tuple[Action, ...]  # to do, and in the plan of the earlier answers by no right
    actions_moved: tuple[MovedAction, ...]

    @property
    def situation(self) -> tuple[ItemChange, ...]:
        return tuple(change for change in self.items if change.situation)

    @property
    def checklist(self) -> tuple[ItemChange, ...]:
        return tuple(change for change in self.items if change.checklist)

    @property
    def empty(self) -> bool:
        return not (self.items or self.actions_done or self.actions_new or self.actions_moved)


class Point(NamedTuple):
    """Readiness at a moment, and what the same answers are worth today."""

    date: dt.date
    name: str
    score: Score
    today: Score


def compare(before: Moment, after: Moment) -> Comparison:
    was, now = _evaluated(before), _evaluated(after)
    read_anew = migrate(was.assessment, after.checklist, before.checklist).assessment
    then = Evaluation(after.checklist, read_anew, before.day, before.zone)
    results = (was.readiness, then.readiness, now.readiness)
    became = {
        domain.id: destination_of(after.checklist, "domains", domain.id) or domain.id
        for domain in before.checklist.domains
    }
    former: dict[str, str] = {}
    for id, new in became.items():
        if new not in former or id == new:
            former[new] = id
    domains = {domain.id: domain for domain in after.checklist.domains}
    domains |= {domain.id: domain for domain in before.checklist.domains if became[domain.id] not in domains}
    return Comparison(
        before=before,
        after=after,
        read_anew=read_anew,
        items=tuple(_item_changes(was, then, now)),
        overall=ScoreChange(*(result.overall for result in results)),
        domains=tuple(
            DomainChange(domain, ScoreChange(was.readiness.domains.get(former.get(id, id)), *_of(id, then, now)))
            for id, domain in domains.items()
        ),
        actions_done=tuple(_actions_done((after.checklist, before.checklist), read_anew, now.assessment)),
        actions_new=tuple(_actions_new(then, now)),
        actions_moved=tuple(_actions_moved(then, now)),
    )


def _of(domain: str, *evaluations: Evaluation) -> Iterable[Score | None]:
    return (evaluation.readiness.domains.get(domain) for evaluation in evaluations)


def trajectory(moments: Iterable[Moment], today: dt.date) -> tuple[Point, ...]:
    """Overall readiness at each moment, each by its own checklist, in the order of their days."""
    return tuple(
        Point(m.day, m.name, _evaluated(m).readiness.overall, _evaluated(m, today).readiness.overall)
        for m in sorted(moments, key=lambda moment: moment.day)
    )


def _evaluated(moment: Moment, on: dt.date | None = None) -> Evaluation:
    """What followed at that moment, or from the same answers on another day, read by the ids of its checklist."""
    read = migrate(moment.assessment, moment.checklist, None).assessment
    return Evaluation(moment.checklist, read, on or moment.day, moment.zone)


def _item_changes(was: Evaluation, then: Evaluation, now: Evaluation) -> Iterable[ItemChange]:
    newer, language = now.checklist, now.assessment.language
    earlier = {state.item.id: state for state in was.item_states}
    origins: dict[str, tuple[str, ...]] = {}
    for id in earlier:
        if (item := destination(newer, id)) and item != id:
            origins[item] = (*origins.get(item, ()), id)
    for before, after in zip(then.item_states, now.item_states, strict=True):
        ids = origins.get(after.item.id, ())
        source = next((earlier[id] for id in (after.item.id, *ids) if id in earlier), None)
        kinds = tuple(_checklist_changes(source, after, bool(ids), language, Carried(newer)))
        if kinds or _differ(before, after):
            yield ItemChange(before, after, ids, kinds)
    for id, state in earlier.items():
        if destination(newer, id) is None:
            yield ItemChange(state, None, (), ("retired",))


def _checklist_changes(
    source: ItemState | None, after: ItemState, renamed: bool, language: str, carried: Carried
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
    if (older.applies_when and carried.condition(older.applies_when)) != newer.applies_when:
        yield "conditions"
    if carried.id("domains", source.domain.id) != after.domain.id:
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


def _actions_new(then: Evaluation, now: Evaluation) -> Iterable[Action]:
    known = {action.name for action in then.plan}
    return (action for action in now.plan if action.open and action.name not in known)


def _actions_moved(then: Evaluation, now: Evaluation) -> Iterable[MovedAction]:
    """A day that nobody chose moves by itself with the plan's; a new cycle lets go of those that were chosen."""
    one_dossier = then.assessment.id == now.assessment.id
    known = {action.name: action for action in then.plan if action.open}
    for action in now.plan:
        before = known.get(action.name)
        if before is None or not action.open or before.due == action.due:
            continue
        if _chosen(action) or (one_dossier and _chosen(before)):
            yield MovedAction(before, action)


def _chosen(action: Action) -> bool:
    return action.due != action.proposed_due


def _named(checklists: Iterable[Checklist], item: str, action: str) -> DoneAction:
    """The action as either checklist words it; by its ids where none does."""
    for known in (checklist.items[item] for checklist in checklists if item in checklist.items):
        if action == "verify":
            return DoneAction("verify", action, known, known.title)
        if action == "reconfirm":
            return DoneAction("reconfirm", action, known, known.title)
        if action == "finish":
            return DoneAction("finish", action, known, known.criteria.done)
        if text := next((suggested.text for suggested in known.actions if suggested.id == action), None):
            return DoneAction("suggested", action, known, text)
    return DoneAction("suggested", action, None, f"{item} · {action}")


def _differ(before: ItemState, after: ItemState) -> bool:
    return (before.current, before.set_aside) != (after.current, after.set_aside)


def _points(before: Score | None, after: Score | None) -> int | None:
    if before is None or after is None or before.figure is None or after.figure is None:
        return None
    return after.figure - before.figure
