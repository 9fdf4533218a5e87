"""What the manager says: each change makes a new assessment, and nothing said is lost on the way."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import given

from pensebete.assessment import dossier_file
from pensebete.assessment.edits import (
    new_cycle,
    with_answer,
    with_choice,
    with_details,
    with_own_action,
    with_planned,
    without_own_action,
)
from pensebete.assessment.model import Answer, OwnAction, Planned
from pensebete.assessment.profile import known_choices, settled, unknown_ids
from tests.builders import NOW, assess, assessments, profiles

OWN = OwnAction(id=UUID(int=1), item="lender-relief", text="Appeler la caisse", priority="P1")


def test_a_change_leaves_the_assessment_it_started_from_untouched():
    before = assess({"cash-forecast": "done"}, profile={"staff": "0"})
    copy = before.model_copy(deep=True)
    with_choice(before, "staff", None, NOW)
    with_answer(before, "cash-forecast", NOW, status=None)
    with_planned(before, "cash-forecast", "quick-runway", NOW, owner="Ana")
    with_own_action(before, OWN, NOW)
    assert before == copy


def test_every_change_is_dated():
    assert with_details(assess(), NOW, organisation="Coop du Fleuve").updated_at == NOW


def test_an_answer_is_dated_when_its_status_changes_and_not_when_its_note_does():
    noted = with_answer(assess(), "cash-forecast", NOW, note="Fichier de Paul")
    assert noted.answer("cash-forecast") == Answer(note="Fichier de Paul")
    answered = with_answer(noted, "cash-forecast", NOW, status="done")
    assert answered.answer("cash-forecast") == Answer(status="done", note="Fichier de Paul", answered_at=NOW)
    taken_back = with_answer(answered, "cash-forecast", NOW, status=None)
    assert taken_back.answer("cash-forecast") == Answer(note="Fichier de Paul")


def test_an_answer_taken_back_whole_leaves_no_trace():
    assessment = with_answer(assess({"cash-forecast": "done"}), "cash-forecast", NOW, status=None)
    assert assessment.answers == {}


@pytest.mark.parametrize("nothing", [None, (), ""])
def test_a_choice_taken_back_leaves_no_trace(nothing):
    assert with_choice(assess(profile={"staff": "0"}), "staff", nothing, NOW).profile == {}


def test_a_change_of_the_plan_taken_back_leaves_no_trace():
    planned = with_planned(assess(), "lender-relief", "list-loans", NOW, owner="Ana", comment="vendredi")
    assert planned.planned("lender-relief", "list-loans") == Planned(owner="Ana", comment="vendredi")
    assert with_planned(planned, "lender-relief", "list-loans", NOW, owner=None, comment="").plan == {}


def test_a_due_date_taken_away_goes_into_the_file_and_a_new_cycle_proposes_it_again(checklist):
    undated = with_planned(assess(id=UUID(int=3)), "lender-relief", "list-loans", NOW, undated=True)
    assert dossier_file.read(dossier_file.dump(undated), checklist) == undated
    assert b"undated" not in dossier_file.dump(with_planned(undated, "lender-relief", "list-loans", NOW, undated=False))
    assert new_cycle(undated, UUID(int=4), NOW, frozenset()).plan == {}


def test_an_own_action_is_added_replaced_and_removed_by_its_id():
    other = OWN.model_copy(update={"id": UUID(int=2)})
    both = with_own_action(with_own_action(assess(), OWN, NOW), other, NOW)
    changed = with_own_action(both, OWN.model_copy(update={"text": "Écrire"}), NOW)
    assert [own.text for own in changed.own_actions] == ["Écrire", "Appeler la caisse"]
    assert without_own_action(changed, OWN.id, NOW).own_actions == (other,)


@given(profiles())
def test_known_choices_are_those_of_the_checklist_and_no_empty_list(checklist, profile):
    known = known_choices(checklist, {**profile, "no-such-question": "yes"})
    several = {
        q: (c,) if isinstance(c, str) else tuple(sorted(c, key=_place(checklist, q))) for q, c in profile.items()
    }
    assert known == {q: c if len(c) == 1 else tuple(o for o in c if o != "none") for q, c in several.items() if c}


def _place(checklist, question):
    return [option.id for option in checklist.questions[question].options].index


def test_every_id_the_checklist_does_not_know_is_named_once(checklist):
    assessment = assess(
        {"cash-forecast": "done", "old-item": "done"},
        profile={"staff": "a-dozen", "no-such-question": "yes", "operations": ("stock", "bakery")},
        plan={
            "lender-relief": {"list-loans": {}, "verify": {}, "finish": {}, "old-action": {}},
            "old-item": {"some-action": {}},
        },
        own_actions=(OWN, OWN.model_copy(update={"item": "old-item"}), OWN.model_copy(update={"item": None})),
    )
    assert sorted(unknown_ids(checklist, assessment)) == [
        "answers.old-item",
        "own_actions.old-item",
        "plan.lender-relief.old-action",
        "plan.old-item",
        "profile.no-such-question",
        "profile.operations.bakery",
        "profile.staff.a-dozen",
    ]


def test_several_options_for_a_question_that_takes_one_are_no_answer_and_are_named(checklist):
    assert checklist.questions["staff"].choose == "one"
    assessment = assess(profile={"staff": ("0", "10-49"), "layoffs": ("yes",), "operations": ("stock", "online-sales")})
    assert known_choices(checklist, assessment.profile) == {
        "layoffs": ("yes",),
        "operations": ("stock", "online-sales"),
    }
    assert unknown_ids(checklist, assessment) == ["profile.staff"]


@given(assessments())
def test_an_assessment_of_this_checklist_has_no_unknown_id(checklist, assessment):
    assert unknown_ids(checklist, assessment) == []


def test_none_of_these_excludes_what_is_chosen_with_it(checklist):
    both = {"operations": ("stock", "none")}
    assert known_choices(checklist, both) == {"operations": ("stock",)}
    assert known_choices(checklist, {"operations": ("none",)}) == {"operations": ("none",)}


@pytest.mark.parametrize(
    ("before", "tapped", "after"),
    [
        ((), ("none",), ("none",)),
        (("stock", "online-sales"), ("stock", "online-sales", "none"), ("none",)),
        (("none",), ("none", "stock"), ("stock",)),
        (("stock",), ("stock", "online-sales"), ("stock", "online-sales")),
        (("none",), (), ()),
    ],
)
def test_the_last_tap_decides_between_none_of_these_and_the_others(checklist, before, tapped, after):
    assert settled(checklist.questions["operations"], before, tapped) == after
