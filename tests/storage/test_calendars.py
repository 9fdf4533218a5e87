"""The addresses that calendars read: made, renewed and revoked by a writing link, deleted with their dossier."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import event as engine_event

from pensebete.assessment.edits import with_answer
from pensebete.storage.calendars import add_calendar, calendars_of, read_calendar, renew_calendar, revoke_calendar
from pensebete.storage.dossiers import Kept, delete_dossier, keep, open_link
from pensebete.storage.engine import Store
from pensebete.storage.errors import LinkGoneError, ReadingOnlyError
from pensebete.storage.links import NewLink, add_link, hash_of, revoke
from pensebete.storage.retention import purge
from tests.builders import NOW, assess
from tests.storage.visit import Visit, rows


@pytest.fixture
def kept(store: Store) -> Kept:
    return keep(store, assess({"cash-forecast": "to_do"}), "the checklist", NOW, "direction")


@pytest.fixture
def made(store: Store, kept: Kept) -> NewLink:
    return add_calendar(store, kept.dossier_id, kept.link_id, "Téléphone", NOW)


def listed(store: Store, kept: Kept) -> list[str]:
    return [one.label for one in calendars_of(store, kept.dossier_id, kept.link_id)]


def test_an_address_reads_the_dossier_as_it_is_saved_with_the_checklist_it_was_made_with(store, kept, made):
    before = read_calendar(store, made.token)
    assert before.checklist_text == "the checklist"
    assert before.assessment.answer("cash-forecast").status == "to_do"
    Visit.by(store, kept.token).edit(lambda a: with_answer(a, "cash-forecast", NOW, status="done"))
    after = read_calendar(store, made.token)
    assert after.assessment.answer("cash-forecast").status == "done"
    assert after.revision > before.revision
    assert after.assessment.updated_at > before.assessment.updated_at


def test_the_dossier_that_it_reads_has_the_id_that_pages_know_it_by(store, kept, made):
    assert read_calendar(store, made.token).assessment.id == open_link(store, kept.token, NOW).review.dossier


def test_a_token_of_a_calendar_opens_no_dossier_and_that_of_a_link_reads_no_calendar(store, kept, made):
    assert open_link(store, made.token, NOW) is None
    assert read_calendar(store, kept.token) is None


@pytest.mark.parametrize("token", ["", "x" * 43, "é", "\ud800", "' OR 1=1 --"])
def test_no_text_but_the_token_reads_anything(store, made, token):
    assert read_calendar(store, token) is None
    assert read_calendar(store, made.token[:-1]) is None


def test_each_token_that_reads_nothing_costs_the_same_work(store, kept, made):
    revoke_calendar(store, kept.dossier_id, kept.link_id, made.link_id, NOW)
    done: list[str] = []
    engine_event.listen(store.engine, "before_cursor_execute", lambda *about: done.append(about[2]))
    counts = []
    for token in (made.token, "x" * 43, made.token[:-1], ""):
        done.clear()
        assert read_calendar(store, token) is None
        counts.append(tuple(done))
    assert len(set(counts)) == 1


def test_the_database_has_the_hash_of_a_token_alone(store, made):
    text = str(rows(store))
    assert made.token not in text
    assert hash_of(made.token) in text


def test_a_reading_link_makes_renews_and_revokes_none_and_a_revoked_one_neither(store, kept, made):
    reader = add_link(store, kept.dossier_id, kept.link_id, "read", "conseil", NOW)
    writer = add_link(store, kept.dossier_id, kept.link_id, "write", "finance", NOW)
    revoke(store, kept.dossier_id, kept.link_id, writer.link_id, NOW)
    before = rows(store)
    for link, refused in ((reader, ReadingOnlyError), (writer, LinkGoneError)):
        for use in (
            lambda by: add_calendar(store, kept.dossier_id, by, "", NOW),
            lambda by: renew_calendar(store, kept.dossier_id, by, made.link_id, NOW),
            lambda by: revoke_calendar(store, kept.dossier_id, by, made.link_id, NOW),
        ):
            with pytest.raises(refused):
                use(link.link_id)
    assert rows(store) == before


def test_a_link_of_one_dossier_does_nothing_to_the_calendars_of_another(store, kept, made):
    stranger = keep(store, assess(), "the checklist", NOW)
    for use in (revoke_calendar, renew_calendar):
        with pytest.raises(LinkGoneError):
            use(store, stranger.dossier_id, stranger.link_id, made.link_id, NOW)
    with pytest.raises(LinkGoneError):
        calendars_of(store, kept.dossier_id, stranger.link_id)
    assert read_calendar(store, made.token)


def test_a_revoked_address_reads_nothing_and_is_listed_no_more(store, kept, made):
    other = add_calendar(store, kept.dossier_id, kept.link_id, "Ordinateur", NOW)
    assert listed(store, kept) == ["Téléphone", "Ordinateur"]
    revoke_calendar(store, kept.dossier_id, kept.link_id, made.link_id, NOW)
    assert listed(store, kept) == ["Ordinateur"]
    assert read_calendar(store, made.token) is None
    assert read_calendar(store, other.token)
    with pytest.raises(LinkGoneError):
        revoke_calendar(store, kept.dossier_id, kept.link_id, made.link_id, NOW)


def test_a_renewed_address_is_another_of_the_same_name(store, kept, made):
    renewed = renew_calendar(store, kept.dossier_id, kept.link_id, made.link_id, NOW)
    assert read_calendar(store, made.token) is None
    assert read_calendar(store, renewed.token)
    assert listed(store, kept) == ["Téléphone"]
    with pytest.raises(LinkGoneError):
        renew_calendar(store, kept.dossier_id, kept.link_id, made.link_id, NOW)


def test_the_link_that_made_it_may_go(store, kept, made):
    other = add_link(store, kept.dossier_id, kept.link_id, "write", "finance", NOW)
    revoke(store, kept.dossier_id, other.link_id, kept.link_id, NOW)
    assert read_calendar(store, made.token)


def test_with_its_dossier_it_is_deleted(store, kept, made):
    delete_dossier(store, kept.dossier_id, kept.link_id)
    assert read_calendar(store, made.token) is None
    assert rows(store)["calendars"] == []


def test_a_calendar_that_asks_keeps_no_dossier_from_the_purge(store, kept, made):
    before = rows(store)
    read_calendar(store, made.token)
    assert rows(store) == before
    assert len(purge(store, NOW + timedelta(days=1), force=True)) == 1
    assert rows(store)["calendars"] == []
    assert read_calendar(store, made.token) is None
