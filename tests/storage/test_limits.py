"""How much is kept of a dossier: each bound is a sentence, and answers come before what fills the room."""

from __future__ import annotations

import json
from contextlib import closing
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from pensebete.assessment.edits import with_answer
from pensebete.assessment.field_map import changes
from pensebete.assessment.model import Answer
from pensebete.storage.calendars import add_calendar, calendars_of, renew_calendar
from pensebete.storage.changes import mark_seen, save
from pensebete.storage.dossiers import Kept, empty_log, keep, open_link
from pensebete.storage.engine import Store, open_store, reading, writing
from pensebete.storage.errors import (
    DossierFullError,
    DossierTooLargeError,
    LinkGoneError,
    StoreError,
    StoreUnavailableError,
    TooManyLinksError,
    TooManyMilestonesError,
)
from pensebete.storage.limits import DOSSIER
from pensebete.storage.links import add_link, links_of, renew, revoke
from pensebete.storage.milestones import add_milestone, milestones_of
from pensebete.storage.tables import dossiers, milestones
from pensebete.text.wording import LANGUAGES, wording
from tests.builders import NOW, assess, written_dossiers
from tests.storage.visit import Visit, rows, two_visits


@pytest.fixture
def tight(monkeypatch):
    """One megabyte a dossier."""
    monkeypatch.setenv(DOSSIER.name, "1")


def freeze(store: Store, kept: Kept, name: str = "CA") -> int:
    return add_milestone(store, kept.dossier_id, kept.link_id, name, NOW.date(), NOW)


def note(store: Store, kept: Kept, revision: int, text: str, item: str = "cash-forecast") -> None:
    key = ("answer", item, "note")
    save(store, kept.dossier_id, kept.link_id, revision, {key: text}, f"{item}{revision}{text[:9]}", NOW)


def held(store: Store, kept: Kept) -> int:
    with reading(store) as connection:
        return connection.scalar(select(dossiers.c.bytes).where(dossiers.c.id == kept.dossier_id))


# Milestones keep what changed


@given(st.lists(written_dossiers, min_size=1, max_size=3))
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_changed_between_milestones_each_is_read_as_it_was(store, said):
    kept = keep(store, said[0], "the checklist", NOW)
    for revision, (before, after) in enumerate(zip(said, [*said[1:], said[0]], strict=True), 1):
        freeze(store, kept, str(revision))
        made = changes(before, after)
        save(store, kept.dossier_id, kept.link_id, revision, made, f"{revision}", NOW, "the checklist")
    found = milestones_of(store, kept.dossier_id, kept.link_id)
    assert [one.assessment for one in found] == [one.model_copy(update={"updated_at": NOW}) for one in said]


def test_forty_milestones_a_week_apart_take_a_tenth_of_forty_copies_and_each_is_as_it_was(store):
    words = [f"Note {n} : " + "la marge de crédit est à renouveler avant la prochaine paie. " * 3 for n in range(24)]
    said = assess({f"item-{n}": Answer(status="to_do", note=words[n]) for n in range(24)})
    kept = keep(store, said, "the checklist", NOW)
    visit, as_they_were = Visit.by(store, kept.token), []
    for week in range(40):
        visit.edit(lambda a, w=week: with_answer(a, f"item-{w % 24}", NOW, note=f"Semaine {w}", status="done"))
        freeze(store, kept, str(week))
        as_they_were.append(open_link(store, kept.token, NOW).assessment)
    assert [one.assessment for one in milestones_of(store, kept.dossier_id, kept.link_id)] == as_they_were
    with reading(store) as connection:
        small = sum(len(row.changes) + len(row.assessment) for row in connection.execute(select(milestones)))
    assert 10 * small < sum(len(one.model_dump_json(exclude_defaults=True)) for one in as_they_were)


def test_a_copy_of_an_earlier_version_is_read_and_the_next_milestones_stand_on_it(store):
    kept = keep(store, assess({"cash-forecast": Answer(status="done", note="Avant")}), "the checklist", NOW)
    first = freeze(store, kept)
    [before] = milestones_of(store, kept.dossier_id, kept.link_id)
    with writing(store) as connection:
        text = before.assessment.model_dump_json(exclude_defaults=True)
        old = {"assessment": text, "since": None, "changes": None}
        connection.execute(milestones.update().where(milestones.c.id == first).values(old))
    note(store, kept, 1, "Après")
    freeze(store, kept)
    found = milestones_of(store, kept.dossier_id, kept.link_id)
    assert [one.assessment.answer("cash-forecast").note for one in found] == ["Avant", "Après"]
    assert len(rows(store)["milestones"][1].changes) < len(text)


# Bounds


def said_in_both_languages(error: StoreError, *words: str) -> None:
    for language in LANGUAGES:
        assert error.sentence(wording(language)).endswith(".")
    for word in words:
        assert word in error.sentence(wording("en"))


def test_one_link_too_many_is_refused_with_what_to_do_and_a_revoked_one_makes_room(store, monkeypatch):
    monkeypatch.setenv("PENSEBETE_DOSSIER_LINKS", "3")
    kept = keep(store, assess(), "the checklist", NOW)
    made = [add_link(store, kept.dossier_id, kept.link_id, "read", "CA", NOW) for _ in range(2)]
    with pytest.raises(TooManyLinksError) as refused:
        add_link(store, kept.dossier_id, kept.link_id, "read", "CA", NOW)
    said_in_both_languages(refused.value, "3", "Revoke")
    renewed = renew(store, kept.dossier_id, kept.link_id, made[0].link_id, NOW)
    assert open_link(store, renewed.token, NOW), "renewing makes no more of them"
    revoke(store, kept.dossier_id, kept.link_id, made[1].link_id, NOW)
    assert add_link(store, kept.dossier_id, kept.link_id, "read", "CA", NOW)


def test_one_calendar_address_too_many_is_refused_and_renewing_leaves_no_rows(store, monkeypatch):
    monkeypatch.setenv("PENSEBETE_DOSSIER_LINKS", "2")
    kept = keep(store, assess(), "the checklist", NOW)
    made = [add_calendar(store, kept.dossier_id, kept.link_id, "Téléphone", NOW) for _ in range(2)]
    with pytest.raises(TooManyLinksError) as refused:
        add_calendar(store, kept.dossier_id, kept.link_id, "Téléphone", NOW)
    said_in_both_languages(refused.value, "2", "calendar", "Revoke")
    which = made[0].link_id
    for _ in range(20):
        which = renew_calendar(store, kept.dossier_id, kept.link_id, which, NOW).link_id
    assert len(rows(store)["calendars"]) <= 4 * 2
    assert len(calendars_of(store, kept.dossier_id, kept.link_id)) == 2


def test_links_renewed_over_and_over_leave_no_rows_and_those_that_wrote_keep_their_name(store, monkeypatch):
    monkeypatch.setenv("PENSEBETE_DOSSIER_LINKS", "2")
    kept = keep(store, assess(), "the checklist", NOW, "direction")
    first = add_link(store, kept.dossier_id, kept.link_id, "write", "finance", NOW)
    save(store, kept.dossier_id, first.link_id, 1, {("answer", "a", "note"): "x"}, "one", NOW)
    other = first.link_id
    for _ in range(40):
        other = renew(store, kept.dossier_id, kept.link_id, other, NOW).link_id
    assert len(links_of(store, kept.dossier_id, kept.link_id)) <= 4 * 2 + 1
    visit = Visit.by(store, kept.token)
    visit.saving.revision = 0
    visit.look()
    assert "finance" in {change.label for change in visit.heard} | {
        one.label for one in links_of(store, kept.dossier_id, kept.link_id) if one.id == first.link_id
    }
    with pytest.raises(LinkGoneError):
        save(store, kept.dossier_id, first.link_id, 2, {("answer", "a", "note"): "y"}, "two", NOW)


def test_one_milestone_too_many_is_refused_with_what_to_do(store, monkeypatch):
    monkeypatch.setenv("PENSEBETE_DOSSIER_MILESTONES", "2")
    kept = keep(store, assess(), "the checklist", NOW)
    for _ in range(2):
        freeze(store, kept)
    with pytest.raises(TooManyMilestonesError) as refused:
        freeze(store, kept)
    said_in_both_languages(refused.value, "2", "new cycle")
    assert len(milestones_of(store, kept.dossier_id, kept.link_id)) == 2


@pytest.mark.usefixtures("tight")
def test_milestones_leave_room_for_the_answers_to_come(store):
    kept = keep(store, assess(), "the checklist", NOW)
    noise = "".join(chr(0x4E00 + (n * 7919) % 20_000) for n in range(10_000))  # hard to compress
    refused, revision = None, 1
    while refused is None and revision < 90:
        note(store, kept, revision, noise[revision % 500 :] + str(revision), f"item-{revision % 12}")
        revision += 1
        try:
            freeze(store, kept)
        except DossierFullError as error:
            refused = error
    assert refused
    said_in_both_languages(refused, "new cycle")
    note(store, kept, revision, "après")
    assert open_link(store, kept.token, NOW).assessment.answer("cash-forecast").note == "après"
    assert len(milestones_of(store, kept.dossier_id, kept.link_id)) > 10


@pytest.mark.usefixtures("tight")
def test_a_full_dossier_says_so_takes_nothing_half_and_is_still_answered(store):
    one, other = two_visits(store)
    refused = None
    for number in range(300):  # each replaces unseen what the other wrote
        for visit in (one, other):
            visit.write(f"{number} {visit.link_id} " + "x" * 9_000)
        if refused := one.saving.waits_for or other.saving.waits_for:
            break
    assert isinstance(refused, DossierFullError)
    said_in_both_languages(refused, "seen")
    full = one if one.saving.waits_for else other
    typed = full.note()
    before = rows(store)
    full.push()
    assert full.saving.waits_for
    assert rows(store) == before
    assert full.note() == typed
    # Said to be seen, what was replaced makes room again, and what waited is saved.
    ids = [row.id for row in before["overwritten"]]
    mark_seen(store, full.dossier_id, full.link_id, ids)
    full.look()
    assert full.waits_for is None
    assert open_link(store, one.token, NOW).assessment.answer("cash-forecast").note in (one.note(), other.note())


@pytest.mark.usefixtures("tight")
def test_a_full_dossier_takes_a_status(store):
    kept = keep(store, assess(), "the checklist", NOW)
    with writing(store) as connection:
        connection.execute(
            milestones.insert().values(
                dossier_id=kept.dossier_id,
                name="CA",
                on=NOW.date(),
                assessment=json.dumps({"checklist": {"id": ""}, "organisation": "x" * 1_050_000}),
                checklist_sha256=connection.scalar(select(dossiers.c.checklist_sha256)),
                created_at=NOW,
            )
        )
        connection.execute(dossiers.update().values(bytes=None))
    visit = Visit.by(store, kept.token)
    visit.write("x" * 5_000)
    assert isinstance(visit.saving.waits_for, DossierFullError)
    visit.assessment = with_answer(visit.assessment, "cash-forecast", NOW, note="", status="done")
    visit.push()
    assert visit.saving.waits_for is None
    assert open_link(store, kept.token, NOW).assessment.answer("cash-forecast").status == "done"


def test_a_dossier_that_nobody_writes_is_not_kept(store):
    robot = assess({f"item-{n}": Answer(status="to_do", note="x" * 10_000) for n in range(110)})
    with pytest.raises(DossierTooLargeError) as refused:
        keep(store, robot, "the checklist", NOW)
    said_in_both_languages(refused.value, "Shorten")
    assert not any(rows(store).values())


def test_the_largest_dossier_that_a_page_takes_is_kept(store):
    largest = assess({f"item-{n:03}": Answer(status="to_do", note="é" * 220, answered_at=NOW) for n in range(999)})
    assert keep(store, largest, "the checklist", NOW)


@pytest.mark.usefixtures("tight")
def test_many_small_saves_are_counted_again_and_not_refused(store):
    kept = keep(store, assess(), "the checklist", NOW)
    for revision in range(1, 120):
        note(store, kept, revision, f"{revision} " + "x" * 9_900)
    assert 10_000 < held(store, kept) < 700_000


def test_a_database_that_is_full_by_its_setting_begins_nothing(store, monkeypatch):
    monkeypatch.setenv("PENSEBETE_DATABASE_MEGABYTES", "100")
    kept = keep(store, assess(), "a long checklist " * 100_000, NOW)
    empty_log(store)  # so that the file has it
    monkeypatch.setenv("PENSEBETE_DATABASE_MEGABYTES", "1")
    with pytest.raises(StoreUnavailableError) as refused:
        keep(store, assess(), "the checklist", NOW)
    assert refused.value.reason == "nearly_full"
    note(store, kept, 1, "encore")


def test_a_dossier_of_an_earlier_version_is_counted_at_its_next_save(store):
    kept = keep(store, assess(organisation="Coop"), "the checklist", NOW)
    with writing(store) as connection:
        connection.execute(dossiers.update().values(bytes=None))
    note(store, kept, 1, "x" * 500)
    assert 500 < held(store, kept) < 3_000


def test_two_servers_hold_the_same_count(url):
    with closing(open_store(url)) as one, closing(open_store(url)) as other:
        kept = keep(one, assess(), "the checklist", NOW)
        before = held(one, kept)
        note(one, kept, 1, "x" * 1_000)
        note(other, kept, 2, "y" * 1_000)
        assert held(one, kept) - before > 2_000
        assert held(one, kept) == held(other, kept)
        assert open_link(other, kept.token, NOW + timedelta(days=1))
