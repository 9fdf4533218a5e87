"""The plan: which items are in it, in which order, and what each asks, of whom, by when."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pensebete.assessment.model import Answer, OwnAction, Planned
from pensebete.checklist.model import days
from pensebete.evaluation.action_plan import due_date, first_actions
from pensebete.evaluation.priority import class_of
from tests import reference_method as method
from tests.builders import MONDAY, assess, assessments, evaluate, every

OWN = OwnAction(id=UUID(int=7), item="lender-relief", text="Appeler la caisse", priority="P1", owner="finance")


def plan(checklist, answers=None, today=MONDAY, **details):
    return evaluate(checklist, assess(answers or {}, **details), today).plan


def steps(actions):
    return [(action.item.id if action.item else None, action.id) for action in actions]


# Classes, and the order inside a class

CLASSES = {
    (3, 3): "P1", (3, 2): "P1", (3, 1): "P2",
    (2, 3): "P2", (2, 2): "P2", (2, 1): "P3",
    (1, 3): "P3", (1, 2): "P3", (1, 1): "P3",
}  # fmt: skip


@pytest.mark.parametrize(("marks", "expected"), CLASSES.items())
def test_the_class_of_an_item_follows_its_urgency_and_impact(checklist, marks, expected):
    urgency, impact = marks
    for effort in (1, 2, 3):
        item = checklist.items["cash-forecast"].model_copy(
            update={"urgency": urgency, "impact": impact, "effort": effort}
        )
        assert class_of(checklist, item).class_ == expected


@given(assessments())
def test_the_items_of_the_plan_are_those_of_the_method_in_its_order(checklist, assessment):
    actions = evaluate(checklist, assessment, MONDAY).plan
    items = list(dict.fromkeys(action.item.id for action in actions))
    assert items == method.plan_order(assessment)
    rows = {row.id: row for row in method.TABLE}
    assert all(action.priority == method.rank(rows[action.item.id]) for action in actions)


def test_the_whole_order_when_nothing_is_done(checklist):
    refs = list(dict.fromkeys(a.item.ref for a in plan(checklist, every(checklist, "to_do"))))
    first = ["C1", "C2a", "C2b", "C4", "L1", "L5", "E1", "RH2", "L8", "L2", "RH3"]
    second = ["L6", "RH1", "E2", "RH4", "L4", "A1", "C3", "L3", "A2"]
    third = ["L7", "C5", "RH3a", "RH5"]
    assert refs == [*first, *second, *third]


def test_inside_a_class_impact_comes_before_status_and_status_before_effort(checklist):
    actions = plan(
        checklist,
        {
            "cash-forecast": "in_progress",  # P1, impact 3, effort 2
            "lender-relief": "unknown",  # P1, impact 3, effort 2
            "regular-updates": "in_progress",  # P1, impact 2, effort 1
            "remote-work": "to_do",  # P1, impact 2, effort 3
        },
    )
    items = list(dict.fromkeys(action.item.id for action in actions))
    assert items == ["lender-relief", "cash-forecast", "remote-work", "regular-updates"]


@pytest.mark.parametrize("status", ["done", "not_applicable", None])
def test_what_is_done_not_applicable_or_unanswered_is_not_in_the_plan(checklist, status):
    assert plan(checklist, every(checklist, status)) == ()


def test_an_item_that_the_profile_sets_aside_is_not_in_the_plan(checklist):
    answered = {"lender-relief": "to_do"}
    assert plan(checklist, answered, profile={"borrowing": "no"}) == ()
    overruled = {"lender-relief": Answer(status="to_do", overrule=True)}
    assert plan(checklist, overruled, profile={"borrowing": "no"}) != ()


# What an item asks


def test_a_to_do_gives_its_suggested_actions_each_by_its_own_horizon(checklist):
    actions = plan(checklist, {"lender-relief": "to_do"})
    assert [(a.kind, a.id, a.within, a.owner, a.due) for a in actions] == [
        ("suggested", "list-loans", "48h", "finance", date(2026, 4, 1)),
        ("suggested", "call-lenders", "48h", "management", date(2026, 4, 1)),
        ("suggested", "written-agreement", "2w", "finance", date(2026, 4, 13)),
    ]
    assert actions[0].text["fr"] == checklist.items["lender-relief"].actions[0].text["fr"]


def test_an_unknown_is_verified_first_by_the_horizon_of_its_class(checklist):
    actions = plan(checklist, {"other-revenue": "unknown"})
    assert [(a.kind, a.id, a.within) for a in actions] == [
        ("verify", "verify", "30d"),
        ("suggested", "brainstorm", "2w"),
        ("suggested", "cost-and-test", "30d"),
    ]
    assert actions[0].text == checklist.items["other-revenue"].title
    assert plan(checklist, {"cash-forecast": "unknown"})[0].within == "48h"
    assert plan(checklist, {"supplier-contact": "unknown"})[0].within == "2w"


def test_an_item_in_progress_is_finished_by_its_longest_horizon(checklist):
    (action,) = plan(checklist, {"customer-contact": "in_progress"})
    assert (action.kind, action.id, action.within) == ("finish", "finish", "30d")
    assert action.text == checklist.items["customer-contact"].criteria.done


@pytest.mark.parametrize("layoffs", ["no", None])
def test_without_layoffs_the_layoff_action_is_not_proposed(checklist, layoffs):
    profile = {"layoffs": layoffs} if layoffs else {}
    assert steps(plan(checklist, {"government-support-info": "to_do"}, profile=profile)) == [
        ("government-support-info", "send-measures")
    ]


def test_with_layoffs_the_layoff_action_comes_first_within_48_hours(checklist):
    actions = plan(checklist, {"government-support-info": "to_do"}, profile={"layoffs": "yes"})
    assert [(a.id, a.within) for a in actions] == [("layoff-records", "48h"), ("send-measures", "2w")]


# Due dates

DUES = [
    # From Monday 30 March 2026 and the six days after it.
    (0, "48h", date(2026, 4, 1)),
    (1, "48h", date(2026, 4, 2)),
    (2, "48h", date(2026, 4, 3)),
    (3, "48h", date(2026, 4, 6)),  # Saturday
    (4, "48h", date(2026, 4, 6)),  # Sunday
    (5, "48h", date(2026, 4, 6)),
    (6, "48h", date(2026, 4, 7)),
    (0, "2w", date(2026, 4, 13)),
    (5, "2w", date(2026, 4, 20)),  # a Saturday, to a Saturday, to its Monday
    (6, "2w", date(2026, 4, 20)),
    (0, "30d", date(2026, 4, 29)),
    (3, "30d", date(2026, 5, 4)),
    (0, "1h", date(2026, 3, 31)),  # a part of a day is a day
    (0, "3d", date(2026, 4, 2)),
]


@pytest.mark.parametrize(("later", "within", "expected"), DUES)
def test_a_due_date_counts_from_the_start_and_a_weekend_waits_for_monday(later, within, expected):
    assert due_date(MONDAY + timedelta(days=later), within) == expected


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.sampled_from(["48h", "2w", "30d", "999d"]))
def test_no_due_date_falls_on_a_weekend_nor_before_its_horizon(start, within):
    due = due_date(start, within)
    assert due.weekday() < 5
    assert timedelta(days=days(within)) <= due - start <= timedelta(days=days(within) + 2)


def test_due_dates_count_from_the_day_the_plan_was_first_shown(checklist):
    actions = plan(checklist, {"cash-forecast": "to_do"}, today=date(2026, 6, 1), plan_started_on=MONDAY)
    assert actions[0].due == date(2026, 4, 1)
    assert plan(checklist, {"cash-forecast": "to_do"}, today=date(2026, 6, 1))[0].due == date(2026, 6, 3)


# Owners


def test_with_no_staff_owners_are_proposed_among_the_board(checklist):
    answered = every(checklist, "to_do", cash_forecast="unknown", scale_back="in_progress")
    actions = plan(checklist, answered, profile={"staff": "0"})
    assert actions
    assert {action.owner for action in actions} == {"board"}


@pytest.mark.parametrize("profile", [{}, {"staff": "1-9"}, {"staff": "50+"}])
def test_with_staff_or_not_known_owners_are_those_of_the_checklist(checklist, profile):
    actions = plan(checklist, {"government-support-info": "to_do", "cash-forecast": "to_do"}, profile=profile)
    assert [action.owner for action in actions] == ["finance", "finance", "human-resources"]


# What the manager changed


def test_the_managers_owner_due_date_and_comment_stand_beside_what_was_proposed(checklist):
    changed = Planned(owner="Ana", due=date(2026, 4, 4), comment="avec Luc")
    first = plan(checklist, {"cash-forecast": "to_do"}, plan={"cash-forecast": {"quick-runway": changed}})[0]
    assert (first.owner, first.due, first.comment) == ("Ana", date(2026, 4, 4), "avec Luc")
    assert (first.proposed_owner, first.proposed_due) == ("finance", date(2026, 4, 1))


def test_an_owner_left_empty_on_purpose_stays_empty(checklist):
    changed = {"cash-forecast": {"quick-runway": Planned(owner="")}}
    assert plan(checklist, {"cash-forecast": "to_do"}, plan=changed)[0].owner == ""


@given(assessments())
def test_what_is_set_aside_stays_in_the_plan_and_in_its_place(checklist, assessment):
    before = evaluate(checklist, assessment, MONDAY).plan
    aside = {a.item.id: {a.id: Planned(set_aside=True)} for a in before}
    after = evaluate(checklist, assessment.model_copy(update={"plan": aside}), MONDAY).plan
    assert steps(after) == steps(before)
    assert [a for a in after if a.set_aside] or not before


def test_own_actions_close_their_class(checklist):
    actions = plan(
        checklist,
        {"cash-forecast": "to_do", "supplier-contact": "to_do"},
        own_actions=(OWN, OWN.model_copy(update={"priority": "P2", "id": UUID(int=8), "item": None})),
    )
    assert [(a.kind, a.priority) for a in actions] == [
        ("suggested", "P1"), ("suggested", "P1"), ("own", "P1"),
        ("suggested", "P2"), ("suggested", "P2"), ("own", "P2"),
    ]  # fmt: skip
    own = actions[2]
    assert (own.text, own.owner, own.due, own.item.id) == ("Appeler la caisse", "finance", None, "lender-relief")


def test_an_own_action_about_an_item_or_a_class_nobody_knows_is_kept(checklist):
    strange = OWN.model_copy(update={"item": "old-item", "priority": "P9"})
    actions = plan(checklist, {"community-roots": "to_do"}, own_actions=(strange,))
    assert [(a.kind, a.priority) for a in actions] == [("suggested", "P3"), ("own", "P9")]
    assert actions[-1].item is None


def test_a_quick_win_has_impact_and_little_effort(checklist):
    actions = plan(checklist, every(checklist, "to_do"))
    wins = {row.id for row in method.TABLE if row.impact >= 2 and row.effort == 1}
    assert {a.item.id for a in actions if a.quick_win} == wins


# Where to begin, and what is missing


def test_the_first_page_shows_the_first_action_of_the_first_five_items(checklist):
    actions = plan(checklist, every(checklist, "to_do"))
    assert steps(first_actions(actions)) == [
        ("board-position", "convene-board"),
        ("staff-position", "send-message"),
        ("leave-and-pay", "secure-payroll"),
        ("customer-contact", "publish-services"),
        ("cash-forecast", "quick-runway"),
    ]


def test_what_is_set_aside_makes_room_on_the_first_page(checklist):
    aside = {
        "board-position": {"convene-board": Planned(set_aside=True)},
        "staff-position": {"send-message": Planned(set_aside=True)},
    }
    first = first_actions(plan(checklist, every(checklist, "to_do"), plan=aside))
    assert [action.item.id for action in first] == [
        "board-position", "leave-and-pay", "customer-contact", "cash-forecast", "lender-relief",
    ]  # fmt: skip
    assert first[0].id == "record-decision"


def test_missing_names_what_would_leave_holes_in_the_printed_plan(checklist):
    assessment = assess(
        {
            **every(checklist, "done"),
            "cash-forecast": "to_do",
            "supplier-contact": "to_do",
            "community-roots": None,
            "other-revenue": "not_applicable",
            "scale-back": Answer(status="not_applicable", reason="Rien à réduire"),
        },
        plan={
            "cash-forecast": {"quick-runway": Planned(owner=" ", due=date(2026, 3, 27))},
            "supplier-contact": {"name-key-suppliers": Planned(owner="", due=MONDAY)},
        },
    )
    found = evaluate(checklist, assessment, MONDAY).missing
    assert steps(found.without_owner) == [("cash-forecast", "quick-runway")]
    assert steps(found.past) == [("cash-forecast", "quick-runway")]
    assert [s.item.id for s in found.unanswered] == ["community-roots"]
    assert [s.item.id for s in found.without_reason] == ["other-revenue"]


def test_what_is_set_aside_is_not_missing_anything(checklist):
    assessment = assess(
        {"staff-position": "to_do"},
        plan={"staff-position": {"send-message": Planned(owner="", due=date(2026, 1, 1), set_aside=True)}},
    )
    found = evaluate(checklist, assessment, MONDAY).missing
    assert (found.without_owner, found.past) == ((), ())
