"""Call sheets of dossiers, as the desk and the command line make them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from pensebete.desk.call_sheet import CallSheet, call_sheet
from pensebete.desk.intake import Taken
from pensebete.desk.portfolio import portfolio
from pensebete.desk.row import Asked, Row, row_of
from tests.builders import CHECKLIST
from tests.portfolio_files import READ_ON
from tests.unit.evaluation.test_cases import ZONE

ASKED = Asked({CHECKLIST.id: CHECKLIST}, READ_ON, READ_ON.date(), ZONE, answers=True, dossiers=True)


def sheets(files: Iterable[tuple[str, bytes]], asked: Asked = ASKED) -> list[CallSheet]:
    """In the order of calls."""
    rows = [row for name, content in files if isinstance(row := row_of(Taken(name, content), asked), Row)]
    return [
        call_sheet(entry, entry.row.dossier, entry.earlier[0].dossier if entry.earlier else None, asked)
        for entry in portfolio(rows).entries
    ]


def as_of(day: date) -> Asked:
    return replace(ASKED, now=datetime.combine(day, READ_ON.timetz()), today=day)
