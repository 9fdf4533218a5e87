"""What a process and its children hold."""

from __future__ import annotations

from contextlib import suppress

import psutil


def memory_of(process: psutil.Process) -> float:
    """In MB, what several share counted once."""
    total = 0
    with suppress(psutil.NoSuchProcess):  # one that ended while it was looked at
        for each in (process, *process.children(recursive=True)):
            with suppress(psutil.NoSuchProcess, psutil.AccessDenied):
                total += each.memory_full_info().pss
    return total / 1e6
