"""Saved dossiers: kept with their manager's consent, in SQLite or PostgreSQL. The only room that knows SQLAlchemy.

A page keeps an assessment (`keep`) or opens one by its link (`open_link`), saves what changes (`save`) and asks every
few seconds what others changed (`changes_since`). Every function may raise StoreUnavailableError: nothing of what it
was asked has been acknowledged, and it may be asked again.
"""

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
from pensebete.store.purge import purge
from pensebete.store.saving import Change, News, Overwritten, changes_since, mark_seen, save

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
