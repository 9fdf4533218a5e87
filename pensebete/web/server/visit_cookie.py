"""A visit goes on in the browser that began it.

The framework lets whoever names the id of a session go on with it: with the id alone, which stands in the addresses of
uploads, a visit could be joined, read, and a link of its dossier made. It also knows whose a session is, from headers
that a setting names (`server.trustedUserHeaders`), and lets nobody else go on with it: here that header says the
browser, by a cookie of its own which no script can read.
"""

from __future__ import annotations

import secrets
from hashlib import sha256

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pensebete.web.server.cookies import is_secure, name_for
from pensebete.web.server.static_gzip import base_path

VISIT_COOKIE = "pensebete-visit"
VISIT_HEADER = "X-Pensebete-Visit"  # named in .streamlit/config.toml


def visit_cookie_name(origin: str | None) -> str:
    return name_for(origin, VISIT_COOKIE)


def visit_said(visit: str) -> str:
    """What the framework is told of a browser: its cookie, which nobody can make of it again."""
    return sha256(visit.encode("utf-8", "replace")).hexdigest()


class VisitCookie:
    """ASGI middleware: tells the framework which browser a websocket belongs to, and gives a new one its cookie."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "websocket":
            await self._app(scope, receive, send)
            return
        origin = Headers(scope=scope).get("origin")
        name = visit_cookie_name(origin)
        known = HTTPConnection(scope).cookies.get(name)
        visit = known or secrets.token_urlsafe(24)
        header = (VISIT_HEADER.lower().encode(), visit_said(visit).encode())

        async def send_with_cookie(message: Message) -> None:
            if message["type"] == "websocket.accept" and known is None:
                secure = "; Secure" if is_secure(origin) else ""
                MutableHeaders(scope=message).append(
                    "Set-Cookie", f"{name}={visit}; Path={base_path() or '/'}; HttpOnly; SameSite=Strict{secure}"
                )
            await send(message)

        await self._app({**scope, "headers": [*_without_visit(scope), header]}, receive, send_with_cookie)


def _without_visit(scope: Scope) -> list[tuple[bytes, bytes]]:
    """Nobody says from outside which browser they are."""
    return [(name, value) for name, value in scope["headers"] if name.lower() != VISIT_HEADER.lower().encode()]
