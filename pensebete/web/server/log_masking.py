"""The log says what happened, and gives no key away.

The id of a session stands in warnings of the framework and in the addresses of uploads, the token of a link in headers
that the websocket library writes at its finest level, that of a calendar in its address. Of each, the log keeps enough
to tell it from another.
"""

from __future__ import annotations

import logging
import re
from typing import Any

_UUID = re.compile(r"\b([0-9a-f]{4})[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b", re.IGNORECASE)
_SECRET_COOKIE = re.compile(r"(pensebete-(?:link|visit|draft|own-draft|staff)[^=;\s]*=)[^;\s'\"]+")
# In whatever way a program writes the address: « /calendar%2F… », with signs of the token as « %41 ».
_TOKEN = re.compile(r"((?:dossier|draft)(?:=|:|%3d)|(?:/|%2f)calendar(?:/|%2f|\./)+)[\w%-]+", re.IGNORECASE | re.ASCII)

_OF_A_WEBSOCKET = re.compile(r'%s - "WebSocket |connection (?:open|closed|rejected|failed)')


def masked(text: str) -> str:
    """A text without ids and tokens."""
    text = _UUID.sub(r"\1…", text)
    return _TOKEN.sub(r"\1…", _SECRET_COOKIE.sub(r"\1…", text))


def careful_logs() -> None:
    """Mask every record from here on, whichever library writes it; and no line for each request, nor for each page that
    is opened or closed, which uvicorn writes by default: a proxy in front of the app keeps one where its operator wants
    it."""
    before = logging.getLogRecordFactory()
    if getattr(before, "careful", False):
        return

    def careful(*args: Any, **kwargs: Any) -> logging.LogRecord:
        record = before(*args, **kwargs)
        record.msg = masked(record.msg) if isinstance(record.msg, str) else record.msg
        if isinstance(record.args, tuple):
            record.args = tuple(_masked_argument(one) for one in record.args)
        return record

    careful.careful = True  # type: ignore[attr-defined]
    logging.setLogRecordFactory(careful)
    # Not by its level: the framework gives uvicorn's loggers its own once its settings are read.
    logging.getLogger("uvicorn.access").addFilter(lambda record: record.levelno >= logging.WARNING)
    logging.getLogger("uvicorn.error").addFilter(_is_worth_a_line)


def _is_worth_a_line(record: logging.LogRecord) -> bool:
    """What uvicorn and its websocket library say of each websocket: three lines a page, millions in a crisis."""
    return record.levelno >= logging.WARNING or not _OF_A_WEBSOCKET.match(str(record.msg))


def _masked_argument(one: object) -> object:
    """A number stays a number, for `%d`; what is neither text nor number is written as text."""
    if isinstance(one, (int, float)) or one is None:
        return one
    text = str(one)
    return masked(text) if masked(text) != text else one
