"""Whether a process lives, and whether it is ready for visitors."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from threading import Event
from typing import Any

import pytest
from starlette.responses import PlainTextResponse

from pensebete.storage import current
from pensebete.storage.errors import StoreUnavailableError
from pensebete.web.server import drain, health
from pensebete.web.server.health import Health, Readiness
from pensebete.web.server.middleware import MIDDLEWARE
from tests.asgi import answer_to


@pytest.fixture(autouse=True)
def _not_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drain, "_draining", False)


def asked(path: str = "/readyz", **checks: Callable[[], bool]) -> tuple[int, Any]:
    app = Health(
        PlainTextResponse("the app"), Readiness(checks or {"checklist": lambda: True, "database": lambda: True})
    )
    answer = asyncio.run(answer_to(app, path))
    return answer.status, json.loads(answer.body) if path.startswith("/readyz") else answer.body.decode()


def test_it_lives_whatever_is_away_and_passes_on_all_else():
    assert asked("/healthz", database=lambda: False) == (200, "ok\n")
    assert asked("/") == (200, "the app")


def test_it_is_ready_with_its_database_its_checklist_and_until_it_drains():
    assert asked() == (200, {"ready": True, "checklist": True, "database": True, "taking_visits": True})
    assert asked(checklist=lambda: False, database=lambda: True)[0] == 503
    status, told = asked(checklist=lambda: True, database=lambda: False)
    assert (status, told["ready"], told["database"]) == (503, False, False)
    drain.begin_to_drain()
    assert asked()[0] == 503


def test_what_all_processes_lack_alike_may_be_left_out():
    away = {"checklist": lambda: True, "database": lambda: False}
    assert asked("/readyz?exclude=database", **away)[0] == 200
    assert asked("/readyz?exclude=checklist", **away)[0] == 503


def test_however_many_ask_one_question_is_asked_and_one_that_hangs_is_not_asked_again(monkeypatch):
    monkeypatch.setattr(health, "_PATIENCE", 0.05)
    times, let_go = 0, Event()

    def hangs() -> bool:
        nonlocal times
        times += 1
        return let_go.wait(60)

    readiness = Readiness({"database": hangs}, clock=iter(range(0, 1000, 10)).__next__)

    async def ask() -> list[dict[str, bool]]:
        try:
            return [await readiness.now() for _ in range(3)]
        finally:
            let_go.set()

    assert asyncio.run(ask()) == [{"database": False}] * 3
    assert times == 1


def test_the_database_of_a_test_answers_and_one_that_is_away_does_not(monkeypatch):
    monkeypatch.setattr(current, "answers", lambda: None)
    assert health.database_answers()

    def away() -> None:
        raise StoreUnavailableError("unreachable", "file")

    monkeypatch.setattr(current, "answers", away)
    assert not health.database_answers()


def test_it_is_answered_before_anything_is_counted():
    places = [one.cls.__name__ for one in MIDDLEWARE]  # type: ignore[attr-defined]
    assert places.index("Health") < min(places.index("DrainDoor"), places.index("AddressDoor"))
