"""The cookie of a process, and uploads to a visit that another process has."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.responses import HTMLResponse, PlainTextResponse
from streamlit.runtime import Runtime

from pensebete.web.server import this_process
from pensebete.web.server.this_process import PROCESS, ProcessCookie, UploadsOfVisits, name_of_process
from tests.asgi import Answer, answer_to

UPLOAD = "/_stcore/upload_file/3f0c/file"


@pytest.fixture(autouse=True)
def _second(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv(PROCESS, "2")
    name_of_process.cache_clear()
    yield
    name_of_process.cache_clear()


def page(**headers: str) -> Answer:
    return asyncio.run(answer_to(ProcessCookie(HTMLResponse("page")), "/", accept="text/html", **headers))


def test_a_page_says_which_process_it_came_from_once():
    assert page().headers["set-cookie"] == "pensebete_process=2; Path=/; HttpOnly; SameSite=Lax"
    assert "set-cookie" not in page(cookie="pensebete_process=2").headers
    assert "pensebete_process=2" in page(cookie="pensebete_process=1").headers["set-cookie"]


def test_one_process_alone_says_nothing(monkeypatch):
    for name in ("", "two words", "a;b", "x" * 64):
        monkeypatch.setenv(PROCESS, name)
        name_of_process.cache_clear()
        assert "set-cookie" not in page().headers


def test_neither_a_file_nor_a_page_that_is_refused_says_it():
    file = ProcessCookie(PlainTextResponse("body {}", media_type="text/css"))
    assert "set-cookie" not in asyncio.run(answer_to(file, "/app/static/a.css", accept="text/html")).headers
    full = ProcessCookie(HTMLResponse("full", status_code=503))
    assert "set-cookie" not in asyncio.run(answer_to(full, "/", accept="text/html")).headers


def test_a_websocket_says_it_as_it_opens_and_what_is_no_request_passes():
    sent: list[dict[str, Any]] = []

    async def opens(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "websocket.accept", "headers": []})

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(ProcessCookie(opens)({"type": "websocket", "headers": []}, None, send))  # type: ignore[arg-type]
    assert sent[0]["headers"][0][1].startswith(b"pensebete_process=2;")
    asyncio.run(ProcessCookie(opens)({"type": "lifespan"}, None, send))  # type: ignore[arg-type]


def test_an_upload_to_a_visit_of_another_process_is_for_that_one(monkeypatch):
    class OneVisit:
        def is_active_session(self, session_id: str) -> bool:
            return session_id == "here"

    monkeypatch.setattr(Runtime, "exists", lambda: True)
    monkeypatch.setattr(Runtime, "instance", OneVisit)
    door = UploadsOfVisits(PlainTextResponse("taken"))
    assert asyncio.run(answer_to(door, UPLOAD, "PUT")).status == 503
    assert asyncio.run(answer_to(door, UPLOAD.replace("3f0c", "here"), "PUT")).status == 200
    assert asyncio.run(answer_to(door, "/", "GET")).status == 200
    monkeypatch.setattr(this_process, "name_of_process", lambda: "")  # alone, the framework says what is wrong
    assert asyncio.run(answer_to(door, UPLOAD, "PUT")).status == 200
