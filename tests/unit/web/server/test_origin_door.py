"""A websocket of another site's page is refused before the framework sees it."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from starlette.types import Message, Receive, Scope, Send
from streamlit.web.server.starlette import starlette_websocket

from pensebete.web.server import origin_door
from pensebete.web.server.origin_door import PUBLIC_URL, OriginDoor

HOST = "pense-bete.example"


def seen_by_the_framework(scope: dict[str, Any], sent: list[Message]) -> list[Scope]:
    """What passes the door."""
    passed: list[Scope] = []

    async def framework(scope: Scope, _receive: Receive, _send: Send) -> None:
        passed.append(scope)

    async def receive() -> Message:
        return {"type": "websocket.connect"}

    async def send(message: Message) -> None:
        sent.append(message)

    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, OriginDoor(framework)(scope, receive, send)).result()
    return passed


def websocket(origin: str | None, host: str = HOST) -> dict[str, Any]:
    headers = [(b"host", host.encode())] + ([] if origin is None else [(b"origin", origin.encode())])
    return {"type": "websocket", "path": "/_stcore/stream", "headers": headers}


@pytest.mark.parametrize(
    "origin",
    [
        "https://another.example",
        "http://localhost",
        "http://localhost:8501",
        "http://127.0.0.1:8501",
        "http://0.0.0.0",
        "https://pense-bete.example:8443",
        "https://pense-bete.example.another.example",
        "https://another.example/pense-bete.example",
        "https://pense-bete.example@another.example",
        "ftp://pense-bete.example",
        "pense-bete.example",
        "http://[",
        "null",
        "",
    ],
)
def test_a_page_of_another_site_gets_no_websocket(origin):
    sent: list[Message] = []
    assert seen_by_the_framework(websocket(origin), sent) == []
    assert [message["type"] for message in sent] == ["websocket.close"]


@pytest.mark.parametrize("origin", [f"https://{HOST}", f"http://{HOST}", f"https://{HOST.upper()}", None])
def test_a_page_of_this_app_and_what_is_no_browser_pass(origin):
    assert len(seen_by_the_framework(websocket(origin), [])) == 1


@pytest.mark.parametrize("host", ["127.0.0.1:8501", HOST.upper(), HOST])
def test_behind_a_proxy_the_public_address_passes_and_leaves_the_framework_nothing_to_ask(host, monkeypatch):
    monkeypatch.setenv(PUBLIC_URL, f"https://{HOST}/outils")
    monkeypatch.setattr(starlette_websocket, "is_url_from_allowed_origins", lambda _url: pytest.fail("it asked"))
    [scope] = seen_by_the_framework(websocket(f"https://{HOST}", host), [])
    told = {name.decode(): value.decode() for name, value in scope["headers"]}
    assert len(scope["headers"]) == len(told)
    assert starlette_websocket._is_origin_allowed(told["origin"], told["host"])
    assert seen_by_the_framework(websocket("https://another.example", host), []) == []


@pytest.mark.parametrize("base", ["", "/outils"])
def test_the_counts_of_the_server_are_not_public(base, monkeypatch):
    monkeypatch.setattr(origin_door, "base_path", lambda: base)
    sent: list[Message] = []
    asked = {"type": "http", "method": "GET", "path": f"{base}/_stcore/metrics", "headers": []}
    assert seen_by_the_framework(asked, sent) == []
    assert sent[0]["status"] == 404
    assert len(seen_by_the_framework({**asked, "path": f"{base}/_stcore/health"}, [])) == 1
