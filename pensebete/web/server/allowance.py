"""How much somebody may take within a time: much at once, then as fast as it comes back.

By the clock that never goes back: a machine whose time is set would otherwise shut everybody out, or nobody.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

MOST_KNOWN = 20_000  # addresses; who has not asked for the longest is forgotten first, and begins anew


@dataclass(frozen=True)
class Rate:
    """`at_once` may be taken by who has taken nothing for long; `each_second` comes back, up to that."""

    at_once: float
    each_second: float


class Allowance:
    """What is left to each, by name."""

    def __init__(self, rate: Rate, clock: Callable[[], float] = time.monotonic, most_known: int = MOST_KNOWN) -> None:
        self._rate, self._clock, self._most_known = rate, clock, most_known
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()  # how much was left, and when that was
        self._lock = Lock()

    def take(self, whom: str, amount: float = 1) -> float:
        """Seconds until that much is there again; 0 where it was, and is taken now.

        More than `at_once` is taken where nothing else is: it would never be there.
        """
        with self._lock:
            left = self._left_to(whom)
            wanted = min(amount, self._rate.at_once)
            if left < wanted:
                return (wanted - left) / self._rate.each_second
            self._put(whom, left - wanted)
            return 0.0

    def spend(self, whom: str, amount: float) -> None:
        """Take what was used already, below nothing if need be: then it is longer until something is there again."""
        with self._lock:
            self._put(whom, max(self._left_to(whom) - amount, -self._rate.at_once))

    def give_back(self, whom: str, amount: float = 1) -> None:
        """What was taken and came to nothing counts no more."""
        with self._lock:
            self._put(whom, min(self._left_to(whom) + amount, self._rate.at_once))

    def wait(self, whom: str, amount: float = 1) -> float:
        """The same, and takes nothing."""
        with self._lock:
            return max(0.0, min(amount, self._rate.at_once) - self._left_to(whom)) / self._rate.each_second

    def _left_to(self, whom: str) -> float:
        left, then = self._left.get(whom, (self._rate.at_once, 0.0))
        return min(self._rate.at_once, left + (self._clock() - then) * self._rate.each_second)

    def _put(self, whom: str, left: float) -> None:
        self._left[whom] = (left, self._clock())
        self._left.move_to_end(whom)
        if len(self._left) > self._most_known:
            self._left.popitem(last=False)
