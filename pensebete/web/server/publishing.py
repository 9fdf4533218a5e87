"""What staff do to the log of accepted texts from a browser: publish a text over the one that they compared it with."""

from __future__ import annotations

import logging
from contextlib import suppress
from datetime import UTC, datetime

from pensebete.checklist.accepted import Entry, Source
from pensebete.checklist.loading import published_path
from pensebete.checklist.model import ChecklistRef
from pensebete.storage.errors import StoreError
from pensebete.text.terminal import visible
from pensebete.text.wording import LANGUAGES, wording
from pensebete.web.server.accepted_log import follow_log
from pensebete.web.server.live import Published

_LOG = logging.getLogger(__name__)


def publish_text(
    found: Published, over: Entry | None, who: str, why: str, source: Source, based_on: Entry | None
) -> Entry:
    """Have it served here at once, and by the other servers within seconds. Raises StoreError, then nothing changed.

    `over`: the newest entry, as whoever publishes saw it.
    """
    from pensebete.storage.accepted import publish
    from pensebete.storage.current import store

    ref = ChecklistRef(id=found.checklist.id, version=found.checklist.version)
    try:
        entry = publish(
            store(),
            published_path(),
            ref,
            found.text,
            datetime.now(UTC),
            over=over,
            who=who,
            why=why,
            source=source,
            based_on=based_on,
        )
    except StoreError:
        with suppress(StoreError):  # what another published meanwhile is what is to be seen next
            follow_log()
        raise
    for language in LANGUAGES:
        say = wording(language)
        _LOG.warning(
            "%s", visible(say("publish.log", number=entry.number, version=entry.version, who=entry.who, why=entry.why))
        )
    with suppress(StoreError):  # it is in the log: a look in a few seconds finds it
        follow_log(found)
    return entry


def text_of_entry(entry: Entry) -> str | None:
    """The text of an entry; None where the database has it no more. Raises StoreError."""
    from pensebete.storage.accepted import text_of
    from pensebete.storage.current import store

    return text_of(store(), entry.digest)
