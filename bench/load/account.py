"""What visitors of saved dossiers were told, and whether the database has it.

An answer is acknowledged once the run of the script that it caused has finished and the page then says that all is
saved; one that waited for its database, once the page says so of it and of all before.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

from pensebete.assessment.model import Assessment
from pensebete.checklist.loading import load, published_path
from pensebete.checklist.model import ChecklistRef
from pensebete.storage.dossiers import Kept, keep, open_link
from pensebete.storage.engine import open_store
from pensebete.storage.schema import migrate

VISITORS = 6


@dataclass
class Told:
    """Of one visitor: what was sent, and what was heard of it."""

    # Of each item: the status acknowledged last, None where there is none; then what was sent since.
    sent: dict[str, list[str | None]] = field(default_factory=dict)
    given: int = 0
    acknowledged: int = 0
    alone: int = 0  # of these, those that waited for nothing and so made a save each
    unheard: int = 0  # sent, and the line closed before anything was heard
    looks_that_wait: int = 0
    saved_at: list[float] = field(default_factory=list)  # when the page said that all is saved, after an answer
    _on_its_way: tuple[str, str] | None = None
    _finished: list[tuple[str, str]] = field(default_factory=list)

    def gave(self, item: str, status: str) -> None:
        self.given += 1
        self._on_its_way = item, status
        self.sent.setdefault(item, [None]).append(status)

    def run_finished(self) -> None:
        assert self._on_its_way
        self._finished.append(self._on_its_way)
        self._on_its_way = None

    def looked(self, state: str, at: float) -> None:
        self.looks_that_wait += state == "waits"
        if state != "saved" or not self._finished:
            return
        for item, status in self._finished:  # the last of an item counts, and nothing was sent since
            self.sent[item] = [status]
        self.acknowledged += len(self._finished)
        self.alone += len(self._finished) == 1
        self.saved_at.append(at)
        self._finished.clear()

    def left(self) -> None:
        """The line closed. A browser has in its tab what waited; this visitor has not."""
        self.unheard += len(self._finished) + (self._on_its_way is not None)
        self._finished.clear()
        self._on_its_way = None

    def lost(self, there: Mapping[str, str | None], saves: int) -> list[str]:
        """What is acknowledged, and is neither there nor replaced by what was sent after it."""
        found = [
            f"{item} is {there.get(item)}, and not {' or '.join(map(str, possible))}"
            for item, possible in self.sent.items()
            if there.get(item) not in possible
        ]
        # Each answer differs from the one before, so each that waited for nothing made a save.
        return [*found, *([f"{self.alone - saves} saves"] if saves < self.alone else [])]

    def longest_without_saving(self, since: float, until: float) -> float:
        """Seconds, the longest of those between two saves of which a part lies in that time."""
        within = (after - before for before, after in pairwise(self.saved_at) if after > since and before < until)
        return max(within, default=until - since)


@dataclass
class Ground:
    """A database with a dossier for each visitor, and what is found wrong in it."""

    url: str
    kept: list[Kept]
    told: list[Told]
    lost: list[str] = field(default_factory=list)

    @property
    def acknowledged(self) -> int:
        return sum(one.acknowledged for one in self.told)

    def check(self) -> int:
        """Look for every answer acknowledged so far, past the app, while everybody rests; how many are lost."""
        before = len(self.lost)
        with closing(open_store(self.url)) as store:
            for n, (kept, told) in enumerate(zip(self.kept, self.told, strict=True)):
                opened = open_link(store, kept.token, datetime.now(UTC))
                if opened is None:
                    self.lost.append(f"dossier {n}")
                    continue
                there = {item: opened.assessment.answer(item).status for item in told.sent}
                self.lost += [f"dossier {n}: {what}" for what in told.lost(there, opened.revision - 1)]
        return len(self.lost) - before


def new_ground(url: str) -> Ground:
    """New dossiers, one for each visitor, in a database without tables yet."""
    checklist, text = load(published_path()), published_path().read_text(encoding="utf-8")
    assessment = Assessment(checklist=ChecklistRef(id=checklist.id, version=checklist.version))
    with closing(open_store(url)) as store:
        migrate(store)
        kept = [keep(store, assessment, text, datetime.now(UTC)) for _ in range(VISITORS)]
    return Ground(url, kept, [Told() for _ in kept])


def unsound(file: Path) -> str:
    """What SQLite itself finds wrong in a file; "" where it finds nothing."""
    with closing(sqlite3.connect(file)) as connection:
        found = connection.execute("PRAGMA integrity_check").fetchall()
    return "" if found == [("ok",)] else str(found)
