"""What is read of a YAML text: its data, the place of each value, and what is wrong with it as YAML."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from pensebete.checklist.diagnostics import Diagnostic
from pensebete.checklist.diagnostics.place import Path, Place
from pensebete.checklist.line_ends import LINE_ENDS

MAX_TOLD = 200  # mistakes told one by one: whoever has more mends these first


@dataclass(frozen=True, slots=True)
class Guess:
    """How a fault may be mended: the number of a line and what to read there, the likeliest first."""

    diagnostic: int  # its place among those of the tree
    ways: tuple[tuple[int, str], ...]
    was: tuple[str, ...]
    known: bool = False  # whether the last way keeps all that was typed, whatever signs it takes away


@dataclass(frozen=True, slots=True)
class Twice:
    """A field of a mapping that is written there already."""

    path: Path  # of the mapping
    key: str
    place: Place
    first: Place
    in_braces: bool


@dataclass(slots=True)
class Tree:
    text: str = ""
    data: Any = None
    values: dict[Path, Place] = field(default_factory=dict)  # where each value begins
    keys: dict[Path, Place] = field(default_factory=dict)  # where its key is written, in a mapping
    diagnostics: list[Diagnostic] = field(default_factory=list)  # what is wrong with the text as YAML
    unlisted: int = 0  # how many more there are
    mended: set[int] = field(default_factory=set)  # lines that were read as they may have been meant
    has_hash: bool = False  # whether the text has that sign at all
    has_backslash: bool = False
    lost_names: bool = False  # whether one of those may have held an id
    read: list[str] = field(default_factory=list)  # its lines as they were read
    guesses: list[Guess] = field(default_factory=list)  # ways to mend it that only its meaning can choose among
    twice: list[Twice] = field(default_factory=list)  # fields written twice
    first_keys: dict[Path, str] = field(default_factory=dict)  # the first field of each entry of a list
    _order: list[Path] = field(default_factory=list)
    _number: dict[Path, int] = field(default_factory=dict)
    _lines: list[str] = field(default_factory=list)

    def diagnose(self, code: str, place: Place, **values: str) -> None:
        self.add(Diagnostic(code, place, values))

    def add(self, found: Diagnostic) -> None:
        if len(self.diagnostics) < MAX_TOLD:
            self.diagnostics.append(found)
        else:
            self.unlisted += found.severity == "mistake"

    def place(self, path: Path) -> Place:
        """Where the path is written; the nearest thing around it where it is not."""
        while path:
            if found := self.keys.get(path) or self.values.get(path):
                return found
            path = path[:-1]
        return self.values.get((), Place(1, 1))

    def last_place(self, path: Path) -> Place:
        """Where the last thing inside the path begins."""
        at, end = self._inside(path)
        return self.values[self._order[end - 1]] if end > at else self.place(path)

    def lines_of(self, path: Path) -> range:
        """The lines that the path takes, from that of its name to the one before what comes next."""
        start = self.place(path).line
        _, end = self._inside(path)
        if end == len(self._order):
            return range(start, len(self.split) + 1)
        following = self.place(self._order[end]).line
        return range(start, max(start + 1, following))

    def _inside(self, path: Path) -> tuple[int, int]:
        """Which of the values, in reading order, stand inside the path, itself included."""
        if self._order == []:
            self._order = list(self.values)
            self._number = {at: n for n, at in enumerate(self._order)}
        at = end = self._number.get(path, 0)
        while end < len(self._order) and self._order[end][: len(path)] == path:
            end += 1
        return at, end

    @property
    def places_of_keys(self) -> set[Place]:
        return set(self.keys.values()) | {one.place for one in self.twice}

    @property
    def split(self) -> list[str]:
        if not self._lines:
            self._lines = LINE_ENDS.split(self.text)
        return self._lines
