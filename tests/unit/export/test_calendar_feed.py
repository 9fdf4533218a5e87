"""What a calendar subscribes to, read by Home Assistant’s library: titles and dates, moved and gone with the plan."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from os import environ
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ical.calendar_stream import IcsCalendarStream

from pensebete.assessment.edits import with_answer, with_own_action, with_planned
from pensebete.assessment.model import STATES, Assessment, Planned
from pensebete.evaluation.action_plan import Action
from pensebete.evaluation.action_text import named
from pensebete.export.calendar_file import feed
from pensebete.text.wording import wording
from tests.builders import CHECKLIST, MONDAY, NOW, assess, evaluate, written_dossiers
from tests.calendars import CALENDARS, Event, Kept, by_last_modified
from tests.cases_tried import few
from tests.dossiers import full, own_action
from tests.unit.export.reading import content_lines, events, made, unescaped

MONTREAL = ZoneInfo("America/Montreal")
DUE = date(2026, 4, 2)


def fed(assessment: Assessment, day: date = MONDAY, language: str = "fr") -> bytes:
    return feed(evaluate(CHECKLIST, assessment, day, MONTREAL), wording(language))


def fetched(content: bytes) -> Kept:
    calendar = IcsCalendarStream.calendar_from_ics(content.decode())
    found = {}
    for one in calendar.events:
        assert one.sequence is not None
        assert isinstance(one.last_modified, datetime)
        assert one.status is None
        found[one.uid] = Event(one.uid, one.summary, one.dtstart, one.sequence, one.dtstamp, one.last_modified)
    assert len(found) == len(calendar.events)
    return found


def due(assessment: Assessment, day: date = MONDAY) -> list[tuple[str, date]]:
    """What is left to do by a date, as the page of the plan says it."""
    plan = evaluate(CHECKLIST, assessment, day, MONTREAL).plan
    return sorted((named(a, wording("fr")), a.due) for a in plan if a.open and a.due)


def planning(**details):
    of_action = {key: details.pop(key) for key in ("state", "set_aside", "due") if key in details}
    own = own_action(1, "Appeler la caisse", **{"due": DUE, **of_action})
    return assess(own_actions=(own,), **{"id": UUID(int=7), "updated_at": NOW, **details})


def test_it_has_an_event_for_each_open_action_with_a_due_date():
    assessment = full(CHECKLIST)
    kept = fetched(fed(assessment))
    assert sorted((one.title, one.on) for one in kept.values()) == due(assessment)
    assert len(kept) > 10


def test_it_has_titles_and_dates_and_nothing_else():
    """Not by what it lacks: by the names of all that it has."""
    names = {name.partition(";")[0] for event in events(fed(full(CHECKLIST))) for name in event}
    assert names == {
        "SUMMARY", "DTSTART", "DTEND", "DTSTAMP", "UID", "SEQUENCE", "LAST-MODIFIED", "TRANSP",
        "X-MICROSOFT-CDO-BUSYSTATUS", "VALARM.ACTION", "VALARM.DESCRIPTION", "VALARM.TRIGGER",
    }  # fmt: skip
    for event in events(fed(full(CHECKLIST))):
        assert set(event["VALARM.DESCRIPTION"]) == set(event["SUMMARY"])


def test_notes_leads_states_and_names_stay_out():
    assessment = full(CHECKLIST)
    text = unescaped_text(fed(assessment))
    private = [assessment.organisation, assessment.prepared_by, "Commentaire", "Ginette"]
    private += [word for answer in assessment.answers.values() for word in (answer.note[:14], answer.reason[:14])]
    assert [word for word in private if word and word in text] == []


def unescaped_text(content: bytes) -> str:
    return content.replace(b"\r\n ", b"").decode()


@pytest.mark.parametrize("closed", [{"state": "done"}, {"state": "dropped"}, {"set_aside": True}, {"due": None}])
def test_what_is_done_dropped_set_aside_or_has_no_date_has_gone(closed):
    assert len(fetched(fed(planning()))) == 1
    assert fetched(fed(planning(**closed))) == {}


def test_with_nothing_left_to_do_it_is_a_valid_calendar_still():
    lines = content_lines(fed(assess()))
    assert ("BEGIN", "VTIMEZONE") in lines  # RFC 5545: a calendar has a component at least
    assert fetched(fed(assess())) == {}


def test_an_event_is_the_same_as_in_the_file_to_import():
    assessment = full(CHECKLIST).model_copy(update={"id": UUID(int=7)})
    imported = {e["UID"][0]: unescaped(e["SUMMARY"][0]) for e in events(made("ics", CHECKLIST, assessment))}
    assert {uid: one.title for uid, one in fetched(fed(assessment)).items()}.items() <= imported.items()


def test_it_asks_to_be_fetched_again_within_hours():
    head = dict(content_lines(fed(planning())))
    assert head["REFRESH-INTERVAL;VALUE=DURATION"] == head["X-PUBLISHED-TTL"] == "PT4H"
    assert head["NAME"] == head["X-WR-CALNAME"] == "Plan d’action"
    assert "METHOD" not in head


def test_it_is_in_the_language_of_the_dossier():
    assessment = assess({"cash-weeks": "to_do"}, plan={"cash-weeks": {"quick-runway": Planned()}})
    text = CHECKLIST.items["cash-weeks"].actions[0].text
    assert f"L1a · {text['en']}" in [one.title for one in fetched(fed(assessment, language="en")).values()]


def test_a_due_date_that_moved_is_the_same_event_and_a_newer_one():
    (before,) = fetched(fed(planning())).values()
    moved = planning(due=DUE + timedelta(days=7), updated_at=NOW + timedelta(days=3))
    (after,) = fetched(fed(moved, MONDAY + timedelta(days=1))).values()
    assert (after.uid, after.on) == (before.uid, DUE + timedelta(days=7))
    assert after.sequence > before.sequence
    assert after.stamp > before.stamp


def test_a_due_date_that_goes_with_the_day_is_newer_the_next_day_in_every_way():
    """The plan was never opened: its dates count from today, and nothing was said since."""
    assessment = assess({"cash-weeks": "to_do"}, id=UUID(int=7), updated_at=NOW)
    kept = fetched(fed(assessment))
    later = fetched(fed(assessment, MONDAY + timedelta(days=1)))
    moved = [uid for uid in kept if kept[uid].on != later[uid].on]
    assert moved
    for take in CALENDARS:
        assert take(kept, later) == later


def test_what_was_changed_today_is_stamped_with_the_change():
    now = datetime(2026, 3, 30, 15, tzinfo=UTC)
    (event,) = fetched(fed(planning(updated_at=now))).values()
    assert event.stamp == event.last_modified == now


def test_the_calendars_tried_can_tell_old_from_new():
    """What would stay where LAST-MODIFIED did not rise is kept as it was: the trial can fail."""
    (before,) = fetched(fed(planning())).values()
    moved = Event(
        before.uid, before.title, DUE + timedelta(days=7), before.sequence, before.stamp, before.last_modified
    )
    assert by_last_modified({before.uid: before}, {before.uid: moved}) == {before.uid: before}


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("wait"), st.integers(1, 20)),
        st.tuples(st.just("move"), st.integers(0, 40), st.integers(-3, 40)),
        st.tuples(st.just("state"), st.integers(0, 40), st.sampled_from(STATES)),
        st.tuples(st.just("set_aside"), st.integers(0, 40), st.booleans()),
        st.tuples(st.just("answer"), st.integers(0, 25), st.sampled_from(["to_do", "done", "unknown", None])),
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=500 if environ.get("PENSEBETE_EXPLORE") else 12, deadline=None)
@given(STEPS)
def test_whatever_is_done_to_a_plan_each_calendar_shows_what_the_plan_says(steps):
    """Fetched after each step by three calendars, none of which ever sees the feeds of the others."""
    now = NOW
    assessment = full(CHECKLIST).model_copy(update={"id": UUID(int=7), "updated_at": now, "plan_started_on": None})
    calendars: dict[str, Kept] = {take.__name__: {} for take in CALENDARS}
    for what, *how in [("wait", 0), *steps]:
        now += timedelta(minutes=1)
        if what == "wait":
            now += timedelta(days=how[0])
        else:
            assessment = _stepped(assessment, what, how, now).model_copy(update={"updated_at": now})
        day = now.astimezone(MONTREAL).date()
        content = fetched(fed(assessment, day))
        for take in CALENDARS:
            calendars[take.__name__] = take(calendars[take.__name__], content)
            shown = sorted((one.title, one.on) for one in calendars[take.__name__].values())
            assert shown == due(assessment, day), take.__name__


def _stepped(assessment: Assessment, what: str, how: list, now: datetime) -> Assessment:  # type: ignore[type-arg]
    if what == "answer":
        return with_answer(assessment, list(CHECKLIST.items)[how[0] % len(CHECKLIST.items)], now, status=how[1])
    plan = evaluate(CHECKLIST, assessment, now.date(), MONTREAL).plan
    if not plan:
        return assessment
    action = plan[how[0] % len(plan)]
    change = {"due": (action.due or now.date()) + timedelta(days=how[1])} if what == "move" else {what: how[1]}
    return _changed(assessment, action, now, change)


def _changed(assessment: Assessment, action: Action, now: datetime, change: dict[str, object]) -> Assessment:
    if action.kind == "own":
        own = next(one for one in assessment.own_actions if str(one.id) == action.id)
        return with_own_action(assessment, own.model_copy(update=change), now)
    assert action.item
    return with_planned(assessment, action.item.id, action.id, now, **change)


@few(20)
@given(written_dossiers)
def test_any_dossier_makes_a_calendar_that_can_be_subscribed_to(assessment):
    content = feed(evaluate(CHECKLIST, assessment), wording("fr"))
    left = [a for a in evaluate(CHECKLIST, assessment).plan if a.open and a.due]
    assert len(fetched(content)) == len(left)
    assert len(events(content)) == len(left)
