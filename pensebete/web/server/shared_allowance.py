"""An allowance that several processes count together, in their database; one alone counts in its memory.

For what is taken a few times an hour: what is counted at each request stays in memory, and before several processes
nginx counts it (tools/processes/nginx.conf).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from hmac import new

import streamlit as st

from pensebete.storage.errors import StoreError
from pensebete.web.server.allowance import Allowance, Rate
from pensebete.web.server.this_process import name_of_process

_MINUTE = 60


class TooOftenError(StoreError):
    """From one address so many came that the next one waits, `minutes` at the most."""

    def __init__(self, wait: float) -> None:
        self.minutes = int(wait // _MINUTE) + 1
        super().__init__(self.minutes)


class SharedAllowance:
    """As `Allowance`. Where the database is away each process counts for itself meanwhile, and goes on doing so."""

    def __init__(self, kind: str, rate: Rate) -> None:
        self._kind, self._rate = kind, rate
        self._own = Allowance(rate)

    def take(self, whom: str, amount: float = 1) -> float:
        if wait := self._own.take(whom, amount):
            return wait
        if wait := self._shared("take", whom, amount):
            self._own.give_back(whom, amount)
        return wait

    def wait(self, whom: str, amount: float = 1) -> float:
        return self._own.wait(whom, amount) or self._shared("wait", whom, amount)

    def give_back(self, whom: str, amount: float = 1) -> None:
        """What was taken and came to nothing counts no more."""
        self._own.give_back(whom, amount)
        self._shared("give_back", whom, amount)

    def _shared(self, how: str, whom: str, amount: float) -> float:
        if not name_of_process():
            return 0.0
        from pensebete.storage import allowances  # they take half a second to import
        from pensebete.storage.current import store

        ask: Callable[..., float] = getattr(allowances, how)
        try:
            return ask(
                store(),
                self._kind,
                self._coded(whom),
                amount,
                self._rate.at_once,
                self._rate.each_second,
                datetime.now(UTC),
            )
        except StoreError:
            return 0.0

    def _coded(self, whom: str) -> str:
        secret = str(st.get_option("server.cookieSecret"))  # the same in all processes: tools/processes, docs/serving
        return new(secret.encode(), f"{self._kind}:{whom}".encode(), sha256).hexdigest()


@contextmanager
def one_more(allowance: SharedAllowance, whom: str, refused: type[TooOftenError]) -> Iterator[None]:
    """Count what is done inside, but for what the database did not take. Raises `refused` where it has to wait."""
    if wait := allowance.take(whom):
        raise refused(wait)
    try:
        yield
    except StoreError:
        allowance.give_back(whom)
        raise
