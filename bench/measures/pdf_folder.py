"""A thousand dossiers to PDF in one call of the command line: documents a second, and whether memory stays flat."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil

from bench.figure import Line
from bench.process_memory import memory_of
from devtools.server import ROOT
from pensebete.assessment import dossier_file
from pensebete.assessment.model import Assessment

MANY, FEW = 1000, 20
FLAT = 1.1  # of the memory after a fifth of them


@dataclass(frozen=True)
class Run:
    seconds: float
    memory: list[tuple[int, float]]  # plans there were, and megabytes of all the processes together


def measure_folder(dossier_of: Callable[[int], Assessment], quick: bool) -> tuple[list[Line], str]:
    """Lines of the figure, and the sentence that says how."""
    many = MANY // 5 if quick else MANY
    with TemporaryDirectory() as folder:
        files = [Path(folder, f"dossier-{n}.json") for n in range(many)]
        for n, file in enumerate(files):
            file.write_bytes(dossier_file.dump(dossier_of(n)))
        began = time.perf_counter()
        for file in files[:FEW]:
            subprocess.run(_call(file, "-o", Path(folder, "one.pdf")), cwd=ROOT, check=True)
        one_by_one = FEW / (time.perf_counter() - began)
        run = _watched(_call(*files, "-o", Path(folder, "plans")), Path(folder, "plans"))
        made = len(list(Path(folder, "plans").glob("*.pdf")))
    if made != many:
        raise ValueError(f"{made} plans of {many} dossiers")
    early = max(megabytes for count, megabytes in run.memory if count <= many / 5)
    late = max(megabytes for count, megabytes in run.memory if count > many / 5)
    lines = [
        Line(
            f"{many:,} dossiers in one call, a second",
            many / run.seconds,
            one_by_one,
            unit="PDF",
            at_least=True,
            limit=1,
        ),
        Line("Peak memory of its processes, beside that of its first fifth", late, early, unit="MB", limit=FLAT),
    ]
    return lines, (
        f"{many:,} different dossiers, `pdf DOSSIER… -o FOLDER`, on every core; its yardstick is a call for each, "
        f"{FEW} of them one after the other. Memory is the proportional share (PSS) of all its processes together, "
        "looked at ten times a second."
    )


def _call(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "pensebete", "pdf", *map(str, arguments)]


def _watched(call: list[str], plans: Path) -> Run:
    began = time.perf_counter()
    running = psutil.Popen(call, cwd=ROOT)
    memory = []
    while running.poll() is None:
        count = sum(1 for _ in plans.glob("*.pdf"))
        memory.append((count, memory_of(running)))
        time.sleep(0.1)
    if running.returncode:
        raise ValueError(f"the call ended with {running.returncode}")
    return Run(time.perf_counter() - began, memory)
