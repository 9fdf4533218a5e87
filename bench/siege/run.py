"""`make siege`: a server, somebody who answers a question four times a second, and one stranger after the other.

For each attack and its variations a line: the p95 and the worst wait of the bystander's tap, the memory of the server
and its children at its highest, and the processor time of the stranger. What is promised: p95 under 200 ms, never over
a second, memory under 600 MB. Strangers are niced, and each has a few seconds.
"""

from __future__ import annotations

import argparse
import asyncio
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

from bench.figure import p95
from bench.load.visitors import Visit, visit
from bench.siege.attacks import ATTACKS, Attack
from devtools.server import OURS, ROOT, Server, serving

EVERY = 0.25  # seconds between two taps of the bystander
P95, WORST, MEMORY = 200, 1000, 600  # ms, ms, MB


@dataclass(frozen=True)
class Outcome:
    attack: str
    what: str
    waits: list[float]  # ms
    memory: float  # MB
    tried: int
    processor: float  # seconds, of the stranger

    @property
    def holds(self) -> bool:
        return p95(self.waits) <= P95 and max(self.waits) <= WORST and self.memory <= MEMORY

    def line(self) -> str:
        return (
            f"{self.attack:24} {self.what:36} p95 {p95(self.waits):5.0f} ms  worst {max(self.waits):5.0f} ms  "
            f"{self.memory:4.0f} MB  {self.tried:4} times, {self.processor:4.1f} s of the stranger's"
            f"{'' if self.holds else '   ← over the aim'}"
        )


async def outcome(server: Server, bystander: Visit, name: str, which: int, seconds: float) -> Outcome:
    attack: Attack = ATTACKS[name][which]
    call = [sys.executable, "-m", "bench.siege.stranger", str(server.port), str(seconds), name, str(which)]
    stranger = await asyncio.create_subprocess_exec(*call, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    try:
        waits, memory, until = [], 0.0, time.monotonic() + seconds + 30
        while stranger.returncode is None and time.monotonic() < until:
            began = time.perf_counter()
            async with asyncio.timeout(30):
                await bystander.answer()
            waits.append(1000 * (time.perf_counter() - began))
            memory = max(memory, memory_of(server))
            with suppress(TimeoutError):
                await asyncio.wait_for(stranger.wait(), EVERY)
        told = (await stranger.stdout.read()).split() if stranger.stdout else []
    finally:
        with suppress(ProcessLookupError):
            stranger.kill()
    tried, processor = (int(told[0]), float(told[1])) if len(told) == 2 else (0, 0.0)
    return Outcome(name, attack.what, waits, memory, tried, processor)


def memory_of(server: Server) -> float:
    """MB of the server and of the children that read for it."""
    process = psutil.Process(server.process.pid)
    total = 0
    for one in (process, *process.children(recursive=True)):
        with suppress(psutil.NoSuchProcess):
            total += one.memory_info().rss
    return total / 1e6


async def siege(server: Server, seconds: float, variations: int) -> list[Outcome]:
    bystander = await visit(server.port, "questionnaire")
    for _ in range(5):
        await bystander.answer()
    found = []
    for name, attacks in ATTACKS.items():
        for which in range(min(variations, len(attacks))):
            found.append(await outcome(server, bystander, name, which, seconds))
            print(found[-1].line(), flush=True)
    bystander.socket.transport.abort()
    return found


def main(seconds: float = 3.5, variations: int = 4) -> list[Outcome]:
    with tempfile.TemporaryDirectory() as folder, (Path(folder) / "log").open("wb") as log:
        database = f"sqlite:///{folder}/none.sqlite3"
        with serving(OURS, output=log, PENSEBETE_DATABASE_URL=database) as server:
            found = asyncio.run(siege(server, seconds, variations))
        written = (Path(folder) / "log").stat().st_size
    waits = [wait for one in found for wait in one.waits]
    over = [one for one in found if not one.holds]
    print(
        f"{len(found)} attacks: p95 {p95(waits):.0f} ms, worst {max(waits):.0f} ms, at most "
        f"{max(one.memory for one in found):.0f} MB, {written / 1000:.0f} kB of log, "
        f"{sum(one.processor for one in found):.0f} s of the strangers'; {len(over)} over the aim"
    )
    return found


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=3.5, help="for each variation")
    parser.add_argument("--variations", type=int, default=4)
    asked = parser.parse_args()
    sys.exit(any(not one.holds for one in main(asked.seconds, asked.variations)))
