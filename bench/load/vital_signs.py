"""What a process of the app holds as time goes: memory, open files, threads; and whether it grows."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from time import time

import psutil


@dataclass(frozen=True)
class Signs:
    pid: int
    age: float  # seconds
    worked: float  # seconds of processor time
    memory: float  # MB, what several share divided among them
    files: int
    threads: int


def signs_of(processes: Iterable[psutil.Process]) -> list[Signs]:
    """Of those that are there."""
    found = []
    for one in processes:
        with suppress(psutil.Error):
            age, spent, memory = time() - one.create_time(), one.cpu_times(), one.memory_full_info().pss / 1e6
            found.append(Signs(one.pid, age, spent.user + spent.system, memory, one.num_fds(), one.num_threads()))
    return found


@dataclass(frozen=True)
class Growth:
    """Of one process, from when it had what it needs to its end."""

    first: Signs
    last: Signs


def growths(signs: Iterable[Signs], warm: float) -> list[Growth]:
    """Of each process that was looked at twice or more once it was warm: one that has just been started, and one that
    nobody has come to yet, has nothing of what it needs."""
    of_process: dict[int, list[Signs]] = {}
    for one in signs:
        if one.worked >= warm:
            of_process.setdefault(one.pid, []).append(one)
    return [Growth(found[0], found[-1]) for found in of_process.values() if len(found) > 1]


def growing(growth: Growth, megabytes: float, files: int, threads: int) -> list[str]:
    """What grew by more than it may."""
    first, last = growth.first, growth.last
    told = [
        ("memory", first.memory, last.memory, megabytes, " MB"),
        ("open files", first.files, last.files, files, ""),
        ("threads", first.threads, last.threads, threads, ""),
    ]
    return [
        f"{what} of a process: {before:.0f}{unit}, then {after:.0f}{unit} after {last.age - first.age:.0f} s"
        for what, before, after, most, unit in told
        if after - before > most
    ]
