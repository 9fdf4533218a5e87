"""Clocks that change, go back or are wrong while visits are open: they decide neither what is saved nor which wins."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from pensebete.assessment.edits import with_answer
from pensebete.storage.changes import save
from pensebete.storage.dossiers import keep, open_link
from pensebete.storage.milestones import add_milestone, milestones_of
from pensebete.storage.retention import due
from tests.builders import NOW, assess
from tests.storage.visit import ITEM, Visit, rows, two_visits

MONTREAL = ZoneInfo("America/Toronto")
# 1:30 comes twice in the night of November 1, 2026; 2:30 never in that of March 8.
FIRST = datetime(2026, 11, 1, 1, 30, tzinfo=MONTREAL)
SECOND = FIRST.replace(fold=1)


def write(visit: Visit, note: str, now: datetime) -> None:
    visit.assessment = with_answer(visit.assessment, ITEM, now, note=note)
    visit.assessment = visit.saving.push(visit.assessment, now)
    assert visit.waits_for is None


def look(visit: Visit, now: datetime) -> None:
    visit.assessment = visit.saving.pull(visit.assessment, now)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (FIRST, SECOND),
        (SECOND, FIRST),
        (datetime(2026, 3, 8, 1, 59, tzinfo=MONTREAL), datetime(2026, 3, 8, 3, 1, tzinfo=MONTREAL)),
        (NOW, NOW - timedelta(hours=5)),
        (NOW, NOW - timedelta(days=400)),
        (datetime(2099, 1, 1, tzinfo=UTC), NOW),
        (NOW, datetime(2099, 1, 1, tzinfo=UTC)),
    ],
    ids=["an hour again", "and back", "an hour left out", "hours back", "a year back", "from 2099", "to 2099"],
)
def test_whatever_the_clock_does_between_two_saves_the_newest_wins_and_both_visits_agree(store, before, after):
    one, other = two_visits(store)
    write(one, "d’abord", before)
    look(other, before)
    write(other, "ensuite", after)
    look(one, after)
    assert one.note() == other.note() == "ensuite"
    assert open_link(store, one.token, after).assessment.answer(ITEM).note == "ensuite"
    # What is replaced unseen is told, though its replacement bears an earlier date.
    write(one, "encore", after)
    write(other, "sans avoir vu", before)
    assert [told.value for told in other.overwritten] == ["encore"]
    look(one, before)
    assert one.note() == "sans avoir vu"


def test_moments_of_the_hour_that_comes_twice_are_told_apart(store):
    kept = keep(store, assess(), "the checklist", FIRST)
    save(store, kept.dossier_id, kept.link_id, 1, {("answer", ITEM, "note"): "x"}, "one", SECOND)
    [dossier] = rows(store)["dossiers"]
    assert dossier.updated_at - dossier.created_at == timedelta(hours=1)
    assert dossier.updated_at == datetime(2026, 11, 1, 6, 30, tzinfo=UTC)


@pytest.mark.parametrize("wrong", [datetime(2099, 1, 1, tzinfo=UTC), NOW + timedelta(days=60)])
def test_a_save_sent_again_after_the_clock_leapt_is_still_done_once(store, wrong):
    kept = keep(store, assess(), "the checklist", NOW)
    change = {("answer", ITEM, "note"): "une fois"}
    save(store, kept.dossier_id, kept.link_id, 1, change, "sent twice", NOW)
    assert open_link(store, kept.token, wrong), "whoever opens it under the wrong clock"
    save(store, kept.dossier_id, kept.link_id, 2, {("answer", ITEM, "note"): "corrigé"}, "later", NOW)
    save(store, kept.dossier_id, kept.link_id, 1, change, "sent twice", NOW)
    assert open_link(store, kept.token, NOW).assessment.answer(ITEM).note == "corrigé"


def test_a_dossier_opened_under_a_clock_ahead_takes_the_right_date_at_its_next_opening(store):
    ahead = NOW + timedelta(days=5_000)
    kept = keep(store, assess(), "the checklist", ahead)
    assert len(due(store, NOW - timedelta(days=365), NOW).ahead) == 1
    open_link(store, kept.token, NOW)
    assert due(store, NOW - timedelta(days=365), NOW).ahead == ()
    assert [row.updated_at for row in rows(store)["dossiers"]] == [NOW]


def test_milestones_keep_what_was_said_when_they_were_set_though_the_clock_went_back(store):
    kept = keep(store, assess(), "the checklist", NOW)
    visit = Visit.by(store, kept.token)
    for note, now in (("un", NOW), ("deux", NOW - timedelta(days=30)), ("trois", NOW - timedelta(days=60))):
        write(visit, note, now)
        add_milestone(store, kept.dossier_id, kept.link_id, note, now.date(), now)
    found = milestones_of(store, kept.dossier_id, kept.link_id)
    assert [(one.name, one.assessment.answer(ITEM).note) for one in found] == [(n, n) for n in ("trois", "deux", "un")]
