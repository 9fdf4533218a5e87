"""An assessment as facts: taken apart and put together again, whatever was written; and changes that do not collide."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pensebete.assessment.edits import (
    confirmed,
    with_answer,
    with_details,
    with_own_action,
    with_planned,
    without_own_action,
)
from pensebete.assessment.field_map import applied, assembled, changes, facts_of, key_of, key_text, value_text
from pensebete.assessment.model import Answer, Assessment, OwnAction, Planned
from tests.builders import NOW, assess, keys, own_actions, written_dossiers

EMPTY = assess()
FIRST, SECOND, THIRD = (
    OwnAction(id=UUID(int=n), text=text, priority="P1") for n, text in enumerate(["Appeler", "Écrire", "Attendre"])
)


def same(one: Assessment, other: Assessment) -> bool:
    """Equal but for when it was last changed."""
    return one == other.model_copy(update={"updated_at": one.updated_at})


@given(written_dossiers, written_dossiers)
def test_what_changed_from_one_assessment_to_another_turns_the_one_into_the_other(before, after):
    assert same(applied(before, changes(before, after)), after)


@given(written_dossiers)
def test_the_facts_of_an_assessment_make_it_again(assessment):
    assert same(assembled(facts_of(assessment)), assessment)


@given(written_dossiers)
def test_from_an_assessment_to_itself_nothing_changes(assessment):
    assert changes(assessment, assessment) == {}


@given(written_dossiers)
def test_no_fact_is_nothing_since_nothing_means_taken_away(assessment):
    assert None not in facts_of(assessment).values()


@given(st.lists(own_actions, max_size=3), st.randoms())
def test_own_actions_put_in_another_order_stay_in_that_order(actions, random):
    before = assess(own_actions=tuple(actions))
    random.shuffle(actions)
    after = assess(own_actions=tuple(actions))
    assert applied(before, changes(before, after)).own_actions == after.own_actions


def test_two_own_actions_of_a_file_with_the_same_id_are_both_kept():
    twins = assess(own_actions=(FIRST, SECOND.model_copy(update={"id": FIRST.id}), FIRST))
    assert assembled(facts_of(twins)) == twins


@given(st.lists(keys, min_size=1, max_size=4).map(tuple))
def test_a_key_can_be_written_as_a_text_whatever_its_parts_hold(key):
    assert key_of(key_text(key)) == key


@given(written_dossiers)
def test_no_two_keys_have_the_same_text(assessment):
    facts = facts_of(assessment)
    assert len({key_text(key) for key in facts}) == len(facts)


def test_values_that_are_equal_have_equal_texts():
    assert value_text({"status": "done", "answered_at": "x"}) == value_text({"answered_at": "x", "status": "done"})


def test_a_key_reads_as_a_place():
    assessment = assess(
        {"board-position": Answer(status="done", note="Résolution", answered_at=NOW)},
        organisation="Coop du Fleuve",
        profile={"operations": ("stock",)},
        plan={"lender-relief": {"list-loans": Planned(owner="finance")}},
        own_actions=(FIRST,),
    )
    assert facts_of(assessment) == {
        ("detail", "checklist"): {"id": "covid-19", "version": "2026.2"},
        ("detail", "organisation"): "Coop du Fleuve",
        ("profile", "operations"): ["stock"],
        ("answer", "board-position", "status"): {"status": "done", "answered_at": "2026-03-28T14:30:00Z"},
        ("answer", "board-position", "note"): "Résolution",
        ("plan", "lender-relief", "list-loans", "owner"): "finance",
        ("own", str(FIRST.id)): {"id": str(FIRST.id), "text": "Appeler", "priority": "P1"},
    }


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (lambda a: with_answer(a, "x", NOW, note="Voir Paul"), lambda a: with_answer(a, "x", NOW, status="done")),
        (lambda a: with_answer(a, "x", NOW, reason="Aucun stock"), lambda a: with_answer(a, "x", NOW, overrule=True)),
        (
            lambda a: with_planned(a, "x", "call", NOW, owner="Ana"),
            lambda a: with_planned(a, "x", "call", NOW, comment="Lundi"),
        ),
        (lambda a: with_own_action(a, FIRST, NOW), lambda a: with_own_action(a, SECOND, NOW)),
        (lambda a: with_details(a, NOW, organisation="Coop"), lambda a: with_details(a, NOW, prepared_by="Ana")),
    ],
)
def test_what_two_people_do_apart_is_all_there_whoever_comes_first(one, other):
    ones, others = changes(EMPTY, one(EMPTY)), changes(EMPTY, other(EMPTY))
    assert not ones.keys() & others.keys()
    assert facts_of(applied(applied(EMPTY, ones), others)) == facts_of(applied(applied(EMPTY, others), ones))


def test_a_status_confirmed_by_one_and_changed_by_another_never_becomes_a_mix_of_both():
    before = with_answer(EMPTY, "x", NOW.replace(day=1), status="done")
    confirms = changes(before, confirmed(before, "x", NOW))
    answers = changes(before, with_answer(before, "x", NOW.replace(hour=9), status="to_do"))
    assert confirms.keys() == answers.keys() == {("answer", "x", "status")}


def test_new_own_actions_come_after_those_that_were_there():
    mine = with_own_action(with_own_action(EMPTY, FIRST, NOW), SECOND, NOW)
    theirs = changes(mine, with_own_action(without_own_action(mine, FIRST.id, NOW), THIRD, NOW))
    assert applied(mine, theirs).own_actions == (SECOND, THIRD)


@pytest.mark.parametrize(
    "nonsense",
    [
        {("detail", "language"): "FRENCH"},
        {("answer", "x", "status"): {"status": "perhaps"}},
        {("answer", "x", "status"): 3},
        {("answer",): "x"},
        {("opinion", "x"): "x"},
        {("profile", "x"): "a", ("profile", "x", "y"): "b"},
        {("own", "x"): {"text": "No priority"}},
    ],
)
def test_facts_that_make_no_assessment_are_refused(nonsense):
    with pytest.raises((ValueError, TypeError)):
        applied(EMPTY, nonsense)
