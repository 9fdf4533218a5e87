"""One process against two behind nginx, on PostgreSQL: who is borne, what an answer costs whom, a process that dies.

`python -m bench.run processes` also writes bench/results/processes.json, which the model of a week of crisis reads:

    {"one":         {"users", "app_ms_an_answer", "memory_session_kb", "memory_process_mb",
                     "saved_app_ms_an_answer", "database_ms_an_answer", "page_ms"},
     "two_nginx":   {the same, "proxy_ms_an_answer", "proxy_memory_mb"},
      "closed_seconds": {"visits", "killed_median", "killed_p95", "killed_browser",
                        "drained_median", "drained_p95", "drained_browser"}}

`users`: with an answer every ten seconds each, the p95 under a second. Milliseconds are of processor time, all the
processes of a kind together: `app_ms_an_answer` of an unsaved dossier, `saved_…` of one in the database, `page_ms` of
opening the questionnaire. `closed_seconds`: from the line that falls to the page that is there again, of so many
simulated visits that come back at once, and of a Chromium among them with what its own script waits.
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from statistics import median
from typing import Any

import psutil
from playwright.sync_api import Page

from bench.figure import Figure, Line, p95
from bench.load.open_files import allow_many_sockets
from bench.measures.users import Load
from devtools.browser import browsing
from devtools.postgresql import DatabaseServer, postgresql
from devtools.processes import Several, several
from devtools.server import OURS, ROOT, Server, serving
from devtools.steps import answer, drawn
from pensebete.assessment.model import Assessment
from pensebete.checklist.loading import load, published_path
from pensebete.checklist.model import ChecklistRef
from pensebete.storage.dossiers import keep
from pensebete.storage.engine import open_store
from pensebete.storage.schema import migrate
from pensebete.web.server.this_process import PROCESS_COOKIE

RESULTS = ROOT / "bench" / "results" / "processes.json"
FEW = 20  # opened first, so that what is made once is not counted as a session's
STEPS = {"one": (400, 1000, 1150, 1300), "two_nginx": (400, 1000, 1400, 1800, 2200)}
QUICK_STEPS = {"one": (60,), "two_nginx": (60,)}
SAVED, QUICK_SAVED = 200, 20
HERD, QUICK_HERD = 300, 30
# All come from this machine, each from an address of its own, at rates that no visitor has.
NO_LIMITS = {
    "PENSEBETE_MOST_VISITS": "5000",
    "PENSEBETE_MOST_VISITS_OF_ALL": "5000",
    "PENSEBETE_MOST_REQUESTS": "100000",
}


@dataclass
class Kinds:
    """The processes of a way to serve, by what they do."""

    app: Callable[[], list[psutil.Process]]
    proxy: Callable[[], list[psutil.Process]]
    database: Callable[[], list[psutil.Process]]


@dataclass
class Way:
    """A way to serve, and what was found of it."""

    name: str
    server: Server
    kinds: Kinds
    loads: dict[int, Load] = field(default_factory=dict)
    found: dict[str, float] = field(default_factory=dict)

    def measure(self, steps: tuple[int, ...], seconds: float) -> None:
        with visitors(self.server) as order:
            order(open=FEW, apart=True)
            before = memory(self.kinds.app())
            self.found["memory_process_mb"] = before / len(self.kinds.app()) / 1e6
            pages = processor(self.kinds.app())
            order(open=steps[0], apart=True)
            self.found["page_ms"] = 1000 * (processor(self.kinds.app()) - pages) / (steps[0] - FEW)
            self.found["memory_session_kb"] = (memory(self.kinds.app()) - before) / (steps[0] - FEW) / 1000
            for users in steps:
                order(open=users, apart=True)
                if not self._bears(order, users, seconds):
                    break
            self._narrow(order, seconds)
        self.found["users"] = self.borne()
        if self.kinds.proxy():
            self.found["proxy_memory_mb"] = memory(self.kinds.proxy()) / 1e6

    def borne(self) -> int:
        return max((users for users, load in self.loads.items() if load.bearable), default=0)

    def _narrow(self, order: Callable[..., dict[str, Any]], seconds: float) -> None:
        """Once between the most that was borne and the least that was not."""
        not_borne = min((users for users, load in self.loads.items() if not load.bearable), default=None)
        if not_borne and (users := (self.borne() + not_borne) // 20 * 10) and users not in self.loads:
            self._bears(order, users, seconds)

    def _bears(self, order: Callable[..., dict[str, Any]], users: int, seconds: float) -> bool:
        app, proxy = processor(self.kinds.app()), processor(self.kinds.proxy())
        told = order(answer=users, seconds=seconds)
        took = told["took"]
        answers = round(len(took) * (seconds + 10) / seconds) or 1  # the round that is not counted costs too
        app_ms = 1000 * (processor(self.kinds.app()) - app) / answers
        load = Load(users, p95(took) if took else float("inf"), len(took), told["wrong"], app_ms, told["busy"])
        self.loads[users] = load
        print(f"{users} users, {self.name}: p95 {load.p95:.0f} ms", file=sys.stderr, flush=True)
        if "app_ms_an_answer" not in self.found:  # at the first step: beyond it, much of the time is that of waiting
            self.found["app_ms_an_answer"] = app_ms
            if self.kinds.proxy():
                self.found["proxy_ms_an_answer"] = 1000 * (processor(self.kinds.proxy()) - proxy) / answers
        return load.bearable

    def measure_saved(self, tokens: list[str], seconds: float) -> None:
        """Of an answer that is saved: what it costs the app, and what the database."""
        with visitors(self.server) as order:
            order(open=len(tokens), apart=True, tokens=tokens)
            app, database = processor(self.kinds.app()), processor(self.kinds.database())
            took = order(answer=len(tokens), seconds=seconds)["took"]
            answers = round(len(took) * (seconds + 10) / seconds) or 1
            self.found["saved_app_ms_an_answer"] = 1000 * (processor(self.kinds.app()) - app) / answers
            self.found["database_ms_an_answer"] = 1000 * (processor(self.kinds.database()) - database) / answers


def measure(quick: bool) -> Figure:
    allow_many_sockets()
    steps, seconds = (QUICK_STEPS, 5.0) if quick else (STEPS, 15.0)
    saved, many = (QUICK_SAVED, QUICK_HERD) if quick else (SAVED, HERD)
    ways = []
    closed: dict[str, float] = {}
    with postgresql(durable=True) as database:
        url = database.new_database()
        with closing(open_store(url)) as store:
            migrate(store)
        tokens = dossiers(url, 2 * saved)
        for name in ("one", "two_nginx"):
            with ExitStack() as opened:
                way = opened.enter_context(_one(url, database) if name == "one" else _two(url, database))
                ways.append(way)
                way.measure(steps[name], seconds)
                way.measure_saved(tokens[:saved] if name == "one" else tokens[saved:], seconds)
                if isinstance(way.server, Several):
                    closed = closed_seconds(way.server, many)
    found = {way.name: {name: round(value, 3) for name, value in sorted(way.found.items())} for way in ways}
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps({**found, "closed_seconds": closed}, indent=2) + "\n", encoding="utf-8")
    return _figure(*ways, closed, many)


@contextmanager
def _one(url: str, database: DatabaseServer) -> Iterator[Way]:
    with serving(OURS, PENSEBETE_DATABASE_URL=url, **NO_LIMITS) as server:
        process = psutil.Process(server.process.pid)
        yield Way("one", server, Kinds(lambda: [process], list, lambda: of_database(database)))


@contextmanager
def _two(url: str, database: DatabaseServer) -> Iterator[Way]:
    with several(2, PENSEBETE_DATABASE_URL=url, **NO_LIMITS) as server:
        yield Way("two_nginx", server, Kinds(server.processes, server.proxy, lambda: of_database(database)))


def of_database(database: DatabaseServer) -> list[psutil.Process]:
    first = int((database.folder / "cluster" / "postmaster.pid").read_text("ascii").split()[0])
    return [psutil.Process(first), *psutil.Process(first).children()]


def processor(processes: list[psutil.Process]) -> float:
    """Seconds that they took so far; those of children that ended are with their parent."""
    total = 0.0
    for one in processes:
        try:
            total += sum(one.cpu_times()[:4])
        except psutil.NoSuchProcess:  # a connection of the database that ended
            continue
    return total


def memory(processes: list[psutil.Process]) -> float:
    return float(sum(one.memory_info().rss for one in processes))


def dossiers(url: str, wanted: int) -> list[str]:
    """The links of as many new dossiers."""
    checklist, text = load(published_path()), published_path().read_text(encoding="utf-8")
    now = datetime.now(UTC)
    with closing(open_store(url)) as store:
        return [
            keep(store, Assessment(checklist=ChecklistRef(id=checklist.id, version=checklist.version)), text, now).token
            for _ in range(wanted)
        ]


@contextmanager
def visitors(server: Server) -> Iterator[Callable[..., dict[str, Any]]]:
    """Simulated visitors in a process of their own; what orders them, and hears what they found."""
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.load.visitors", str(server.port), "questionnaire"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )

    def order(meanwhile: Callable[[], None] | None = None, **what: Any) -> dict[str, Any]:
        assert process.stdin
        assert process.stdout
        process.stdin.write(json.dumps(what) + "\n")
        process.stdin.flush()
        if meanwhile:
            meanwhile()
        line = process.stdout.readline()
        if not line:
            raise RuntimeError("the simulated visitors ended before their time")
        told: dict[str, Any] = json.loads(line)
        return told

    try:
        yield order
    finally:
        process.kill()
        process.wait()


def closed_seconds(server: Several, many: int) -> dict[str, float]:
    """So many visits at work, and a Chromium among them, whose process is killed; then one that is told to end."""
    found: dict[str, float] = {"visits": many}
    with visitors(server) as order, browsing() as browser:
        order(open=many, apart=True)
        page = browser.new_context(locale="fr-CA").new_page()
        page.goto(f"{server.url}/questionnaire")
        page.locator("#root h1").wait_for()
        drawn(page)
        checklist = load(published_path())
        answer(page, checklist, checklist.domains[0].items[0], "done")
        page.wait_for_function("() => JSON.parse(sessionStorage.getItem('pensebete') ?? '{}').visit")
        drawn(page)
        for name, how in (("killed", signal.SIGKILL), ("drained", signal.SIGTERM)):
            seconds: list[float] = []

            def end(how: signal.Signals = how, seconds: list[float] = seconds) -> None:
                time.sleep(3)
                seconds.append(until_the_page_is_back(server, page, how))

            took = order(end, herd=many, seconds=35 if many > QUICK_HERD else 25)["closed"]
            if took:
                found |= {f"{name}_median": round(median(took), 2), f"{name}_p95": round(p95(took), 2)}
            found[f"{name}_browser"] = round(seconds[0], 2)
            while not all(server.is_ready(process) for process in ("1", "2")):
                time.sleep(0.2)
    return found


def until_the_page_is_back(server: Several, page: Page, how: signal.Signals) -> float:
    """From the line that falls to what was there, drawn by another process."""
    visit = page.evaluate("JSON.parse(sessionStorage.getItem('pensebete')).visit")
    cut = """() => { const app = document.querySelector('[data-testid="stApp"]')
      if (app.dataset.testConnectionState !== "CONNECTED") window.cutAt ??= performance.now()
      return window.cutAt }"""
    page.evaluate("delete window.cutAt")
    process = next(str(one["value"]) for one in page.context.cookies() if one["name"] == PROCESS_COOKIE)
    server.kill(process, how)
    page.wait_for_function(cut, timeout=60_000)
    page.wait_for_function(
        "before => JSON.parse(sessionStorage.getItem('pensebete')).visit !== before", arg=visit, timeout=60_000
    )
    drawn(page)
    return float(page.evaluate("(performance.now() - window.cutAt) / 1000"))


def _figure(one: Way, two: Way, closed: dict[str, float], many: int) -> Figure:
    def line(what: str, name: str, unit: str = "ms") -> Line:
        return Line(what, two.found.get(name), one.found.get(name), unit)

    lines = [
        line("Users, p95 under one second", "users", "users"),
        *(
            Line(
                f"p95 with {users:,} users",
                two.loads[users].p95 if users in two.loads else None,
                one.loads[users].p95 if users in one.loads else None,
            )
            for users in sorted({*one.loads, *two.loads})
        ),
        line("Processor time an answer, the app", "app_ms_an_answer"),
        line("the proxy", "proxy_ms_an_answer"),
        line("of a saved dossier, the app", "saved_app_ms_an_answer"),
        line("of a saved dossier, the database", "database_ms_an_answer"),
        line("Processor time a page, the app", "page_ms"),
        line("Memory a session", "memory_session_kb", "kB"),
        line("Memory a process with few", "memory_process_mb", "MB"),
        line("Memory of nginx with all", "proxy_memory_mb", "MB"),
        *(
            Line(f"A visit without its page, its process {how}, {which}", closed.get(f"{how}_{name}"), unit="s")
            for how in ("killed", "drained")
            for name, which in (("median", "median"), ("p95", "p95"), ("browser", "in Chromium"))
        ),
    ]
    busiest = max(load.clients for way in (one, two) for load in way.loads.values())
    return Figure(
        title="Two processes behind nginx, on PostgreSQL",
        yardstick="one process without nginx, on the same database",
        method="As with one process, each visitor from an address of its own, by which nginx sends it to a process. "
        f"Then visitors each on a saved dossier of its own; then {many} visits with two processes, of which one is "
        "killed, and one told to end, while they answer and come back at once, and a Chromium among them.",
        lines=lines,
        remarks=[
            f"The simulated visitors ran on the same machine and took up to {100 * busiest:.0f} % of a core; both "
            "processes, nginx and PostgreSQL shared it with them.",
            "Told to end, a process lets go of its visits over fifteen seconds at most; each is without its page for "
            "what the table says.",
        ],
    )
