"""What must hold of any dossier, also of one made to mislead: silence is never rewarded, and work is never punished.

PENSEBETE_EXPLORE=1, or `make thorough`, tries ten thousand.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from os import environ
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pensebete.assessment.edits import confirmed, overruled, with_answer, with_own_action, with_planned
from pensebete.assessment.model import Answer, Assessment
from pensebete.checklist.model import Checklist
from pensebete.checklist.status import STATUSES
from pensebete.evaluation.action_plan import Action
from pensebete.evaluation.due_groups import due_groups
from pensebete.evaluation.first_actions import actions_of
from pensebete.evaluation.postponing import postponed
from tests.builders import MONDAY, NOW, REASON, assessments, evaluate, own_actions, profiles

DAY = timedelta(days=1)
many = settings(max_examples=10_000 if environ.get("PENSEBETE_EXPLORE") else 15)
MORE = {"to_do": ("in_progress", "done"), "unknown": ("to_do", "in_progress", "done"), "in_progress": ("done",)}
TODAY = datetime.combine(MONDAY, datetime.min.time(), UTC)


def standing(checklist: Checklist, assessment: Assessment, today: date = MONDAY) -> tuple[float, int]:
    """The figure and the band, as numbers; none is the lowest."""
    overall = evaluate(checklist, assessment, today).readiness.overall
    band = -1 if overall.band is None else checklist.band(overall.band).from_
    return -1.0 if overall.score is None else overall.score, band


def assert_not_lower(checklist: Checklist, before: Assessment, after: Assessment) -> None:
    old, new = standing(checklist, before), standing(checklist, after)
    assert new[0] >= old[0] - 1e-9
    assert new[1] >= old[1]


def changed(assessment: Assessment, item: str, **changes: Any) -> Assessment:
    answer = assessment.answer(item).model_copy(update=changes)
    return assessment.model_copy(update={"answers": {**assessment.answers, item: answer}})


def one_of(data: st.DataObject, items: list[str]) -> str:
    assume(items)
    return data.draw(st.sampled_from(items))


@many
@given(assessments(), st.sampled_from(["done", "in_progress", "to_do", "unknown"]), st.data())
def test_to_answer_an_unanswered_item_lowers_neither_figure_nor_band(checklist, assessment, status, data):
    states = evaluate(checklist, assessment).item_states
    item = one_of(data, [s.item.id for s in states if s.counts and s.current is None])
    assert_not_lower(checklist, assessment, changed(assessment, item, status=status, answered_at=NOW))


@many
@given(assessments(), st.data())
def test_to_do_more_lowers_neither(checklist, assessment, data):
    item = one_of(data, [s.item.id for s in evaluate(checklist, assessment).item_states if s.current in MORE])
    status = data.draw(st.sampled_from(MORE[assessment.answer(item).status]))
    assert_not_lower(checklist, assessment, changed(assessment, item, status=status, answered_at=NOW))


@many
@given(assessments(), st.data())
def test_to_confirm_lowers_neither(checklist, assessment, data):
    item = one_of(data, [id for id, answer in assessment.answers.items() if answer.status])
    assert_not_lower(checklist, assessment, confirmed(assessment, item, TODAY))


@many
@given(assessments(), st.data())
def test_to_give_a_reason_lowers_neither(checklist, assessment, data):
    item = one_of(data, [s.item.id for s in evaluate(checklist, assessment).item_states if s.without_reason])
    assert_not_lower(checklist, assessment, with_answer(assessment, item, NOW, reason=REASON))


@many
@given(assessments(), st.data())
def test_no_order_of_what_was_said_changes_anything(checklist, assessment, data):
    answers, profile = (
        dict(data.draw(st.permutations(list(said.items())))) for said in (assessment.answers, assessment.profile)
    )
    other = assessment.model_copy(update={"answers": answers, "profile": profile})
    one, two = evaluate(checklist, assessment), evaluate(checklist, other)
    assert (one.readiness, one.plan) == (two.readiness, two.plan)


@many
@given(assessments(), st.integers(0, 500), st.integers(0, 500))
def test_days_that_pass_only_expire(checklist, assessment, first, later):
    day, after = MONDAY + first * DAY, MONDAY + (first + later) * DAY
    old, new = evaluate(checklist, assessment, day), evaluate(checklist, assessment, after)
    pairs = {(s.current, t.current) for s, t in zip(old.item_states, new.item_states, strict=True)}
    assert all(before == now or (before, now) == ("done", "expired") for before, now in pairs)
    assert new.readiness.overall.unanswered == old.readiness.overall.unanswered
    assert standing(checklist, assessment, after) <= standing(checklist, assessment, day)


@many
@given(assessments(), st.dates(date(2026, 1, 1), date(2027, 12, 31)), st.none() | st.integers(0, 700))
def test_nothing_is_born_late(checklist, assessment, today, started):
    """An action that today's answer calls for is not late today, whenever the plan began."""
    at = datetime.combine(today, datetime.min.time(), UTC)
    answers = {
        id: answer.model_copy(update={"answered_at": at if answer.status != "done" else answer.answered_at})
        for id, answer in assessment.answers.items()
    }
    start = None if started is None else today - started * DAY
    found = evaluate(checklist, assessment.model_copy(update={"answers": answers, "plan_started_on": start}), today)
    assert not any(action.late for action in found.plan)
    assert all(action.due >= today for action in found.plan)


@many
@given(assessments(), st.integers(0, 400), st.lists(own_actions, max_size=3, unique_by=lambda own: own.id))
def test_the_groups_of_the_plan_are_in_date_order_and_hold_each_open_action_once(checklist, assessment, later, own):
    said = assessment.model_copy(update={"plan_started_on": MONDAY, "own_actions": tuple(own)})
    found = evaluate(checklist, said, MONDAY + later * DAY)
    groups = due_groups(found.plan)
    dates = [group.due for group in groups if group.due]
    assert dates == sorted(set(dates))
    assert [group.late for group in groups] == sorted((group.late for group in groups), reverse=True)
    grouped = [action for group in groups for action in group.actions]
    assert sorted(grouped, key=found.plan.index) == [action for action in found.plan if action.open]
    for group in groups:
        assert all(a.late if group.late else a.due == group.due for a in group.actions)


@many
@given(assessments(), st.integers(0, 400), st.lists(own_actions, max_size=3, unique_by=lambda own: own.id))
def test_to_postpone_leaves_nothing_late_and_touches_no_answer(checklist, assessment, later, own):
    said = assessment.model_copy(update={"plan_started_on": MONDAY, "own_actions": tuple(own)})
    today = MONDAY + later * DAY
    after = postponed(evaluate(checklist, said, today), NOW)
    assert after.answers == said.answers
    found = evaluate(checklist, after, today).plan
    assert not any(action.late for action in found)
    assert len(found) == len(evaluate(checklist, said, today).plan)


@many
@given(
    assessments(),
    st.integers(1, 60),
    st.integers(0, 4),
    st.lists(own_actions, max_size=3, unique_by=lambda own: own.id),
)
def test_what_is_put_off_makes_way_for_its_class_and_what_is_due_by_that_day_and_for_nothing_else(
    checklist, assessment, later, place, own
):
    said = assessment.model_copy(update={"plan_started_on": MONDAY, "own_actions": tuple(own)})
    before = evaluate(checklist, said)
    assume(len(before.first_actions) > place)
    line, day = before.first_actions[place], MONDAY + later * DAY
    for one in actions_of(before.plan, line):
        said = put_off_to(said, one, day)
    after = evaluate(checklist, said)
    moved = {one.name for one in actions_of(before.plan, line)}
    of = [moved & {one.name for one in actions_of(after.plan, line)} != set() for line in after.first_actions]
    waits = of.index(True) if True in of else len(of)
    for line in after.first_actions[waits + 1 : waits + 2]:
        pressing = line.priority == before.first_actions[place].priority or (line.due or date.max) <= day
        assert line.put_off or not pressing
    for line in after.first_actions[place:waits]:
        pressing = line.priority == before.first_actions[place].priority or (line.due or date.max) <= day
        assert line.put_off or pressing, "what presses less and is due later stays behind it"
    assert (after.readiness, after.item_states) == (before.readiness, before.item_states)
    assert [a.name for a in after.plan] == [a.name for a in before.plan]


@many
@given(assessments(), st.lists(st.tuples(st.integers(0, 60), st.integers(1, 90)), max_size=12), st.integers(0, 60))
def test_while_the_first_waits_nothing_that_comes_first_is_due_before_its_day(checklist, assessment, put_off, later):
    said = assessment.model_copy(update={"plan_started_on": MONDAY})
    plan = [action for action in evaluate(checklist, said).plan if action.open]
    for place, days in put_off if plan else ():
        said = put_off_to(said, plan[place % len(plan)], MONDAY + days * DAY)
    found = evaluate(checklist, said, MONDAY + later * DAY)
    lines = found.first_actions
    if lines and lines[0].put_off:
        assert not [a for a in lines if not a.put_off and a.due is not None and a.due < lines[0].due]
    for line in lines:
        if line.put_off and line.kind not in ("own", "verify_together"):
            of_item = [a for a in found.plan if a.open and a.item == line.item and a.kind != "own"]
            assert not [a for a in of_item if a.due is not None and a.due < line.due]


def put_off_to(said: Assessment, action: Action, day: date) -> Assessment:
    if action.kind == "own":
        own = next(own for own in said.own_actions if str(own.id) == action.id)
        return with_own_action(said, own.model_copy(update={"due": day}), NOW)
    return with_planned(said, action.item.id, action.id, NOW, due=day)


@many
@given(profiles(), st.integers(0, 400))
def test_with_every_item_to_do_at_most_thirteen_actions_are_due_in_48_hours_one_an_item(checklist, profile, later):
    answers = {id: Answer(status="to_do") for id in checklist.items}
    said = Assessment(checklist={"id": "covid-19"}, profile=profile, answers=answers)
    today = MONDAY + later * DAY
    first = [a.item.id for a in evaluate(checklist, said, today).plan if a.priority == "P1"]
    assert len(first) == len(set(first)) <= 13


@many
@given(assessments())
def test_what_comes_first_is_five_lines_at_most_each_of_another_item(checklist, assessment):
    found = evaluate(checklist, assessment)
    lines = found.first_actions
    assert sum(line.stands_for for line in lines) <= 5
    items = [line.item.id for line in lines if line.item]
    assert len(items) == len(set(items))
    assert sum(line.kind in ("verify", "verify_together") for line in lines) <= 1
    assert bool(lines) == any(action.open for action in found.plan)


@many
@given(assessments(), st.data())
def test_what_follows_after_a_change_is_what_follows_from_all_of_it(checklist, assessment, data):
    known = evaluate(checklist, assessment)
    for _ in range(4):
        item = data.draw(st.sampled_from([*checklist.items]))
        status = data.draw(st.sampled_from([None, *STATUSES]))
        change = data.draw(st.sampled_from(("status", "reason", "overrule", "confirm", "profile")))
        match change:
            case "status":
                assessment = with_answer(assessment, item, NOW, status=status)
            case "reason":
                assessment = with_answer(assessment, item, NOW, reason=REASON)
            case "overrule":
                assessment = overruled(assessment, item, NOW, overrule=status is not None)
            case "confirm":
                assessment = confirmed(assessment, item, NOW)
            case "profile":
                assessment = assessment.model_copy(update={"profile": data.draw(profiles(checklist))})
        if data.draw(st.booleans()):
            assert known.item_states  # as a page that shows some of it
        known = known.after(assessment)
        whole = evaluate(checklist, assessment)
        assert (known.item_states, known.readiness, known.plan) == (whole.item_states, whole.readiness, whole.plan)
