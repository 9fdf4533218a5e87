"""The store of this server."""

from __future__ import annotations

from functools import lru_cache

from pensebete.storage.engine import Store, database_url, open_store
from pensebete.storage.schema import check


@lru_cache(maxsize=1)
def store() -> Store:
    """The store of this server, checked once. Raises StoreError."""
    found = open_store(database_url())
    check(found)
    return found
