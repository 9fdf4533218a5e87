"""Several processes behind nginx on a free port of this machine, for a test and for a measurement."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import psutil

from devtools.server import LOOPBACK, ROOT, Server, free_port, stop
from tools.processes.over_unix import lives

_PATIENCE = 60  # seconds


@dataclass
class Several(Server):
    """As one server; and each of its processes, by its name."""

    scheme: str = "http"

    @property
    def url(self) -> str:
        return f"{self.scheme}://{LOOPBACK}:{self.port}"

    def is_ready(self, name: str) -> bool:
        """Whether that process is there, and answers."""
        with suppress(StopIteration, psutil.Error):
            words = self.process_named(name).cmdline()
            return lives(Path(words[words.index("--uds") + 1]))
        return False

    def process_named(self, name: str) -> psutil.Process:
        return next(one for one in self._children() if f"{name}.sock" in " ".join(one.cmdline()))

    def processes(self) -> list[psutil.Process]:
        return [one for one in self._children() if any("uvicorn" in word for word in one.cmdline())]

    def proxy(self) -> list[psutil.Process]:
        """nginx, and its workers."""
        found = [one for one in self._children() if "nginx" in one.name()]
        return [*found, *(child for one in found for child in one.children())]

    def kill(self, name: str, how: signal.Signals = signal.SIGKILL) -> None:
        self.process_named(name).send_signal(how)

    def _children(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children()


@contextmanager
def several(
    workers: int = 2, *options: str, port: int = 0, output: IO[bytes] | None = None, **environment: str
) -> Iterator[Several]:
    """Serve the app with so many processes; yield once they answer."""
    port = port or free_port()
    inherited = {name: value for name, value in os.environ.items() if name != "PENSEBETE_CHECKLIST"}
    call = [sys.executable, "-m", "tools.processes", str(workers), "--host", LOOPBACK, "--port", str(port)]
    printed = output or subprocess.DEVNULL
    process = subprocess.Popen(
        [*call, *options],
        cwd=ROOT,
        env={**inherited, "PYTHONPATH": str(ROOT), **environment},
        stdin=subprocess.DEVNULL,
        stdout=printed,
        stderr=printed,
    )
    server = Several(process, port, "https" if "--certificate" in options else "http")
    try:
        _wait_until_it_answers(server)
        yield server
    finally:
        stop(server)


def _wait_until_it_answers(server: Several) -> None:
    """nginx begins once all processes are there."""
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        if server.process.poll() is not None:
            raise RuntimeError(f"the processes ended with status {server.process.returncode}")
        with suppress(OSError), closing(socket.create_connection((LOOPBACK, server.port), 1)):
            return
        time.sleep(0.05)
    raise RuntimeError("the processes did not answer in time")
