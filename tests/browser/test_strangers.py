"""What a stranger sends to a server that runs, as each of the two documented commands starts it."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from devtools.server import ROOT, Server, free_port, serving, stop, wait_until_it_answers


@dataclass(frozen=True)
class Served:
    server: Server
    log: Path


@pytest.fixture(scope="module", params=["streamlit run app.py", "uvicorn app:app"])
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


def wait_of_a_bystander(server: Server) -> float:
    """Seconds until the server answers somebody else."""
    begun = time.monotonic()
    with urlopen(f"{server.url}/_stcore/health", timeout=30) as answer:
        assert answer.status == 200
    return time.monotonic() - begun


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
    assert waited < 1
    assert "checkip" not in served.log.read_text(encoding="utf-8")
