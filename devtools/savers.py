"""Threads that save answers as open pages do, each in a dossier of its own; and what of it a database has lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from threading import Event, Thread
from time import monotonic
from types import TracebackType

from pensebete.assessment.edits import with_answer
from pensebete.assessment.model import Assessment
from pensebete.checklist.model import ChecklistRef
from pensebete.storage.dossiers import Kept, keep, open_link
from pensebete.storage.engine import Store
from pensebete.storage.errors import StoreError
from pensebete.storage.sync import saving_of_kept

_ITEMS = 24
_PAUSE, _PATIENCE = 0.005, 180.0  # seconds


@dataclass
class Saver:
    """One page: the answers that it gave are numbered, and the last one of each item stands in its note."""

    store: Store
    kept: Kept
    assessment: Assessment
    acknowledged: list[int] = field(default_factory=list)
    at: list[float] = field(default_factory=list)  # when each was
    waits_for: StoreError | None = None
    waited_for: list[StoreError] = field(default_factory=list)  # each time
    fault: BaseException | None = None

    def go_on(self, ended: Event) -> None:
        saving = saving_of_kept(self.store, self.kept, self.assessment, "the checklist", datetime.now(UTC))
        number = 0
        try:
            while not ended.wait(_PAUSE):
                if not self.waits_for:
                    number += 1
                now = datetime.now(UTC)
                self.assessment = with_answer(self.assessment, f"item-{number % _ITEMS}", now, note=str(number))
                self.assessment = saving.push(self.assessment, now)
                self.waits_for = saving.waits_for
                if self.waits_for:
                    self.waited_for.append(self.waits_for)
                else:
                    self.acknowledged.append(number)
                    self.at.append(monotonic())
        except BaseException as error:  # told by whoever looks
            self.fault = error

    def lost(self, store: Store) -> list[int]:
        """Which of the acknowledged answers a database has neither itself nor a later one in its place."""
        opened = open_link(store, self.kept.token, datetime.now(UTC))
        assert opened, "the dossier is gone"
        there = [int(opened.assessment.answer(f"item-{item}").note or 0) for item in range(_ITEMS)]
        return [number for number in self.acknowledged if there[number % _ITEMS] < number]


class Savers:
    """So many of them, at work for as long as this is open."""

    def __init__(self, store: Store, many: int) -> None:
        assessment = Assessment(checklist=ChecklistRef(id="c", version="1"))
        now = datetime.now(UTC)
        self.all = [Saver(store, keep(store, assessment, "the checklist", now), assessment) for _ in range(many)]
        self._ended = Event()
        self._threads = [Thread(target=saver.go_on, args=(self._ended,), daemon=True) for saver in self.all]

    def __enter__(self) -> Savers:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()

    def stop(self) -> None:
        self._ended.set()
        for thread in self._threads:
            thread.join(_PATIENCE)
        for saver in self.all:
            if saver.fault:
                raise saver.fault

    def wait_until(self, what: Callable[[Saver], bool]) -> None:
        """Of each of them."""
        deadline = monotonic() + _PATIENCE
        while not all(what(saver) for saver in self.all):
            if monotonic() > deadline or any(saver.fault for saver in self.all):
                self.stop()
                raise TimeoutError(", ".join(f"{len(saver.acknowledged)}, {saver.waits_for}" for saver in self.all))
            self._ended.wait(_PAUSE)

    def save_each(self, more: int) -> None:
        """Wait until each has had so many more acknowledged."""
        wanted = {id(saver): len(saver.acknowledged) + more for saver in self.all}
        self.wait_until(lambda saver: len(saver.acknowledged) >= wanted[id(saver)])

    @property
    def acknowledged(self) -> int:
        return sum(len(saver.acknowledged) for saver in self.all)

    def lost(self, store: Store) -> int:
        return sum(len(saver.lost(store)) for saver in self.all)

    def first_after(self, moment: float) -> float:
        """Seconds from a moment to the first answer that was acknowledged after it."""
        return min(at for saver in self.all for at in saver.at if at > moment) - moment
