"""What the log leaves out: a line for each page that is opened, and the pass of the staff."""

from __future__ import annotations

import inspect
import logging

import pytest
import websockets.protocol
import websockets.server
from uvicorn.protocols.websockets import websockets_sansio_impl

from pensebete.web.server.log_masking import careful_logs, masked


def test_a_page_that_is_opened_or_closed_is_no_line_and_a_start_and_a_warning_are():
    careful_logs()
    log = logging.getLogger("uvicorn.error")

    def is_written(level: int, message: str, *args: object) -> bool:
        return bool(log.filter(log.makeRecord(log.name, level, "file.py", 1, message, args, None)))

    assert not is_written(logging.INFO, '%s - "WebSocket %s" [accepted]', "127.0.0.1", "/_stcore/stream")
    assert not is_written(logging.INFO, '%s - "WebSocket %s" 403', "127.0.0.1", "/_stcore/stream")
    for state in ("open", "closed", "rejected (403 Forbidden)"):
        assert not is_written(logging.INFO, f"connection {state}")
    assert is_written(logging.INFO, "Application startup complete.")
    assert is_written(logging.WARNING, "connection failed")


@pytest.mark.parametrize(
    ("by", "written"),
    [
        (websockets_sansio_impl, '%s - "WebSocket %s" [accepted]'),
        (websockets.server, "connection rejected"),
        (websockets.server, "connection open"),
        (websockets.protocol, "connection closed"),
    ],
)
def test_it_is_still_said_so(by, written):
    assert written in inspect.getsource(by)


@pytest.mark.parametrize("name", ["pensebete-staff", "__Host-pensebete-staff", "__Secure-pensebete-staff"])
def test_the_pass_of_the_staff_is_in_no_line(name):
    assert masked(f"cookie: {name}=1800000000.aZ09.ffff; lang=fr") == f"cookie: {name}=…; lang=fr"
