"""A process that is told to end: whom it still takes, and how it lets go of its visits."""

from __future__ import annotations

import asyncio
import inspect
import logging
from types import SimpleNamespace
from typing import Any

import pytest
import uvicorn
from starlette.responses import PlainTextResponse
from starlette.websockets import WebSocketDisconnect
from streamlit.runtime import Runtime
from streamlit.runtime.app_session import AppSessionState
from uvicorn.protocols.websockets import websockets_sansio_impl

from pensebete.web.server import drain
from pensebete.web.server.drain import DrainDoor, begin_to_drain, how_many
from tests.asgi import answer_to


@pytest.fixture(autouse=True)
def _not_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drain, "_draining", False)


def test_it_takes_no_new_page_and_goes_on_with_all_else():
    door = DrainDoor(PlainTextResponse("served"))

    def status(path: str, **headers: str) -> int:
        return asyncio.run(answer_to(door, path, **headers)).status

    assert status("/", accept="text/html") == 200
    begin_to_drain()
    assert status("/", accept="text/html") == 503
    assert status("/app/static/style/frame.css", accept="text/css") == 200
    assert status("/media/plan.pdf") == 200


@pytest.mark.parametrize(
    ("extensions", "told"),
    [({"websocket.http.response": {}}, "websocket.http.response.start"), ({}, "websocket.close")],
)
def test_a_websocket_is_refused_before_it_opens_so_that_a_proxy_can_try_another(extensions, told):
    sent: list[dict[str, Any]] = []

    async def send(message: Any) -> None:
        sent.append(message)

    begin_to_drain()
    scope = {"type": "websocket", "headers": [], "extensions": extensions}
    asyncio.run(DrainDoor(PlainTextResponse("never"))(scope, None, send))  # type: ignore[arg-type]
    assert sent[0]["type"] == told
    assert sent[0].get("status", 503) == 503


def test_a_few_are_let_go_of_at_once_and_of_many_so_many_that_all_are_by_the_end():
    assert how_many(3, 15.0) == 1
    left, looks = 2_000, 0
    while left > 0:
        left -= how_many(left, 15.0 - looks * 0.1)
        looks += 1
    assert 100 < looks < 150


def test_one_that_leaves_by_itself_meanwhile_keeps_nobody_else_from_being_let_go_of():
    """Or else the process would end there, with all that it still has."""

    async def close(code: int) -> None:
        raise WebSocketDisconnect(1006)

    left = SimpleNamespace(client=SimpleNamespace(_websocket=SimpleNamespace(close=close)))
    asyncio.run(drain._let_go(left))


def test_a_websocket_that_was_answered_is_no_error_in_the_log():
    begin_to_drain()
    log = logging.getLogger("uvicorn.error")
    for said, written in ((drain._ANSWERED, False), ("another error", True)):
        assert bool(log.filter(log.makeRecord(log.name, logging.ERROR, "file.py", 1, said, (), None))) is written
    assert drain._ANSWERED in inspect.getsource(websockets_sansio_impl)


def test_each_is_let_go_of_once_its_page_is_made(monkeypatch):
    closed: list[tuple[str, int]] = []
    visits: list[Any] = []

    def visit(name: str) -> Any:
        async def close(code: int) -> None:
            closed.append((name, code))
            visits.remove(one)

        session = SimpleNamespace(_state=AppSessionState.APP_NOT_RUNNING)
        client = SimpleNamespace(
            _websocket=SimpleNamespace(close=close), _send_queue=SimpleNamespace(empty=lambda: True)
        )
        one = SimpleNamespace(session=session, client=client)
        return one

    visits += [visit("busy"), visit("idle")]
    visits[0].session._state = AppSessionState.APP_IS_RUNNING
    busy = visits[0]
    looks = 0

    def look() -> list[Any]:
        nonlocal looks
        looks += 1
        return list(visits)

    runtime = SimpleNamespace(_session_mgr=SimpleNamespace(list_active_sessions=look))
    monkeypatch.setattr(Runtime, "instance", lambda: runtime)

    async def end() -> None:
        draining = asyncio.create_task(drain._drain(uvicorn.Server(uvicorn.Config(PlainTextResponse("")))))
        while looks < 3:
            await asyncio.sleep(0)
        assert closed == [("idle", 1012)]
        assert drain.is_draining()
        busy.session._state = AppSessionState.APP_NOT_RUNNING
        await draining

    asyncio.run(end())
    assert closed == [("idle", 1012), ("busy", 1012)]
