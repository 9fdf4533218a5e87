"""What a promise in seconds is measured by: it is made for a machine that is not busy with other things."""

from __future__ import annotations

from time import process_time

_AT_EASE = 0.018  # seconds that the work below takes on the machine for which the promises are made


def slowness() -> float:
    """How many times slower this machine is right now than that one; 1 where it is as fast, or faster."""
    began = process_time()
    found = {str(n): [n] for n in range(60_000)}
    sorted(found, key=lambda name: len(found[name]) + len(name))
    return max(1.0, (process_time() - began) / _AT_EASE)
