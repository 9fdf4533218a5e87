"""`make soak`: saved dossiers under load, for ten minutes, while one thing after the other fails under them.

Real servers of the app, and visitors who speak with them as browsers do, each on a saved dossier of its own opened by
its link. Processes, nginx and the primary of the database are killed, the networks between them are cut, in turn;
after each fault everybody must save again by themselves, and what was acknowledged (account.py) is looked for in the
database, past the app. It ends with 1 where anything is wrong. Networks are cut where network namespaces are to be had
(root, on Linux); elsewhere it says that they were not.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from os import getloadavg
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil
import psycopg

from bench.load.account import VISITORS, Ground
from bench.load.crowd import Crowd, StuckError
from bench.load.machines import RefusedError, why_not
from bench.load.one_machine import on_postgresql, on_sqlite
from bench.load.outcome import Outcome, Report, as_json, put_in, sentences, table
from bench.load.schedule import ends_of, in_turn
from bench.load.several_machines import over_networks
from bench.load.site import Fault, Site
from bench.load.vital_signs import Signs, growing, growths, signs_of
from bench.machine import system
from devtools.postgresql import installed, version
from devtools.server import ROOT

PAGE, SECTION = ROOT / "docs" / "faults.md", "What was seen"
RESULTS = ROOT / "bench" / "results" / "faults.json"
TO_END = 40.0  # seconds that the last look at the last place takes
PAUSE = 0.2  # seconds between two answers of one
# What a process may hold more of at its end than when it was warm. Memory: the pages of those who came to it meanwhile,
# and the ones that these replace until they are let go of. Files: of each who came a socket, and a connection to the
# database, which is three files where it is SQLite. Threads: one that makes a page for each.
MORE_MEMORY, MORE_FILES, MORE_THREADS = 15.0, 4 * VISITORS, VISITORS


@dataclass(frozen=True)
class Size:
    minutes: float
    shortest_cut: float  # seconds
    longest_cut: float
    warm: float  # seconds of processor time after which a process has what it needs; it starts in two or three


FULL = Size(10, 5, 9, 8)
QUICK = Size(2, 3, 4, 5)


def strike(fault: Fault, site: Site, ground: Ground, crowd: Crowd, chance: random.Random) -> Outcome:
    """Everybody answers, the fault is done, everybody saves again by themselves, nothing acknowledged is missing."""
    acknowledged, waited = ground.acknowledged, sum(told.looks_that_wait for told in ground.told)
    crowd.go_on()
    crowd.save_each(2)
    time.sleep(chance.uniform(0, 1))
    began = time.monotonic()
    fault.strike(chance)
    crowd.save_each()
    fault.mend()
    crowd.save_each()
    ended = time.monotonic()
    crowd.rest()
    return Outcome(
        site.name,
        fault.name,
        tuple(told.longest_without_saving(began, ended) for told in ground.told),
        ground.acknowledged - acknowledged,
        ground.check(),
        sum(told.looks_that_wait for told in ground.told) - waited,
    )


def hold(site: Site, until: float, size: Size, seed: int) -> Report:
    """Fault after fault: each at least once, then as many as there is time for."""
    report, chance = Report(site.name), random.Random(seed)
    ground, signs, began = site.ground, list[Signs](), time.monotonic()
    try:
        with Crowd(ground, site.port, PAUSE) as crowd:
            for fault in in_turn(site.faults, chance):
                n = len(report.outcomes)
                each = (time.monotonic() - began) / max(1, n)
                if n >= len(site.faults) and time.monotonic() + each > until:
                    break
                report.outcomes.append(strike(fault, site, ground, crowd, chance))
                signs += signs_of(site.processes())
                report.wrong += site.look_at_connections()
                say(report.outcomes[-1])
            crowd.go_on()
            crowd.finish()
        site.stop()
        report.wrong += site.look_at_the_end()
    except (StuckError, RuntimeError, AssertionError, psycopg.Error, psutil.Error) as error:
        report.wrong.append(f"{type(error).__name__}: {error}")
    report.unheard = sum(told.unheard for told in ground.told)
    report.most_connections = site.most_connections
    report.growths = growths(signs, size.warm)
    for growth in report.growths:
        report.wrong += growing(growth, MORE_MEMORY, MORE_FILES, MORE_THREADS)
    report.wrong += [*ground.lost, *(f"a traceback in the log: {what}" for what in site.tracebacks())]
    return report


def say(outcome: Outcome) -> None:
    worst = max(outcome.seconds)
    print(f"{outcome.site}, {outcome.fault}: {outcome.lost} lost, at worst {worst:.1f} s", file=sys.stderr, flush=True)


def sites(folder: Path, size: Size) -> tuple[list[tuple[Callable[[], AbstractContextManager[Site]], float]], list[str]]:
    """What can be tried here, each with its share of the time; and what cannot, with why."""
    found: list[tuple[Callable[[], AbstractContextManager[Site]], float]] = [(partial(on_sqlite, folder), 3)]
    if not installed():
        return found, ["there is no PostgreSQL server (tools/install-postgresql): tried on SQLite alone"]
    found.append((partial(on_postgresql, folder), 4))
    if refusal := why_not():
        return found, [f"{refusal}: no network was cut"]
    return [*found, (partial(over_networks, folder, size.shortest_cut, size.longest_cut), 4)], []


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.load.soak", description=__doc__, allow_abbrev=False)
    parser.add_argument("--quick", action="store_true", help="each fault once, about three minutes")
    parser.add_argument("--minutes", type=float, help="how long, ten by default")
    parser.add_argument("--seed", type=int, default=1, help="of the order of the faults")
    parser.add_argument("--write", action="store_true", help=f"the report into docs/{PAGE.name}")
    asked = parser.parse_args(arguments)
    size = QUICK if asked.quick else FULL
    minutes = asked.minutes or size.minutes
    began, busy, reports = time.monotonic(), getloadavg()[0], list[Report]()
    with TemporaryDirectory() as folder:
        tried, left_out = sites(Path(folder), size)
        ends = ends_of([share for _, share in tried], began, 60 * minutes - TO_END)
        for (site_of, _), until in zip(tried, ends, strict=True):
            try:
                with site_of() as site:
                    reports.append(hold(site, until, size, asked.seed))
            except RefusedError as error:
                left_out.append(f"{error}: no network was cut")
    on = [*system(), *([f"PostgreSQL {version()} with `fsync = on`"] if installed() else [])]
    wrong = any(report.wrong for report in reports)
    took = f"{(time.monotonic() - began) / 60:.1f} minutes, {VISITORS} visitors"
    command = " ".join(["python -m bench.load.soak", *(one for one in arguments if one != "--write")])
    lines = [
        f"On {datetime.now(UTC).date()}, `{command}`, {took}; {'; '.join(on)}.",
        f"Visitors, servers and databases shared the machine. Its load average before the run was {busy:.1f}: anything "
        "near the number of cores makes the seconds more.",
        "",
        *table(reports),
        "",
        *sentences(reports),
        *(f"- Left out: {what}." for what in left_out),
    ]
    print("\n".join([*lines, "FAILED" if wrong else "Nothing acknowledged was lost, nothing grew."]))
    if asked.write:
        PAGE.write_text(put_in(PAGE.read_text("utf-8"), SECTION, "\n".join(lines)), "utf-8")
    RESULTS.parent.mkdir(exist_ok=True)
    told = as_json(reports, command=command, machine=on, load_before=busy, left_out=left_out)
    RESULTS.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", "utf-8")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
