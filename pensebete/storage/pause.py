"""After a database kept somebody waiting in vain, others are told so at once for a while.

Pages are made in turn: were each to wait for a machine that says nothing, nobody would be served, dossier or not.
"""

from __future__ import annotations

from time import monotonic

from pensebete.storage.errors import Reason, StoreUnavailableError

# So many times as long as was waited; a refusal that came at once costs nobody anything.
_TIMES, _MOST_SECONDS = 3, 5.0
_IN_VAIN: frozenset[Reason] = frozenset({"unreachable", "unreplicated", "outdated"})


class Pause:
    """One of it for a store."""

    def __init__(self) -> None:
        self._until = 0.0
        self._refusal: tuple[Reason, str] = ("unreachable", "")

    def refuse(self, writes: bool) -> None:
        """Raises StoreUnavailableError while it lasts. Who only reads waits for no standby."""
        if monotonic() < self._until and (writes or self._refusal[0] != "unreplicated"):
            raise StoreUnavailableError(*self._refusal)

    def after(self, error: StoreUnavailableError, seconds: float) -> None:
        """`error` came after so many seconds."""
        if error.reason in _IN_VAIN:
            self._refusal = error.reason, error.cause
            self._until = monotonic() + min(_TIMES * seconds, _MOST_SECONDS)
