"""The log of accepted texts and the disk of this server: what one has and the other lacks."""

from __future__ import annotations

from datetime import UTC, datetime

from pensebete.checklist import accepted
from pensebete.checklist.loading import published_path, read
from pensebete.checklist.model import ChecklistRef
from pensebete.web.server.live import look


def restore_accepted() -> None:
    """Where this disk knows of no accepted text, take those of the log: a new machine, a new container.

    Before the first look: else a file that is not sound would leave visitors with nothing. Raises StoreError.
    """
    path = published_path()
    if accepted.kept_of(path):
        return
    from pensebete.storage.accepted import newest_of_each  # they take half a second to import
    from pensebete.storage.current import store

    for text in reversed(newest_of_each(store(), path)):
        if (checklist := read(text)[0]) is not None:
            accepted.keep(path, checklist, text)


def log_accepted() -> str:
    """Have the log say what is served, unless it does; the text. Raises StoreError."""
    from pensebete.storage.accepted import log
    from pensebete.storage.current import store

    serving = look().serving
    if serving is None:
        return ""
    ref = ChecklistRef(id=serving.checklist.id, version=serving.checklist.version)
    log(store(), published_path(), ref, serving.text, datetime.now(UTC))
    return serving.text
