"""A visit over a saved dossier, as the session keeps one: the assessment on screen, and its saving."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import inspect, select, text

from pensebete.assessment.edits import with_answer
from pensebete.assessment.model import Assessment
from pensebete.storage.changes import Change, News, Overwritten, changes_since
from pensebete.storage.dossiers import keep, open_link
from pensebete.storage.engine import Store, reading, writing
from pensebete.storage.errors import StoreUnavailableError
from pensebete.storage.links import Access, add_link
from pensebete.storage.sync import Saving, saving_of_opened
from pensebete.storage.tables import metadata
from tests.builders import NOW, assess

ITEM = "cash-forecast"
SAVED_AT = NOW + timedelta(minutes=2)  # neither when the dossier was opened nor when the answer was given


def make_later(store: Store, runs_from: str = "9999") -> None:
    """As a later version would leave the database: with tables of which this one has not heard."""
    with writing(store) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        connection.execute(text("UPDATE runs_from SET tables = :oldest"), {"oldest": runs_from})


class Visit:
    def __init__(self, saving: Saving, assessment: Assessment, token: str = "") -> None:
        self.saving, self.assessment, self.token = saving, assessment, token

    @classmethod
    def by(cls, store: Store, token: str) -> Visit:
        """A visit that a link opened."""
        opened = open_link(store, token, NOW)
        assert opened is not None
        return cls(saving_of_opened(store, opened, "the checklist"), opened.assessment, token)

    def edit(self, change: Callable[[Assessment], Assessment]) -> None:
        """Change something, and have it saved."""
        self.assessment = change(self.assessment)
        self.push()
        assert self.waits_for is None

    def type(self, note: str, item: str = ITEM) -> None:
        """Typed, and not sent yet."""
        self.assessment = with_answer(self.assessment, item, NOW, note=note)

    def write(self, note: str, item: str = ITEM) -> None:
        """Typed and sent, which the database may have no time for."""
        self.type(note, item)
        self.push()

    def push(self) -> None:
        self.assessment = self.saving.push(self.assessment, SAVED_AT)

    def look(self) -> None:
        """Ask what others did, as the page does every few seconds."""
        self.assessment = self.saving.pull(self.assessment, SAVED_AT)

    def news(self) -> News:
        """What the database would tell at the next look."""
        return changes_since(self.saving.store, self.dossier_id, self.link_id, self.revision)

    def note(self, item: str = ITEM) -> str:
        return self.assessment.answer(item).note

    @property
    def dossier_id(self) -> str:
        return self.saving.dossier_id

    @property
    def link_id(self) -> int:
        return self.saving.link_id

    @property
    def revision(self) -> int:
        return self.saving.revision

    @property
    def heard(self) -> list[Change]:
        """What others changed, all that this visit was told so far."""
        return self.saving.heard

    @property
    def overwritten(self) -> list[Overwritten]:
        """What was replaced unseen, all that this visit was told so far."""
        return list(self.saving.overwritten.values())

    @property
    def waits_for(self) -> str | None:
        error = self.saving.waits_for
        assert error is None or isinstance(error, StoreUnavailableError)
        return error and error.reason


def two_visits(store: Store, assessment: Assessment | None = None, access: Access = "write") -> tuple[Visit, Visit]:
    """The same dossier opened by two links, « direction » and « finance »."""
    kept = keep(store, assessment or assess(), "the checklist", NOW, "direction")
    link = add_link(store, kept.dossier_id, kept.link_id, access, "finance", NOW)
    return Visit.by(store, kept.token), Visit.by(store, link.token)


def rows(store: Store) -> dict[str, list[Any]]:
    """Everything that is kept, table by table, of those that there are; not what the database says of itself."""
    with reading(store) as connection:
        found = inspect(connection)
        there = {name: {c["name"] for c in found.get_columns(name)} for name in found.get_table_names()}
        return {
            name: list(connection.execute(select(*(c for c in t.c if c.name in there[name]))))
            for name, t in metadata.tables.items()
            if name != "runs_from" and name in there
        }
