"""Whether a server of this machine answers."""

from __future__ import annotations

import subprocess
import time
import urllib.request
from contextlib import closing
from urllib.error import URLError

from tools.deploy_check.said import FailedError


def answers(port: int, path: str) -> bool:
    try:
        with closing(urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=30)) as answer:
            return bool(answer.status == 200)
    except (URLError, ConnectionError, TimeoutError):
        return False


def wait_until_it_answers(port: int, process: subprocess.Popen[bytes], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not answers(port, "/healthz"):
        if process.poll() is not None or time.monotonic() > deadline:
            raise FailedError("it does not serve")
        time.sleep(0.2)
