"""Two moments of a dossier: what the enterprise changed, what the checklist changed, and readiness over time."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pensebete.assessment.edits import new_cycle
from pensebete.assessment.migration import migrate
from pensebete.assessment.model import Answer, OwnAction, Planned
from pensebete.checklist.status import STATUSES
from pensebete.evaluation.action_text import action_text
from pensebete.evaluation.comparison import Moment, compare, trajectory
from pensebete.evaluation.history_text import (
    checklist_words,
    comparison_words,
    moved_action_words,
    new_action_words,
    parts_words,
    points_words,
    score_change_words,
    since_words,
    situation_words,
    trajectory_in_words,
)
from pensebete.text.wording import wording
from tests.builders import CHECKLIST, MONDAY, NOW, assess, assessments, evaluate, every, mended, sound
from tests.unit.assessment.test_migration import RENAMED, TALK, TALK_BELONGS, V2, next_versions

NB = "\u00a0"
FR, EN = wording("fr"), wording("en")
APRIL = date(2026, 4, 3)
OLDER = sound(mended())
OWN = OwnAction(id=UUID(int=1), item="cash", text="Appeler la caisse", priority="P1")


def moment(answers=None, checklist=OLDER, name="avant", day=MONDAY, **details):
    assessment = assess(answers or {}, checklist=checklist.id, **details)
    ref = assessment.checklist.model_copy(update={"version": checklist.version})
    return Moment(name, day, checklist, assessment.model_copy(update={"checklist": ref}))


def compared(before, after, newer=OLDER):
    return compare(moment(before), moment(after, newer, "après", APRIL))


def newer(*changes):
    return sound(mended(V2, *changes))


# The situation


def test_an_answer_that_changed_is_the_situation_and_the_others_are_not_listed():
    comparison = compared({"cash": "to_do", "talk": "done"}, {"cash": "done", "talk": "done"})
    (change,) = comparison.items
    assert (change.item.id, change.before.status, change.after.status) == ("cash", "to_do", "done")
    assert change.situation
    assert change.checklist == change.was == ()
    assert (comparison.situation, comparison.checklist) == ((change,), ())


def test_a_first_answer_and_one_taken_back_are_changes_of_the_situation():
    comparison = compared({"cash": "to_do"}, {"talk": "done"})
    assert [(c.item.id, c.before.status, c.after.status) for c in comparison.situation] == [
        ("cash", "to_do", None),
        ("talk", None, "done"),
    ]


def test_an_item_that_the_profile_sets_aside_since_is_a_change_of_the_situation():
    after = moment({"talk": "done"}, name="après", profile={"staff": "none"})
    (change,) = compare(moment({"talk": "done"}), after).items
    assert (change.before.set_aside, change.after.set_aside) == (False, True)
    assert situation_words(OLDER, change, FR) == (
        f"P1, Parler{NB}: «{NB}Fait{NB}» est devenu «{NB}Mis de côté par le profil{NB}»."
    )


def test_a_note_alone_changes_nothing_that_a_comparison_shows():
    assert compared({"cash": "done"}, {"cash": Answer(status="done", note="Vu", answered_at=NOW)}).empty


# The checklist


@pytest.mark.parametrize(
    ("change", "kinds"),
    [
        (("weight: 1.5", "weight: 3"), ("reweighted",)),
        (("help: {fr: Comptez, en: Count it}", "help: {fr: Calculez, en: Count it}"), ("reworded",)),
        (("help: {fr: Comptez, en: Count it}", "help: {fr: Comptez, en: Do count}"), ()),
        (("        weight: 1.5\n", "        weight: 1.5\n        applies_when: {staff: [some]}\n"), ("conditions",)),
        (("valid_days: 7", "valid_days: 9"), ()),
    ],
)
def test_what_the_checklist_changed_of_an_item_is_told_apart_from_the_situation(change, kinds):
    comparison = compared({"cash": "to_do"}, {"cash": "to_do"}, newer(change))
    assert [(c.item.id, c.checklist, c.situation) for c in comparison.items] == (
        [("cash", kinds, False)] if kinds else []
    )


def test_an_item_set_aside_by_the_newer_checklist_alone_is_not_the_situation():
    gated = newer(("        weight: 1.5\n", "        weight: 1.5\n        applies_when: {staff: [some]}\n"))
    details = {"profile": {"staff": "none"}}
    before, after = moment({"cash": "done"}, **details), moment({"cash": "done"}, gated, **details)
    comparison = compare(before, after)
    assert comparison.situation == ()
    assert (comparison.overall.before.rounded, comparison.overall.read_anew.rounded) == (43, None)


def test_new_retired_and_renamed_items():
    without = newer(TALK, TALK_BELONGS)
    comparison = compared({"talk": "done"}, {"speak": "to_do", "talk": "done"}, without)
    assert [(c.item.id, c.checklist, c.situation) for c in comparison.items] == [
        ("speak", ("new",), True),
        ("talk", ("retired",), False),
    ]
    assert comparison.items[1].before.status == "done"
    assert comparison.items[1].after is None
    renaming = newer(TALK, TALK_BELONGS, RENAMED)
    for after in ({"speak": "done"}, {"talk": "done"}):  # whether or not the later dossier was opened with it yet
        (change,) = compared({"talk": "done"}, after, renaming).items
        assert (change.item.id, change.was, change.checklist, change.situation) == (
            "speak",
            ("talk",),
            ("renamed",),
            False,
        )


def test_an_item_moved_to_another_domain_is_said_so():
    money, people = OLDER.domains
    talk, listen = people.items
    domains = (money.model_copy(update={"items": (*money.items, listen)}), people.model_copy(update={"items": (talk,)}))
    fields = {name: getattr(OLDER, name) for name in type(OLDER).model_fields}
    rearranged = type(OLDER)(**fields | {"domains": domains, "version": "2"})
    (change,) = compared({"listen": "done"}, {"listen": "done"}, rearranged).items
    assert change.checklist == ("domain",)


# The score


def test_the_part_of_the_checklist_and_the_part_of_the_situation_are_told_apart():
    # cash weighs 1.5, talk and listen 2: 1.5 of 5.5 is done; with cash at 6, 6 of 10; then 8 of 10.
    before = {"cash": "done", "talk": "to_do"}
    comparison = compared(before, {"cash": "done", "talk": "done"}, newer(("weight: 1.5", "weight: 6")))
    overall = comparison.overall
    assert [s.rounded for s in (overall.before, overall.read_anew, overall.after)] == [27, 60, 80]
    assert (overall.points, overall.by_checklist, overall.by_situation) == (53, 33, 20)
    assert parts_words(overall, FR) == (
        f"+53 points{NB}: +20 points par ce qui a changé dans l’entreprise, +33 points par la liste seule."
    )
    people = {change.domain.id: change.score for change in comparison.domains}["people"]
    assert (people.points, people.by_checklist, people.by_situation) == (50, 0, 50)
    assert parts_words(people, EN) == "+50 points."


def test_without_an_answer_at_one_of_the_moments_there_are_no_points():
    overall = compared({}, {"cash": "done", "talk": "to_do"}).overall
    assert (overall.points, overall.by_checklist, overall.by_situation) == (None, None, None)
    assert parts_words(overall, FR) == ""
    assert score_change_words(overall, FR) == f"pas encore de réponse, puis 27{NB}%"


def test_a_domain_of_one_checklist_only_is_listed_without_points():
    fields = {name: getattr(OLDER, name) for name in type(OLDER).model_fields}
    shorter = type(OLDER)(**fields | {"domains": OLDER.domains[:1], "version": "2", "renamed": {}})
    comparison = compared({"talk": "done"}, {"cash": "done"}, shorter)
    assert [(c.domain.id, c.score.before is None, c.score.after is None) for c in comparison.domains] == [
        ("money", False, False),
        ("people", False, True),
    ]
    assert comparison.domains[1].score.points is None


# Actions


def test_actions_done_between_are_named_in_the_plan_still_or_not():
    started = {"talk": {"write": Planned(state="done"), "meet": Planned(state="under_way")}}
    finished = {
        "talk": {"write": Planned(state="done"), "meet": Planned(state="done"), "verify": Planned(state="done")},
        "cash": {"finish": Planned(state="done"), "bygone": Planned(state="done"), "count": Planned(state="dropped")},
    }
    before = moment({"talk": "unknown"}, plan=started, own_actions=(OWN,))
    done = OWN.model_copy(update={"state": "done"})
    after = moment({"talk": "done"}, plan=finished, own_actions=(done, done.model_copy(update={"id": UUID(int=2)})))
    found = compare(before, after).actions_done
    assert [action_text(action, FR) for action in found] == [
        "Réunir",
        f"À vérifier{NB}: Parler",
        f"Terminer{NB}: Compté",
        "cash · bygone",
        "Appeler la caisse",
        "Appeler la caisse",
    ]
    assert [action.item.id if action.item else None for action in found] == ["talk", "talk", "cash", None] + [
        "cash"
    ] * 2


def test_an_action_done_of_a_retired_item_is_named_by_the_older_checklist():
    after = moment(checklist=newer(TALK, TALK_BELONGS), plan={"talk": {"write": Planned(state="done")}})
    (done,) = compare(moment(), after).actions_done
    assert action_text(done, EN) == "Write"


def test_an_action_of_a_renamed_item_done_already_is_not_done_again():
    plan = {"write": Planned(state="done")}
    after = moment(checklist=newer(TALK, TALK_BELONGS, RENAMED), plan={"speak": plan})
    assert compare(moment(plan={"talk": plan}), after).actions_done == ()


def test_an_action_is_new_where_the_earlier_answers_did_not_call_for_it():
    aside = {"talk": {"write": Planned(set_aside=True)}}
    comparison = compared({"cash": "to_do", "talk": "done"}, {"cash": "in_progress", "talk": "to_do"})
    assert [action.name for action in comparison.actions_new] == ["cash.finish", "talk.write"]
    assert new_action_words(comparison.actions_new[1], FR).startswith("P1 · Écrire, pour le ")
    assert compare(moment({"talk": "done"}), moment({"talk": "to_do"}, plan=aside)).actions_new == ()
    # What a newer checklist asks for is no word of the enterprise's.
    renamed = newer(TALK, TALK_BELONGS, RENAMED)
    assert compared({"talk": "to_do"}, {"speak": "to_do"}, renamed).actions_new == ()


def test_a_due_date_is_moved_where_somebody_chose_one_and_a_new_cycle_lets_go_of_those():
    later = {"talk": {"write": Planned(due=APRIL)}}
    answers = {"talk": "to_do"}
    start = {"plan_started_on": MONDAY}
    before, after = moment(answers, **start), moment(answers, name="après", plan=later, **start)
    (moved,) = compare(before, after).actions_moved
    assert (moved.after.name, moved.after.due) == ("talk.write", APRIL)
    assert moved_action_words(moved, FR).endswith(", puis pour le 3 avril 2026")
    (back,) = compare(after, before).actions_moved
    assert (back.before.due, back.after.due) == (APRIL, moved.before.due)
    undated = moment(answers, name="après", plan={"talk": {"write": Planned(undated=True)}}, **start)
    assert moved_action_words(compare(after, undated).actions_moved[0], EN).endswith(
        ": due April 3, 2026, then no due date"
    )
    other_day = moment(answers, name="après", plan_started_on=APRIL)
    assert compare(before, other_day).actions_moved == ()
    again = replace(before, assessment=new_cycle(after.assessment, UUID(int=9), NOW, frozenset(STATUSES)))
    assert compare(after, again).actions_moved == ()


# In words


def test_the_comparison_in_a_few_sentences():
    before = moment({"cash": "to_do", "talk": "to_do"}, name="le CA")
    plan = {"cash": {"count": Planned(state="done")}}
    comparison = compare(
        before, moment({"cash": "done", "talk": "to_do"}, newer(("weight: 1.5", "weight: 6")), "hier", plan=plan)
    )
    assert comparison_words(comparison, FR) == [
        f"Degré de préparation entre «{NB}le CA{NB}» et «{NB}hier{NB}»{NB}: 0{NB}%, puis 60{NB}%.",
        "+60 points.",
        "1 réponse a changé.",
        "1 élément de la liste a changé.",
        "1 action faite entre les deux.",
    ]
    (change,) = comparison.items
    assert situation_words(OLDER, change, EN) == "M1, Count: “To do” became “Done”."
    assert checklist_words(change, FR) == f"M1, Compter{NB}: poids changé."
    assert comparison_words(compare(before, before), EN) == ["Nothing changed between “le CA” and “le CA”."]


@pytest.mark.parametrize(
    ("points", "french", "english"),
    [
        (13, "+13 points", "+13 points"),
        (1, "+1 point", "+1 point"),
        (0, "0 point", "0 points"),
        (-2, "−2 points", "−2 points"),
    ],
)
def test_points_bear_their_sign(points, french, english):
    assert (points_words(points, FR), points_words(points, EN)) == (french, english)


def test_what_did_not_change_is_not_said():
    (retired,) = compared({"talk": "done"}, {}, newer(TALK, TALK_BELONGS)).items[1:]
    assert situation_words(OLDER, retired, FR) == ""
    (answered,) = compared({}, {"cash": "done"}).items
    assert checklist_words(answered, FR) == ""


# Over time


def test_the_trajectory_is_readiness_at_each_moment_in_the_order_of_dates():
    april = moment({"cash": "done"}, name="CA", day=APRIL)
    march = moment({"cash": "to_do"}, name="début")
    points = trajectory([april, march], APRIL)
    assert [(p.date, p.name, p.score.rounded) for p in points] == [(MONDAY, "début", 0), (APRIL, "CA", 27)]
    assert points[1].score == evaluate(OLDER, april.assessment).readiness.overall


def test_a_moment_is_as_of_the_local_day_it_was_last_changed_and_today_stands_beside_it():
    """Scores depend on the day: « 85 % le 2 mars · 45 % aujourd’hui, 6 à reconfirmer »."""
    at = datetime(2026, 3, 29, 1, 30, tzinfo=UTC)  # 21:30 on the 28th in Quebec
    done = {"cash": Answer(status="done", answered_at=at), "talk": "done", "listen": "done"}
    frozen = replace(moment(done, name="CA", day=APRIL, updated_at=at), zone=ZoneInfo("America/Toronto"))
    (point,) = trajectory([frozen], date(2026, 4, 20))
    assert point.date == date(2026, 3, 28)
    assert (point.score.rounded, point.score.expired) == (100, 0)
    assert (point.today.rounded, point.today.expired) == (86, 1)
    assert since_words(point.score, point.today, FR) == f"86{NB}% aujourd’hui, 1 à reconfirmer"
    assert f"100{NB}% · 86{NB}% aujourd’hui" in trajectory_in_words([point], FR)
    assert since_words(point.score, point.score, FR) == ""


def test_an_answer_that_expired_between_two_moments_is_a_change_of_the_situation():
    done = {"cash": Answer(status="done", answered_at=NOW), "talk": "to_do"}
    before, after = moment(done, updated_at=NOW), moment(done, name="après", updated_at=NOW)
    comparison = compare(before, replace(after, date=APRIL + timedelta(days=30), today=True))
    (change,) = comparison.situation
    assert situation_words(OLDER, change, FR) == f"M1, Compter{NB}: «{NB}Fait{NB}» est devenu «{NB}À reconfirmer{NB}»."
    assert comparison.overall.by_situation < 0


def test_the_chart_over_time_is_told_in_words():
    points = trajectory(
        [
            moment(name="rien encore"),
            moment({"cash": "done", "talk": "to_do"}, name="CA", day=APRIL),
            moment({"cash": "unknown", "talk": "done"}, name="", day=APRIL + timedelta(days=60)),
        ],
        APRIL,
    )
    words = trajectory_in_words(points, FR)
    assert words.startswith("Degré de préparation dans le temps. 2026-03-30, rien encore")
    assert f"2026-04-03, CA{NB}: 27{NB}%, jusqu’à" in words
    assert f"2026-06-02{NB}: 36{NB}%" in words
    assert trajectory_in_words((), EN) == "Readiness over time."


# Whatever was answered, whatever the staff publish


@st.composite
def two_moments(draw):
    """Answers before and after, the later ones by the newer checklist's ids."""
    after = draw(next_versions())
    before = moment_of(draw(assessments()), CHECKLIST)
    return before, moment_of(draw(assessments(after)), after, APRIL)


def moment_of(assessment, checklist, day=MONDAY):
    ref = assessment.checklist.model_copy(update={"version": checklist.version})
    return Moment("un moment", day, checklist, assessment.model_copy(update={"checklist": ref}))


@given(two_moments())
def test_a_moment_compared_with_itself_is_empty(moments):
    for one in moments:
        comparison = compare(one, one)
        assert comparison.empty
        for change in (comparison.overall, *(domain.score for domain in comparison.domains)):
            assert {change.points, change.by_checklist, change.by_situation} <= {0, None}


@given(two_moments())
def test_the_two_parts_add_up_to_the_whole(moments):
    comparison = compare(*moments)
    for change in (comparison.overall, *(domain.score for domain in comparison.domains)):
        if None not in (change.by_checklist, change.by_situation):
            assert change.by_checklist + change.by_situation == change.points
        if change.points is not None:
            assert change.points == change.after.rounded - change.before.rounded


@given(two_moments())
def test_the_scores_are_those_each_moment_showed(moments):
    before, after = moments
    comparison = compare(before, after)
    shown = (
        evaluate(before.checklist, before.assessment, before.day).readiness,
        evaluate(after.checklist, after.assessment, after.day).readiness,
    )
    assert (comparison.overall.before, comparison.overall.after) == (shown[0].overall, shown[1].overall)
    for change in comparison.domains:
        assert change.score.before == shown[0].domains.get(change.domain.id)
        assert change.score.after == shown[1].domains.get(change.domain.id)


@given(two_moments())
def test_the_same_answers_by_a_newer_checklist_are_no_change_of_the_situation(moments):
    before, after = moments
    opened = migrate(before.assessment, after.checklist, before.checklist).assessment
    comparison = compare(before, Moment("après", MONDAY, after.checklist, opened))
    assert comparison.situation == comparison.actions_new == comparison.actions_moved == ()
    assert comparison.overall.by_situation in (0, None)
    assert comparison.overall.read_anew == comparison.overall.after


@given(assessments(), assessments())
def test_the_same_checklist_is_no_change_of_the_checklist(before, after):
    comparison = compare(moment_of(before, CHECKLIST), moment_of(after, CHECKLIST, APRIL))
    assert comparison.checklist == ()
    assert comparison.overall.by_checklist in (0, None)
    assert comparison.overall.before == comparison.overall.read_anew


@given(two_moments())
def test_every_item_of_both_checklists_is_accounted_for_once(moments):
    before, after = moments
    comparison = compare(before, after)
    listed = [change.item.id for change in comparison.items]
    assert len(listed) == len(set(listed))
    told = {*listed, *(id for change in comparison.items for id in change.was)}
    assert set(before.checklist.items) ^ set(after.checklist.items) <= told


@given(st.lists(st.dates(), max_size=6))
def test_the_trajectory_has_a_point_for_each_moment_and_runs_forward(days):
    points = trajectory((moment(every(OLDER, "done"), name=str(n), day=day) for n, day in enumerate(days)), MONDAY)
    assert sorted(point.name for point in points) == sorted(map(str, range(len(days))))
    assert all(one.date <= other.date for one, other in pairwise(points))
