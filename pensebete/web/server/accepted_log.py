"""The log of accepted texts and this server: it serves the newest entry, and adds what its own file says.

Looked at every few seconds by a thread of its own, so that no visit waits for the database or hears that it is away.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime

from pensebete.checklist import accepted
from pensebete.checklist.loading import published_path
from pensebete.checklist.model import ChecklistRef
from pensebete.web.server.live import Published, Seen, begun, follow


def restore_accepted() -> None:
    """Where this disk knows of no accepted text, take those of the log: a new machine, a new container.

    Before the first look: else a file from before what was published since would be taken for news. Raises StoreError.
    """
    if not accepted.kept_of(published_path()):
        follow_log()


def follow_log(ready: Published | None = None) -> Seen:
    """Serve the newest entry, and have the log say what this file said that is news. Raises StoreError.

    `ready`: the newest text, where it was read already.
    """
    from pensebete.storage.accepted import log, newest, whole_log  # they take half a second to import
    from pensebete.storage.current import store
    from pensebete.storage.errors import PublishedMeanwhileError

    path, seen = published_path(), begun()
    if ready or seen is None or newest(store(), path) != _last(seen):
        seen = follow(*whole_log(store(), path), ready)
    if seen.to_log and seen.serving:
        ref = ChecklistRef(id=seen.serving.checklist.id, version=seen.serving.checklist.version)
        with suppress(PublishedMeanwhileError):  # of another server, just now: what follows from it is seen below
            log(store(), path, ref, seen.serving.text, datetime.now(UTC), seen.known.newest)
        seen = follow(*whole_log(store(), path))
    return seen


def _last(seen: Seen) -> tuple[int, str] | None:
    newest = seen.known.newest
    return (newest.id, newest.digest) if newest else None
