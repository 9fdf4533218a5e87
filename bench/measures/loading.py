"""Checking checklist.yaml: parsed, validated, every rule tried, every value with its line, against parsing alone."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from bench.figure import Figure, Line
from bench.long_checklist import write_long_checklist
from devtools.server import ROOT
from pensebete.checklist.loading import read

CHECKLIST = ROOT / "checklist.yaml"


def measure(quick: bool) -> Figure:
    rounds = 5 if quick else 20
    with TemporaryDirectory() as folder:
        long = Path(folder) / "long.yaml"
        write_long_checklist(CHECKLIST, long, items=1000)
        lines = [line for file in (CHECKLIST, long) for line in _lines(file, rounds)]
    return Figure(
        title="Checking checklist.yaml",
        yardstick="`yaml.load`: the file parsed to plain data, nothing checked, no line kept, by PyYAML's loader in C "
        "(`CSafeLoader`) and by the one in Python (`SafeLoader`)",
        method=f"`pensebete.checklist_file.read` with a date, as `check` does: shape, references, conditions, "
        f"languages, printing, dates. Median of {rounds}, in process, after a first one, in turn "
        "(the loader in Python: of 3). "
        "A server reads the file once, and again when it changes.",
        lines=lines,
    )


def _lines(file: Path, rounds: int) -> list[Line]:
    content = file.read_bytes()
    checklist, _ = read(content)
    assert checklist is not None
    ours, in_c, in_python = [], [], []
    for n in range(rounds):
        ours.append(_milliseconds(lambda: read(content, date(2026, 3, 28))))
        in_c.append(_milliseconds(lambda: yaml.load(content, Loader=yaml.CSafeLoader)))
        if n < 3:
            in_python.append(_milliseconds(lambda: yaml.load(content, Loader=yaml.SafeLoader)))
    what = f"{len(checklist.items):,} items, {len(content) / 1000:,.0f} kB"
    return [
        Line(f"{what}, loader in C", median(ours), median(in_c), limit=3),
        Line(f"{what}, loader in Python", median(ours), median(in_python)),
    ]


def _milliseconds(work: Callable[[], Any]) -> float:
    began = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - began)
