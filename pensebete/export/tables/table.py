"""A table as data: what a workbook's sheet and a CSV file are both written from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

Cell = str | int | float | date | None


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    width: int  # in characters, on a screen or a page
    choices: tuple[str, ...] = ()  # where a reader who fills it in is to choose


@dataclass(frozen=True, slots=True)
class Table:
    id: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
