"""A dossier is kept, opened by its link and by nothing else, and leaves nothing behind once deleted."""

from __future__ import annotations

import logging
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from pensebete.assessment import dossier_file
from pensebete.assessment.edits import with_answer
from pensebete.assessment.field_map import changes
from pensebete.assessment.model import Answer
from pensebete.assessment.review.model import Review
from pensebete.storage.calendars import add_calendar, read_calendar
from pensebete.storage.changes import save
from pensebete.storage.dossiers import delete_dossier, keep, open_link
from pensebete.storage.errors import LinkGoneError
from pensebete.storage.links import add_link, renew, revoke
from pensebete.storage.milestones import add_milestone, milestones_of
from pensebete.storage.retention import purge
from tests.builders import NOW, assess, written_dossiers
from tests.storage.visit import SAVED_AT, Visit, rows, two_visits
from tests.unit.assessment.review.reviews import remark

SAID = assess({"cash-forecast": Answer(status="done", note="Marge chez Desjardins")}, organisation="Coop du Fleuve")


@given(written_dossiers)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_was_kept_is_opened_again(store, assessment):
    kept = keep(store, assessment, "the checklist", NOW)
    opened = open_link(store, kept.token, NOW)
    dated = assessment.model_copy(update={"updated_at": NOW})
    assert opened.assessment == dated
    assert dossier_file.dump(opened.assessment) == dossier_file.dump(dated)
    assert (opened.dossier_id, opened.link_id, opened.access) == (kept.dossier_id, kept.link_id, "write")


@given(written_dossiers, written_dossiers)
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_a_dossier_is_changed_to_is_opened_again_and_frozen_in_a_milestone(store, before, after):
    kept = keep(store, before, "the checklist", NOW)
    save(store, kept.dossier_id, kept.link_id, 1, changes(before, after), "one", NOW, "the next checklist")
    dated = after.model_copy(update={"updated_at": NOW})
    assert open_link(store, kept.token, NOW).assessment == dated
    add_milestone(store, kept.dossier_id, kept.link_id, "Avant le CA", NOW.date(), NOW)
    [milestone] = milestones_of(store, kept.dossier_id, kept.link_id)
    assert milestone.assessment == dated


def test_ids_as_long_and_as_odd_as_a_file_may_hold_are_kept(store):
    longest = assess(plan={"\0" * 200: {"\U0010ffff" * 200: {"comment": "\0"}, '"' * 200: {"set_aside": True}}})
    kept = keep(store, longest, "the checklist", NOW, "label\0")
    assert open_link(store, kept.token, NOW).assessment.plan == longest.plan


def test_a_dossier_is_opened_with_the_checklist_it_was_made_with(store):
    kept = keep(store, SAID, "title: Liste d’été\n", NOW)
    assert open_link(store, kept.token, NOW).checklist_text == "title: Liste d’été\n"


def test_two_dossiers_made_with_the_same_checklist_keep_its_text_once(store):
    for _ in range(2):
        keep(store, SAID, "the checklist", NOW)
    assert len(rows(store)["checklists"]) == 1


def review_of_one_remark(visit: Visit) -> Review:
    return visit.saving.review.model_copy(update={"remarks": (remark(1, text="Marge à confirmer"),)})


# Tokens


def test_a_token_has_at_least_128_bits_and_no_two_are_the_same(store):
    tokens = {keep(store, SAID, "the checklist", NOW).token for _ in range(20)}
    assert len(tokens) == 20
    assert all(len(token) * 6 >= 128 and token.isascii() for token in tokens)


def refused(token: str) -> dict[str, str]:
    other = "B" if token[0] == "A" else "A"
    return {
        "guessed": "x" * len(token),
        "empty": "",
        "cut short": token[:-1],
        "lengthened": token + "A",
        "altered at the start": other + token[1:],
        "altered at the end": token[:-1] + ("B" if token[-1] == "A" else "A"),
        "in other case": token.swapcase(),
        "with a null": token + "\0",
        "not text that can be written": "\ud800",
        "a wildcard": "%",
    }


def test_a_token_guessed_cut_short_or_altered_opens_nothing(store):
    kept = keep(store, SAID, "the checklist", NOW)
    assert {name: open_link(store, token, NOW) for name, token in refused(kept.token).items()} == dict.fromkeys(
        refused(kept.token)
    )


@given(st.text(max_size=60))
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_text_but_the_token_opens_a_dossier(store, text):
    assert open_link(store, text, NOW) is None


def test_each_token_that_opens_nothing_costs_the_same_work(store):
    kept = keep(store, SAID, "the checklist", NOW)
    revoked = add_link(store, kept.dossier_id, kept.link_id, "read", "", NOW)
    revoke(store, kept.dossier_id, kept.link_id, revoked.link_id, NOW)
    asked = []
    event.listen(store.engine, "before_cursor_execute", lambda *call: asked.append(call[2]))
    work = []
    for token in [*refused(kept.token).values(), revoked.token]:
        asked.clear()
        assert open_link(store, token, NOW) is None
        work.append([statement for statement in asked if not statement.startswith("BEGIN")])
    assert all(statements == work[0] for statements in work)
    assert len(work[0]) == 1


def test_nothing_in_the_database_reveals_a_token(store):
    one, _ = two_visits(store, SAID)
    tokens = [
        keep(store, SAID, "the checklist", NOW).token,
        add_link(store, one.dossier_id, one.link_id, "read", "CA", NOW).token,
        add_calendar(store, one.dossier_id, one.link_id, "Téléphone", NOW).token,
        renew(store, one.dossier_id, one.link_id, one.link_id, NOW).token,
    ]
    dump = repr(rows(store))
    assert "Marge chez Desjardins" in dump  # it is a dump
    for token in tokens:
        assert token not in dump
        assert token[:12] not in dump
        assert token[-12:] not in dump


def test_neither_notes_nor_names_nor_tokens_are_in_the_logs(store, caplog):
    caplog.set_level(logging.DEBUG)
    one, other = two_visits(store, SAID)
    for visit in (one, other):
        visit.edit(lambda a: with_answer(a, "cash-forecast", NOW, note="Marge chez Desjardins, bis"))
    link = add_link(store, one.dossier_id, one.link_id, "read", "Mme Tremblay", NOW)
    open_link(store, link.token, NOW)
    add_milestone(store, one.dossier_id, one.link_id, "Avant le CA", NOW.date(), NOW)
    one.saving.add(review_of_one_remark(one), NOW)
    calendar = add_calendar(store, one.dossier_id, one.link_id, "Téléphone de Ginette", NOW)
    read_calendar(store, calendar.token)
    delete_dossier(store, one.dossier_id, one.link_id)
    words = ("Desjardins", "confirmer", "Marie Roy", "Fleuve", "Tremblay", "Ginette", "Avant le CA")
    for word in (*words, link.token, calendar.token):
        assert word not in caplog.text


# Deletion


def test_deleting_a_dossier_deletes_every_row_of_it(store):
    one, other = two_visits(store, SAID)
    for visit in (one, other):
        visit.edit(lambda a, visit=visit: with_answer(a, "cash-forecast", NOW, note=f"Note {visit.link_id}"))
    add_milestone(store, one.dossier_id, one.link_id, "Avant le CA", NOW.date(), NOW)
    one.saving.add(review_of_one_remark(one), NOW)
    add_calendar(store, one.dossier_id, one.link_id, "Téléphone", NOW)
    of_nobody = {"accepted", "allowances", "ideas", "drafts", "draft_links", "draft_remarks"}
    of_dossiers = [name for name in rows(store) if name not in of_nobody]
    assert all(rows(store)[name] for name in of_dossiers), "each table has something to delete"
    delete_dossier(store, one.dossier_id, one.link_id)
    assert {name: len(rows(store)[name]) for name in of_dossiers} == dict.fromkeys(of_dossiers, 0)


def test_deleting_a_dossier_leaves_the_others_whole(store):
    kept = keep(store, SAID, "the checklist", NOW)
    before = rows(store)
    gone = keep(store, SAID, "the checklist", NOW)
    delete_dossier(store, gone.dossier_id, gone.link_id)
    assert rows(store) == before
    assert open_link(store, kept.token, NOW).assessment.organisation == "Coop du Fleuve"


def test_a_deleted_dossier_is_opened_by_none_of_its_links_and_takes_no_save(store):
    one, other = two_visits(store, SAID)
    link = add_link(store, one.dossier_id, one.link_id, "write", "", NOW)
    delete_dossier(store, one.dossier_id, one.link_id)
    assert open_link(store, link.token, NOW) is None
    with pytest.raises(LinkGoneError):
        other.edit(lambda a: with_answer(a, "cash-forecast", NOW, note="Trop tard"))
    with pytest.raises(LinkGoneError):
        other.look()


def test_what_was_deleted_is_no_longer_in_the_file(sqlite_store):
    kept = keep(sqlite_store, SAID, "the checklist", NOW)
    files = [sqlite_store.file, sqlite_store.file.with_name(sqlite_store.file.name + "-wal")]
    assert any(b"Marge chez Desjardins" in file.read_bytes() for file in files)
    delete_dossier(sqlite_store, kept.dossier_id, kept.link_id)
    assert not any(b"Marge chez Desjardins" in file.read_bytes() for file in files)


# Purge

LATER = NOW + timedelta(days=400)


def test_a_purge_removes_what_nobody_has_touched_since_and_says_when_it_was_last_touched(store):
    old = keep(store, SAID, "the checklist", NOW)
    new = keep(store, SAID, "the checklist", LATER)
    assert purge(store, LATER, force=True) == [(old.dossier_id, NOW)]
    assert open_link(store, old.token, LATER) is None
    assert open_link(store, new.token, LATER)
    assert len(rows(store)["dossiers"]) == len(rows(store)["checklists"]) == 1


@pytest.mark.parametrize("access", ["write", "read"])
def test_opening_a_dossier_keeps_it_from_being_purged(store, access):
    kept = keep(store, SAID, "the checklist", NOW)
    link = add_link(store, kept.dossier_id, kept.link_id, access, "", NOW)
    open_link(store, link.token, LATER)
    assert purge(store, LATER, force=True) == []


def test_saving_keeps_a_dossier_from_being_purged_even_where_nothing_changed(store):
    kept = keep(store, SAID, "the checklist", NOW)
    save(store, kept.dossier_id, kept.link_id, 1, {}, "one", LATER)
    assert purge(store, LATER, force=True) == []


def test_a_purge_leaves_nothing_of_a_dossier_with_milestones_conflicts_remarks_and_calendars(store):
    one, other = two_visits(store, SAID)
    for visit in (one, other):
        visit.edit(lambda a, visit=visit: with_answer(a, "cash-forecast", NOW, note=str(visit.link_id)))
    add_milestone(store, one.dossier_id, one.link_id, "Avant le CA", NOW.date(), NOW)
    one.saving.add(review_of_one_remark(one), SAVED_AT)
    add_calendar(store, one.dossier_id, one.link_id, "Téléphone", NOW)
    assert purge(store, LATER, force=True) == [(one.dossier_id, SAVED_AT)]
    assert not any(rows(store).values())


# Milestones


def test_a_milestone_freezes_the_dossier_and_the_checklist_of_that_day(store):
    kept = keep(store, SAID, "the checklist", NOW)
    visit = Visit.by(store, kept.token)
    add_milestone(store, visit.dossier_id, visit.link_id, "Avant le CA du 3 avril", NOW.date(), NOW)
    frozen = visit.assessment
    visit.edit(lambda a: with_answer(a, "cash-forecast", NOW, status="to_do"))
    newer = {("detail", "checklist"): {"id": "covid-19", "version": "2"}}
    save(store, visit.dossier_id, visit.link_id, visit.revision, newer, "newer", NOW, "the next checklist")
    [milestone] = milestones_of(store, visit.dossier_id, visit.link_id)
    assert (milestone.name, milestone.on) == ("Avant le CA du 3 avril", NOW.date())
    assert milestone.assessment == frozen
    assert milestone.checklist_text == "the checklist"
    opened = open_link(store, kept.token, NOW)
    assert opened.checklist_text == "the next checklist"
    assert opened.assessment.checklist.version == "2"


def test_milestones_come_by_their_date(store):
    kept = keep(store, SAID, "the checklist", NOW)
    for days in (2, 0, 1):
        on = NOW.date() + timedelta(days=days)
        add_milestone(store, kept.dossier_id, kept.link_id, str(days), on, NOW)
    found = milestones_of(store, kept.dossier_id, kept.link_id)
    assert [milestone.name for milestone in found] == ["0", "1", "2"]


def test_a_checklist_text_goes_when_the_last_dossier_made_with_it_is_carried_over_to_another(store):
    kept = keep(store, SAID, "the checklist", NOW)
    newer = {("detail", "checklist"): {"id": "covid-19", "version": "2"}}
    save(store, kept.dossier_id, kept.link_id, 1, newer, "newer", NOW, "the next checklist")
    [checklist] = rows(store)["checklists"]
    assert (checklist.version, checklist.content) == ("2", "the next checklist")
