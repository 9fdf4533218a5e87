"""How many can answer at once on one process, and what each of them weighs in memory."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

from bench.figure import Figure, Line, p95
from bench.load.open_files import allow_many_sockets
from bench.yardsticks import BARE
from devtools.server import OURS, ROOT, Server, serving

AIM = 1500
BEARABLE = 1000.0  # milliseconds, for 95 answers of 100
STEPS = (200, 500, 1000, 1500, 2000, 2500, 3000)
QUICK_STEPS = (200, 1000, 2000)


@dataclass(frozen=True)
class Load:
    """What so many visitors saw, each with an answer every ten seconds."""

    users: int
    p95: float
    answers: int
    wrong: int
    processor: float  # milliseconds of the server's processor time an answer
    clients: float  # the part of one core that the simulated visitors took

    @property
    def bearable(self) -> bool:
        return self.p95 < BEARABLE and not self.wrong


@dataclass
class Site:
    """A server, and the process of its visitors."""

    server: Server
    visitors: subprocess.Popen[str]
    memory: dict[int, int] = field(default_factory=dict)  # visits open -> bytes
    loads: dict[int, Load] = field(default_factory=dict)

    @property
    def ended(self) -> bool:
        return any(not load.bearable for load in self.loads.values())

    @property
    def most(self) -> int:
        """The most users that were borne, below any number that was not."""
        unbearable = min((n for n, load in self.loads.items() if not load.bearable), default=sys.maxsize)
        return max((n for n, load in self.loads.items() if load.bearable and n < unbearable), default=0)

    @property
    def kilobytes_a_session(self) -> float:
        fewest, most = min(self.memory), max(self.memory)
        return (self.memory[most] - self.memory[fewest]) / (most - fewest) / 1000

    def open(self, visits: int) -> None:
        self._order(open=visits)
        self.memory[visits] = psutil.Process(self.server.process.pid).memory_info().rss

    def bear(self, users: int, seconds: float) -> Load:
        process = psutil.Process(self.server.process.pid)
        before = sum(process.cpu_times()[:2])
        told = self._order(answer=users, seconds=seconds)
        processor = sum(process.cpu_times()[:2]) - before
        took = told["took"]
        # The round that is not counted costs processor time too.
        answers = round(len(took) * (seconds + 10) / seconds) or 1
        load = Load(
            users,
            p95(took) if took else float("inf"),
            len(took),
            told["wrong"],
            1000 * processor / answers,
            told["busy"],
        )
        self.loads[users] = load
        return load

    def _order(self, **what: float) -> dict[str, Any]:
        assert self.visitors.stdin
        assert self.visitors.stdout
        self.visitors.stdin.write(json.dumps(what) + "\n")
        self.visitors.stdin.flush()
        line = self.visitors.stdout.readline()
        if not line:
            raise RuntimeError("the simulated visitors ended before their time")
        told: dict[str, Any] = json.loads(line)
        return told


def measure(quick: bool) -> Figure:
    allow_many_sockets()
    seconds = 10.0 if quick else 20.0
    with ExitStack() as open_now:
        ours = open_now.enter_context(_site(OURS, "questionnaire"))
        bare = open_now.enter_context(_site(BARE, ""))
        for site in (ours, bare):
            site.open(20)  # so that what is made once is not counted as a session's
        for users in QUICK_STEPS if quick else STEPS:
            for site in (ours, bare):
                if not site.ended:
                    site.open(users)
                    load = site.bear(users, seconds)
                    name = "ours" if site is ours else "bare"
                    print(f"{users} users, {name}: p95 {load.p95:.0f} ms", file=sys.stderr, flush=True)
        if not quick:
            for site in (ours, bare):
                _narrow(site, seconds)
    return _figure(ours, bare, seconds)


def _narrow(site: Site, seconds: float) -> None:
    """Look between the last number that was borne and the first that was not."""
    for _ in range(2):
        unbearable = min((n for n, load in site.loads.items() if not load.bearable), default=None)
        if unbearable is None:
            return
        users = (site.most + unbearable) // 2 // 10 * 10
        if users not in site.loads:
            site.bear(users, seconds)


@contextmanager
def _site(app: Path, page: str) -> Iterator[Site]:
    # All of them come from this machine.
    with serving(app, PENSEBETE_MOST_VISITS="5000", PENSEBETE_MOST_VISITS_OF_ALL="5000") as server:
        visitors = subprocess.Popen(
            [sys.executable, "-m", "bench.load.visitors", str(server.port), page],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        try:
            yield Site(server, visitors)
        finally:
            visitors.kill()
            visitors.wait()


def _figure(ours: Site, bare: Site, seconds: float) -> Figure:
    lines = [
        Line("Users, p95 under one second", ours.most, bare.most, "users", AIM, of_ours=True, at_least=True),
    ]
    for users in sorted({*ours.loads, *bare.loads}):
        mine, its = ours.loads.get(users), bare.loads.get(users)
        lines.append(Line(f"p95 with {users:,} users", mine.p95 if mine else None, its.p95 if its else None))
    lines.append(
        Line(
            "Processor time an answer, 200 users",
            ours.loads[200].processor,
            bare.loads[200].processor,
        )
    )
    lines.append(Line("Memory a session", ours.kilobytes_a_session, bare.kilobytes_a_session, "kB"))
    busiest = max(load.clients for site in (ours, bare) for load in site.loads.values())
    remarks = [
        f"The simulated visitors ran on the same machine and took up to {100 * busiest:.0f} % of a core.",
    ]
    for site, name in ((ours, "Pense-bête"), (bare, "The bare page")):
        if not site.ended:
            remarks.append(f"{name} bore the most that was tried, {site.most:,} users; its limit is above.")
        if wrong := sum(load.wrong for load in site.loads.values()):
            remarks.append(f"{name} left {wrong} answers without their effect on the page, or unanswered for a minute.")
    return Figure(
        title="Users on one process, each with an answer every ten seconds",
        yardstick="a bare Streamlit page under the same settings, one radio",
        method="Each visitor opens the questionnaire over Streamlit's own websocket protocol, then sends what a "
        f"browser sends when an answer is tapped, and waits for the end of that run; {seconds:.0f} s at each number "
        "of users, after ten not counted, ours and the bare page in turn. A time counts from the moment "
        "the answer was due. Each page must show the answer, or the step fails.",
        lines=lines,
        remarks=remarks,
    )
