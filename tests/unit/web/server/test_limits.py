"""What the operator sets."""

from __future__ import annotations

import pytest

from pensebete.web.server.limits import Limits, limits


@pytest.fixture(autouse=True)
def read_anew():
    limits.cache_clear()
    yield
    limits.cache_clear()


def test_each_setting_takes_the_place_of_what_stands_by_default(monkeypatch):
    monkeypatch.setenv("PENSEBETE_MOST_VISITS", "7")
    monkeypatch.setenv("PENSEBETE_MOST_UPLOADED_MB", "2")
    assert limits() == Limits(visits=7, uploads=2_000_000)


@pytest.mark.parametrize("value", ["0", "-3", "many", "1.5", "²"])
def test_what_is_no_number_is_left_out_and_told_in_the_log(monkeypatch, caplog, value):
    monkeypatch.setenv("PENSEBETE_MOST_REQUESTS", value)
    assert limits() == Limits()
    assert "PENSEBETE_MOST_REQUESTS" in caplog.text
