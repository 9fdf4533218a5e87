"""`make bench`: measures what is promised of the speed, and writes docs/benchmarks.md.

Every figure stands beside a yardstick measured in the same run, in turn with it: on another machine the milliseconds
are others, the ratios much the same.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from os import getloadavg
from pathlib import Path

from bench.figure import Figure
from bench.machine import machine
from bench.measures import click, first_visit, loading, pdf, portfolio, processes, saving, standby, start, users
from devtools.server import ROOT

FIGURES: dict[str, Callable[[bool], Figure]] = {
    "click": click.measure,
    "start": start.measure,
    "first_visit": first_visit.measure,
    "users": users.measure,
    "processes": processes.measure,
    "pdf": pdf.measure,
    "loading": loading.measure,
    "saving": saving.measure,
    "standby": standby.measure,
    "portfolio": portfolio.measure,
}
PAGE = ROOT / "docs" / "benchmarks.md"


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.run", description=__doc__, allow_abbrev=False)
    parser.add_argument("figures", nargs="*", metavar="FIGURE", help=f"{', '.join(FIGURES)}; all of them if none named")
    parser.add_argument("--quick", action="store_true", help="fewer repetitions, so less certain")
    parser.add_argument("--output", type=Path, help="where to write (docs/benchmarks.md, if all figures are measured)")
    asked = parser.parse_args(arguments)
    if strange := [name for name in asked.figures if name not in FIGURES]:
        parser.error(f"no figure {', '.join(strange)}; there are {', '.join(FIGURES)}")

    busy = getloadavg()[0]
    measured = []
    for name in asked.figures or FIGURES:
        began = time.monotonic()
        measured.append(FIGURES[name](asked.quick))
        print("\n".join(table(measured[-1])), f"({name}: {time.monotonic() - began:.0f} s)", sep="\n", flush=True)
    # A run of some figures must not take the others off the page.
    output = asked.output or (PAGE if not asked.figures else None)
    if output:
        options = [*asked.figures, *(["--quick"] if asked.quick else [])]
        command = " ".join(["python -m bench.run", *options]) if options else "make bench"
        output.parent.mkdir(exist_ok=True)
        output.write_text(page(measured, command, busy), "utf-8")
    return 0


def page(figures: list[Figure], command: str, busy: float) -> str:
    day = datetime.now(UTC).date().isoformat()
    lines = [
        "# Benchmarks",
        "",
        f"Written by `{command}` on {day}; run it to measure your own machine. Each figure is measured beside its "
        "yardstick in the same run, the two in turn; the ratio is ours over the yardstick.",
        "",
        "The machine: " + "; ".join(machine()) + ". Browser, servers and simulated visitors shared it. "
        f"Its load average before the run was {busy:.1f}: anything near the number of cores makes the figures worse.",
    ]
    for figure in figures:
        lines += ["", f"## {figure.title}", "", f"Yardstick: {figure.yardstick}.", "", figure.method, ""]
        lines += table(figure)
        if figure.remarks:
            lines += ["", *(f"- {remark}" for remark in figure.remarks)]
    return "\n".join(lines) + "\n"


def table(figure: Figure) -> list[str]:
    heads = ("", "Pense-bête", "yardstick", "ratio", "aim", "met")
    rows = [heads, ("---", *["---:"] * 4, "---"), *(line.cells() for line in figure.lines)]
    return ["| " + " | ".join(row) + " |" for row in rows]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
