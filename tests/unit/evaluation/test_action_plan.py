"""The plan: which items are in it, in which order, and what each asks, of whom, by when."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pensebete.assessment.model import Answer, OwnAction, Planned
from pensebete.checklist.model import days as days_in
from pensebete.evaluation.action_plan import due_date
from pensebete.evaluation.done import done_count
from pensebete.evaluation.first_actions import actions_of, first_actions
from pensebete.evaluation.priority import class_of
from tests import reference_method as method
from tests.builders import MONDAY, NOW, assess, assessments, days, evaluate, every, mended, sound

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
        item = checklist.items["cash-weeks"].model_copy(update={"urgency": urgency, "impact": impact, "effort": effort})
        assert class_of(checklist, item).class_ == expected


ZONES = st.sampled_from(["UTC", "America/Toronto", "Pacific/Auckland"]).map(ZoneInfo)


@given(assessments(), ZONES, st.none() | st.integers(0, 60), st.integers(0, 400))
def test_the_plan_is_that_of_the_method_in_its_order_and_by_its_dates(checklist, assessment, zone, started, later):
    start = None if started is None else date(2026, 3, 2) + timedelta(days=started)
    assessment, today = assessment.model_copy(update={"plan_started_on": start}), MONDAY + timedelta(days=later)
    actions = {id: [(a.id, a.within) for a in item.actions] for id, item in checklist.items.items()}
    found = evaluate(checklist, assessment, today, zone).plan
    assert [(a.item.id, a.id, a.priority, a.due) for a in found] == [
        tuple(act) for act in method.plan(assessment, method.Day(today, zone), actions)
    ]
    assert [a.late for a in found] == [a.due < today and a.kind != "reconfirm" for a in found]


def test_the_whole_order_when_nothing_is_done(checklist):
    firsts = [f"{a.item.ref} {a.id}" for a in plan(checklist, every(checklist, "to_do")) if a.priority == "P1"]
    assert firsts == [
        "L1a quick-runway", "L6 request-early-payment", "L5 list-loans",
        "C1 convene-board", "C2a send-message", "C2b secure-payroll", "RH4a layoff-records", "E1 get-program-list",
        "L8 call-broker", "L2 rank-operations",
        "RH2 choose-channel", "C4 publish-services", "RH3 list-needs",
    ]  # fmt: skip


def test_with_every_item_to_do_at_most_thirteen_actions_are_due_in_48_hours_one_an_item(checklist):
    """There were fourteen, two of some items."""
    first = [a.item.id for a in plan(checklist, every(checklist, "to_do")) if a.due <= date(2026, 4, 1)]
    assert len(first) == len(set(first)) == 13


def test_the_actions_of_an_item_come_at_their_own_priority(checklist):
    """Within P1 an action was due in 30 days, and a two-week one stood before those of 48 hours."""
    actions = plan(checklist, every(checklist, "to_do"))
    assert [a.due for a in actions] == sorted(a.due for a in actions)
    of_loans = [(a.id, a.priority) for a in actions if a.item.id == "lender-relief"]
    assert of_loans == [("list-loans", "P1"), ("call-lenders", "P2"), ("written-agreement", "P2")]


def test_a_horizon_earlier_than_the_class_of_its_item_has_no_effect():
    later = sound(mended(("urgency: 1\n        impact: 2", "urgency: 2\n        impact: 2"),
                         ("within: 2w, owner: board, applies", "within: 48h, owner: board, applies")))  # fmt: skip
    found = plan(later, {"talk": "to_do"}, profile={"operations": ("stock",)})
    assert [(a.id, a.priority, a.due) for a in found] == [
        ("meet", "P2", date(2026, 4, 13)),
        ("write", "P2", date(2026, 4, 13)),
    ]


def test_inside_a_priority_impact_comes_first_then_status_then_what_is_vital_then_effort(checklist):
    actions = plan(
        checklist,
        {
            "cash-weeks": "unknown",  # impact 3, vital, effort 1
            "lender-relief": "unknown",  # impact 3, vital, effort 2
            "board-position": "unknown",  # impact 3, effort 1
            "interruption-insurance": Answer(status="done", answered_at=NOW - timedelta(days=400)),  # impact 2, vital
            "remote-work": "unknown",  # impact 2, effort 3
        },
    )
    refs = [action.item.ref for action in actions]
    assert refs == ["L1a", "L5", "C1", "RH3", "L8"]


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
        ("suggested", "call-lenders", "2w", "management", date(2026, 4, 13)),
        ("suggested", "written-agreement", "2w", "finance", date(2026, 4, 13)),
    ]
    assert actions[0].text["fr"] == checklist.items["lender-relief"].actions[0].text["fr"]


@pytest.mark.parametrize(
    ("item", "priority"), [("other-revenue", "P3"), ("cash-weeks", "P1"), ("supplier-contact", "P2")]
)
def test_an_unknown_gives_only_what_is_to_verify_at_its_class(checklist, item, priority):
    (action,) = plan(checklist, {item: "unknown"})
    assert (action.kind, action.id, action.priority) == ("verify", "verify", priority)
    assert action.text == checklist.items[item].title


def test_an_item_in_progress_is_finished_at_its_longest_horizon(checklist):
    (action,) = plan(checklist, {"customer-contact": "in_progress"})
    assert (action.kind, action.id, action.priority, action.within) == ("finish", "finish", "P2", "2w")
    assert action.text == checklist.items["customer-contact"].criteria.done


def test_a_done_that_had_its_day_is_to_be_reconfirmed_from_today_and_never_late(checklist):
    answers = {"cash-weeks": Answer(status="done", answered_at=NOW)}
    assert plan(checklist, answers, today=date(2026, 4, 4)) == ()
    asked = {"cash-weeks": {"reconfirm": Planned(due=date(2026, 4, 1))}}
    for said in ({}, asked):
        (action,) = plan(checklist, answers, today=date(2026, 4, 7), plan_started_on=MONDAY, plan=said)
        assert (action.kind, action.id, action.priority) == ("reconfirm", "reconfirm", "P1")
        assert action.proposed_due == date(2026, 4, 9)
        assert not action.late
    assert action.text == checklist.items["cash-weeks"].title


@pytest.mark.parametrize("status", ["in_progress", "done", "to_do"])
def test_the_duties_of_layoffs_are_in_the_plan_whatever_is_said_of_the_measures(checklist, status):
    """Layoffs answered yes and RH4 under way or done: nothing about records of employment anywhere."""
    answers = {"government-support-info": status, "layoff-duties": "to_do"}
    found = [a.id for a in plan(checklist, answers, profile={"layoffs": "yes"}) if a.item.id == "layoff-duties"]
    assert found == ["layoff-records", "give-notices"]


# Due dates

DUES = [
    # From Monday 30 March 2026 and the six days after it.
    (0, "48h", date(2026, 4, 1)),
    (1, "48h", date(2026, 4, 2)),
    (2, "48h", date(2026, 4, 7)),  # Good Friday, a weekend, Easter Monday
    (3, "48h", date(2026, 4, 7)),
    (5, "48h", date(2026, 4, 7)),
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
def test_a_due_date_counts_from_the_start_and_waits_for_a_working_day(checklist, later, within, expected):
    assert due_date(checklist, MONDAY + timedelta(days=later), within) == expected


@pytest.mark.parametrize(
    ("holiday", "next_day"),
    [
        ("2026-04-03", "2026-04-07"),  # Good Friday, and the Monday that is a holiday too
        ("2026-05-18", "2026-05-19"),
        ("2026-06-24", "2026-06-25"),
        ("2026-07-01", "2026-07-02"),
        ("2026-09-07", "2026-09-08"),
        ("2026-10-12", "2026-10-13"),
        ("2026-12-25", "2026-12-28"),
        ("2027-01-01", "2027-01-04"),
    ],
)
def test_nothing_is_due_on_a_holiday_of_quebec(checklist, minimal, holiday, next_day):
    start = date.fromisoformat(holiday) - timedelta(days=2)
    assert due_date(checklist, start, "48h") == date.fromisoformat(next_day)
    assert due_date(minimal, start, "48h") == date.fromisoformat(holiday)  # a checklist without a calendar


@pytest.mark.parametrize("worked", ["2026-04-02", "2026-12-28", "2026-11-11", "2026-08-03", "2026-02-16"])
def test_what_is_a_holiday_elsewhere_is_worked(checklist, worked):
    day = date.fromisoformat(worked)
    assert due_date(checklist, day - timedelta(days=2), "48h") == day


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.sampled_from(["48h", "2w", "30d", "999d"]))
def test_no_due_date_falls_on_a_weekend_nor_before_its_horizon(minimal, start, within):
    due = due_date(minimal, start, within)
    assert due.weekday() < 5
    assert timedelta(days=days_in(within)) <= due - start <= timedelta(days=days_in(within) + 2)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_working_days_are_those_of_the_method(checklist, day):
    assert due_date(checklist, day, "48h") == method.working(day + timedelta(days=2))


def test_due_dates_count_from_the_day_the_plan_was_first_shown(checklist):
    actions = plan(checklist, {"cash-weeks": "to_do"}, today=date(2026, 6, 1), plan_started_on=MONDAY)
    assert actions[0].due == date(2026, 4, 1)
    assert plan(checklist, {"cash-weeks": "to_do"}, today=date(2026, 6, 1))[0].due == date(2026, 6, 3)


def test_an_answer_that_comes_later_counts_from_its_own_day(checklist):
    """L5 answered on 25 March in a plan started on 2 March was born due on 4 March, late."""
    later = Answer(status="to_do", answered_at=datetime(2026, 3, 25, 14, tzinfo=UTC))
    actions = plan(checklist, {"lender-relief": later}, today=date(2026, 3, 25), plan_started_on=date(2026, 3, 2))
    assert (actions[0].due, actions[0].late) == (date(2026, 3, 27), False)


def test_that_day_is_local(checklist):
    at_night = Answer(status="to_do", answered_at=datetime(2026, 3, 26, 1, 30, tzinfo=UTC))  # 21:30 on the 25th
    assessment = assess({"lender-relief": at_night}, plan_started_on=date(2026, 3, 2))
    there = evaluate(checklist, assessment, date(2026, 3, 25), ZoneInfo("America/Toronto")).plan
    assert there[0].due == date(2026, 3, 27)
    assert evaluate(checklist, assessment, date(2026, 3, 26)).plan[0].due == date(2026, 3, 30)


@given(days)
def test_an_instant_at_the_end_of_time_is_no_fault(checklist, today):
    last = Answer(status="to_do", answered_at=datetime(9999, 12, 31, 23, 59, tzinfo=UTC))
    done = last.model_copy(update={"status": "done"})
    found = plan(checklist, {"lender-relief": last, "cash-weeks": done}, today=today, plan_started_on=MONDAY)
    assert not any(a.late for a in found)


# Owners


def test_with_no_staff_owners_are_proposed_among_the_board(checklist):
    answered = every(checklist, "to_do", cash_weeks="unknown", scale_back="in_progress")
    actions = plan(checklist, answered, profile={"staff": "0"})
    assert actions
    assert {action.owner for action in actions} == {"board"}


@pytest.mark.parametrize("profile", [{}, {"staff": "1-9"}, {"staff": "50+"}])
def test_with_staff_or_not_known_owners_are_those_of_the_checklist(checklist, profile):
    actions = plan(checklist, {"government-support-info": "to_do", "cash-weeks": "to_do"}, profile=profile)
    assert [action.owner for action in actions] == ["finance", "human-resources"]


# What the manager changed


def test_the_managers_owner_due_date_and_comment_stand_beside_what_was_proposed(checklist):
    changed = Planned(owner="Ana", due=date(2026, 4, 4), comment="avec Luc")
    first = plan(checklist, {"cash-weeks": "to_do"}, plan={"cash-weeks": {"quick-runway": changed}})[0]
    assert (first.owner, first.due, first.comment) == ("Ana", date(2026, 4, 4), "avec Luc")
    assert (first.proposed_owner, first.proposed_due) == ("finance", date(2026, 4, 1))


def test_a_due_date_taken_away_stays_away_and_the_proposal_beside_it(checklist):
    said = {"lender-relief": {"list-loans": Planned(undated=True)}}
    (action, *_) = plan(checklist, {"lender-relief": "to_do"}, plan=said, plan_started_on=date(2026, 1, 5))
    assert (action.due, action.late) == (None, False)
    assert action.proposed_due is not None


def test_how_many_are_done_counts_those_that_left_the_plan_with_their_item(checklist):
    item = checklist.items["lender-relief"]
    done = {item.id: {action.id: Planned(state="done") for action in item.actions}}
    before = evaluate(checklist, assess({item.id: "to_do"}, plan=done))
    after = evaluate(checklist, assess({item.id: "done"}, plan=done))
    assert done_count(before) == done_count(after) == (len(item.actions), len(item.actions))
    aside = {item.id: {item.actions[0].id: Planned(set_aside=True), item.actions[1].id: Planned(state="dropped")}}
    assert done_count(evaluate(checklist, assess({item.id: "to_do"}, plan=aside))) == (0, len(item.actions) - 2)


def test_an_owner_left_empty_on_purpose_stays_empty(checklist):
    changed = {"cash-weeks": {"quick-runway": Planned(owner="")}}
    assert plan(checklist, {"cash-weeks": "to_do"}, plan=changed)[0].owner == ""


@given(assessments())
def test_what_is_set_aside_stays_in_the_plan_and_in_its_place(checklist, assessment):
    before = evaluate(checklist, assessment, MONDAY).plan
    aside = {a.item.id: {a.id: Planned(set_aside=True)} for a in before}
    after = evaluate(checklist, assessment.model_copy(update={"plan": aside}), MONDAY).plan
    assert steps(after) == steps(before)
    assert [a for a in after if a.set_aside] or not before


def test_own_actions_close_their_priority(checklist):
    actions = plan(
        checklist,
        {"cash-weeks": "to_do", "supplier-contact": "to_do"},
        own_actions=(OWN, OWN.model_copy(update={"priority": "P2", "id": UUID(int=8), "item": None})),
    )
    assert [(a.kind, a.priority) for a in actions] == [
        ("suggested", "P1"), ("own", "P1"),
        ("suggested", "P2"), ("suggested", "P2"), ("own", "P2"),
    ]  # fmt: skip
    own = actions[1]
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


def test_first_comes_the_first_action_of_the_first_five_items(checklist):
    actions = plan(checklist, every(checklist, "to_do"))
    assert steps(first_actions(actions)) == [
        ("cash-weeks", "quick-runway"),
        ("public-payment", "request-early-payment"),
        ("lender-relief", "list-loans"),
        ("board-position", "convene-board"),
        ("staff-position", "send-message"),
    ]


def test_what_is_set_aside_makes_room_and_its_item_comes_at_its_next_action(checklist):
    aside = {
        "cash-weeks": {"quick-runway": Planned(set_aside=True)},
        "lender-relief": {"list-loans": Planned(state="done")},
    }
    first = first_actions(plan(checklist, every(checklist, "to_do"), plan=aside))
    assert [action.item.ref for action in first] == ["L6", "C1", "C2a", "C2b", "RH4a"]
    only = {"lender-relief": "to_do", "board-position": "to_do"}
    first = first_actions(plan(checklist, only, plan=aside))
    assert steps(first) == [("board-position", "convene-board"), ("lender-relief", "call-lenders")]


def test_an_own_action_is_an_item_of_its_own(checklist):
    first = first_actions(plan(checklist, {"lender-relief": "to_do"}, own_actions=(OWN,)))
    assert steps(first) == [("lender-relief", "list-loans"), ("lender-relief", str(OWN.id))]


def test_two_to_verify_are_one_line_of_the_earliest_and_nothing_takes_the_place_left(checklist):
    said = {
        "cash-weeks": {"verify": Planned(owner="Luc")},
        "board-position": {"verify": Planned(due=MONDAY, owner="Ana")},
    }
    answers = every(checklist, "to_do", cash_weeks="unknown", board_position="unknown")
    found = plan(checklist, answers, plan=said)
    first = first_actions(found)
    assert [(a.kind, a.item.ref if a.item else a.text) for a in first] == [
        ("verify_together", "L1a, C1"),
        ("suggested", "L6"),
        ("suggested", "L5"),
        ("suggested", "C2a"),
    ]
    assert (first[0].owner, first[0].due, first[0].stands_for) == ("Ana", MONDAY, 2)
    assert [a.item.ref for a in actions_of(found, first[0])] == ["L1a", "C1"]
    assert sum(a.kind == "verify" for a in found) == 2
    alone = first_actions(plan(checklist, every(checklist, "to_do", cash_weeks="unknown")))
    assert alone[0].kind == "verify"


def refs(actions):
    return [action.item.ref if action.item else action.text for action in actions]


def test_what_is_put_off_waits_behind_its_class_and_what_is_due_by_then_and_is_back_on_its_day(checklist):
    answers = {"cash-weeks": "to_do", "lender-relief": "to_do", "board-position": "to_do", "cash-forecast": "to_do"}
    own = OWN.model_copy(update={"due": date(2026, 4, 20)})

    def firsts(day, today=MONDAY):
        said = {"cash-weeks": {"quick-runway": Planned(due=day)}}
        made = assess(answers, plan=said, own_actions=(own,), plan_started_on=MONDAY)
        return refs(evaluate(checklist, made, today).first_actions)

    # Of the first class are L1a, L5 and C1, for 1 April; of the second L1b, for 13 April, and an own action.
    own_ref = "L5"
    assert firsts(None) == ["L1a", "L5", "C1", "L1b", own_ref]
    assert firsts(date(2026, 3, 31)) == ["L5", "C1", "L1a", "L1b", own_ref]
    assert firsts(date(2026, 4, 10)) == ["L5", "C1", "L1a", "L1b", own_ref], "what presses less and later stays behind"
    assert firsts(date(2026, 4, 13)) == ["L5", "C1", "L1b", "L1a", own_ref]
    assert firsts(date(2026, 5, 13)) == ["L5", "C1", "L1b", own_ref, "L1a"]
    assert firsts(date(2026, 4, 10), today=date(2026, 4, 10)) == firsts(None, today=date(2026, 4, 10))
    assert firsts(date(2026, 4, 10), today=date(2026, 4, 10))[0] == "L1a"


def test_what_is_put_off_for_long_hides_no_action_of_its_item_that_is_due_before(checklist):
    def firsts(day, today):
        said = {"board-position": {"convene-board": Planned(due=day)}}
        made = assess({"board-position": "to_do"}, plan=said, plan_started_on=MONDAY)
        return [action.id for action in evaluate(checklist, made, today).first_actions]

    far, may = date(2026, 5, 29), date(2026, 5, 9)
    assert firsts(far, MONDAY) == firsts(far, may) == ["record-decision"]  # on 9 May it is late
    assert firsts(far, far) == ["convene-board"]
    assert firsts(date(2026, 4, 2), MONDAY) == ["convene-board"]  # the one after it can wait as long


def test_nothing_waits_before_what_is_late(checklist):
    said = {"cash-weeks": {"quick-runway": Planned(due=date(2026, 4, 3))}}
    answers = {"cash-weeks": "to_do", "cash-forecast": "to_do"}
    late = OWN.model_copy(update={"due": date(2026, 3, 20), "priority": "P4"})
    waits = evaluate(checklist, assess(answers, plan=said, plan_started_on=MONDAY))
    assert waits.first_actions[0].id == "quick-runway"  # the other presses less, and later
    found = evaluate(checklist, assess(answers, plan=said, own_actions=(late,), plan_started_on=MONDAY))
    assert [action.id for action in found.first_actions][:2] == [str(OWN.id), "quick-runway"]


def test_all_put_off_they_follow_each_other_by_their_days(checklist):
    said = {
        "cash-weeks": {"quick-runway": Planned(due=date(2026, 4, 3))},
        "lender-relief": {"list-loans": Planned(due=date(2026, 4, 2))},
    }
    found = plan(checklist, {"cash-weeks": "to_do", "lender-relief": "to_do"}, plan=said)
    assert refs(first_actions(found)) == ["L5", "L1a"]


def test_to_put_off_what_is_to_verify_brings_none_of_it_back_before_its_day(checklist):
    unknown = every(checklist, "unknown")
    before = first_actions(plan(checklist, unknown))
    (together,) = before
    put_off = {
        one.item.id: {"verify": Planned(due=date(2026, 4, 8))} for one in actions_of(plan(checklist, unknown), together)
    }
    after = first_actions(plan(checklist, unknown, plan=put_off))
    assert [line.kind for line in after] == ["verify_together"]
    assert not after[0].put_off
    assert not set(after[0].text.split(", ")) & set(together.text.split(", "))


def test_this_week_are_seven_lines_late_or_due_within_seven_days(checklist):
    answers = every(checklist, "to_do")
    found = evaluate(checklist, assess(answers, plan_started_on=date(2026, 3, 9)), MONDAY).this_week
    assert len(found) == 7
    assert all(a.due <= date(2026, 4, 6) for a in found)
    unknown = evaluate(checklist, assess(every(checklist, "unknown")), MONDAY).this_week
    assert [a.kind for a in unknown] == ["verify_together"]
    assert unknown[0].stands_for == 13


def test_missing_names_what_would_leave_holes_in_the_printed_plan(checklist):
    assessment = assess(
        {
            **every(checklist, "done"),
            "cash-weeks": "to_do",
            "supplier-contact": "to_do",
            "community-roots": None,
            "other-revenue": Answer(status="not_applicable"),
            "scale-back": Answer(status="not_applicable", reason="Rien à réduire"),
        },
        plan={
            "cash-weeks": {"quick-runway": Planned(owner=" ", due=date(2026, 3, 27))},
            "supplier-contact": {"name-key-suppliers": Planned(owner="", due=MONDAY)},
        },
    )
    found = evaluate(checklist, assessment, MONDAY).missing
    assert steps(found.without_owner) == [("cash-weeks", "quick-runway")]
    assert steps(found.late) == [("cash-weeks", "quick-runway")]
    assert [s.item.id for s in found.unanswered] == ["community-roots"]
    assert [s.item.id for s in found.without_reason] == ["other-revenue"]


def test_what_is_set_aside_is_not_missing_anything(checklist):
    assessment = assess(
        {"staff-position": "to_do"},
        plan={"staff-position": {"send-message": Planned(owner="", due=date(2026, 1, 1), set_aside=True)}},
    )
    found = evaluate(checklist, assessment, MONDAY).missing
    assert (found.without_owner, found.late) == ((), ())
