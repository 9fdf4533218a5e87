"""People who save while something else is done to the database: how long each save took, and what none of them got."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from uuid import uuid4

from sqlalchemy import text

from bench.large.fill import dossier_id, row_id, token
from bench.large.models import NOW, Models
from pensebete.storage.changes import save
from pensebete.storage.dossiers import open_link
from pensebete.storage.engine import Store, writing
from pensebete.storage.errors import StoreUnavailableError

_PAUSE = 0.02


@dataclass
class Saves:
    """In milliseconds, one entry each; those that the database refused to wait for any longer are counted."""

    took: list[float] = field(default_factory=list)
    refused: int = 0


@contextmanager
def people_saving(one_saves: Callable[[int], object]) -> Iterator[Saves]:
    """Somebody who saves the next dossier every few hundredths of a second, until this is left."""
    found, ended = Saves(), threading.Event()

    def go_on() -> None:
        number = 0
        while not ended.is_set():
            began = time.perf_counter()
            try:
                one_saves(number)
            except StoreUnavailableError:
                found.refused += 1
            found.took.append(1000 * (time.perf_counter() - began))
            number += 1
            ended.wait(_PAUSE)

    thread = threading.Thread(target=go_on)
    thread.start()
    try:
        yield found
    finally:
        ended.set()
        thread.join()


def by_the_program(store: Store, models: Models, among: range) -> Callable[[int], object]:
    """A note of a dossier, saved as a page does: of one after the other, opened by its link the first time."""
    revisions: dict[int, int] = {}

    def one_saves(turn: int) -> None:
        number = among[turn * 7_919 % len(among)]
        if number not in revisions:
            opened = open_link(store, token("link", number), NOW)
            assert opened
            revisions[number] = opened.revision
        change = {("answer", "cash-forecast", "note"): f"Version {turn}"}
        news = save(store, dossier_id(number), row_id(models, number), revisions[number], change, str(uuid4()), NOW)
        revisions[number] = news.revision

    return one_saves


_LOCK = "SELECT revision FROM dossiers WHERE id = :id FOR UPDATE"
_SAVE = (
    "UPDATE facts SET value = :note, revision = revision + 1 WHERE dossier_id = :id AND key = :key",
    "INSERT INTO saves (dossier_id, change_id, revision, saved_at) VALUES (:id, :change, 1, now())",
    "UPDATE dossiers SET revision = revision + 1, updated_at = now() WHERE id = :id",
)


def by_the_first_program(store: Store, among: range) -> Callable[[int], object]:
    """The statements of a save that hold in every revision of the tables (PostgreSQL)."""

    def one_saves(turn: int) -> None:
        said = {
            "id": dossier_id(among[turn * 7_919 % len(among)]),
            "key": '["detail","organisation"]',
            "note": f'"Version {turn}"',
            "change": str(uuid4()),
        }
        with writing(store) as connection:
            connection.execute(text(_LOCK), said)
            for statement in _SAVE:
                connection.execute(text(statement), said)

    return one_saves
