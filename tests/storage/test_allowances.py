"""What several processes count together."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import streamlit as st

from pensebete.storage import current
from pensebete.storage.allowances import take, wait
from pensebete.storage.errors import StoreUnavailableError
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
