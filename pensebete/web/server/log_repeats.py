"""What goes wrong a thousand times a minute is said once a minute, with its number.

A stranger can make some errors come as often as they like; each with a traceback, they fill the disk.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

SILENCE = 60.0  # seconds
_MOST_REMEMBERED = 1_000  # different errors; more than that and all are said anew

# Those in which what a client sends can be heard; a filter of a logger sees nothing of the loggers below it.
_LOGGERS = (
    "asyncio",
    "uvicorn.error",
    "websockets.server",
    "streamlit.runtime.app_session",
    "streamlit.runtime.runtime",
    "streamlit.runtime.websocket_session_manager",
    "streamlit.web.server.starlette.starlette_websocket",
    "pensebete.web.server.error_pages",
    "pensebete.web.server.message_door",
    "pensebete.web.server.origin_door",
)
_Kind = tuple[str, int, str, str]


class OnceAMinute(logging.Filter):
    """Lets a warning through once in SILENCE; the next one that passes says how many did not."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._said: dict[_Kind, tuple[float, int]] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        if record.levelno < logging.WARNING:
            return True
        kind, now = _kind(record), self._clock()
        said, unsaid = self._said.get(kind, (now - SILENCE, 0))
        if now - said < SILENCE:
            self._said[kind] = (said, unsaid + 1)
            return False
        if len(self._said) >= _MOST_REMEMBERED:
            self._said.clear()
        self._said[kind] = (now, 0)
        if unsaid:
            record.msg, record.args = f"{record.getMessage()} (+{unsaid})", None
        return True


def _kind(record: logging.LogRecord) -> _Kind:
    """Two errors are one where the same line raised the same exception."""
    error = record.exc_info[1] if record.exc_info else None
    traceback, place = error.__traceback__ if error else None, ""
    while traceback is not None:
        place = f"{traceback.tb_frame.f_code.co_filename}:{traceback.tb_lineno}"
        traceback = traceback.tb_next
    return record.name, record.levelno, str(record.msg), f"{type(error).__name__} {place}"


def say_repeated_errors_once_a_minute() -> None:
    for name in _LOGGERS:
        logger = logging.getLogger(name)
        if not any(isinstance(one, OnceAMinute) for one in logger.filters):
            logger.addFilter(OnceAMinute())
