"""The log as lines for a program: one JSON object each, where PENSEBETE_LOGS=json asks for it.

For whatever a library writes too, with whichever handler: the ids and tokens are masked before (log_masking.py).
"""

from __future__ import annotations

import json
import logging
import os
from contextvars import ContextVar
from datetime import UTC, datetime

from starlette.types import ASGIApp, Receive, Scope, Send

from pensebete.web.server.log_masking import masked
from pensebete.web.server.this_process import name_of_process

LOGS = "PENSEBETE_LOGS"
# Of the request that is being answered: how and where it was asked, without what stands behind the ? of its address.
_request: ContextVar[dict[str, str] | None] = ContextVar("request", default=None)


def as_json() -> bool:
    return os.environ.get(LOGS, "").strip().lower() == "json"


def line(record: logging.LogRecord) -> str:
    """Time, level, logger, message; of which process and request, where there is one; the traceback of an error."""
    said: dict[str, object] = {
        "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
        "level": record.levelname.lower(),
        "logger": record.name,
        "message": masked(record.getMessage()),
    }
    if process := name_of_process():
        said["process"] = process
    if request := _request.get():
        said["request"] = request
    if record.exc_info and record.exc_info[0] is not None:
        said["error"] = record.exc_info[0].__name__
        said["traceback"] = masked(logging.Formatter().formatException(record.exc_info))
    return json.dumps(said, ensure_ascii=False)


def write_lines() -> None:
    """Each handler writes so from here on, those too that the framework makes later for a logger of its own."""
    if as_json():

        def written(handler: logging.Handler, record: logging.LogRecord) -> str:
            return line(record)

        logging.Handler.format = written  # type: ignore[method-assign,assignment]


class RequestOfLine:
    """ASGI middleware: what is logged while a request is answered says which one."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._wanted = as_json()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._wanted and scope["type"] in {"http", "websocket"}:
            _request.set({"method": scope.get("method", "WEBSOCKET"), "path": masked(scope["path"])})
        await self._app(scope, receive, send)
