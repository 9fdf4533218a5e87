"""How many drafts an address has shared of late, and how much it has remarked about them: robots would fill a disk."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

from pensebete.storage.errors import StoreError
from pensebete.text.wording import Wording
from pensebete.web.server.allowance import Rate
from pensebete.web.server.network import network_of_visit
from pensebete.web.server.shared_allowance import SharedAllowance

_MINUTE, _HOUR = 60, 3600
# Drafts, their later versions and their links together; then remarks and answers. Of an address, in an hour.
_SHARED = SharedAllowance("drafts", Rate(20, 20 / _HOUR))
_REMARKED = SharedAllowance("remarks", Rate(120, 120 / _HOUR))


class TooOftenError(StoreError):
    """From this address so much was shared or remarked that the next one waits."""

    def __init__(self, minutes: int) -> None:
        super().__init__(minutes)
        self.minutes = minutes

    def sentence(self, say: Wording) -> str:
        return say("draft.too_often", n=self.minutes)


def may_share() -> AbstractContextManager[None]:
    """One more of this visit's address. Raises TooOftenError."""
    return _one_more(_SHARED)


def may_remark() -> AbstractContextManager[None]:
    """One more of this visit's address. Raises TooOftenError."""
    return _one_more(_REMARKED)


@contextmanager
def _one_more(allowance: SharedAllowance) -> Iterator[None]:
    """What the database did not take is not counted."""
    whom = network_of_visit()
    if wait := allowance.take(whom):
        raise TooOftenError(int(wait // _MINUTE) + 1)
    try:
        yield
    except StoreError:
        allowance.give_back(whom)
        raise
