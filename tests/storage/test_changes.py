"""Two people, one dossier: answers merge fact by fact, the newest wins, and what it replaced is shown, never lost."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from os import environ
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pensebete.assessment.edits import (
    with_answer,
    with_choice,
    with_details,
    with_own_action,
    with_planned,
    without_own_action,
)
from pensebete.assessment.field_map import applied, changes, facts_of
from pensebete.assessment.model import OwnAction
from pensebete.storage.changes import mark_seen, save
from pensebete.storage.dossiers import keep, open_link
from pensebete.storage.links import add_link
from tests.builders import NOW, assess
from tests.storage.visit import SAVED_AT, Visit, rows, two_visits

NOTE = ("answer", "cash-forecast", "note")


def noting(text: str):
    return lambda assessment: with_answer(assessment, "cash-forecast", NOW, note=text)


def answering(status: str):
    return lambda assessment: with_answer(assessment, "cash-forecast", NOW, status=status)


def test_what_was_saved_is_there_for_whoever_opens_the_dossier(store):
    kept = keep(store, assess(), "the checklist", NOW)
    Visit.by(store, kept.token).edit(noting("Voir Paul"))
    assert Visit.by(store, kept.token).note() == "Voir Paul"


def test_a_save_dates_the_dossier(store):
    kept = keep(store, assess(), "the checklist", NOW)
    later = NOW + timedelta(hours=1)
    save(store, kept.dossier_id, kept.link_id, 1, {NOTE: "Voir Paul"}, "one", later)
    assert open_link(store, kept.token, NOW).assessment.updated_at == later


def test_one_types_a_note_while_the_other_answers_the_same_item_and_nobody_loses(store):
    one, other = two_visits(store)
    one.edit(noting("Voir Paul"))
    other.edit(answering("done"))
    one.look()
    for visit in (one, other):
        answer = visit.assessment.answer("cash-forecast")
        assert (answer.note, answer.status) == ("Voir Paul", "done")
        assert visit.overwritten == []


def test_the_other_page_learns_what_changed_by_which_link_and_when(store):
    one, other = two_visits(store)
    one.edit(noting("Voir Paul"))
    other.look()
    [change] = other.heard
    assert (change.key, change.value, change.label, change.at) == (NOTE, "Voir Paul", "direction", SAVED_AT)
    assert other.news().others == ()


def test_what_one_takes_away_is_gone_for_the_other(store):
    one, other = two_visits(store)
    one.edit(noting("Voir Paul"))
    other.look()
    one.edit(noting(""))
    other.look()
    [_, change] = other.heard
    assert (change.key, change.value) == (NOTE, None)
    assert other.assessment.answers == {}


def test_the_newest_wins_and_what_it_replaced_unseen_is_told_to_both(store):
    one, other = two_visits(store)
    one.edit(noting("Voir Paul"))
    other.edit(noting("Voir Ana"))
    [told] = other.overwritten
    assert (told.key, told.value, told.label, told.replaced_by_label) == (NOTE, "Voir Paul", "direction", "finance")
    assert (told.written_at, told.replaced_at) == (SAVED_AT, SAVED_AT)
    one.look()
    assert one.overwritten == [told]
    assert one.note() == other.note() == "Voir Ana"


def test_an_overwritten_value_is_told_until_it_is_marked_as_seen(store):
    one, other = two_visits(store)
    one.edit(noting("Voir Paul"))
    other.edit(noting("Voir Ana"))
    [told] = other.overwritten
    for _ in range(2):
        assert one.news().overwritten == (told,)
        one.look()
    mark_seen(store, one.dossier_id, one.link_id, [told.id])
    assert one.news().overwritten == ()
    assert len(rows(store)["overwritten"]) == 1


def test_replacing_what_one_has_seen_is_no_conflict(store):
    one, other = two_visits(store)
    one.edit(noting("Voir Paul"))
    other.look()
    other.edit(noting("Voir Ana"))
    assert other.overwritten == []


def test_both_writing_the_same_is_no_conflict(store):
    one, other = two_visits(store)
    one.edit(noting("Voir Paul"))
    other.edit(noting("Voir Paul"))
    assert other.overwritten == []
    assert one.news().others == ()


def test_a_note_taken_away_by_one_and_changed_by_the_other_leaves_a_trace(store):
    one, other = two_visits(store, with_answer(assess(), "cash-forecast", NOW, note="Voir Paul"))
    one.edit(noting(""))
    other.edit(noting("Voir Paul et Ana"))
    [told] = other.overwritten
    assert told.value is None
    one.look()
    assert one.note() == "Voir Paul et Ana"


def test_two_devices_on_one_link_are_two_people_as_far_as_conflicts_go(store):
    kept = keep(store, assess(), "the checklist", NOW)
    phone, laptop = Visit.by(store, kept.token), Visit.by(store, kept.token)
    phone.edit(noting("Voir Paul"))
    laptop.edit(noting("Voir Ana"))
    [told] = laptop.overwritten
    assert told.value == "Voir Paul"


def test_own_actions_come_in_the_order_they_were_added(store):
    one, other = two_visits(store)
    for number, visit in ((3, one), (1, other), (2, one)):
        visit.edit(lambda a, n=number: with_own_action(a, OwnAction(id=UUID(int=n), text=str(n), priority="P1"), NOW))
    kept = add_link(store, one.dossier_id, one.link_id, "read", "", NOW)
    assert [own.text for own in Visit.by(store, kept.token).assessment.own_actions] == ["3", "1", "2"]


def test_changes_that_make_no_assessment_are_refused_without_telling_what_they_were(store):
    kept = keep(store, assess(), "the checklist", NOW)
    before = rows(store)
    for nonsense in ({("answer", "x", "status"): "Secret"}, {("detail", "checklist"): None}, {("x",): "Secret"}):
        with pytest.raises(ValueError, match="make no assessment") as refused:
            save(store, kept.dossier_id, kept.link_id, 1, nonsense, "one", NOW)
        assert refused.value.__cause__ is None
        assert refused.value.__suppress_context__
    assert rows(store) == before


# Fields that this version of the program does not know


def weighing(value):
    return lambda assessment: with_answer(assessment, "cash-forecast", NOW, weight=value)


@pytest.mark.parametrize("value", [None, False, 0, "", [], {}, {"a": [None, {"b": 1}]}])
def test_a_field_not_known_is_saved_heard_and_told_where_it_was_replaced_unseen(store, value):
    one, other = two_visits(store, assess(weight="light"))
    one.edit(weighing(value))
    other.edit(weighing("heavy"))
    [replaced] = other.overwritten
    assert (replaced.key, replaced.label) == (("answer", "cash-forecast", "weight"), "direction")
    one.look()
    assert one.assessment.answers["cash-forecast"].unknown_fields == {"weight": "heavy"}
    one.edit(lambda assessment: applied(assessment, {replaced.key: replaced.value}))
    other.look()
    for visit in (one, other):
        assert visit.assessment.answers["cash-forecast"].unknown_fields == {"weight": value}
        assert visit.assessment.unknown_fields == {"weight": "light"}
        assert facts_of(open_link(store, visit.token, NOW).assessment) == facts_of(visit.assessment)


# Sent again


def test_a_save_sent_again_is_done_once(store):
    kept = keep(store, assess(), "the checklist", NOW)
    sent = (store, kept.dossier_id, kept.link_id, 1, {NOTE: "Voir Paul"}, "one", NOW)
    first = save(*sent)
    before = rows(store)
    assert save(*sent) == first
    assert rows(store) == before


def test_a_save_sent_again_does_not_undo_what_came_after_it(store):
    one, other = two_visits(store)
    sent = (store, one.dossier_id, one.link_id, 1, {NOTE: "Voir Paul"}, "one", NOW)
    save(*sent)
    other.look()
    other.edit(noting("Voir Ana"))
    again = save(*sent)
    assert (again.changes, again.revision) == ({NOTE: "Voir Ana"}, other.revision)
    assert other.news().others == ()


def test_a_save_sent_again_tells_again_what_it_replaced(store):
    one, other = two_visits(store)
    one.edit(noting("Voir Paul"))
    sent = (store, other.dossier_id, other.link_id, 1, {NOTE: "Voir Ana"}, "one", NOW)
    assert save(*sent).overwritten == save(*sent).overwritten != ()
    assert len(rows(store)["overwritten"]) == 1


def test_the_same_change_id_in_two_dossiers_is_two_saves(store):
    for _ in range(2):
        kept = keep(store, assess(), "the checklist", NOW)
        assert save(store, kept.dossier_id, kept.link_id, 1, {NOTE: "x"}, "one", NOW).revision == 2


# Two pages at once

ITEMS = ["cash-forecast", "lender-relief"]
WORDS = ["", "Voir Paul", "Voir Ana", "Lundi"]
ACTIONS = [UUID(int=n) for n in range(1, 5)]


def owned(id: UUID, text: str) -> OwnAction:
    return OwnAction(id=id, text=text, priority="P1")


EDITS = [
    *(partial(with_answer, item=item, now=NOW, note=text) for item in ITEMS for text in WORDS),
    *(partial(with_answer, item=item, now=NOW, status=status) for item in ITEMS for status in (None, "done", "to_do")),
    *(partial(with_planned, item=i, action="call", now=NOW, owner=text or None) for i in ITEMS for text in WORDS),
    *(partial(with_own_action, action=owned(id, text), now=NOW) for id in ACTIONS for text in WORDS),
    *(partial(without_own_action, action=id, now=NOW) for id in ACTIONS),
    *(partial(with_details, now=NOW, organisation=text) for text in WORDS),
    *(partial(with_choice, question="staff", choice=choice, now=NOW) for choice in (None, "0", "1-9")),
    *(partial(with_details, now=NOW, weight=value) for value in (None, 3, {"a": [None]})),
]


@given(st.randoms(use_true_random=True))
@settings(
    max_examples=30 if environ.get("PENSEBETE_EXPLORE") else 1,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_after_500_interleaved_edits_both_pages_agree_and_no_edit_vanished_without_trace(store, random):
    visits = two_visits(store)
    # Of each fact: its value, and the revision that wrote it. What is replaced unseen must be told, in this order.
    current = {key: (value, 1) for key, value in facts_of(visits[0].assessment).items()}
    unseen, told = [], []
    for _ in range(500):
        visit, edit = random.choice(visits), random.choice(EDITS)
        if random.choice([True, False]):
            visit.look()
        since, known = visit.revision, set(visit.saving.overwritten)
        made = changes(visit.assessment, edit(visit.assessment))
        visit.edit(edit)
        for key, value in made.items():
            replaced, revision = current.get(key, (None, 0))
            if revision > since and replaced == value:
                continue
            if revision > since:
                unseen.append((key, replaced))
            current[key] = (value, visit.revision)
        told += [(one.key, one.value) for one in visit.overwritten if one.id not in known]
    for visit in visits:
        visit.look()
    last = [(one.key, one.value) for visit in visits for one in visit.overwritten]
    anew = add_link(store, visits[0].dossier_id, visits[0].link_id, "read", "", NOW)
    expected = {key: value for key, (value, _) in current.items() if value is not None}
    for visit in (*visits, Visit.by(store, anew.token)):
        assert facts_of(visit.assessment) == expected
    assert sorted(told, key=repr) == sorted(unseen, key=repr)
    assert sorted(last, key=repr) == sorted(2 * unseen, key=repr)
    assert unseen, "some edits did collide"


def test_two_that_write_at_the_very_same_time_take_turns_and_nothing_is_lost(store):
    visits = two_visits(store)
    written = [[f"{name} {n}" for n in range(40)] for name in ("direction", "finance")]

    def write(visit: Visit, texts: list[str]) -> None:
        for text in texts:
            visit.edit(noting(text))

    with ThreadPoolExecutor(2) as both:
        for done in [both.submit(write, visit, texts) for visit, texts in zip(visits, written, strict=True)]:
            done.result()
    for visit in visits:
        visit.look()
    told = {one.value for one in visits[0].overwritten}
    now = {visit.note() for visit in visits}
    assert len(now) == 1
    assert visits[0].revision == visits[1].revision == 81
    # Each text is the one that stands, was replaced by its own author, or is told.
    assert told <= set(written[0] + written[1])
    for texts in written:
        assert texts[-1] in now | told
