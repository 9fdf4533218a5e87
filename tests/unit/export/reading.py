"""Reading the files back, each with another library than the one that wrote it, or none."""

from __future__ import annotations

import csv
import re
from io import BytesIO, StringIO

from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from pensebete.assessment.model import Assessment
from pensebete.checklist.model import Checklist
from pensebete.export.build import Format, export
from tests.builders import evaluate


def made(to: Format, checklist: Checklist, assessment: Assessment, language: str = "fr", **details: str) -> bytes:
    return export(to, evaluate(checklist, assessment), language, **details)


def opened(checklist: Checklist, assessment: Assessment, language: str = "fr") -> Workbook:
    return load_workbook(BytesIO(made("xlsx", checklist, assessment, language)))


def cells(book: Workbook) -> list[object]:
    return [cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]


def column(sheet, name: str) -> list:  # type: ignore[no-untyped-def,type-arg]
    """The cells under a head, from the first line on."""
    at = [cell.value for cell in sheet[1]].index(name)
    return [row[at] for row in sheet.iter_rows(min_row=2)]


def lines(content: bytes, separator: str) -> list[dict[str, str]]:
    """The rows of a CSV file, by the names of its first line."""
    text = content.decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text, newline=""), delimiter=separator))


def content_lines(calendar: bytes) -> list[tuple[str, str]]:
    """The name (parameters included) and the value of each line of an iCalendar file, unfolded as RFC 5545 3.1 says."""
    assert calendar.endswith(b"\r\n")
    physical = calendar.split(b"\r\n")[:-1]
    assert all(len(line) <= 75 and b"\n" not in line and b"\r" not in line for line in physical)
    unfolded: list[bytes] = []
    for line in physical:
        if line[:1] in (b" ", b"\t"):
            unfolded[-1] += line[1:]
        else:
            unfolded.append(line)
    return [(name, value) for line in unfolded for name, _, value in [line.decode().partition(":")]]


def events(calendar: bytes) -> list[dict[str, list[str]]]:
    """The events: name -> values as written; what is inside an alarm is under VALARM.name."""
    found: list[dict[str, list[str]]] = []
    within: list[str] = []
    for name, value in content_lines(calendar):
        if name == "BEGIN":
            within.append(value)
            if value == "VEVENT":
                found.append({})
        elif name == "END":
            assert within.pop() == value
        elif "VEVENT" in within:
            inside = "VALARM." if within[-1] == "VALARM" else ""
            found[-1].setdefault(inside + name, []).append(value)
    assert within == []
    return found


def unescaped(value: str) -> str:
    """A TEXT value as RFC 5545 3.3.11 reads it; what ought to be escaped is."""
    assert not re.search(r"(?<!\\)(?:\\\\)*[;,]", value)
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value)
