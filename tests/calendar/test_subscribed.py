"""A plan followed by Thunderbird and Nextcloud, by their own library, ical.js: day by day, moved, done, all done."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from pensebete.assessment.edits import with_own_action
from pensebete.assessment.model import Assessment
from pensebete.export.build import export
from pensebete.export.calendar_file import feed
from pensebete.text.wording import wording
from tests.builders import CHECKLIST, MONDAY, NOW, assess, evaluate
from tests.calendars import CALENDARS, Event, Kept
from tests.dossiers import full, own_action

HERE = Path(__file__).parent
DUE = date(2026, 4, 9)


def read(*calendars: bytes) -> list[list[dict[str, Any]]]:
    assert (HERE / "node_modules" / "ical.js").is_dir(), "no ical.js: run tools/install-node-packages tests/calendar"
    given = json.dumps([one.decode() for one in calendars])
    call = ["node", str(HERE / "read.mjs")]
    done = subprocess.run(call, input=given, capture_output=True, text=True, timeout=60, cwd=HERE)
    assert done.returncode == 0, done.stderr
    found: list[list[dict[str, Any]]] = json.loads(done.stdout)
    return found


def kept(events: Sequence[dict[str, Any]]) -> Kept:
    return {
        one["uid"]: Event(
            one["uid"],
            one["title"],
            date.fromisoformat(one["on"]),
            one["sequence"],
            datetime.fromisoformat(one["stamp"]),
            datetime.fromisoformat(one["last_modified"]),
        )
        for one in events
    }


def test_a_calendar_follows_a_plan_day_by_day():
    """Each of three ways to keep what was fetched shows after each fetch what the plan says, and nothing more."""
    calls = own_action(1, "Appeler la caisse", due=DUE)
    meets = own_action(2, "Réunir le CA; ordre du jour : la trésorerie, « sans faute »", due=DUE)
    assessment = assess(own_actions=(calls, meets), id=UUID(int=7), updated_at=NOW)

    def said(before: Assessment, days: int, action: Any, **change: object) -> Assessment:
        now = NOW + timedelta(days=days)
        return with_own_action(before, action.model_copy(update=change), now).model_copy(update={"updated_at": now})

    moved = said(assessment, 3, calls, due=DUE + timedelta(days=7))
    done = said(moved, 4, meets, state="done")
    deleted = done.model_copy(update={"own_actions": done.own_actions[1:], "updated_at": NOW + timedelta(days=5)})
    feeds, expected = [], []
    for days, plan in ((2, assessment), (3, moved), (4, done), (5, deleted)):
        evaluation = evaluate(CHECKLIST, plan, NOW.date() + timedelta(days=days))
        feeds.append(feed(evaluation, wording("fr")))
        expected.append({(one.text, one.due) for one in plan.own_actions if one.state != "done"})
    assert [len(one) for one in expected] == [2, 2, 1, 0]
    fetches = [kept(events) for events in read(*feeds)]
    for take in CALENDARS:
        shown: Kept = {}
        for fetched, what in zip(fetches, expected, strict=True):
            shown = take(shown, fetched)
            assert {(one.title, one.on) for one in shown.values()} == what, take.__name__


def test_it_reads_what_was_written_and_when_it_is_recalled():
    (events,) = read(feed(evaluate(CHECKLIST, full(CHECKLIST)), wording("fr")))
    assert len(events) > 10
    for one in events:
        assert date.fromisoformat(one["until"]) == date.fromisoformat(one["on"]) + timedelta(days=1)
        assert one["alarms"][1] == 9 * 3600
        assert one["alarms"][0] in (-15 * 3600, -39 * 3600, -63 * 3600)


def test_it_reads_the_reminder_and_asked_for_again_it_has_moved():
    assessment = assess(id=UUID(int=7), updated_at=NOW)
    days = MONDAY, MONDAY + timedelta(days=7)
    (first,), (second,) = read(*(export("reminder", evaluate(CHECKLIST, assessment, day), "fr") for day in days))
    assert (first["on"], second["on"]) == ("2026-04-20T09:00:00Z", "2026-04-27T09:00:00Z")
    assert first["uid"] == second["uid"]
    assert first["sequence"] < second["sequence"]
    assert first["alarms"] == [0]
