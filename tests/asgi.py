"""An ASGI application asked as a server would, without one."""

from __future__ import annotations

from contextlib import suppress
from typing import NamedTuple

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Scope


class Answer(NamedTuple):
    """What came back."""

    status: int
    headers: Headers
    body: bytes


async def answer_to(
    app: ASGIApp,
    address: str,
    method: str = "GET",
    fails: type[Exception] | None = None,
    body: bytes = b"",
    **headers: str,
) -> Answer:
    """Ask it, header names written with _ for -; `fails`: what it raises once it has answered."""
    path, _, query = address.partition("?")
    scope: Scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.4"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()],
        "server": ("localhost", 8501),
    }
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    with suppress(*([fails] if fails else [])):
        await app(scope, receive, send)
    start, *bodies = sent
    return Answer(start["status"], Headers(raw=start["headers"]), b"".join(one.get("body", b"") for one in bodies))
