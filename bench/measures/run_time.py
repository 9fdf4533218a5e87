"""What an answer costs the server: processor time, messages, bytes; and what is imported before the first page."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import psutil

from bench.figure import Figure, Line
from bench.load.visitors import Visit, visit
from bench.long_checklist import LONG, write_long_checklist
from bench.yardsticks import BARE
from devtools.server import OURS, ROOT, Server, serving, wait_until_it_answers

AIM = 1.4
VISITORS = 5  # who answer one after the other
NOT_COUNTED = 40  # answers of each server before any is counted
# Another checkout of the program, measured in the same turns: what a change took away, beside the spread.
BEFORE = "BENCH_BEFORE"


@dataclass
class Site:
    """A server, the visits on it, and what each turn cost an answer."""

    name: str
    server: Server
    visits: list[Visit]
    milliseconds: list[float] = field(default_factory=list)
    messages: float = 0
    bytes: float = 0
    given: int = 0

    async def answer(self, times: int) -> None:
        process = psutil.Process(self.server.process.pid)
        before = sum(process.cpu_times()[:2])
        heard = [(one.messages, one.bytes) for one in self.visits]
        for _ in range(times):
            visitor = self.visits[self.given % len(self.visits)]
            self.given += 1
            if not await visitor.answer():
                raise RuntimeError(f"{self.name} left an answer without its effect on the page")
        await asyncio.sleep(0.05)  # what a run does once its page has come
        self.milliseconds.append(1000 * (sum(process.cpu_times()[:2]) - before) / times)
        self.messages = sum(one.messages - its[0] for one, its in zip(self.visits, heard, strict=True)) / times
        self.bytes = sum(one.bytes - its[1] for one, its in zip(self.visits, heard, strict=True)) / times


def measure(quick: bool) -> Figure:
    turns, answers = (7, 60) if quick else (21, 100)
    with TemporaryDirectory() as folder, ExitStack() as open_now:
        long = Path(folder) / "long.yaml"
        write_long_checklist(ROOT / "checklist.yaml", long)
        served = [
            ("ours", OURS, {}),
            ("long", OURS, {"PENSEBETE_CHECKLIST": str(long)}),
            ("again", OURS, {}),
            ("bare", BARE, {}),
        ]
        if before := os.environ.get(BEFORE):
            at = {"PYTHONPATH": before, "cwd": before}
            served += [("before", Path(before) / "app.py", at)]
            served += [("long before", Path(before) / "app.py", {**at, "PENSEBETE_CHECKLIST": str(long)})]
        servers = {
            name: open_now.enter_context(
                serving(app, cwd=Path(settings.get("cwd", ROOT)), **{k: v for k, v in settings.items() if k != "cwd"})
            )
            for name, app, settings in served
        }
        sites = asyncio.run(_in_turn(servers, turns, answers))
    return _figure(sites, turns, answers, {name: modules_at_start(app) for name, app in _started(before)})


def _started(before: str | None) -> Iterator[tuple[str, Path]]:
    yield from (("ours", OURS), ("bare", BARE))
    if before:
        yield "before", Path(before) / "app.py"


async def _in_turn(servers: dict[str, Server], turns: int, answers: int) -> dict[str, Site]:
    sites = {}
    for name, server in servers.items():
        page = "" if name == "bare" else "questionnaire"
        sites[name] = Site(name, server, [await visit(server.port, page) for _ in range(VISITORS)])
    for site in sites.values():
        await site.answer(NOT_COUNTED)
        site.milliseconds.clear()
    for turn in range(turns):
        # Each goes first as often: what one leaves to be done falls on whoever is next.
        each = [*sites.values()]
        for site in each[turn % len(each) :] + each[: turn % len(each)]:
            await site.answer(answers)
    for site in sites.values():
        for one in site.visits:
            one.socket.transport.abort()
    return sites


def modules_at_start(app: Path) -> int:
    """How many modules a server has imported once it has made the first page of a visit."""
    folder = ROOT if app == BARE else app.parent
    with _imports(folder) as listed:
        with serving(app, wait=False, cwd=folder, output=listed.open("wb"), PYTHONPATH=str(folder),
                     PYTHONPROFILEIMPORTTIME="1") as server:  # fmt: skip
            wait_until_it_answers(server)
            asyncio.run(_one_page(server, app))
        return sum(line.startswith("import time:") for line in listed.read_text("utf-8", "replace").splitlines()) - 1


@contextmanager
def _imports(folder: Path) -> Iterator[Path]:
    with TemporaryDirectory() as found:
        yield Path(found) / "imports.txt"


async def _one_page(server: Server, app: Path) -> None:
    found = await visit(server.port, "", questions=app == BARE)
    found.socket.transport.abort()


def _figure(sites: dict[str, Site], turns: int, answers: int, modules: dict[str, int]) -> Figure:
    ours, long, again, bare = (sites[name] for name in ("ours", "long", "again", "bare"))
    lines = [
        Line("An answer, 26 items", median(ours.milliseconds), median(bare.milliseconds), limit=AIM),
        Line("The same server once more (the spread)", median(again.milliseconds), median(bare.milliseconds)),
        Line(f"An answer, {LONG} items", median(long.milliseconds), median(bare.milliseconds), limit=AIM),
        Line("Messages an answer, 26 items", ours.messages, bare.messages, ""),
        Line(f"Messages an answer, {LONG} items", long.messages, bare.messages, ""),
        Line("Bytes an answer, 26 items", ours.bytes, bare.bytes, "B"),
        Line(f"Bytes an answer, {LONG} items", long.bytes, bare.bytes, "B"),
        Line("Modules imported, the first page made", modules["ours"], modules["bare"], ""),
    ]
    remarks = [
        f"Half of the turns of each are within {_spread(ours.milliseconds)} (ours), {_spread(again.milliseconds)} "
        f"(once more) and {_spread(bare.milliseconds)} (the bare page)."
    ]
    if "before" in sites:
        before, long_before = sites["before"], sites["long before"]
        lines += [
            Line("Against the program before, 26 items", median(ours.milliseconds), median(before.milliseconds)),
            Line(
                f"Against the program before, {LONG} items", median(long.milliseconds), median(long_before.milliseconds)
            ),
            Line("its messages, 26 items", ours.messages, before.messages, ""),
            Line(f"its messages, {LONG} items", long.messages, long_before.messages, ""),
            Line("its bytes, 26 items", ours.bytes, before.bytes, "B"),
            Line(f"its bytes, {LONG} items", long.bytes, long_before.bytes, "B"),
            Line("its modules", modules["ours"], modules["before"], ""),
        ]
    return Figure(
        title="What an answer costs the server",
        yardstick="a bare Streamlit page under the same settings, one radio",
        method=f"Processor time of the server’s process, median of {turns} turns of {answers} answers of each "
        f"server, in turn, after {NOT_COUNTED} answers not counted; {VISITORS} visitors, who answer one "
        "after the other over Streamlit’s own websocket protocol. Messages and bytes as they left the server, not "
        "compressed. Modules: `-X importtime`, until the first page of a first visit is made.",
        lines=lines,
        remarks=remarks,
    )


def _spread(milliseconds: Sequence[float]) -> str:
    ordered = sorted(milliseconds)
    return f"{ordered[len(ordered) // 4]:.2f} to {ordered[3 * len(ordered) // 4]:.2f} ms"
