"""The other files a plan leaves in: a workbook, a calendar, a table. The dossier itself is in
assessment/dossier_file.py.

What each is made of is said once, as tables of plain values; only the files here know xlsxwriter and icalendar.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from pensebete.evaluation.evaluation import Evaluation
from pensebete.text.wording import wording

Format = Literal["xlsx", "ics", "reminder", "csv"]
SHEETS = ("plan", "answers", "readiness", "profile")  # the tables that a CSV file can hold, one each


@dataclass(frozen=True, slots=True)
class Kind:
    """What a file of a format is called by programs."""

    extension: str
    media_type: str


FORMATS: Mapping[Format, Kind] = {
    "xlsx": Kind("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "ics": Kind("ics", "text/calendar; charset=utf-8"),
    "reminder": Kind("ics", "text/calendar; charset=utf-8"),
    "csv": Kind("csv", "text/csv; charset=utf-8"),
}


class NoDueDateError(Exception):
    """A calendar was asked for, and no action of it has a due date."""


def export(to: Format, evaluation: Evaluation, language: str, sheet: str = "plan", address: str = "") -> bytes:
    """The file; the same arguments always give the same bytes. Raises NoDueDateError.

    `sheet` is for CSV; `address`, for a reminder: where the program is served, if that is known.
    """
    # Imported here: each library is loaded by those who ask for its format.
    say = wording(language, evaluation.checklist.languages)
    if to == "ics":
        from pensebete.export.calendar_file import calendar

        found = calendar(evaluation, say)
        if found is None:
            raise NoDueDateError
        return found
    if to == "reminder":
        from pensebete.export.calendar_file import reminder

        return reminder(evaluation, say, address)
    from pensebete.export.tables.build import tables

    if to == "csv":
        from pensebete.export.csv_file import csv_file

        asked = next(table for table in tables(evaluation, say) if table.id == sheet)
        return csv_file(asked, language)
    from pensebete.export.workbook_file import workbook

    return workbook(evaluation, say)
