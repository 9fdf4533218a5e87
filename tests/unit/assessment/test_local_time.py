"""An instant as a date: in the evening in Quebec it is already tomorrow in universal time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pensebete.assessment import dossier_file
from pensebete.assessment.local_time import UnknownZoneError, local_date, server_zone, zone_for, zone_named
from pensebete.text.wording import wording
from tests.builders import assess

QUEBEC = ZoneInfo("America/Toronto")
# Winter and summer time, the nights between them (8 March, 1 November 2026), and the evening before each.
EVENINGS = ["2026-03-07", "2026-03-08", "2026-03-28", "2026-07-01", "2026-10-31", "2026-11-01", "2026-11-26"]


@pytest.mark.parametrize("day", EVENINGS)
@pytest.mark.parametrize("hour", ["00:00", "01:30", "02:30", "19:00", "20:00", "21:30", "23:59:59"])
def test_an_instant_has_the_date_of_the_clock_on_the_wall(day, hour):
    there = datetime.fromisoformat(f"{day}T{hour}").replace(tzinfo=QUEBEC)
    assert local_date(there, QUEBEC) == local_date(there.astimezone(UTC), QUEBEC) == date.fromisoformat(day)


@pytest.mark.parametrize(("day", "since"), [("2026-03-28", "20:00"), ("2026-07-01", "20:00"), ("2026-11-26", "19:00")])
def test_from_the_evening_on_it_is_tomorrow_in_universal_time(day, since):
    there = datetime.fromisoformat(f"{day}T{since}").replace(tzinfo=QUEBEC)
    assert local_date(there, UTC) == date.fromisoformat(day) + timedelta(days=1)
    assert local_date(there - timedelta(minutes=1), UTC) == date.fromisoformat(day)


def test_the_hour_that_comes_twice_is_one_day():
    for fold in (0, 1):
        assert local_date(datetime(2026, 11, 1, 1, 30, fold=fold, tzinfo=QUEBEC), QUEBEC) == date(2026, 11, 1)


def test_a_moment_without_a_zone_is_universal_time():
    assert local_date(datetime(2026, 3, 29, 1, 30), QUEBEC) == date(2026, 3, 28)


@given(st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=14)), timezone(-timedelta(hours=12))])))
def test_any_instant_has_a_date(instant):
    assert abs(local_date(instant, QUEBEC) - instant.date()) <= timedelta(days=2)


@pytest.mark.parametrize(
    "name", ["Mars/Base", "", "America", "../etc/passwd", "/etc/passwd", "a\0b", "é" * 300, "EST5EDT7"]
)
def test_a_strange_zone_is_named(name):
    with pytest.raises(UnknownZoneError) as found:
        zone_named(name)
    assert found.value.name == name


def test_the_zone_is_the_one_asked_for_else_the_dossiers_else_the_servers(monkeypatch):
    monkeypatch.setenv("PENSEBETE_TIMEZONE", "America/Vancouver")
    assert zone_for(UTC, "Asia/Tokyo") is UTC
    assert zone_for(None, "Asia/Tokyo") == ZoneInfo("Asia/Tokyo")
    assert zone_for(None, "") == server_zone() == ZoneInfo("America/Vancouver")
    for unset in ("", None):
        monkeypatch.setenv("PENSEBETE_TIMEZONE", unset) if unset is not None else monkeypatch.delenv(
            "PENSEBETE_TIMEZONE"
        )
        assert server_zone() == QUEBEC
    monkeypatch.setenv("PENSEBETE_TIMEZONE", "Quebec")
    with pytest.raises(UnknownZoneError):
        server_zone()


def test_a_dossier_keeps_its_zone_and_one_with_a_strange_zone_is_refused_with_a_sentence(checklist):
    assessment = assess(timezone="America/Whitehorse")
    written = dossier_file.dump(assessment)
    assert dossier_file.read_json(written, checklist) == assessment
    assert b"timezone" not in dossier_file.dump(assess())
    with pytest.raises(dossier_file.DossierError) as refused:
        dossier_file.read_json(written.replace(b"America/Whitehorse", b"Mars/Base"), checklist)
    (sentence,) = refused.value.sentences(wording("en"))
    assert "timezone" in sentence
    assert "Mars/Base" in sentence
