"""What the operator sets."""

from __future__ import annotations

import pytest

from pensebete.web.server import lifespan
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


def test_off_stands_for_as_many_pages_at_once_as_are_asked_for_and_for_nothing_else(monkeypatch):
    monkeypatch.setenv("PENSEBETE_PAGES_AT_ONCE", "off")
    monkeypatch.setenv("PENSEBETE_MOST_IDEAS", "off")
    assert limits() == Limits(pages_at_once=0)


@pytest.mark.parametrize("name", ["PENSEBETE_MOST_REQUESTS", "PENSEBETE_DOSSIER_LINKS"])
def test_at_start_the_operator_reads_in_both_languages_what_is_no_number(name, monkeypatch, caplog):
    monkeypatch.setenv(name, "many\x1b[2J")
    lifespan._say_what_is_wrong()
    said = [record.getMessage() for record in caplog.records if name in record.getMessage()]
    assert [("nombre entier" in one, "whole number" in one) for one in said] == [(True, False), (False, True)]
    assert "\x1b" not in caplog.text
