"""The address of a calendar as the server answers it: what is read there, and what is not said."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from icalendar import Calendar
from starlette.applications import Starlette

from pensebete.assessment.edits import with_own_action
from pensebete.assessment.model import Assessment
from pensebete.checklist.loading import load, published_path
from pensebete.storage import current
from pensebete.storage.calendars import add_calendar, renew_calendar, revoke_calendar
from pensebete.storage.dossiers import Kept, delete_dossier, keep
from pensebete.storage.engine import Store
from pensebete.storage.errors import StoreUnavailableError
from pensebete.storage.links import NewLink
from pensebete.web.server import calendar_feed
from pensebete.web.server.calendar_feed import calendar_path, calendar_routes
from tests.asgi import Answer, answer_to
from tests.builders import NOW, assess
from tests.dossiers import own_action
from tests.storage.visit import Visit

DUE = date(2026, 4, 9)
PLAN = assess(own_actions=(own_action(1, "Appeler la caisse", due=DUE),), organisation="Coop du Fleuve", id=UUID(int=7))
TEXT = published_path().read_text(encoding="utf-8")


@pytest.fixture(autouse=True)
def _this_store(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(current, "store", lambda: store)


@pytest.fixture
def kept(store: Store) -> Kept:
    return keep(store, PLAN, TEXT, NOW, "direction")


@pytest.fixture
def made(store: Store, kept: Kept) -> NewLink:
    return add_calendar(store, kept.dossier_id, kept.link_id, "Téléphone", NOW)


def at_once(*tokens: str, method: str = "GET", **headers: str) -> list[Answer]:
    async def ask_all() -> Any:
        app = Starlette(routes=calendar_routes())
        return await asyncio.gather(*(answer_to(app, f"/{calendar_path(one)}", method, **headers) for one in tokens))

    with ThreadPoolExecutor(1) as thread:
        found: list[Answer] = thread.submit(asyncio.run, ask_all()).result()
    return found


def ask(token: str, method: str = "GET", **headers: str) -> Answer:
    return at_once(token, method=method, **headers)[0]


def events(content: bytes) -> dict[str, date]:
    return {str(one["SUMMARY"]): one["DTSTART"].dt for one in Calendar.from_ical(content).walk("VEVENT")}


def test_a_calendar_reads_what_is_left_to_do_and_what_changes(store, kept, made):
    status, headers, content = ask(made.token)
    assert (status, headers["content-type"]) == (200, "text/calendar; charset=utf-8")
    assert events(content) == {"Appeler la caisse": DUE}

    def change(**what: object) -> Callable[[Assessment], Assessment]:
        return lambda a: with_own_action(a, a.own_actions[0].model_copy(update=what), NOW)

    visit = Visit.by(store, kept.token)
    visit.edit(change(due=DUE + timedelta(days=7)))
    assert events(ask(made.token)[2]) == {"Appeler la caisse": DUE + timedelta(days=7)}
    visit.edit(change(state="done"))
    assert events(ask(made.token)[2]) == {}


def test_it_is_kept_by_no_proxy_found_by_no_search_engine_and_makes_no_visit(made):
    _, headers, content = ask(made.token)
    assert headers["cache-control"] == "private, no-cache"
    assert headers["x-robots-tag"] == "noindex, nofollow"
    assert "set-cookie" not in headers
    assert b"Fleuve" not in content


def test_a_calendar_that_has_it_already_is_sent_nothing(store, kept, made):
    _, headers, content = ask(made.token)
    status, again, nothing = ask(made.token, if_none_match=f'"other", {headers["etag"]}')
    assert (status, again["etag"], nothing) == (304, headers["etag"], b"")
    assert ask(made.token)[2] == content
    Visit.by(store, kept.token).edit(lambda a: with_own_action(a, own_action(2, "Réunir le CA", due=DUE), NOW))
    assert ask(made.token, if_none_match=headers["etag"])[0] == 200


def test_it_may_be_asked_for_its_headers_alone_and_nothing_may_be_sent_to_it(made):
    status, headers, _ = ask(made.token, method="HEAD")
    assert (status, headers["etag"]) == (200, ask(made.token)[1]["etag"])
    for method in ("POST", "PUT", "DELETE", "PROPFIND"):
        assert ask(made.token, method=method)[0] == 405


def test_revoked_renewed_deleted_cut_short_or_never_given_it_answers_the_same(store, kept, made):
    ended = [made.token]
    renewed = renew_calendar(store, kept.dossier_id, kept.link_id, made.link_id, NOW)
    assert ask(renewed.token)[0] == 200
    revoke_calendar(store, kept.dossier_id, kept.link_id, renewed.link_id, NOW)
    ended.append(renewed.token)
    deleted = add_calendar(store, kept.dossier_id, kept.link_id, "", NOW)
    delete_dossier(store, kept.dossier_id, kept.link_id)
    answers = [
        (status, dict(headers), body)
        for status, headers, body in at_once(*ended, deleted.token, kept.token, "x" * 43, "x", "é", "x" * 3000, "%00")
    ]
    assert {status for status, _, _ in answers} == {404}
    assert all(answer == answers[0] for answer in answers)
    assert answers[0][2].decode().count("\n") == 2  # in both languages


def test_while_the_database_is_away_calendars_are_told_to_come_back(made, monkeypatch):
    def away() -> Store:
        raise StoreUnavailableError("unreachable", "OperationalError")

    monkeypatch.setattr(current, "store", away)
    status, headers, body = ask(made.token)
    assert (status, headers["retry-after"]) == (503, "600")
    assert b"OperationalError" not in body


def test_it_is_in_the_language_and_the_zone_of_the_dossier(store, monkeypatch):
    """A plan that was not opened yet: what is due goes with the day, and which day it is goes with the zone."""

    class Clock(datetime):
        @classmethod
        def now(cls, tz=None):  # type: ignore[no-untyped-def,override]
            return datetime(2026, 4, 15, 2, tzinfo=UTC).astimezone(tz)

    monkeypatch.setattr(calendar_feed, "datetime", Clock)
    found = {}
    for zone in ("America/Vancouver", "Europe/Paris"):
        dossier = assess({"cash-weeks": "to_do"}, language="en", timezone=zone)
        link = keep(store, dossier, TEXT, NOW)
        found[zone] = events(ask(add_calendar(store, link.dossier_id, link.link_id, "", NOW).token)[2])
    first = load(published_path()).items["cash-weeks"].actions[0].text["en"]
    days = [found[zone][f"L1a · {first}"] for zone in ("America/Vancouver", "Europe/Paris")]
    assert days == [date(2026, 4, 16), date(2026, 4, 17)]


def test_neither_a_language_that_nobody_speaks_nor_a_zone_of_the_server_that_nobody_has_is_a_fault(store, monkeypatch):
    monkeypatch.setenv("PENSEBETE_TIMEZONE", "Mars/Olympus")
    link = keep(store, PLAN.model_copy(update={"language": "pl"}), TEXT, NOW)
    assert ask(add_calendar(store, link.dossier_id, link.link_id, "", NOW).token)[0] == 200


def test_a_dossier_made_with_a_checklist_of_before_is_read_with_the_one_of_today(store):
    older = (published_path().parent / "tests" / "fixtures" / "versions" / "2026.1" / "checklist.yaml").read_text(
        "utf-8"
    )
    said = assess({"cash-forecast": "to_do"})
    said = said.model_copy(update={"checklist": said.checklist.model_copy(update={"version": "2026.1"})})
    link = keep(store, said, older, NOW)
    titles = events(ask(add_calendar(store, link.dossier_id, link.link_id, "", NOW).token)[2])
    assert any(title.startswith("L1a ·") for title in titles)  # which L1 of before asked too


def test_two_are_answered_at_a_time_and_too_many_who_wait_are_told_to_come_back(made, monkeypatch):
    """The server itself goes on: what waits for the database waits in threads of its own."""
    go_on, at_work, most = threading.Event(), [0], [0]
    read = calendar_feed._read

    def slow(token: str) -> object:
        at_work[0] += 1
        most[0] = max(most[0], at_work[0])
        go_on.wait(10)
        try:
            return read(token)
        finally:
            at_work[0] -= 1

    monkeypatch.setattr(calendar_feed, "_read", slow)

    async def crowd() -> list[int]:
        app = Starlette(routes=calendar_routes())
        asked = [asyncio.create_task(answer_to(app, f"/{calendar_path(made.token)}")) for _ in range(80)]
        while sum(one.done() for one in asked) < 16:  # the loop is free: those who are refused hear it at once
            await asyncio.sleep(0.01)
        go_on.set()
        return [(await one)[0] for one in asked]

    with ThreadPoolExecutor(1) as thread:
        statuses = thread.submit(asyncio.run, crowd()).result(60)
    assert (statuses.count(503), statuses.count(200)) == (16, 64)
    assert most[0] <= 2
    assert ask(made.token)[0] == 200
