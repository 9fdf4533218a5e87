"""Which rows are shown: by search, lane and reason, in the order asked for."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from pensebete.desk.intake import Taken
from pensebete.desk.portfolio import Entry, portfolio
from pensebete.desk.remarked import Remarked
from pensebete.desk.row import Asked, row_of
from pensebete.desk.selection import SORTS, STANDS, Selection, reasons_in, selected, stands_in
from tests.builders import CHECKLIST
from tests.portfolio_files import READ_ON, dossiers

ASKED = Asked({CHECKLIST.id: CHECKLIST}, READ_ON)


@cache
def entries() -> tuple[Entry, ...]:
    return portfolio(row_of(Taken(name, content), ASKED) for name, content in dossiers(60)).entries


def names(**by: object) -> list[str]:
    return [entry.row.organisation for entry in selected(entries(), Selection(**by))]  # type: ignore[arg-type]


def test_everything_is_shown_in_the_order_of_calls_unless_asked_otherwise():
    assert selected(entries(), Selection()) == list(entries())


@pytest.mark.parametrize("search", ["COOP fleu", "fleuve coop", "11-coop"])
def test_a_search_is_by_the_beginnings_of_words_without_accents_in_any_order(search):
    assert "Coop du Fleuve" in names(search=search)
    assert len(names(search=search)) < len(entries())


def test_a_search_that_nothing_answers_shows_nothing():
    assert names(search="zzz") == []


def test_a_town_and_a_phone_number_are_found():
    [one] = [entry for entry in entries() if entry.row.contact.phone == "418 555-0142"]
    assert names(search="4185550142") == [one.row.organisation]


def test_a_lane_and_a_reason_let_through_their_own():
    for lane in ("order", "to_verify"):
        assert all(entry.lane == lane for entry in selected(entries(), Selection(lane=lane)))  # type: ignore[arg-type]
    for reason, n in reasons_in(entries()).items():
        found = selected(entries(), Selection(reason=reason))
        assert len(found) == n
        assert all(reason in {why.reason for why in entry.row.why} for entry in found)


@pytest.mark.parametrize("sort", SORTS)
def test_every_sort_shows_all_and_puts_first_what_it_says(sort):
    found = selected(entries(), Selection(sort=sort))
    assert len(found) == len(entries())
    if sort == "late":
        late = [len(entry.row.result.late) if entry.row.result else 0 for entry in found]
        assert late == sorted(late, reverse=True)
    if sort == "oldest":
        days = [entry.row.answered[1] for entry in found if entry.row.answered]
        assert days == sorted(days)


def test_what_was_read_and_what_was_not_are_the_whole_between_them():
    read = {entry.row.digest for entry in entries()[::3]}
    found = {reading: selected(entries(), Selection(reading=reading), read) for reading in ("read", "unread")}  # type: ignore[arg-type]
    assert {entry.row.digest for entry in found["read"]} == read
    assert sorted([*found["read"], *found["unread"]], key=lambda entry: entry.rank) == list(entries())
    assert selected(entries(), Selection(), read) == list(entries())


def test_rows_are_found_by_how_their_remarks_stand():
    assert stands_in(entries()) == {}
    some = [
        replace(entries()[0], remarked=Remarked(open=2, to_send=1)),
        replace(entries()[1], remarked=Remarked(open=1, answered=1)),
        replace(entries()[2], remarked=Remarked(closed=3)),
        *entries()[3:],
    ]
    assert stands_in(some) == {"answered": 1, "open": 2, "to_send": 1}
    shown = {stand: [entry.rank for entry in selected(some, Selection(stand=stand))] for stand in STANDS}
    assert shown == {"answered": [2], "open": [1, 2], "to_send": [1]}
