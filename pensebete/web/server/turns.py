"""Whose page is made next, where many ask at once: whoever has been served the least of late.

The framework makes each page in a thread as soon as it is asked. All of them and the loop that speaks with the browsers
share one lock of Python's, which is handed on after five milliseconds: with hundreds of visits asking, the loop gets
it back that late after each message, and a newcomer waits for seconds. Here one page is made at a time, the others wait
for their turn, and the lock is handed on sooner. What a visit was served is forgotten by half every few seconds.

A visit that opens takes two pages or three: those after the first have what its tab kept, and the browser asks for them
itself. They are made before anybody else's first: where many come at once, as when the process that they were with is
gone, each would see its answers only after all had come.
"""

from __future__ import annotations

import math
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event, Lock, Thread
from typing import Any

from streamlit.runtime import Runtime
from streamlit.runtime.scriptrunner.script_runner import ScriptRunner

from pensebete.web.server.limits import limits
from pensebete.web.server.metrics import count_wait
from pensebete.web.server.network import NETWORK_HEADER

# One that takes longer waits for a child process, or for a database that is away: it stands in nobody’s way.
COUNTED_FOR = 0.25  # seconds; most take a tenth of that
HANDED_ON_AFTER = 0.0001  # seconds
HALVED_EVERY = 5.0  # seconds
PEOPLE = 30  # that may stand behind one address: what all of them were served weighs as much as a thirtieth of it
# Seconds of the processor that a page takes, a whole one or what an answer changes of it: more counts as several.
ORDINARY = 0.05
_FORGOTTEN_BELOW = 0.01  # pages
PAGES_TO_OPEN = 3
OPENS_WITHIN = 30.0  # seconds from the first of them


@dataclass(eq=False)
class _Run:
    """A page to make: for which visit, from which address, and since when it is being made."""

    visit: str
    network: str
    may_begin: Event = field(default_factory=Event)
    counted_until: float = 0.0


class Served:
    """How many pages were made for each, halved as time goes."""

    def __init__(self) -> None:
        self._pages: dict[str, tuple[float, float]] = {}

    def of(self, whom: str, now: float) -> float:
        pages, then = self._pages.get(whom, (0.0, now))
        return pages * math.exp2((then - now) / HALVED_EVERY)

    def add(self, whom: str, pages: float, now: float) -> None:
        self._pages[whom] = (self.of(whom, now) + pages, now)

    def tidy(self, now: float) -> None:
        self._pages = {whom: served for whom, served in self._pages.items() if self.of(whom, now) > _FORGOTTEN_BELOW}


class Turns:
    """The pages being made and those that wait."""

    def __init__(self, at_once: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._at_once, self._clock = at_once, clock
        self._lock = Lock()
        self._made: list[_Run] = []
        self._waiting: list[_Run] = []
        self._visits, self._networks = Served(), Served()
        self._opening: dict[str, tuple[float, int]] = {}  # by visit, since when and how many pages are still to come
        self._some_wait = Event()
        self._looked_after = False
        self._tidied = clock()

    @contextmanager
    def turn(self, visit: str, network: str) -> Iterator[None]:
        """Wait for one's turn; it ends with the block."""
        run = _Run(visit, network)
        with self._lock:
            self._waiting.append(run)
            self._let_begin()
            if self._waiting:
                self._look_after_those_that_wait()
        run.may_begin.wait()
        began = time.thread_time()
        try:
            yield
        finally:
            with self._lock:
                self._end(run, time.thread_time() - began)

    def _look_after_those_that_wait(self) -> None:
        """In a thread of its own: hundreds that looked for themselves would be most of the work."""
        self._some_wait.set()
        if not self._looked_after:
            self._looked_after = True
            Thread(target=self._look, name="turns", daemon=True).start()

    def _look(self) -> None:
        while self._some_wait.wait():
            time.sleep(COUNTED_FOR / 4)
            with self._lock:
                self._let_begin()  # one that was being made may be counted no longer
                if not self._waiting:
                    self._some_wait.clear()

    def _end(self, run: _Run, seconds: float) -> None:
        now, pages = self._clock(), max(1.0, seconds / ORDINARY)
        if self._visits.of(run.visit, now) < _FORGOTTEN_BELOW:
            self._opening[run.visit] = now, PAGES_TO_OPEN - 1
        elif run.visit in self._opening:
            since, left = self._opening.pop(run.visit)
            if left > 1:
                self._opening[run.visit] = since, left - 1
        self._visits.add(run.visit, pages, now)
        self._networks.add(run.network, pages, now)
        self._made.remove(run)
        if now - self._tidied > 10 * HALVED_EVERY:
            self._tidied = now
            self._visits.tidy(now)
            self._networks.tidy(now)
            self._opening = {one: opens for one, opens in self._opening.items() if now - opens[0] < OPENS_WITHIN}
        self._let_begin()

    def _let_begin(self) -> None:
        now = self._clock()
        while self._waiting and sum(run.counted_until > now for run in self._made) < self._at_once:
            # Of those that were served as little, who came first.
            run = min(self._waiting, key=lambda run: self._had(run, now))
            self._waiting.remove(run)
            run.counted_until = now + COUNTED_FOR
            self._made.append(run)
            run.may_begin.set()

    def _had(self, run: _Run, now: float) -> float:
        of_network = self._networks.of(run.network, now) / PEOPLE
        if now - self._opening.get(run.visit, (float("-inf"), 0))[0] < OPENS_WITHIN:
            return of_network - 1
        return self._visits.of(run.visit, now) + of_network


def take_turns() -> None:
    """From here on, whoever makes a page waits for its turn; unless the operator wants none."""
    make = ScriptRunner._run_script
    if getattr(make, "in_turn", False):
        return

    if not limits().pages_at_once:
        return
    sys.setswitchinterval(HANDED_ON_AFTER)
    turns = Turns(limits().pages_at_once)

    def in_turn(runner: ScriptRunner, *args: Any, **kwargs: Any) -> None:
        asked = time.perf_counter()
        with turns.turn(runner._session_id, _network_of(runner._session_id)):
            count_wait(time.perf_counter() - asked)
            make(runner, *args, **kwargs)

    in_turn.in_turn = True  # type: ignore[attr-defined]
    ScriptRunner._run_script = in_turn  # type: ignore[method-assign,assignment]


def _network_of(session_id: str) -> str:
    client = Runtime.instance().get_client(session_id) if Runtime.exists() else None
    context = client.client_context if client else None
    name = NETWORK_HEADER.decode()
    return next((value for key, value in context.headers if key.lower() == name), "") if context else ""
