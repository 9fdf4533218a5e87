"""How many drafts an address has shared of late, and how much it has remarked about them: robots would fill a disk."""

from __future__ import annotations

from contextlib import AbstractContextManager

from pensebete.text.wording import Wording
from pensebete.web.server.allowance import Rate
from pensebete.web.server.network import network_of_visit
from pensebete.web.server.shared_allowance import SharedAllowance, TooOftenError, one_more

_HOUR = 3600
# Drafts, their later versions and their links together; then remarks and answers. Of an address, in an hour.
_SHARED = SharedAllowance("drafts", Rate(20, 20 / _HOUR))
_REMARKED = SharedAllowance("remarks", Rate(120, 120 / _HOUR))


class TooManyOfDraftsError(TooOftenError):
    """From this address so much was shared or remarked that the next one waits."""

    def sentence(self, say: Wording) -> str:
        return say("draft.too_often", n=self.minutes)


def may_share() -> AbstractContextManager[None]:
    """One more of this visit's address. Raises TooManyOfDraftsError."""
    return one_more(_SHARED, network_of_visit(), TooManyOfDraftsError)


def may_remark() -> AbstractContextManager[None]:
    """One more of this visit's address. Raises TooManyOfDraftsError."""
    return one_more(_REMARKED, network_of_visit(), TooManyOfDraftsError)
