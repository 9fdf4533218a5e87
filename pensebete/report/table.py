"""A table that goes on over pages: its head is repeated, and a row taller than a page is continued."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pensebete.report.page import Document, Line
from pensebete.report.style import BOTTOM, LEFT, PALE, QUIET_STRONG, RIGHT, TOP

_PAD = 5  # above and under the lines of a row
_TALL = 180  # a row up to this height is never cut


@dataclass(frozen=True)
class Column:
    title: str
    x: float
    width: float


class Table:
    """Rows are cells of lines, one a column; `mark` draws beside the first line of a row."""

    def __init__(self, document: Document, columns: Sequence[Column]) -> None:
        self.document = document
        self.columns = columns
        self._titles = [document.lines(column.title, QUIET_STRONG, column.width) for column in columns]
        self._page = 0

    @property
    def head_height(self) -> float:
        return _height(self._titles) + 2 * _PAD - 2

    def row(self, cells: Sequence[list[Line]], mark: Callable[[float], None] | None = None) -> None:
        document = self.document
        if self._page == 0:
            document.need(self.head_height + min(_height(cells) + 2 * _PAD, BOTTOM - TOP - self.head_height))
            self._head()
        elif _height(cells) + 2 * _PAD > document.room and (_height(cells) < _TALL or document.room < _TALL):
            document.new_page()
            self._head()
        while any(cells):
            part = [_that_fits(cell, document.room - 2 * _PAD) for cell in cells]
            y = document.y + _PAD
            if mark:
                mark(y)
                mark = None
            for column, lines in zip(self.columns, part, strict=True):
                document.stack(column.x, y, lines)
            document.y += _height(part) + 2 * _PAD
            document.rule(document.y)
            cells = [cell[len(drawn) :] for cell, drawn in zip(cells, part, strict=True)]
            if any(cells):
                document.new_page()
                self._head()

    def _head(self) -> None:
        document = self.document
        self._page = document.pdf.page
        document.pdf.set_fill_color(PALE)
        document.pdf.rect(LEFT, document.y, RIGHT - LEFT, self.head_height, style="F")
        for column, lines in zip(self.columns, self._titles, strict=True):
            document.stack(column.x, document.y + _PAD - 1, lines)
        document.y += self.head_height


def row_height(cells: Sequence[list[Line]]) -> float:
    return _height(cells) + 2 * _PAD


def _height(cells: Sequence[list[Line]]) -> float:
    return max((sum(style.line for _, style in cell) for cell in cells), default=0)


def _that_fits(lines: list[Line], room: float) -> list[Line]:
    taken = 0.0
    for n, (_, style) in enumerate(lines):
        taken += style.line
        if taken > room:
            return lines[:n]
    return lines
