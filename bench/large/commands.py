"""A command of the program, as an operator or a timer runs it: how long it took, and what memory it held at most."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass

import psutil

from bench.process_memory import memory_of
from devtools.server import ROOT

_LOOKS_EVERY = 0.1


@dataclass(frozen=True)
class Ran:
    seconds: float
    megabytes: float


def pensebete(url: str, *call: str) -> Ran:
    return run(sys.executable, "-m", "pensebete", *call, PENSEBETE_DATABASE_URL=url)


def run(*call: str, **environment: str) -> Ran:
    """Raises RuntimeError with what it said where it fails."""
    began = time.monotonic()
    process = subprocess.Popen(
        call,
        cwd=ROOT,
        env=dict(os.environ) | environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    most = 0.0
    while process.poll() is None:
        most = max(most, memory_of(psutil.Process(process.pid)))
        time.sleep(_LOOKS_EVERY)
    took = time.monotonic() - began
    assert process.stderr
    said = process.stderr.read()
    process.stderr.close()
    if process.returncode:
        raise RuntimeError(said)
    return Ran(took, most)
