"""The log for a program: one JSON object a line, and no key in it."""

from __future__ import annotations

import asyncio
import json
import logging
import sys
from typing import Any

from pensebete.web.server import log_lines
from pensebete.web.server.log_lines import RequestOfLine, line, write_lines
from tests.asgi import answer_to

TOKEN = "aZ09" * 10 + "_-x"


def record(message: str, *args: object, error: bool = False) -> logging.LogRecord:
    info = sys.exc_info() if error else None
    return logging.LogRecord("pensebete.web", logging.WARNING, "file.py", 1, message, args, info)


def said(one: logging.LogRecord) -> dict[str, Any]:
    text = line(one)
    assert "\n" not in text
    found: dict[str, Any] = json.loads(text)
    return found


def test_a_line_says_when_how_grave_who_and_what():
    found = said(record("%s is\nno zone", "Québec"))
    assert found["time"].endswith("+00:00")
    assert (found["level"], found["logger"], found["message"]) == ("warning", "pensebete.web", "Québec is\nno zone")
    assert "request" not in found


def test_an_error_has_its_traceback_and_no_token_is_in_any_of_it():
    try:
        raise ValueError(f"/calendar/{TOKEN}.ics")
    except ValueError:
        found = said(record("failed: %s", f"dossier={TOKEN}", error=True))
    assert found["error"] == "ValueError"
    assert "test_log_lines.py" in found["traceback"]
    assert TOKEN not in json.dumps(found)


def test_what_is_logged_while_a_request_is_answered_says_which_without_its_query(monkeypatch):
    monkeypatch.setenv(log_lines.LOGS, "json")
    told: list[dict[str, Any]] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        told.append(said(record("slow")))
        await send({"type": "http.response.start", "status": 200, "headers": []})

    asyncio.run(answer_to(RequestOfLine(app), f"/calendar/{TOKEN}.ics?d=0123456789"))
    assert told[0]["request"] == {"method": "GET", "path": "/calendar/….ics"}


def test_every_handler_writes_so_where_it_is_asked_for_and_none_otherwise(monkeypatch):
    monkeypatch.setattr(logging.Handler, "format", before := logging.Handler.format)
    monkeypatch.delenv(log_lines.LOGS, raising=False)
    write_lines()
    assert logging.Handler.format is before
    monkeypatch.setenv(log_lines.LOGS, "json")
    write_lines()
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(message)s, as the framework has it"))
    assert json.loads(handler.format(record("hello")))["message"] == "hello"
