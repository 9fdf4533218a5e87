"""A table that goes on over pages: its head is repeated, and a row taller than a page is continued."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from pensebete.pdf.layout.canvas import Document, Line, words_height
from pensebete.pdf.layout.style import LEFT, QUIET_STRONG, TOP
from pensebete.pdf.tagging import Element, heading_cell
from pensebete.text.theme import PALE

_PAD = 5  # above and under the lines of a row
_TALL = 180  # a row up to this height is never cut


@dataclass(frozen=True)
class Column:
    """`title` is empty over a column that only has signs, whose cells are then empty too."""

    title: str
    x: float
    width: float
    scope: Literal["Row"] | None = None  # of its cells, where they are the head of their row


class Table:
    """Rows are cells of lines, one a column; `mark` draws beside the first line of a row.

    It is tagged as one table. Its head is tagged once, and an artifact where it is repeated.
    """

    def __init__(self, document: Document, columns: Sequence[Column]) -> None:
        self.document = document
        self.columns = columns
        self._titles = [document.lines(column.title, QUIET_STRONG, column.width, tag="") for column in columns]
        self._page = 0
        self._element = Element("Table")

    @property
    def head_height(self) -> float:
        return _height(self._titles) + 2 * _PAD - 2

    def row(self, cells: Sequence[list[Line]], mark: Callable[[float], None] | None = None) -> None:
        document = self.document
        with document.tags.inside(self._element):
            if self._page == 0:
                full = document.bottom - TOP - self.head_height
                document.need(self.head_height + min(_height(cells) + 2 * _PAD, full))
                self._head()
            elif _height(cells) + 2 * _PAD > document.room and (_height(cells) < _TALL or document.room < _TALL):
                document.new_page()
                self._head()
            with document.tags.inside("TR"):
                self._cells(cells, mark)

    def _cells(self, cells: Sequence[list[Line]], mark: Callable[[float], None] | None) -> None:
        document = self.document
        places = [heading_cell(column.scope) if column.scope else Element("TD") for column in self.columns]
        while any(cells):
            part = [_that_fits(cell, document.room - 2 * _PAD) for cell in cells]
            y = document.y + _PAD
            if mark:
                with document.tags.artifact():
                    mark(y)
                mark = None
            for column, place, lines in zip(self.columns, places, part, strict=True):
                if column.title:
                    with document.tags.inside(place):
                        document.stack(column.x, y, lines)
            document.y += _height(part) + 2 * _PAD
            document.rule(document.y)
            cells = [cell[len(drawn) :] for cell, drawn in zip(cells, part, strict=True)]
            if any(cells):
                document.new_page()
                self._head()

    def _head(self) -> None:
        document, tags = self.document, self.document.tags
        repeated = self._page > 0
        self._page = document.pdf.page
        with tags.artifact():
            document.pdf.set_fill_color(PALE)
            document.pdf.rect(LEFT, document.y, document.content_width, self.head_height, style="F")
        with tags.artifact() if repeated else tags.inside("TR"):
            for column, lines in zip(self.columns, self._titles, strict=True):
                if column.title:
                    with tags.inside(heading_cell("Column")):
                        document.stack(column.x, document.y + _PAD - 1, lines)
        document.y += self.head_height


def row_height(cells: Sequence[list[Line]]) -> float:
    return _height(cells) + 2 * _PAD


def _height(cells: Sequence[list[Line]]) -> float:
    return max(map(words_height, cells), default=0)


def _that_fits(lines: list[Line], room: float) -> list[Line]:
    taken = 0.0
    for n, line in enumerate(lines):
        taken += line.style.line
        if taken > room:
            return lines[:n]
    return lines
