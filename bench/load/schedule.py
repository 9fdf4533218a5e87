"""Which fault comes when: each as often as the others, in an order that a seed gives."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from typing import TypeVar

_Fault = TypeVar("_Fault")


def in_turn(faults: Sequence[_Fault], chance: random.Random) -> Iterator[_Fault]:
    """For ever: all of them, in an order of chance, then all again; none comes twice without another between."""
    last: _Fault | None = None
    while True:
        lap = chance.sample(faults, len(faults))
        if lap[0] is last and len(lap) > 1:
            lap = lap[1:] + lap[:1]
        yield from lap
        last = lap[-1]


def ends_of(shares: Sequence[float], began: float, seconds: float) -> list[float]:
    """When each part is to end, of which each has its share of the seconds."""
    total = sum(shares)
    return [began + seconds * sum(shares[: n + 1]) / total for n in range(len(shares))]
