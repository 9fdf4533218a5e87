"""A table as CSV, for spreadsheets first of all: docs/exports.md says why it is written this way."""

from __future__ import annotations

import csv
from datetime import date
from io import StringIO

from pensebete.export.cell_text import would_change, writable
from pensebete.export.tables.table import Cell, Table

# Excel splits at the list separator of the system: a semicolon where the comma is that of decimals.
SEPARATORS = {"fr": ";", "en": ","}
POINTS = {"fr": ","}  # what stands before decimals
BYTE_ORDER_MARK = "\ufeff"  # without it Excel reads UTF-8 as the code page of the system


def csv_file(table: Table, language: str) -> bytes:
    written = StringIO(newline="")
    writer = csv.writer(written, delimiter=SEPARATORS.get(language, ","), lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    writer.writerow(column.name for column in table.columns)
    point = POINTS.get(language, ".")
    writer.writerows((_as_text(cell, point) for cell in row) for row in table.rows)
    return (BYTE_ORDER_MARK + written.getvalue()).encode()


def _as_text(cell: Cell, point: str) -> str:
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, int):
        return str(cell)
    if isinstance(cell, float):
        return f"{cell:g}".replace(".", point)
    text = writable(cell or "")
    # Quoting does not stop a spreadsheet from computing a cell, nor from making a date of « 1-9 »; an apostrophe does,
    # which one sees: nothing hidden is copied along.
    return f"'{text}" if would_change(text) else text
