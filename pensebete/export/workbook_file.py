"""The tables as an Excel workbook: typed dates, filters, frozen heads, lists to choose from, ready to print."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from functools import lru_cache, partial
from io import BytesIO
from textwrap import wrap

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import quote_sheetname, xl_range_abs
from xlsxwriter.worksheet import Worksheet

from pensebete.evaluation.evaluation import Evaluation
from pensebete.export.cell_text import cut, loses_characters, too_long, would_change, writable
from pensebete.export.tables.about import about_table
from pensebete.export.tables.build import tables
from pensebete.export.tables.table import Cell, Column, Table
from pensebete.export.timestamp import last_change
from pensebete.text.wording import Wording

_LETTER = 1
_TITLE, _MESSAGE = 32, 255  # characters of what is said of a wrong choice
_LINE, _TALLEST = 13.5, 409.0  # points; a row can be no taller
_FIRST_DAY = date(1900, 3, 1)  # before it, workbooks count a day that never was, or none at all
_INK, _PALE, _RULE = "#1f2a2e", "#e3ebed", "#c9d0d3"
# What is typed is never looked at for a formula, an address or a number.
_AS_TYPED = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_LOOKS: dict[str, dict[str, object]] = {
    "head": {"bold": True, "bg_color": _PALE},
    "text": {},
    # As if typed after an apostrophe: it stays text when a reader edits the cell.
    "guarded": {"quote_prefix": True},
    "date": {"num_format": "yyyy-mm-dd", "align": "left"},
    "number": {"num_format": "0", "align": "center"},
    "decimal": {"num_format": "0.0", "align": "center"},
}


def workbook(evaluation: Evaluation, say: Wording) -> bytes:
    """The plan of one dossier."""
    checklist, assessment = evaluation.checklist, evaluation.assessment
    name = writable(assessment.organisation.strip()) or say("report.no_organisation")
    properties = {
        "title": say("report.document_title", organisation=name),
        "subject": checklist.title[say.language],
        "author": writable(assessment.prepared_by.strip()) or name,
        "company": name,
        "keywords": say("report.program"),
        "created": last_change(assessment, evaluation.today),
    }
    return written(tables(evaluation, say), partial(about_table, evaluation, say=say), properties, say)


def written(
    content: Sequence[Table], about: Callable[[Sequence[str]], Table], properties: Mapping[str, object], say: Wording
) -> bytes:
    """A workbook with a sheet for each table, the last one being about the file, warnings included."""
    made = BytesIO()
    book = Workbook(made, _AS_TYPED)
    book.set_properties(dict(properties))
    every = {"font_size": 10, "font_color": _INK, "text_wrap": True, "valign": "top", "border": 1}
    looks = {look: book.add_format({**every, "border_color": _RULE, **more}) for look, more in _LOOKS.items()}
    texts = {cell for table in content for row in table.rows for cell in row if isinstance(cell, str)}
    warnings = [say("export.replaced")] if any(map(loses_characters, texts)) else []
    warnings += [say("export.was_cut")] if any(map(too_long, texts)) else []
    lists = list(dict.fromkeys(c.choices for table in content if table.rows for c in table.columns if c.choices))
    for table in (*content, about(warnings)):
        sheet = book.add_worksheet(table.title)
        _write(sheet, table, looks, lists, say)
        _prepare_print(sheet, str(properties["title"]))
    if lists:
        _write_lists(book, lists, say)
    book.close()
    return made.getvalue()


def _write_lists(book: Workbook, lists: Sequence[Sequence[str]], say: Wording) -> None:
    """What there is to choose from, a column each, out of sight: a list within a rule ends at a comma or at 255."""
    sheet = book.add_worksheet(say("export.choices"))
    for x, choices in enumerate(lists):
        sheet.write_column(0, x, choices)
    sheet.hide()


def _choosing(column: Column, lists: Sequence[Sequence[str]], say: Wording) -> dict[str, object]:
    """The rule of a column in which one chooses. A workbook takes a title of 32 characters and a message of 255."""
    x = lists.index(column.choices)
    among = xl_range_abs(0, x, len(column.choices) - 1, x)
    message = say("export.choose", choices=say.listing(column.choices))
    return {
        "validate": "list",
        "source": f"={quote_sheetname(say('export.choices'))}!{among}",
        "error_title": column.name[:_TITLE],
        "error_message": message if len(message) <= _MESSAGE else say("export.choose_listed"),
    }


def _write(
    sheet: Worksheet, table: Table, looks: Mapping[str, Format], lists: Sequence[Sequence[str]], say: Wording
) -> None:
    for x, column in enumerate(table.columns):
        sheet.set_column(x, x, column.width)
        sheet.write_string(0, x, column.name, looks["head"])
        if column.choices and table.rows:
            sheet.data_validation(1, x, len(table.rows), x, _choosing(column, lists, say))
    for y, row in enumerate(table.rows, 1):
        sheet.set_row(y, _height(table, row))
        for x, cell in enumerate(row):
            _write_cell(sheet, y, x, cell, looks, say)
    sheet.set_row(0, _height(table, [column.name for column in table.columns]))
    last = max(len(table.rows), 1)
    sheet.autofilter(0, 0, last, len(table.columns) - 1)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)


def _height(table: Table, row: Sequence[Cell]) -> float:
    """Room for the longest text of the row: LibreOffice, for one, does not make it by itself."""
    lines = 1
    for column, cell in zip(table.columns, row, strict=True):
        if isinstance(cell, str):
            lines = max(lines, _lines(cell, column.width))
    return min(_LINE * lines + 3, _TALLEST)


@lru_cache(maxsize=4096)  # a portfolio says the same titles a thousand times
def _lines(text: str, width: int) -> int:
    parts, across = writable(text)[: 50 * width].split("\n"), width + width // 10
    return sum((len(wrap(part, across)) or 1) if len(part) > across else 1 for part in parts)


def _write_cell(sheet: Worksheet, y: int, x: int, cell: Cell, looks: Mapping[str, Format], say: Wording) -> None:
    if isinstance(cell, date) and cell < _FIRST_DAY:
        sheet.write_string(y, x, cell.isoformat(), looks["text"])
    elif isinstance(cell, date):
        sheet.write_datetime(y, x, datetime.combine(cell, time()), looks["date"])
    elif isinstance(cell, int | float):
        sheet.write_number(y, x, cell, looks["number" if isinstance(cell, int) else "decimal"])
    elif cell:
        look = "guarded" if would_change(cell) else "text"
        text = writable(cell)
        sheet.write_string(y, x, cut(text, say("export.cut")) if too_long(text) else text, looks[look])
    else:
        sheet.write_blank(y, x, None, looks["text"])


def _prepare_print(sheet: Worksheet, title: str) -> None:
    """Letter, on its side, as many pages high as it takes; the heads of the columns on each of them."""
    sheet.set_paper(_LETTER)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    # Of 255 characters at most, in which & begins a code: doubled, it is itself.
    sheet.set_footer(f"&L{title[:100].replace('&', '&&')}&C&A&R&P / &N")
