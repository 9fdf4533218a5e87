"""The published ideas as this server knows them, and whether ideas can be sent to it.

Both are looked up beside the visits, every few seconds (lifespan.py): a page that shows them asks no database, and
while the database is away it shows what was there last.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import cache

from pensebete.checklist.idea import Idea
from pensebete.storage.errors import StoreError
from pensebete.text.wording import Wording
from pensebete.web.server.limits import limits
from pensebete.web.server.network import network_of_visit
from pensebete.web.server.shared_allowance import SharedAllowance, TooOftenError, one_more
from pensebete.web.server.staff_cookie import staff_has_a_key


@dataclass(frozen=True)
class _Known:
    published: Mapping[tuple[str, str], tuple[Idea, ...]] = field(default_factory=dict)  # by checklist and domain
    kept: bool = True  # whether the database takes them; until the first look, one finds out by sending


_known = _Known()


class TooManyIdeasError(TooOftenError):
    """From this address so many were sent that the next one waits."""

    def sentence(self, say: Wording) -> str:
        return say("ideas.too_many", minutes=self.minutes)


def published_of(checklist_id: str, domain: str) -> tuple[Idea, ...]:
    """The newest first."""
    return _known.published.get((checklist_id, domain), ())


def takes_ideas() -> bool:
    """Whether somebody can read what is sent here: staff have a key, and there is a database."""
    return staff_has_a_key() and _known.kept


def look_at_ideas() -> None:
    """Have this server know what is published now. Without a key nobody can publish: nothing is asked."""
    global _known
    if not staff_has_a_key():
        _known = _Known()
        return
    from pensebete.storage.current import store, why_not_saving  # they take half a second to import
    from pensebete.storage.ideas import published_ideas

    try:
        _known = _Known(published_ideas(store()), why_not_saving() is None)
    except StoreError:
        _known = _Known(_known.published, kept=False)


def may_send_idea() -> AbstractContextManager[None]:
    """One more of this visit's address; one that the database did not take is not counted. Raises TooManyIdeasError."""
    return one_more(_allowance(), network_of_visit(), TooManyIdeasError)


@cache
def _allowance() -> SharedAllowance:
    return SharedAllowance("ideas", limits().idea_rate)
