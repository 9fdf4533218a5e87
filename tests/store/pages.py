"""A page of the app over a saved dossier, in a few lines: what it shows, what it sends, what it learns."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from sqlalchemy import select

from pensebete import store as saved
from pensebete.assessment import Assessment
from pensebete.facts import applied, changes
from pensebete.store.engine import reading
from pensebete.store.tables import metadata
from tests.builders import NOW


class Page:
    """A page that a link opened."""

    def __init__(self, store: saved.Store, token: str) -> None:
        opened = saved.open_link(store, token, NOW)
        assert opened is not None
        self.store = store
        self.dossier_id, self.link_id = opened.dossier_id, opened.link_id
        self.assessment, self.revision = opened.assessment, opened.revision

    def edit(self, change: Callable[[Assessment], Assessment]) -> saved.News:
        after = change(self.assessment)
        made = changes(self.assessment, after)
        news = saved.save(self.store, self.dossier_id, self.link_id, self.revision, made, str(uuid4()), NOW)
        self.assessment, self.revision = applied(after, news.changes), news.revision
        return news

    def look(self) -> saved.News:
        """Ask what others did, as the page does every few seconds."""
        news = saved.changes_since(self.store, self.dossier_id, self.link_id, self.revision)
        self.assessment, self.revision = applied(self.assessment, news.changes), news.revision
        return news


def two_pages(store: saved.Store, assessment: Assessment) -> tuple[Page, Page]:
    """The same dossier opened by two links, « direction » and « finance »."""
    kept = saved.keep(store, assessment, "the checklist", NOW, "direction")
    link = saved.add_link(store, kept.dossier_id, kept.link_id, "write", "finance", NOW)
    return Page(store, kept.token), Page(store, link.token)


def rows(store: saved.Store) -> dict[str, list[Any]]:
    """Everything in the database, table by table."""
    with reading(store) as connection:
        return {name: list(connection.execute(select(table))) for name, table in metadata.tables.items()}
