"""CSV files, as a spreadsheet of either language reads them."""

from __future__ import annotations

import pytest

from pensebete.assessment.model import Answer
from pensebete.export.build import SHEETS
from pensebete.export.cell_text import CELL_LIMIT
from tests.builders import assess
from tests.dossiers import full, own_action
from tests.unit.export.reading import lines, made
from tests.unit.export.test_workbook_file import DANGEROUS


def note_of(checklist, text: str) -> str:
    """What the note of an answer has become in the file."""
    content = made("csv", checklist, assess({"board-position": Answer(note=text)}), sheet="answers")
    return lines(content, ";")[0]["Note"]


@pytest.mark.parametrize(("language", "separator"), [("fr", ";"), ("en", ",")])
def test_the_separator_is_the_one_excel_expects_in_that_language(checklist, language, separator):
    content = made("csv", checklist, full(checklist), language)
    assert content.startswith(b"\xef\xbb\xbf")
    head, *_ = content.decode("utf-8-sig").split("\r\n")
    assert head.count(separator) == 12


def test_the_plan_has_a_line_an_action_with_days_as_2026_03_28(checklist):
    rows = lines(made("csv", checklist, full(checklist)), ";")
    (own,) = [row for row in rows if row["Action"] == "Appeler la caisse"]
    assert (own["Priorité"], own["Responsable"], own["Échéance"]) == ("P1", "Ginette", "2026-04-02")
    assert [row["Rang"] for row in rows] == [str(n) for n in range(1, len(rows) + 1)]


@pytest.mark.parametrize("sheet", SHEETS)
def test_each_sheet_can_be_had_alone(checklist, sheet):
    assert len(lines(made("csv", checklist, full(checklist), sheet=sheet), ";")) > 5


@pytest.mark.parametrize("text", [text for text in DANGEROUS if text != "{=1}"])
def test_an_apostrophe_stands_before_what_a_spreadsheet_would_compute(checklist, text):
    assert note_of(checklist, text) == f"'{text}"
    assessment = assess(own_actions=(own_action(1, text, owner=text, comment=text),))
    (row,) = lines(made("csv", checklist, assessment), ";")
    assert (row["Action"], row["Responsable"], row["Commentaire"]) == (f"'{text}",) * 3


@pytest.mark.parametrize(
    "text",
    [
        "0312",
        "1-9",
        "3/4",
        "12 500,50 $",
        "1e5",
        "50 %",
        "10:30",
        "28 mars",
        "mars 2026",
        "May 5",
        "2026-03-28",
        "1.10",
        "1234567890123456",
        " 7",
        "(5)",
        "8 am",
    ],
)
def test_an_apostrophe_stands_before_what_a_spreadsheet_would_take_for_a_number_or_a_date(checklist, text):
    assert note_of(checklist, text) == f"'{text}"


@pytest.mark.parametrize(
    "text", ["0", "42", "2026", "418 555-1234, poste 3", "L1a", "12 paies", "avril", "e5", "1 h 30"]
)
def test_a_figure_shown_as_it_was_typed_and_words_have_none(checklist, text):
    assert note_of(checklist, text) == text


@pytest.mark.parametrize(
    "text", ['dit « oui »; puis "non"', "deux\nlignes", "a,b;c\td", "🙂 日本 العربية", "l’an 1", "5 - 3 = 2"]
)
def test_other_texts_are_as_they_were_typed(checklist, text):
    assert note_of(checklist, text) == text


def test_characters_that_no_file_can_hold_are_replaced(checklist):
    assert note_of(checklist, "a\x00b\rc") == "a▯b\nc"


def test_a_long_text_is_whole(checklist):
    assert note_of(checklist, "x" * (CELL_LIMIT + 1)) == "x" * (CELL_LIMIT + 1)


def test_an_empty_plan_is_its_head_alone(checklist):
    assert lines(made("csv", checklist, assess()), ";") == []
    assert made("csv", checklist, assess()).count(b"\r\n") == 1
