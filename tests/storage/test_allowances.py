"""What several processes count together."""

from __future__ import annotations

from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import streamlit as st

from pensebete.storage import current
from pensebete.storage.allowances import give_back, take, wait
from pensebete.storage.errors import StoreUnavailableError
from pensebete.web.server import staff_cookie
from pensebete.web.server.allowance import Rate
from pensebete.web.server.shared_allowance import SharedAllowance
from pensebete.web.server.this_process import PROCESS, name_of_process
from tests.builders import NOW
from tests.storage.visit import rows

HOUR = 3600
RATE = 3, 3 / HOUR


def test_what_is_taken_comes_back_in_time_and_of_another_nothing_is_taken(store):
    assert [take(store, "dossiers", "a", 1, *RATE, NOW) for _ in range(3)] == [0, 0, 0]
    assert take(store, "dossiers", "a", 1, *RATE, NOW) == pytest.approx(HOUR / 3)
    assert wait(store, "dossiers", "a", 1, *RATE, NOW) == pytest.approx(HOUR / 3)
    assert take(store, "dossiers", "b", 1, *RATE, NOW) == 0
    assert take(store, "keys", "a", 1, *RATE, NOW) == 0
    later = NOW + timedelta(minutes=20)
    assert take(store, "dossiers", "a", 1, *RATE, later) == 0
    assert wait(store, "dossiers", "a", 1, *RATE, later) == pytest.approx(HOUR / 3)


def test_what_is_whole_again_leaves_no_row(store):
    take(store, "dossiers", "a", 1, *RATE, NOW)
    take(store, "dossiers", "b", 1, *RATE, NOW + timedelta(hours=1, seconds=1))
    assert [row.whom for row in rows(store)["allowances"]] == ["b"]


def test_a_clock_that_is_set_back_gives_nothing_back(store):
    for _ in range(3):
        take(store, "dossiers", "a", 1, *RATE, NOW)
    assert take(store, "dossiers", "a", 1, *RATE, NOW - timedelta(days=1)) > 0


def test_two_machines_whose_clocks_differ_asked_in_turns_give_nothing_back(store):
    ahead = NOW + timedelta(minutes=25)
    waits = [take(store, "keys", "a", 1, *RATE, ahead if n % 2 else NOW) for n in range(12)]
    assert waits.count(0) <= 4  # three, and what comes back in 25 minutes


def test_a_clock_that_was_years_ahead_shuts_nobody_out_for_years(store):
    for _ in range(3):
        take(store, "keys", "a", 1, *RATE, NOW + timedelta(days=3_000))
    take(store, "keys", "a", 1, *RATE, NOW)
    assert take(store, "keys", "a", 1, *RATE, NOW + timedelta(hours=1)) == 0


def test_what_came_to_nothing_is_given_back_and_no_more_than_there_was(store):
    for _ in range(3):
        take(store, "ideas", "a", 1, *RATE, NOW)
    give_back(store, "ideas", "a", 1, *RATE, NOW)
    assert [take(store, "ideas", "a", 1, *RATE, NOW) == 0 for _ in range(2)] == [True, False]
    for _ in range(9):
        give_back(store, "ideas", "a", 1, *RATE, NOW)
    assert [take(store, "ideas", "a", 1, *RATE, NOW) for _ in range(4)].count(0) == 3


def test_many_that_ask_at_once_get_no_more_than_there_is(store):
    with ThreadPoolExecutor(6) as threads:
        waits = list(threads.map(lambda _: take(store, "dossiers", "a", 1, *RATE, NOW), range(12)))
    assert waits.count(0) == 3


def test_two_processes_count_together_and_the_database_has_no_address(store, monkeypatch):
    monkeypatch.setattr(current, "store", lambda: store)
    monkeypatch.setattr(st, "get_option", {"server.cookieSecret": "shared"}.get)
    one, other = (SharedAllowance("dossiers", Rate(2, 2 / HOUR)) for _ in range(2))
    try:
        monkeypatch.setenv(PROCESS, "1")
        name_of_process.cache_clear()
        assert one.take("192.0.2.1") == 0
        assert other.take("192.0.2.1") == 0
        assert one.take("192.0.2.1") > 0  # in its own memory one is left
        assert other.wait("192.0.2.1") > 0
        assert one.take("192.0.2.2") == 0
        assert "192.0.2" not in str(rows(store)["allowances"])
    finally:
        name_of_process.cache_clear()


def test_one_process_alone_writes_nothing_and_several_whose_database_is_away_count_each_for_itself(store, monkeypatch):
    def away() -> None:
        raise StoreUnavailableError("unreachable", "file")

    monkeypatch.setattr(current, "store", lambda: store)
    assert SharedAllowance("dossiers", Rate(1, 1 / HOUR)).take("192.0.2.1") == 0
    assert not rows(store)["allowances"]
    try:
        monkeypatch.setenv(PROCESS, "1")
        name_of_process.cache_clear()
        monkeypatch.setattr(current, "store", away)
        alone = SharedAllowance("dossiers", Rate(1, 1 / HOUR))
        assert alone.take("192.0.2.1") == 0
        assert alone.take("192.0.2.1") > 0
    finally:
        name_of_process.cache_clear()


def test_wrong_keys_are_counted_by_all_processes_and_however_many_come_at_once_no_more_are_looked_at(
    store, monkeypatch
):
    monkeypatch.setattr(current, "store", lambda: store)
    monkeypatch.setattr(st, "get_option", {"server.cookieSecret": "shared"}.get)
    monkeypatch.setenv(staff_cookie.STAFF_KEY, "sesame")
    processes = [SharedAllowance("staff-keys", Rate(3, 3 / HOUR)) for _ in range(2)]
    found: list[str] = []
    try:
        monkeypatch.setenv(PROCESS, "1")
        name_of_process.cache_clear()
        for process in processes:
            monkeypatch.setattr(staff_cookie, "_WRONG_KEYS", process)
            assert staff_cookie.try_key(b"sesame", "192.0.2.1") == "right"
        for process in processes:
            monkeypatch.setattr(staff_cookie, "_WRONG_KEYS", process)
            with ThreadPoolExecutor(6) as threads:
                found += threads.map(lambda n: staff_cookie.try_key(b"%d" % n, "192.0.2.1"), range(6))
        assert found.count("wrong") == 3
        assert staff_cookie.try_key(b"sesame", "192.0.2.1") == "later"
    finally:
        name_of_process.cache_clear()


def test_a_pass_of_the_staff_given_back_to_one_process_counts_with_no_other(store, monkeypatch):
    monkeypatch.setattr(current, "store", lambda: store)
    monkeypatch.setenv(staff_cookie.STAFF_KEY, "sesame")
    monkeypatch.setattr(staff_cookie, "_GIVEN_BACK", OrderedDict())
    made, other = staff_cookie.new_pass(), staff_cookie.new_pass()
    shown = staff_cookie.written(made)
    try:
        monkeypatch.setenv(PROCESS, "1")
        name_of_process.cache_clear()
        staff_cookie.give_back(made)
        assert made.name not in str(rows(store)["allowances"])  # a copy of the database tells of no pass
        monkeypatch.setattr(staff_cookie, "_GIVEN_BACK", OrderedDict())  # as in another process
        assert staff_cookie.pass_in(shown) == made
        staff_cookie.look_at_passes_given_back()
        assert staff_cookie.pass_in(shown) is None
        assert staff_cookie.pass_in(staff_cookie.written(other)) == other
    finally:
        name_of_process.cache_clear()
