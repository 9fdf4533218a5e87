"""A process that is told to end while others go on: it takes nobody new, finishes what it began, and lets go.

A page whose line closes asks for another by itself, and the tab has what it needs (browser_bridge/connection.js). They
are let go of a few at a time, each once its page is made: all at once, the other processes would have them all to make.
"""

from __future__ import annotations

import asyncio
import logging
import math
import time
from typing import Any

import uvicorn
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocketDisconnect
from streamlit.runtime import Runtime
from streamlit.runtime.app_session import AppSessionState

from pensebete.web.server.metrics import count_refusal
from pensebete.web.server.network import is_page
from pensebete.web.server.this_process import name_of_process

DRAINED_WITHIN = 15.0  # seconds; what ends processes waits for twice as long, and mostly longer
# Visits let go of in a second, where they are few: as many as another process makes pages for while it serves its own.
# Sooner, each would wait there for longer than it waits here.
AT_LEAST = 10
_LOOK_EVERY = 0.1  # seconds
_SERVICE_RESTART = 1012  # the code of a websocket that may come back at once

_ANSWERED = "completing handshake"

_draining = False


def is_draining() -> bool:
    return _draining


def begin_to_drain() -> None:
    global _draining
    _draining = True
    # uvicorn says so, as an error, of each websocket that is answered and not opened.
    logging.getLogger("uvicorn.error").addFilter(lambda record: _ANSWERED not in str(record.msg))


class DrainDoor:
    """ASGI middleware: once this process drains, a new visit is answered 503, by which a proxy tries another one."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not is_draining() or not (scope["type"] == "websocket" or is_page(scope)):
            await self._app(scope, receive, send)
            return
        count_refusal("draining")
        if scope["type"] == "http":
            await PlainTextResponse("", status_code=503, headers={"Retry-After": "5"})(scope, receive, send)
        elif "websocket.http.response" in scope.get("extensions", {}):
            await send({"type": "websocket.http.response.start", "status": 503, "headers": [(b"retry-after", b"5")]})
            await send({"type": "websocket.http.response.body", "body": b""})
        else:
            await send({"type": "websocket.close", "code": _SERVICE_RESTART})


def drain_before_the_end() -> None:
    """From here on, a server of this process that is told to end lets go of its visits first, where there are others
    to take them."""
    shutdown = uvicorn.Server.shutdown
    if getattr(shutdown, "drains", False):
        return

    async def drained(server: uvicorn.Server, *args: Any, **kwargs: Any) -> None:
        if name_of_process() and Runtime.exists():
            await _drain(server)
        await shutdown(server, *args, **kwargs)

    drained.drains = True  # type: ignore[attr-defined]
    uvicorn.Server.shutdown = drained  # type: ignore[method-assign,assignment]


async def _drain(server: uvicorn.Server) -> None:
    begin_to_drain()
    end = time.monotonic() + DRAINED_WITHIN
    while (visits := Runtime.instance()._session_mgr.list_active_sessions()) and time.monotonic() < end:
        if server.force_exit:  # told twice
            return
        for visit in [one for one in visits if _is_idle(one)][: how_many(len(visits), end - time.monotonic())]:
            await _let_go(visit)
        await asyncio.sleep(_LOOK_EVERY)


def how_many(visits: int, seconds_left: float) -> int:
    """To let go of at one look, so that all are by the end."""
    looks_left = max(1.0, seconds_left / _LOOK_EVERY - 10)  # the last second is for those whose page takes long
    return max(math.ceil(AT_LEAST * _LOOK_EVERY), math.ceil(visits / looks_left))


def _is_idle(visit: Any) -> bool:
    """Its page is made, and has left."""
    return visit.session._state is not AppSessionState.APP_IS_RUNNING and visit.client._send_queue.empty()


async def _let_go(visit: Any) -> None:
    try:
        await visit.client._websocket.close(code=_SERVICE_RESTART)
    except (RuntimeError, WebSocketDisconnect):
        return  # it closed by itself meanwhile
