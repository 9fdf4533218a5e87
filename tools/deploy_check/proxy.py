"""The proxy of compose, before two real processes: a visit stays with its own, and goes on with the other after it."""

from __future__ import annotations

import http.client
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager
from pathlib import Path

from devtools.server import free_port
from pensebete.web.server.this_process import PROCESS, PROCESS_COOKIE
from tools.deploy_check.said import DEPLOY, ROOT, SUPPLY, VENV, FailedError, program

_PATIENCE = 60.0  # seconds


def caddy_keeps_visits() -> str:
    caddy = program("caddy", VENV, SUPPLY)
    with tempfile.TemporaryDirectory() as name, ExitStack() as running:
        folder, ports, front = Path(name), (free_port(), free_port()), free_port()
        one, other = (running.enter_context(_process(str(n + 1), port, folder)) for n, port in enumerate(ports))
        for port in ports:
            _wait(port)
        said = (DEPLOY / "compose" / "Caddyfile").read_text("utf-8").replace("/var/log/caddy", name)
        for number, port in enumerate(ports, 1):
            said = said.replace(f"app-{number}:8501", f"127.0.0.1:{port}")
        # No certificate is asked for, no port below 1024 taken, no administration opened.
        said = said.replace("{\n\t# Caddy's own log", "{\n\tadmin off\n\tauto_https off\n\t# Caddy's own log", 1)
        settings = folder / "Caddyfile"
        settings.write_text(said, "utf-8")
        environment = {**os.environ, "PENSEBETE_HOST": f"http://127.0.0.1:{front}", "HOME": name}
        call = [caddy, "run", "--config", str(settings), "--adapter", "caddyfile"]
        running.enter_context(_running(call, environment, folder / "caddy.out"))
        _wait(front)
        if _asked(front) != _asked(front) or _asked(front) not in ("1", "2"):
            raise FailedError("an address is sent now to one process, now to another")
        for number in ("1", "2"):
            if not _comes_back(front, number):
                raise FailedError(f"a visit of process {number} does not come back to it")
        other.terminate()
        _all_answered(front, "2", "while process 2 lets go of its visits")
        other.wait(30)
        _all_answered(front, "2", "once process 2 is gone")
        one.kill()
    return "Caddyfile, with two processes: each visit comes back to its own, and to the other once that is gone"


def _comes_back(front: int, number: str) -> bool:
    """Ten times in a row, within a while: one that is slow to say that it is well is passed over for a second.

    A process sends its cookie to whoever has another: none comes back from the right one.
    """
    end, in_a_row = time.monotonic() + 20, 0
    while in_a_row < 10 and time.monotonic() < end:
        in_a_row = in_a_row + 1 if _asked(front, number) == number else 0
    return in_a_row == 10


def _all_answered(front: int, number: str, when: str) -> None:
    end = time.monotonic() + 4
    refused = 0
    while time.monotonic() < end:
        try:
            _asked(front, number)
        except FailedError:
            refused += 1
        time.sleep(0.1)
    # The first who comes may meet it as it goes; the browser asks again by itself.
    if refused > 2:
        raise FailedError(f"{when}, {refused} of 40 pages are refused")


def _asked(front: int, cookie: str = "") -> str:
    """Which process answered a page."""
    with closing(http.client.HTTPConnection("127.0.0.1", front, timeout=15)) as connection:
        headers = {"Accept": "text/html"}  # as a browser asks for a page to look at
        if cookie:
            headers["Cookie"] = f"lang=fr; {PROCESS_COOKIE}={cookie}"
        connection.request("GET", "/", headers=headers)
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise FailedError(f"a page is answered with {answer.status}")
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie" and value.startswith(f"{PROCESS_COOKIE}="):
                return value.partition("=")[2].partition(";")[0]
        return cookie


def _wait(front: int) -> None:
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            _asked(front)
        except (OSError, http.client.HTTPException, FailedError):
            if time.monotonic() > deadline:
                raise FailedError("nothing answers, or only with errors") from None
            time.sleep(0.3)
        else:
            return


def _process(name: str, port: int, folder: Path) -> AbstractContextManager[subprocess.Popen[bytes]]:
    environment = {
        **os.environ,
        PROCESS: name,
        "PENSEBETE_DATABASE_URL": f"sqlite:///{folder}/dossiers.sqlite3",
        "PENSEBETE_TRUSTED_PROXIES": "127.0.0.1",
        "STREAMLIT_SERVER_COOKIE_SECRET": "tried",
    }
    call = [sys.executable, "-m", "uvicorn", "app:app", "--host", "127.0.0.1", "--port", str(port)]
    return _running([*call, "--ws=websockets-sansio", "--log-level=warning"], environment, folder / f"{name}.out")


@contextmanager
def _running(call: list[str], environment: dict[str, str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    with log.open("wb") as said:
        process = subprocess.Popen(
            call, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=said, stderr=subprocess.STDOUT
        )
        try:
            yield process
        finally:
            if process.poll() is None:
                process.kill()
            process.wait()
