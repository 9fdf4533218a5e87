"""A portfolio in a file: JSON, CSV (one of its tables), or a workbook with all of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Literal, get_args

from pydantic_core import to_json

from pensebete.checklist.model import Checklist
from pensebete.desk.portfolio import Portfolio
from pensebete.text.wording import Wording

PortfolioFormat = Literal["json", "csv", "xlsx"]
PORTFOLIO_FORMATS: tuple[PortfolioFormat, ...] = get_args(PortfolioFormat)
PORTFOLIO_SHEETS = ("portfolio", "answers", "late", "checks", "refused")


def export_portfolio(
    to: PortfolioFormat,
    portfolio: Portfolio,
    checklists: Mapping[str, Checklist],
    now: datetime,
    say: Wording,
    sheet: str = "portfolio",
) -> bytes:
    """The file; the same arguments always give the same bytes. `sheet` is for CSV."""
    if to == "json":
        from pensebete.desk.portfolio_json import portfolio_as_json

        found = portfolio_as_json(portfolio, checklists, say)
        return to_json(found, indent=2) + b"\n"  # three times as fast as json's
    # Imported here: each library is loaded by those who ask for its format.
    from pensebete.export.tables.portfolio import about_portfolio, portfolio_tables

    tables = portfolio_tables(portfolio, checklists, say)
    if to == "csv":
        from pensebete.export.csv_file import csv_file

        return csv_file(next(table for table in tables if table.id == sheet), say.language)
    from pensebete.export.workbook_file import written

    properties = {
        "title": say("desk.sheet.portfolio"),
        "keywords": say("report.program"),
        "created": now.replace(microsecond=0),
    }
    return written(tables, partial(about_portfolio, portfolio, checklists, say), properties, say)
