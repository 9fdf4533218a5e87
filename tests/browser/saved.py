"""Dossiers saved past the page, for tests whose subject begins once there is one."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from playwright.sync_api import Page, expect

from pensebete.assessment.model import Answer, Assessment
from pensebete.checklist.loading import load, published_path
from pensebete.checklist.model import ChecklistRef, Status
from pensebete.storage.dossiers import Kept, keep
from pensebete.storage.engine import open_store
from pensebete.storage.schema import migrate
from tests.builders import NOW

_CHECKLIST = load(published_path())


def new_database(file: Path) -> Path:
    """A database with its tables, and nothing in them."""
    with closing(open_store(f"sqlite:///{file}")) as store:
        migrate(store)
    return file


def save_dossier(database: Path, statuses: Mapping[str, Status]) -> Kept:
    """Keep a dossier with these answers, as the page does once the manager agrees."""
    return save_dossier_at(f"sqlite:///{database}", statuses)


def save_dossier_at(url: str, statuses: Mapping[str, Status]) -> Kept:
    """The same in any database."""
    assessment = Assessment(
        checklist=ChecklistRef(id=_CHECKLIST.id, version=_CHECKLIST.version),
        answers={id: Answer(status=status, answered_at=NOW) for id, status in statuses.items()},
    )
    with closing(open_store(url)) as store:
        return keep(store, assessment, published_path().read_text(encoding="utf-8"), NOW, "direction")


def link_of(kept: Kept) -> str:
    """Its private link, without the address of the server."""
    return f"/#dossier={kept.token}"


def follow_link(open_page, link: str) -> Page:  # type: ignore[no-untyped-def]
    page: Page = open_page(link)
    expect(page.locator(".st-key-saving-status")).to_be_visible()
    return page
