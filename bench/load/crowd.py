"""The process of the visitors (saved_visits.py), and the account of what they gave and were told."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress

from bench.load.account import Ground
from devtools.server import ROOT

PATIENCE = 90  # seconds after which what does not come to its end is given up


class StuckError(Exception):
    """Visitors did not come to where they should have."""


class Crowd:
    """Visitors at work on a ground, for as long as this is open."""

    def __init__(self, of: Ground, port: int, pause: float) -> None:
        self.of = of
        self.strange: list[str] = []
        self.opened = 0
        self._resting: set[int] = set()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bench.load.saved_visits", str(port)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self._order(json.dumps({"tokens": [kept.token for kept in of.kept], "pause": pause}))
        self._listening = threading.Thread(target=self._listen)
        self._listening.start()

    def __enter__(self) -> Crowd:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._listening.join(PATIENCE)
        with suppress(BrokenPipeError):  # an order that nobody heard
            self._process.__exit__(None, None, None)

    def save_each(self, more: int = 1) -> None:
        """Wait until each has had so many answers more acknowledged."""
        wanted = [told.acknowledged + more for told in self.of.told]
        self._wait("answers", lambda: all(t.acknowledged >= n for t, n in zip(self.of.told, wanted, strict=True)))

    def rest(self) -> None:
        """Wait until nobody has anything on its way."""
        self._resting.clear()
        self._order("rest")
        self._wait("rest", lambda: len(self._resting) == len(self.of.told))

    def go_on(self) -> None:
        self._order("go on")

    def finish(self) -> None:
        """Have each come to its end, and hear all that they said."""
        assert self._process.stdin
        self._process.stdin.close()
        self._wait("the end", lambda: not self._listening.is_alive())

    def _order(self, line: str) -> None:
        assert self._process.stdin
        self._process.stdin.write(f"{line}\n")
        self._process.stdin.flush()

    def _wait(self, what: str, done: Callable[[], bool]) -> None:
        deadline = time.monotonic() + PATIENCE
        while not done():
            if self.strange or not self._listening.is_alive() or time.monotonic() > deadline:
                told = [one.acknowledged for one in self.of.told]
                raise StuckError(f"no {what} within {PATIENCE} s; acknowledged {told}; {'; '.join(self.strange)}")
            time.sleep(0.005)

    def _listen(self) -> None:
        assert self._process.stdout
        for line in self._process.stdout:
            match json.loads(line):
                case {"gave": n, "item": item, "status": status}:
                    self.of.told[n].gave(item, status)
                case {"told": n}:
                    self.of.told[n].run_finished()
                case {"looked": n, "state": state}:
                    self.of.told[n].looked(state, time.monotonic())
                case {"left": n}:
                    self.of.told[n].left()
                case {"rests": n}:
                    self._resting.add(n)
                case {"opened": _}:
                    self.opened += 1
                case {"strange": what}:
                    self.strange.append(what)
