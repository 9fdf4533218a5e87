"""What a program that looks after the processes asks them: whether one lives, and whether to send it visitors.

Both are answered before anything is counted, and say nothing of anybody. `/healthz` asks nothing of anything: a process
that is ended because its database is away helps nobody. `/readyz` says what is wrong; what the one who asks can do
nothing about may be left out, `?exclude=database`, as Kubernetes' own programs have it.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from pensebete.storage.errors import StoreError
from pensebete.web.server.drain import is_draining
from pensebete.web.server.live import look
from pensebete.web.server.static_gzip import base_path

HEALTH, READY = "/healthz", "/readyz"
_PATIENCE = 2.0  # seconds for the database; it says itself that it is away after as many
_KEPT = 1.0  # seconds that an answer serves whoever else asks
_NOT_KEPT = {"Cache-Control": "no-store"}


def checklist_served() -> bool:
    """Whether there is a sound text to show, be it the one before a mistake."""
    return look().serving is not None


def database_answers() -> bool:
    from pensebete.storage.current import answers  # it takes half a second to import

    try:
        answers()
    except StoreError:
        return False
    return True


class Readiness:
    """What is there, asked once by however many ask at a time."""

    def __init__(self, checks: Mapping[str, Callable[[], bool]], clock: Callable[[], float] = time.monotonic) -> None:
        self._checks, self._clock = checks, clock
        self._asking: dict[str, asyncio.Task[bool]] = {}
        self._told: dict[str, tuple[float, bool]] = {}

    async def now(self) -> dict[str, bool]:
        return {name: await self._one(name) for name in self._checks}

    async def _one(self, name: str) -> bool:
        asked_at, told = self._told.get(name, (float("-inf"), False))
        if self._clock() - asked_at < _KEPT:
            return told
        asking = self._asking.get(name)
        if asking is None or asking.done():
            asking = self._asking[name] = asyncio.create_task(asyncio.to_thread(self._checks[name]))
        try:
            told = await asyncio.wait_for(asyncio.shield(asking), _PATIENCE)
        except TimeoutError:
            told = False  # the question goes on, and no second one is asked meanwhile
        self._told[name] = (self._clock(), told)
        return told


class Health:
    """ASGI middleware: answers both before any other is asked."""

    def __init__(self, app: ASGIApp, readiness: Readiness | None = None) -> None:
        self._app = app
        self._readiness = readiness or Readiness({"checklist": checklist_served, "database": database_answers})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"].removeprefix(base_path()) if scope["type"] == "http" else ""
        if path == HEALTH:
            await PlainTextResponse("ok\n", headers=_NOT_KEPT)(scope, receive, send)
        elif path == READY:
            await (await self._ready(Request(scope)))(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _ready(self, request: Request) -> JSONResponse:
        found = {**await self._readiness.now(), "taking_visits": not is_draining()}
        left_out = set(request.query_params.getlist("exclude"))
        ready = all(is_so for name, is_so in found.items() if name not in left_out)
        return JSONResponse({"ready": ready, **found}, status_code=200 if ready else 503, headers=_NOT_KEPT)
