"""A page of the app over a saved dossier, in a few lines: what it shows, what it sends, what it learns."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from sqlalchemy import select

from pensebete.assessment.field_map import applied, changes
from pensebete.assessment.model import Assessment
from pensebete.storage.changes import News, changes_since, save
from pensebete.storage.dossiers import keep, open_link
from pensebete.storage.engine import Store, reading
from pensebete.storage.links import add_link
from pensebete.storage.tables import metadata
from tests.builders import NOW


class Page:
    """A page that a link opened."""

    def __init__(self, store: Store, token: str) -> None:
        opened = open_link(store, token, NOW)
        assert opened is not None
        self.store, self.token = store, token
        self.dossier_id, self.link_id = opened.dossier_id, opened.link_id
        self.assessment, self.revision = opened.assessment, opened.revision

    def edit(self, change: Callable[[Assessment], Assessment]) -> News:
        after = change(self.assessment)
        made = changes(self.assessment, after)
        news = save(self.store, self.dossier_id, self.link_id, self.revision, made, str(uuid4()), NOW)
        self.assessment, self.revision = applied(after, news.changes), news.revision
        return news

    def look(self) -> News:
        """Ask what others did, as the page does every few seconds."""
        news = changes_since(self.store, self.dossier_id, self.link_id, self.revision)
        self.assessment, self.revision = applied(self.assessment, news.changes), news.revision
        return news


def two_pages(store: Store, assessment: Assessment) -> tuple[Page, Page]:
    """The same dossier opened by two links, « direction » and « finance »."""
    kept = keep(store, assessment, "the checklist", NOW, "direction")
    link = add_link(store, kept.dossier_id, kept.link_id, "write", "finance", NOW)
    return Page(store, kept.token), Page(store, link.token)


def rows(store: Store) -> dict[str, list[Any]]:
    """Everything in the database, table by table."""
    with reading(store) as connection:
        return {name: list(connection.execute(select(table))) for name, table in metadata.tables.items()}
