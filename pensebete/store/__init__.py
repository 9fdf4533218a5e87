"""Saved dossiers: kept with their manager's consent, in SQLite or PostgreSQL. The only room that knows SQLAlchemy.

A page keeps an assessment (`keep`) or opens one by its link (`open_link`), saves what changes (`save`) and asks every
few seconds what others changed (`changes_since`). Every function may raise StoreUnavailableError: nothing of what it
was asked has been acknowledged, and it may be asked again.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pensebete.store.dossiers import Kept, Opened, delete_dossier, keep, open_link
    from pensebete.store.engine import Store, database_url, open_store
    from pensebete.store.errors import (
        LastLinkError,
        LinkGoneError,
        NotMigratedError,
        ReadingOnlyError,
        StoreAddressError,
        StoreError,
        StoreUnavailableError,
    )
    from pensebete.store.links import Access, Link, NewLink, add_link, links_of, renew, revoke
    from pensebete.store.migrating import check, migrate
    from pensebete.store.milestones import Milestone, add_milestone, milestones_of
    from pensebete.store.purging import purge
    from pensebete.store.saving import Change, News, Overwritten, changes_since, mark_seen, save

# SQLAlchemy, Alembic and psycopg take half a second to import: a visit that saves nothing never waits for them.
_ROOMS = {
    "dossiers": "Kept Opened delete_dossier keep open_link",
    "engine": "Store database_url open_store",
    "errors": "LastLinkError LinkGoneError NotMigratedError ReadingOnlyError"
    " StoreAddressError StoreError StoreUnavailableError",
    "links": "Access Link NewLink add_link links_of renew revoke",
    "migrating": "check migrate",
    "milestones": "Milestone add_milestone milestones_of",
    "purging": "purge",
    "saving": "Change News Overwritten changes_since mark_seen save",
}


def __getattr__(name: str) -> Any:
    """What is asked of the room, imported when it is first asked for."""
    for room, names in _ROOMS.items():
        if name in names.split():
            return getattr(import_module(f"pensebete.store.{room}"), name)
    raise AttributeError(f"pensebete.store has no {name!r}")


__all__ = [
    "Access",
    "Change",
    "Kept",
    "LastLinkError",
    "Link",
    "LinkGoneError",
    "Milestone",
    "NewLink",
    "News",
    "NotMigratedError",
    "Opened",
    "Overwritten",
    "ReadingOnlyError",
    "Store",
    "StoreAddressError",
    "StoreError",
    "StoreUnavailableError",
    "add_link",
    "add_milestone",
    "changes_since",
    "check",
    "database_url",
    "delete_dossier",
    "keep",
    "links_of",
    "mark_seen",
    "migrate",
    "milestones_of",
    "open_link",
    "open_store",
    "purge",
    "renew",
    "revoke",
    "save",
]
