"""Loading checklist.yaml: parsed, validated, every value with its line, against parsing alone."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from bench.figure import Figure, Line
from bench.long_checklist import write_long_checklist
from bench.server import ROOT
from pensebete.checklist_file import read

CHECKLIST = ROOT / "checklist.yaml"


def measure(quick: bool) -> Figure:
    rounds = 5 if quick else 20
    with TemporaryDirectory() as folder:
        long = Path(folder) / "long.yaml"
        write_long_checklist(CHECKLIST, long)
        lines = [_line(file, rounds) for file in (CHECKLIST, long)]
    return Figure(
        title="Loading checklist.yaml",
        yardstick="`yaml.load(…, CSafeLoader)`: the file parsed to plain data, nothing checked, no line kept",
        method=f"`pensebete.checklist_file.read`, median of {rounds}, in process, after a first one, taken in turn. "
        "A server reads the file once, and again when it changes.",
        lines=lines,
    )


def _line(file: Path, rounds: int) -> Line:
    content = file.read_bytes()
    checklist, _ = read(content)
    assert checklist is not None
    ours, theirs = [], []
    for _ in range(rounds):
        ours.append(_milliseconds(lambda: read(content)))
        theirs.append(_milliseconds(lambda: yaml.load(content, Loader=yaml.CSafeLoader)))
    return Line(f"{len(checklist.items)} items, {len(content) / 1000:,.0f} kB", median(ours), median(theirs))


def _milliseconds(work: Callable[[], Any]) -> float:
    began = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - began)
