"""How many dossiers an address has had saved of late: a robot would fill a disk in seconds."""

from __future__ import annotations

from functools import cache

from pensebete.text.wording import Wording
from pensebete.web.server.limits import limits
from pensebete.web.server.metrics import count_refusal
from pensebete.web.server.network import network_of_visit
from pensebete.web.server.shared_allowance import SharedAllowance, TooOftenError


class TooManyKeptError(TooOftenError):
    """From this address so many were saved that the next one waits."""

    def sentence(self, say: Wording) -> str:
        return say("full.dossiers", minutes=self.minutes)


def may_keep() -> None:
    """One more of this visit's address. Raises TooManyKeptError."""
    wait = _allowance().take(network_of_visit())
    if wait:
        count_refusal("dossiers")
        raise TooManyKeptError(wait)


@cache
def _allowance() -> SharedAllowance:
    return SharedAllowance("dossiers", limits().dossier_rate)
