"""Only this app's own pages speak with its websocket.

The framework looks at a foreign Origin by asking a host of Amazon which address this machine has, two seconds in which
nobody is served, and lets in whoever says `localhost`. Here an Origin is compared before the framework sees it; what
passes it takes for its own, without a question.
"""

from __future__ import annotations

import logging
import os
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from pensebete.web.server.metrics import count_refusal
from pensebete.web.server.static_gzip import base_path

PUBLIC_URL = "PENSEBETE_PUBLIC_URL"  # where the app is served from, when a proxy does not pass the Host on

_LOG = logging.getLogger(__name__)
_POLICY_VIOLATION = 1008


def host_of(address: str) -> str:
    """The host and port of an address or origin; "" for none, and for the origin `null`."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return parts.netloc.lower() if parts.scheme in {"http", "https"} else ""


def is_ours(origin: str, host: str) -> bool:
    """Whether a page of `origin` is one of those that this server, asked as `host`, sends."""
    asked = host_of(origin)
    return bool(asked) and asked in {host.lower(), host_of(os.environ.get(PUBLIC_URL, ""))}


class OriginDoor:
    """ASGI middleware: refuses a websocket of a foreign page, and keeps the server's inner counts to itself.

    Without an Origin it is no browser that asks, so no other site makes one ask: that passes.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._counts = f"{base_path()}/_stcore/metrics"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] == self._counts:
            await PlainTextResponse("", status_code=404)(scope, receive, send)
        elif scope["type"] == "websocket" and (origin := Headers(scope=scope).get("origin")) is not None:
            if is_ours(origin, Headers(scope=scope).get("host", "")):
                await self._app(_asked_as(urlsplit(origin).netloc, scope), receive, send)
            else:
                count_refusal("origin")
                _LOG.warning("a websocket was refused: it came from a page of another site")
                await send({"type": "websocket.close", "code": _POLICY_VIOLATION})
        else:
            await self._app(scope, receive, send)


def _asked_as(host: str, scope: Scope) -> Scope:
    """With the Host of the page itself, so that the framework has nothing left to ask."""
    others = [(name, value) for name, value in scope["headers"] if name.lower() != b"host"]
    return {**scope, "headers": [*others, (b"host", host.encode("latin-1"))]}
