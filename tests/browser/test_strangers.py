"""What a stranger sends to a server that runs, as each of the two documented commands starts it."""

from __future__ import annotations

import asyncio
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from devtools.server import ROOT, Server, free_port, serving, stop, wait_until_it_answers
from pensebete.web.server.static_gzip import STREAMLIT_FILES


@dataclass(frozen=True)
class Served:
    server: Server
    log: Path


@pytest.fixture(
    scope="module", params=["streamlit run app.py", pytest.param("uvicorn app:app", marks=pytest.mark.soak)]
)
def served(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    log = tmp_path_factory.mktemp("served") / "log"
    with log.open("wb") as output:
        if request.param == "streamlit run app.py":
            with serving(output=output) as server:
                yield Served(server, log)
            return
        port = free_port()
        call = [sys.executable, "-m", "uvicorn", "app:app", "--host", "127.0.0.1", "--port", str(port)]
        server = Server(subprocess.Popen(call, cwd=ROOT, stdout=output, stderr=output), port)
        try:
            wait_until_it_answers(server)
            yield Served(server, log)
        finally:
            stop(server)


# A machine that runs the tests does other things too; a server that is held up lets one wait for ten seconds and more.
BUSY = 8.0  # seconds


def wait_of_a_bystander(server: Server) -> float:
    """Seconds until the server answers somebody else."""
    begun = time.monotonic()
    with urlopen(f"{server.url}/_stcore/health", timeout=30) as answer:
        assert answer.status == 200
    return time.monotonic() - begun


def test_nobody_is_believed_who_says_for_whom_they_ask(served):
    """uvicorn, left alone, believes whatever comes from this machine; over HTTPS the answer would say so."""
    forwarded = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.5"}
    with urlopen(Request(f"{served.server.url}/_stcore/health", headers=forwarded), timeout=30) as answer:
        assert answer.status == 200
        assert answer.headers["Strict-Transport-Security"] is None


@pytest.mark.parametrize("origin", ["https://another.example", "http://localhost:8501"])
def test_a_websocket_of_a_foreign_page_is_refused_and_nobody_waits(served, origin):
    async def join() -> int:
        try:
            async with connect(f"ws://127.0.0.1:{served.server.port}/_stcore/stream", origin=origin):
                return 101
        except InvalidStatus as refused:
            return refused.response.status_code

    with ThreadPoolExecutor(2) as threads:
        status = threads.submit(asyncio.run, join())
        waited = wait_of_a_bystander(served.server)
        assert status.result() == 403
    assert waited < BUSY
    assert "checkip" not in served.log.read_text(encoding="utf-8")


def half_sent(server: Server, number: int, text: bytes, host: str = "127.0.0.1") -> list[socket.socket]:
    found = []
    for _ in range(number):
        one = socket.create_connection((host, server.port), timeout=5)
        one.sendall(text)
        found.append(one)
    return found


def answer_begins(one: socket.socket) -> None:
    """Wait for its first byte, and leave it unread."""
    one.settimeout(20)
    assert one.recv(1, socket.MSG_PEEK)


def is_ended(one: socket.socket) -> bool:
    one.settimeout(2)
    try:
        return one.recv(1000) == b""
    except ConnectionError:
        return True
    except TimeoutError:
        return False


HALF_SENT = [
    b"GET / HTTP/1.1\r\nHost: a\r\n",
    b"",
    b"PUT /_stcore/upload_file/a/b HTTP/1.1\r\nHost: a\r\nContent-Length: 5000000\r\n\r\nsome",
    b"GET /_stcore/health HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\n",
]


def test_more_half_sent_requests_than_a_process_has_files_keep_nobody_waiting(served):
    sockets: list[socket.socket] = []
    try:
        for text in HALF_SENT:
            sockets += half_sent(served.server, 400, text)
            assert wait_of_a_bystander(served.server) < BUSY
        open_files = len(list(Path(f"/proc/{served.server.process.pid}/fd").iterdir()))
        assert open_files < 400
        assert is_ended(sockets[0])
        assert len(served.log.read_bytes()) < 20_000
    finally:
        for one in sockets:
            one.close()


def test_who_sends_a_request_drop_by_drop_is_not_waited_for(served):
    [dripping] = half_sent(served.server, 1, b"GET / HTTP/1.1\r\nHost: a\r\n")
    with dripping:
        begun = time.monotonic()
        with suppress(OSError):
            while time.monotonic() - begun < 20:
                dripping.sendall(b"A: b\r\n")
                time.sleep(0.5)
        assert time.monotonic() - begun < 18


def memory_of(server: Server) -> float:
    """MB that the process holds."""
    status = Path(f"/proc/{server.process.pid}/status").read_text(encoding="ascii")
    return int(status.partition("VmRSS:")[2].split()[0]) / 1000


def test_who_asks_for_large_files_and_reads_nothing_holds_little_of_the_memory(served):
    [largest] = sorted(STREAMLIT_FILES.rglob("*.js"), key=lambda file: file.stat().st_size)[-1:]
    asked = (
        f"GET /{largest.relative_to(STREAMLIT_FILES).as_posix()} HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip\r\n\r\n"
    )
    sockets = half_sent(served.server, 1, asked.encode())
    answer_begins(sockets[0])  # it is compressed once
    before = memory_of(served.server)
    try:
        sockets += half_sent(served.server, 150, asked.encode())
        for one in sockets:
            with suppress(ConnectionError):  # one of too many that wait at once has given way
                answer_begins(one)
        assert wait_of_a_bystander(served.server) < BUSY
        assert memory_of(served.server) - before < 50
    finally:
        for one in sockets:
            one.close()


def rerun(**said: str) -> bytes:
    order = BackMsg()
    order.rerun_script.query_string = said.pop("query_string", "")
    for name, value in said.items():
        setattr(order.rerun_script.context_info, name, value)
    return order.SerializeToString()


MALFORMED = ["text", b"", b"\xff" * 100, b"\x0a\xff", rerun(timezone="Europe"), rerun(timezone="a" * 100_000)]
MALFORMED += [rerun(timezone="../../etc/passwd"), rerun(timezone="\0"), rerun(query_string="?d=" + "%00" * 10_000)]


def test_what_no_page_would_send_is_a_sentence_in_the_log_and_no_traceback(served):
    async def send(content: str | bytes) -> None:
        url = f"ws://127.0.0.1:{served.server.port}"
        async with connect(f"{url}/_stcore/stream", origin=url.replace("ws", "http"), max_size=None) as socket:
            await socket.send(content)
            with suppress(TimeoutError, ConnectionClosed):
                while True:
                    await asyncio.wait_for(socket.recv(), 1)

    before = len(served.log.read_bytes())
    with ThreadPoolExecutor(len(MALFORMED)) as threads:
        for sent in [threads.submit(asyncio.run, send(content)) for content in MALFORMED]:
            sent.result()
    written = served.log.read_text(encoding="utf-8")[before:]
    assert "Traceback" not in written
    assert len(written) < 2_000
