"""`make siege` in short: each kind of attack for a moment, and somebody else goes on."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from websockets.asyncio.client import connect

from bench.siege.attacks import ATTACKS
from bench.siege.run import MEMORY, main
from bench.siege.stranger import Stranger
from devtools.server import serving
from pensebete.text.wording import wording

# A machine that runs the tests does other things too; the aims themselves are those of `make siege`.
BUSY = 8000  # ms


@pytest.mark.soak  # test_strangers.py; `make siege` in whole
def test_a_bystander_goes_on_whatever_strangers_send(capsys):
    with ThreadPoolExecutor(1) as thread:
        found = thread.submit(main, seconds=0.3, variations=1).result()
    assert len(found) == len(ATTACKS)
    assert all(len(attacks) == 4 for attacks in ATTACKS.values())
    assert all(one.tried for one in found)
    assert max(max(one.waits) for one in found) < BUSY
    assert max(one.memory for one in found) < MEMORY
    assert "over the aim" in capsys.readouterr().out


def test_what_strangers_send_arrives():
    """Else the siege would measure nothing."""

    async def said(port: int, name: str) -> str:
        attack = ATTACKS[name][0]
        origin: Any = f"http://127.0.0.1:{port}"
        heard: list[str] = []
        async with connect(
            f"ws://127.0.0.1:{port}/_stcore/stream",
            origin=origin,
            subprotocols=["streamlit"],
            max_size=None,  # type: ignore[list-item]
        ) as socket:
            stranger = Stranger(port, socket, heard)
            await stranger.go(attack.page)
            if attack.text:
                await stranger.type(attack.text())
            if attack.file:
                await stranger.drop(*attack.file())
        return "\n".join(heard)

    # A thread: tests that drive a browser leave a loop running in this one.
    with serving() as server, ThreadPoolExecutor(1) as thread:
        read = thread.submit(asyncio.run, said(server.port, "unknown options")).result()
        given_up = wording("fr")("workshop.given_up")  # by a machine that is busy: it arrived all the same
        assert "erreurs" in read or given_up in read
        assert "8000 actions" in thread.submit(asyncio.run, said(server.port, "dossiers")).result()
