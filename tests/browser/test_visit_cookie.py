"""The id of a session is no key: a visit goes on in the browser that began it alone, and no log says whole ids."""

from __future__ import annotations

import asyncio
import logging
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import connect

from devtools.server import ROOT, Server, free_port, stop, wait_until_it_answers
from pensebete.web.server.log_masking import careful_logs, masked
from pensebete.web.server.visit_cookie import VISIT_COOKIE


@pytest.fixture
def port(address: str) -> int:
    return int(address.rpartition(":")[2])


async def _session(port: int, named: str | None, cookie: str | None, header: str | None = None) -> tuple[str, str]:
    """Join with a session id and a cookie; the id of the session one is in, and the cookie that one was given."""
    headers = {"Cookie": cookie} if cookie else {}
    if header:
        headers["X-Pensebete-Visit"] = header
    async with connect(
        f"ws://127.0.0.1:{port}/_stcore/stream",
        origin=f"http://127.0.0.1:{port}",  # type: ignore[arg-type]
        subprotocols=["streamlit", "xsrf", *([named] if named else [])],  # type: ignore[list-item]
        additional_headers=headers,
        close_timeout=1,  # a server that says goodbye late is no matter of this file
    ) as socket:
        given = socket.response.headers.get("Set-Cookie", "") if socket.response else ""
        order = BackMsg()
        order.rerun_script.query_string = ""
        await socket.send(order.SerializeToString())
        while True:
            message = ForwardMsg()
            message.ParseFromString(await asyncio.wait_for(socket.recv(), 30))  # type: ignore[arg-type]
            if message.WhichOneof("type") == "new_session":
                return message.new_session.initialize.session_id, given.split(";")[0]


def session(
    port: int, named: str | None = None, cookie: str | None = None, header: str | None = None
) -> tuple[str, str]:
    with ThreadPoolExecutor(1) as thread:  # tests that drive a browser leave a loop running in this one
        return thread.submit(asyncio.run, _session(port, named, cookie, header)).result()


def test_a_visit_goes_on_in_the_browser_that_began_it(port):
    begun, cookie = session(port)
    assert cookie.startswith(f"{VISIT_COOKIE}=")
    assert session(port, begun, cookie) == (begun, "")


@pytest.mark.parametrize("cookie", [None, f"{VISIT_COOKIE}=another"])
def test_with_the_id_of_a_session_alone_nobody_joins_it(port, cookie):
    begun, own = session(port)
    joined, _ = session(port, begun, cookie)
    assert joined != begun
    assert session(port, begun, own)[0] == begun, "and whose it is goes on with it"


def test_two_browsers_without_cookies_are_not_taken_for_one(port):
    begun, _ = session(port)
    again, _ = session(port, begun)
    assert again not in (begun, session(port, begun)[0])


def test_nobody_says_from_outside_which_browser_they_are(port):
    begun, own = session(port, header="mine")
    assert session(port, begun, header="mine")[0] != begun
    assert session(port, begun, own)[0] == begun


# Logs

ID = "3f2c9a1e-7b4d-4c8a-9e10-5d6f7a8b9c0d"


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        (f"Session with id {ID} is already connected!", "Session with id 3f2c… is already connected!"),
        (f'"PUT /_stcore/upload_file/{ID}/{ID}"', '"PUT /_stcore/upload_file/3f2c…/3f2c…"'),
        (
            "< Cookie: a=b; __Host-pensebete-link-0123456789=secret.1; c=d",
            "< Cookie: a=b; __Host-pensebete-link-0123456789=…; c=d",
        ),
        ("pensebete-link=secret", "pensebete-link=…"),
        ("GET /#dossier=secret", "GET /#dossier=…"),
        ("GET /pense-bete/calendar/a-secret_one.ics", "GET /pense-bete/calendar/….ics"),
        ("GET /calendar%2Fa-secret_one.ics", "GET /calendar%2F….ics"),
        ("GET //calendar//%41-secret_one.ics", "GET //calendar//….ics"),
        ("12 answers", "12 answers"),
    ],
)
def test_a_log_keeps_enough_to_tell_ids_apart_and_no_key(written, kept):
    assert masked(written) == kept


def test_every_record_is_masked_whoever_writes_it(caplog):
    before = logging.getLogRecordFactory()
    try:
        careful_logs()
        with caplog.at_level(logging.DEBUG):
            logging.getLogger("any.library").debug("Session with id %s is number %d: %s", ID, 3, {"id": ID})
    finally:
        logging.setLogRecordFactory(before)
    assert caplog.messages == ["Session with id 3f2c… is number 3: {'id': '3f2c…'}"]


@pytest.mark.parametrize("options", [[], ["--log-level", "trace"]], ids=["as documented", "at its finest"])
def test_the_documented_command_writes_neither_ids_nor_a_line_for_each_request(tmp_path, options):
    number, log = free_port(), tmp_path / "log"
    call = [sys.executable, "-m", "uvicorn", "app:app", "--host", "127.0.0.1", "--port", str(number), *options]
    with log.open("wb") as output:
        server = Server(subprocess.Popen(call, cwd=ROOT, stdout=output, stderr=output), number)
        try:
            wait_until_it_answers(server)
            begun, cookie = session(number)
            session(number, begun, cookie)
        finally:
            stop(server)
    printed = log.read_text(encoding="utf-8")
    assert "Uvicorn running" in printed
    assert begun not in printed
    assert cookie.split("=")[1] not in printed
    assert re.search(r"[0-9a-f]{8}-[0-9a-f]{4}-", printed) is None
    assert "GET /_stcore/health" not in printed


def test_an_id_made_up_is_no_session(port):
    made_up = str(uuid4())
    assert session(port, made_up)[0] != made_up
