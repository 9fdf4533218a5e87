"""`python -m bench.load.newcomer`: how long a newcomer waits while three hundred visits ask without a pause.

They come from one address, then from as many as they are; the newcomer from another. Beside it the same without turns
(server/turns.py), on the same machine, in turn. The newcomer is a process of its own: what it waits for is the server.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import time
from contextlib import suppress

from bench.load.open_files import allow_many_sockets
from bench.load.visitors import AT_ONCE, Visit, visit
from devtools.server import OURS, ROOT, Server, serving

NEWCOMER = "127.0.0.9"
WARM = 5.0  # seconds


async def newcomer(port: int, times: int) -> None:
    """A page, and a tap on it."""
    for _ in range(times):
        began = time.perf_counter()
        opened = await visit(port, "questionnaire", NEWCOMER)
        page = time.perf_counter() - began
        began = time.perf_counter()
        await opened.answer()
        print(json.dumps([page, time.perf_counter() - began]), flush=True)
        await opened.socket.close()


async def waits(server: Server, visits: int, addresses: int, times: int) -> tuple[list[list[float]], float]:
    """Seconds of page and tap of each newcomer; and how many answers a second the others had meanwhile."""
    crowd: list[Visit] = []
    gate = asyncio.Semaphore(AT_ONCE)

    async def opened(n: int) -> None:
        place = n % addresses
        async with gate:
            crowd.append(await visit(server.port, "questionnaire", f"127.1.{place // 250}.{place % 250 + 1}"))

    await asyncio.gather(*(opened(n) for n in range(visits)))
    answered = 0

    async def asks(one: Visit) -> None:
        nonlocal answered
        while True:
            await one.answer()
            answered += 1

    asking = [asyncio.create_task(asks(one)) for one in crowd]
    await asyncio.sleep(WARM)
    began, before = time.perf_counter(), answered
    call = [sys.executable, "-m", "bench.load.newcomer", "--port", str(server.port), "--times", str(times)]
    process = await asyncio.create_subprocess_exec(*call, cwd=ROOT, stdout=asyncio.subprocess.PIPE)
    told, _ = await process.communicate()
    rate = (answered - before) / (time.perf_counter() - began)
    for task in asking:
        task.cancel()
    with suppress(asyncio.CancelledError):
        await asyncio.gather(*asking)
    for one in crowd:
        one.socket.transport.abort()
    return [json.loads(line) for line in told.splitlines()], rate


def main(visits: int, times: int) -> None:
    for addresses in (1, visits):
        for name, at_once in (("in turn", ""), ("without turns", "off")):
            with serving(OURS, PENSEBETE_MOST_VISITS=str(visits + 10), PENSEBETE_PAGES_AT_ONCE=at_once) as server:
                found, rate = asyncio.run(waits(server, visits, addresses, times))
            pages, taps = (sorted(one[which] for one in found) for which in (0, 1))
            print(
                f"{visits} visits of {addresses} address{'es' * (addresses > 1)}, {name:13}: page "
                f"{pages[len(pages) // 2]:.2f} s (worst {pages[-1]:.2f}), tap {taps[len(taps) // 2]:.2f} s "
                f"(worst {taps[-1]:.2f}); the others {rate:.0f} answers a second",
                flush=True,
            )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--visits", type=int, default=300)
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--port", type=int, help="be the newcomer, at the server of that port")
    asked = parser.parse_args()
    allow_many_sockets()
    if asked.port:
        asyncio.run(newcomer(asked.port, asked.times))
    else:
        main(asked.visits, asked.times)
