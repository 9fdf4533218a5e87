"""The store of this server."""

from __future__ import annotations

from functools import lru_cache

from sqlalchemy import false, select, update

from pensebete.storage.engine import Store, open_store, reading, writing
from pensebete.storage.errors import StoreError, StoreUnavailableError
from pensebete.storage.place import database_url
from pensebete.storage.room import refuse_without_room
from pensebete.storage.schema import check
from pensebete.storage.tables import dossiers


@lru_cache(maxsize=1)
def store() -> Store:
    """The store of this server, checked once. Raises StoreError."""
    found = open_store(database_url())
    try:
        check(found)
    except StoreError:
        found.close()
        raise
    return found


def why_not_saving() -> StoreError | None:
    """Why no dossier can be kept here now; None where one can, or can in a moment."""
    try:
        found = store()
        with writing(found) as connection:
            refuse_without_room(found, connection)
            # It changes no row; a database that can only be read refuses it all the same.
            connection.execute(update(dossiers).where(false()).values(revision=0))
    except StoreUnavailableError as error:
        return None if error.reason == "locked" else error
    except StoreError as error:
        return error
    return None


def answers() -> None:
    """Whether the database answers, be it full or only to be read. Raises StoreError."""
    with reading(store()) as connection:
        connection.execute(select(1))
