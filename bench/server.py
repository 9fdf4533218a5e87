"""A `streamlit run` of its own for each measurement, and the page it is measured against."""

from __future__ import annotations

import os
import resource
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from types import SimpleNamespace
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).parents[1]
OURS = ROOT / "app.py"
BARE = ROOT / "bench" / "bare" / "app.py"

# Each simulated user holds a socket on both sides.
OPEN_FILES = 20_000

# Not an address as `localhost`, which may mean IPv6 first and then a second attempt.
LOOPBACK = "127.0.0.1"


class Server(SimpleNamespace):
    process: subprocess.Popen[bytes]
    port: int

    @property
    def url(self) -> str:
        return f"http://{LOOPBACK}:{self.port}"


@contextmanager
def serving(app: Path, checklist: Path | None = None, *, wait: bool = True, cwd: Path = ROOT) -> Iterator[Server]:
    """Serve `app` with the settings of the project, which are those of its folder, or with those of another one."""
    server = start(app, checklist, cwd)
    try:
        if wait:
            wait_until_it_answers(server)
        yield server
    finally:
        server.process.send_signal(signal.SIGINT)
        try:
            server.process.wait(5)
        except subprocess.TimeoutExpired:
            server.process.kill()
            server.process.wait()


def start(app: Path, checklist: Path | None = None, cwd: Path = ROOT) -> Server:
    port = free_port()
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    environment.pop("PENSEBETE_CHECKLIST", None)
    if checklist is not None:
        environment["PENSEBETE_CHECKLIST"] = str(checklist)
    process = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", str(app), "--server.port", str(port)],
        cwd=cwd,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    return Server(process=process, port=port)


def wait_until_it_answers(server: Server, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if server.process.poll() is not None:
            raise RuntimeError(f"the server ended with status {server.process.returncode}")
        try:
            with urlopen(f"{server.url}/_stcore/health", timeout=1) as answer:
                if answer.status == 200:
                    return
        except (URLError, OSError):
            pass
        time.sleep(0.01)
    raise RuntimeError("the server did not answer in time")


def free_port() -> int:
    with closing(socket.socket()) as tried:
        tried.bind((LOOPBACK, 0))
        port: int = tried.getsockname()[1]
        return port


def allow_many_sockets() -> None:
    """Raise the limit of open files of this process and of those it starts."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = OPEN_FILES if hard == resource.RLIM_INFINITY else min(OPEN_FILES, hard)
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
