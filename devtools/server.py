"""A `streamlit run` of its own on a free port of this machine, for a test, a measurement, a picture."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from urllib.request import urlopen

ROOT = Path(__file__).parents[1]
OURS = ROOT / "app.py"
# Not an address as `localhost`, which may mean IPv6 first and then a second attempt.
LOOPBACK = "127.0.0.1"
_PATIENCE = 60  # seconds


@dataclass
class Server:
    process: subprocess.Popen[bytes]
    port: int

    @property
    def url(self) -> str:
        return f"http://{LOOPBACK}:{self.port}"


@contextmanager
def serving(
    app: Path = OURS,
    *options: str,
    port: int = 0,
    wait: bool = True,
    cwd: Path = ROOT,
    output: IO[bytes] | None = None,
    **environment: str,
) -> Iterator[Server]:
    """Serve `app` with the settings of the folder `cwd`; with `wait`, yield once it answers."""
    server = start(app, *options, port=port, cwd=cwd, output=output, **environment)
    try:
        if wait:
            wait_until_it_answers(server)
        yield server
    finally:
        stop(server)


def start(
    app: Path = OURS,
    *options: str,
    port: int = 0,
    cwd: Path = ROOT,
    output: IO[bytes] | None = None,
    **environment: str,
) -> Server:
    port = port or free_port()
    inherited = {name: value for name, value in os.environ.items() if name != "PENSEBETE_CHECKLIST"}
    printed = output or subprocess.DEVNULL
    process = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", str(app), "--server.port", str(port), *options],
        cwd=cwd,
        env={**inherited, "PYTHONPATH": str(ROOT), **environment},
        stdin=subprocess.DEVNULL,
        stdout=printed,
        stderr=printed,
    )
    return Server(process, port)


def stop(server: Server) -> None:
    server.process.terminate()
    try:
        server.process.wait(20)
    except subprocess.TimeoutExpired:  # a page still open can hold it
        server.process.kill()
        server.process.wait()


def wait_until_it_answers(server: Server, base: str = "") -> None:
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        if server.process.poll() is not None:
            raise RuntimeError(f"the server ended with status {server.process.returncode}")
        with suppress(OSError), urlopen(f"{server.url}{base and f'/{base}'}/_stcore/health", timeout=5) as answer:
            if answer.status == 200:
                return
        time.sleep(0.01)
    raise RuntimeError("the server did not answer in time")


def free_port() -> int:
    with closing(socket.socket()) as tried:
        tried.bind((LOOPBACK, 0))
        port: int = tried.getsockname()[1]
        return port
