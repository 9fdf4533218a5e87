"""A change of the file's text that would mend what a diagnostic says: for a program to make, at a person's word."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from pensebete.checklist.diagnostics.place import Place
from pensebete.checklist.line_ends import LINE_ENDS


@dataclass(frozen=True, slots=True)
class TextEdit:
    """What to write in the place of the stretch from `start` up to `end`, which is not part of it.

    Places are those of the file as it stands. Nothing is taken away where they are the same. A line break is `\\n`,
    and the place after the last character of a line is its end: a line goes whole where the stretch ends at the
    beginning of the next.
    """

    start: Place
    end: Place
    text: str

    def as_json(self) -> dict[str, Any]:
        """`{line, column, end_line, end_column, text}`, counted from 1."""
        (line, column), (end_line, end_column) = asdict(self.start).values(), asdict(self.end).values()
        return {"line": line, "column": column, "end_line": end_line, "end_column": end_column, "text": self.text}


def edit_from(data: dict[str, Any]) -> TextEdit:
    """The edit that `as_json` gave."""
    return TextEdit(Place(data["line"], data["column"]), Place(data["end_line"], data["end_column"]), data["text"])


def of_line(n: int, before: str, after: str) -> TextEdit:
    """The edit that makes line `n`, counted from 1, of `before` into `after`: the least that differs."""
    same = next(
        (i for i, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), min(len(before), len(after))
    )
    most = min(len(before), len(after)) - same
    tail = next((i for i in range(most) if before[-1 - i] != after[-1 - i]), most)
    return TextEdit(Place(n, same + 1), Place(n, len(before) - tail + 1), after[same : len(after) - tail])


def applied(text: str, edits: Iterable[TextEdit]) -> str:
    """The text with all of the edits made; of two that touch the same stretch, the last."""
    ends = [0, *(found.end() for found in LINE_ENDS.finditer(text))]

    def at(place: Place) -> int:
        return min((ends[place.line - 1] if place.line <= len(ends) else len(text)) + place.column - 1, len(text))

    made, last = [], len(text) + 1
    for edit in sorted(edits, key=lambda one: (one.start.line, one.start.column), reverse=True):
        start, end = at(edit.start), at(edit.end)
        if end <= last:
            made.append((start, end, edit.text))
            last = start
    for start, end, written in made:
        text = text[:start] + written + text[end:]
    return text
