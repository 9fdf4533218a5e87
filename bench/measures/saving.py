"""Saved dossiers: saving an answer and opening a dossier, in a database of one and of a hundred thousand."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any
from uuid import uuid4

import psycopg

from bench.figure import Figure, Line
from devtools.postgresql import installed, postgresql
from pensebete.assessment.model import Answer, Assessment
from pensebete.checklist.loading import load, published_path
from pensebete.checklist.model import ChecklistRef
from pensebete.storage.changes import save
from pensebete.storage.dossiers import Kept, keep, open_link
from pensebete.storage.engine import Store, open_store, writing
from pensebete.storage.postgresql import take_time
from pensebete.storage.schema import migrate

MANY, QUICK_MANY = 100_000, 20_000
ANSWERED = ("answer", "cash-forecast", "note")
NOW = datetime.now(UTC)

# A dossier many times over, under other names: quick to make, and as many rows as there would be.
_NUMBERS = {
    "sqlite": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {many})",
    "postgresql": "WITH n(i) AS (SELECT generate_series(1, {many}))",
}
_COPIES = {
    "dossiers": "INSERT INTO dossiers (id, checklist_sha256, created_at, updated_at, revision) {numbers} "
    "SELECT {name}, checklist_sha256, created_at, updated_at, revision FROM dossiers, n WHERE id = '{dossier}'",
    "links": "INSERT INTO links (dossier_id, token_sha256, access, label, created_at) {numbers} "
    "SELECT {name}, 'copy ' || i, access, label, created_at FROM links, n WHERE dossier_id = '{dossier}'",
    "facts": "INSERT INTO facts (dossier_id, key, value, revision, changed_at, link_id, first_revision, first_place) "
    "{numbers} SELECT {name}, key, value, revision, changed_at, link_id, first_revision, first_place "
    "FROM n CROSS JOIN facts WHERE dossier_id = '{dossier}' ORDER BY 1",
}
_NAMES = {"sqlite": "substr(hex(i * 2654435761 % 4294967296), -8) || '-' || i", "postgresql": "md5(i::text)"}


@dataclass
class Times:
    """Milliseconds, one entry each time."""

    save: list[float]
    insert: list[float]
    open: list[float]


def measure(quick: bool) -> Figure:
    many, rounds = (QUICK_MANY, 100) if quick else (MANY, 300)
    lines: list[Line] = []
    remarks = ["A page saves before it draws: this is part of the time from a click to the updated screen."]
    with TemporaryDirectory() as folder:
        file = Path(folder) / "dossiers.sqlite3"
        lines += _lines("SQLite", f"sqlite:///{file}", many, rounds)
    if installed():
        with postgresql(durable=True) as server:
            lines += _lines("PostgreSQL", server.new_database(), many, rounds)
    else:
        remarks.append("No PostgreSQL server was installed.")
    return Figure(
        title="Saving an answer, opening a dossier",
        yardstick="for a save, a bare `INSERT` of one row with its commit, by the driver alone, in the same database "
        "under the same settings; for many dossiers, the same in a database of one",
        method=f"In process, median of {rounds}, a save, an insert and an opening in turn. The dossier has an answer "
        "to every item. The disk has what was saved before a save returns (`synchronous = FULL`, `fsync = on`).",
        lines=lines,
        remarks=remarks,
    )


def _lines(kind: str, url: str, many: int, rounds: int) -> list[Line]:
    checklist, text = load(published_path()), published_path().read_text(encoding="utf-8")
    answers = {
        item: Answer(status="to_do", note="À voir avec la trésorière", answered_at=NOW) for item in checklist.items
    }
    reference = ChecklistRef(id=checklist.id, version=checklist.version)
    with closing(open_store(url)) as store:
        migrate(store)
        kept = keep(store, Assessment(checklist=reference, answers=answers), text, NOW)
        with _bare(store, url) as insert:
            alone = _times(store, kept, insert, rounds)
            _multiply(store, kept.dossier_id, many)
            among = _times(store, kept, insert, rounds)
    return [
        Line(f"{kind}: a save, against a bare INSERT", median(alone.save), median(alone.insert)),
        Line(f"{kind}: opening a dossier of {len(answers)} answers", median(alone.open)),
        Line(f"{kind}: a save among {many:,} dossiers", median(among.save), median(alone.save), limit=1.5),
        Line(f"{kind}: opening one among {many:,}", median(among.open), median(alone.open), limit=1.5),
    ]


def _times(store: Store, kept: Kept, insert: Callable[[str], None], rounds: int) -> Times:
    times = Times([], [], [])
    opened = open_link(store, kept.token, NOW)
    assert opened
    revision = opened.revision
    for turn in range(-10, rounds):  # the first ones are not counted
        note = f"Version {turn} {uuid4()}"
        began = time.perf_counter()
        news = save(store, kept.dossier_id, kept.link_id, revision, {ANSWERED: note}, note[-36:], NOW)
        took_save = time.perf_counter() - began
        revision = news.revision
        took_insert = _seconds(lambda: insert(note))  # noqa: B023 (called at once)
        took_open = _seconds(lambda: open_link(store, kept.token, NOW))
        if turn >= 0:
            times.save.append(1000 * took_save)
            times.insert.append(1000 * took_insert)
            times.open.append(1000 * took_open)
    return times


def _seconds(work: Callable[[], Any]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


@contextmanager
def _bare(store: Store, url: str) -> Iterator[Callable[[str], None]]:
    """A function that inserts one row and commits, by the driver alone."""
    table = "CREATE TABLE bare (id INTEGER PRIMARY KEY, note TEXT)"
    if store.file:
        with closing(sqlite3.connect(store.file, isolation_level=None)) as file:
            file.execute("PRAGMA synchronous = FULL")
            file.execute(table)
            yield lambda note: _discard(file.execute("INSERT INTO bare (note) VALUES (?)", (note,)))
    else:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(table.replace("INTEGER", "SERIAL"))
            yield lambda note: _discard(connection.execute("INSERT INTO bare (note) VALUES (%s)", (note,)))


def _discard(_cursor: object) -> None:
    """Outside a transaction a statement is committed when it returns."""


def _multiply(store: Store, dossier: str, many: int) -> None:
    dialect = store.engine.dialect.name
    with writing(store) as connection:
        if dialect == "postgresql":
            take_time(connection)
        for statement in _COPIES.values():
            numbers = _NUMBERS[dialect].format(many=many)
            whole = statement.format(numbers=numbers, name=_NAMES[dialect], dossier=dossier)
            connection.exec_driver_sql(whole.replace("%", "%%") if dialect == "postgresql" else whole)
    if dialect == "postgresql":
        with writing(store) as connection:
            take_time(connection)
            connection.exec_driver_sql("ANALYZE")  # what its autovacuum would do by itself a minute later
