"""« Revoir mon plan dans 3 semaines »: one event, that says how to come back and nothing of the enterprise."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from pensebete.assessment.model import FIRST_DAY, LAST_DAY
from pensebete.evaluation.looking_again import look_again_on
from pensebete.export.build import export
from tests.builders import CHECKLIST, MONDAY, NOW, assess, evaluate
from tests.cases_tried import few
from tests.dossiers import full
from tests.unit.export.reading import events, unescaped

MONTREAL = ZoneInfo("America/Montreal")
OURS = assess(id=UUID(int=7), updated_at=NOW)


def made(assessment=OURS, day=MONDAY, language="fr", address=""):
    return export("reminder", evaluate(CHECKLIST, assessment, day, MONTREAL), language, address=address)


def one_event(*arguments, **details):
    (event,) = events(made(*arguments, **details))
    return event


@pytest.mark.parametrize(
    ("day", "again"),
    [
        (MONDAY, date(2026, 4, 20)),
        (date(2026, 3, 28), date(2026, 4, 20)),  # a Saturday
        (date(2026, 6, 3), date(2026, 6, 25)),  # not on the 24th
        (date(2026, 12, 4), date(2026, 12, 28)),  # not on Christmas, nor on the weekend after it
    ],
)
def test_it_is_on_the_first_working_day_in_three_weeks(day, again):
    assert look_again_on(evaluate(CHECKLIST, OURS, day)) == again
    (event,) = Calendar.from_ical(made(day=day)).walk("VEVENT")
    assert event["DTSTART"].dt.astimezone(MONTREAL) == datetime.combine(again, datetime.min.time(), MONTREAL).replace(
        hour=9
    )


@pytest.mark.parametrize(("day", "hour"), [(MONDAY, "130000Z"), (date(2026, 11, 2), "140000Z")])
def test_it_is_recalled_at_nine_where_the_manager_is_in_summer_and_winter(day, hour):
    event = one_event(day=day)
    assert event["DTSTART"][0].partition("T")[2] == hour
    assert (event["VALARM.ACTION"], event["VALARM.TRIGGER"]) == (["DISPLAY"], ["P0D"])


def test_asked_for_again_it_is_the_same_event_moved_to_a_later_day():
    before, after = one_event(), one_event(day=MONDAY + timedelta(days=8))
    assert before["UID"] == after["UID"] != one_event(OURS.model_copy(update={"id": UUID(int=8)}))["UID"]
    assert before["DTSTART"] < after["DTSTART"]
    assert int(before["SEQUENCE"][0]) < int(after["SEQUENCE"][0])
    assert before["DTSTAMP"] < after["DTSTAMP"]


def test_it_says_how_to_come_back_by_the_address_where_that_is_known():
    known, unknown = one_event(address="https://aide.example/plan/"), one_event()
    assert unescaped(known["DESCRIPTION"][0]).split("\n") == [
        unescaped(unknown["DESCRIPTION"][0]),
        "https://aide.example/plan/",
    ]
    assert known["URL"] == ["https://aide.example/plan/"]
    assert "URL" not in unknown
    assert unescaped(unknown["DESCRIPTION"][0]).startswith("Ouvrez le PDF de votre plan dans Pense-bête")
    assert one_event(language="en")["SUMMARY"] == ["Look at my plan again"]


def test_it_has_nothing_of_the_dossier_in_it():
    assessment = full(CHECKLIST).model_copy(update={"id": UUID(int=7)})
    assert made(assessment) == made()


@few(20)
@given(st.dates(FIRST_DAY, date.max), st.sampled_from(["America/Montreal", "Pacific/Kiritimati", "Pacific/Niue"]))
def test_on_any_day_and_in_any_zone_it_can_be_read(day, zone):
    evaluation = evaluate(CHECKLIST, OURS, day, ZoneInfo(zone))
    (event,) = Calendar.from_ical(export("reminder", evaluation, "fr")).walk("VEVENT")
    begins = event["DTSTART"].dt.astimezone(ZoneInfo(zone))
    assert (begins.date(), begins.hour) == (look_again_on(evaluation), 9)
    assert begins.weekday() < 5
    assert begins.date() >= min(day, LAST_DAY) + timedelta(weeks=3)
    assert 0 <= event["SEQUENCE"] < 2**31
