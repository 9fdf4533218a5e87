"""The workbook, opened again with openpyxl."""

from __future__ import annotations

import re
from datetime import date, datetime
from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import example, given
from openpyxl.utils import get_column_letter

from pensebete.assessment.model import STATES, Answer, Planned
from pensebete.evaluation.history_text import state_label
from pensebete.export.cell_text import CELL_LIMIT, writable
from pensebete.export.tables import build
from pensebete.text.wording import wording
from tests.builders import CHECKLIST, NOW, assess, every, written_dossiers
from tests.cases_tried import few
from tests.dossiers import full, input_language, own_action
from tests.unit.export.reading import cells, column, made, opened

SAY = wording("fr")
DANGEROUS = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(1)",
    "\t=1+1",
    "  =HYPERLINK('x')",
    "\n=1",
    "＝1+1",
    "=cmd|' /C calc'!A0",
    "{=1}",
)


@pytest.fixture(scope="module")
def book(checklist):
    return opened(checklist, full(checklist))


def shown(book):
    return [sheet for sheet in book if sheet.sheet_state == "visible"]


def choices(book, sheet, name):
    """What a reader may choose from in a column, by following the rule to its range, and where the rule holds."""
    at = get_column_letter([cell.value for cell in sheet[1]].index(name) + 1)
    (rule,) = [v for v in sheet.data_validations.dataValidation if str(v.sqref).startswith(f"{at}2")]
    assert (rule.type, rule.showErrorMessage) == ("list", True)
    title, cells = re.fullmatch(r"'?([^'!]+)'?!(.+)", rule.formula1).groups()
    assert book[title].sheet_state == "hidden"
    first, _, last = cells.replace("$", "").partition(":")
    return [cell.value for (cell,) in book[title][f"{first}:{last or first}"]], str(rule.sqref)


def test_it_has_a_sheet_for_the_plan_the_answers_readiness_the_profile_and_one_about_itself(book):
    names = ["Plan d’action", "Réponses", "Degré de préparation", "Profil", "Autres précisions", "À propos"]
    assert [sheet.title for sheet in shown(book)] == names


def test_it_speaks_english_to_those_who_read_english(checklist):
    book = opened(checklist, full(checklist), "en")
    assert book.sheetnames[:4] == ["Action plan", "Answers", "Readiness", "Profile"]
    assert book["Action plan"]["F1"].value == "Action"
    assert {cell.value for cell in column(book["Action plan"], "Status")} == {"To start"}


def test_every_sheet_has_a_frozen_head_a_filter_and_a_head_on_each_printed_page(book):
    for sheet in shown(book):
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == sheet.dimensions
        assert sheet.print_title_rows == "$1:$1"
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 1)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)  # 1 is the default


def test_texts_are_wrapped_in_columns_of_a_width_of_their_own(book):
    for sheet in shown(book):
        assert all(cell.alignment.wrap_text for row in sheet.iter_rows() for cell in row if cell.value is not None)
        assert all(sheet.column_dimensions[cell.column_letter].width >= 5 for cell in sheet[1])


def test_a_row_is_as_high_as_its_longest_text_and_no_higher_than_a_row_can_be(checklist):
    book = opened(checklist, assess({"cash-forecast": Answer(status="done", note="une note " * 600)}))
    heights = {row: book["Réponses"].row_dimensions[row].height for row in range(2, 25)}
    assert max(heights.values()) == pytest.approx(409, abs=1)
    assert sorted(heights.values())[-2] < 80


def test_dates_are_dates(checklist, book):
    due = [cell for cell in column(book["Plan d’action"], "Échéance") if cell.value]
    assert due
    assert {type(cell.value) for cell in due} == {datetime}
    assert {cell.number_format for cell in due} == {"yyyy-mm-dd"}
    assert datetime(2026, 4, 2) in [cell.value for cell in due]
    assert {cell.value for cell in column(book["Réponses"], "Répondu le")} == {datetime(2026, 3, 28)}


def test_figures_are_numbers_and_those_of_every_other_place(checklist):
    book = opened(checklist, assess(every(checklist, "done", cash_forecast="in_progress")))
    (whole, *_) = book["Degré de préparation"].iter_rows(min_row=2, values_only=True)
    assert whole[:3] == ("Ensemble", 99, 99)


def test_where_nothing_is_answered_no_figure_is_shown(checklist):
    (whole, *_) = opened(checklist, assess())["Degré de préparation"].iter_rows(min_row=2, values_only=True)
    assert whole[:3] == ("Ensemble", None, 100)


def test_the_whole_says_why_its_level_is_held_back(checklist):
    assessment = assess(every(checklist, "done", board_position="to_do"))
    (whole, *_) = opened(checklist, assessment)["Degré de préparation"].iter_rows(min_row=2, values_only=True)
    assert "Un élément essentiel reste à faire, à vérifier ou sans réponse\u00a0: C1" in whole[-1]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_states_are_chosen_from_a_list(checklist, language):
    book, say = opened(checklist, full(checklist), language), wording(language)
    sheet = book.worksheets[0]
    labels = [state_label(state, say) for state in STATES]
    last = sheet.max_row
    assert choices(book, sheet, say("export.state")) == (labels, f"J2:J{last}")
    assert choices(book, sheet, say("export.put_aside")) == ([say("export.yes")], f"M2:M{last}")
    assert {cell.value for cell in column(sheet, say("export.state"))} <= set(labels)


@pytest.mark.parametrize("label", ['Faite, ou presque "faite"', "=1+1", "Une étiquette bien longue " * 12])
def test_any_label_can_be_chosen(checklist, monkeypatch, recwarn, label):
    monkeypatch.setattr(build, "state_label", lambda state, _: f"{label} {state}")
    book = opened(checklist, full(checklist))
    assert choices(book, book.worksheets[0], "État")[0] == [f"{label} {state}" for state in STATES]
    assert not recwarn.list


@pytest.mark.parametrize("text", ["0312", "1-9", "28 mars"])
def test_what_looks_like_a_figure_stays_as_typed_even_when_the_cell_is_edited(checklist, text):
    book = opened(checklist, assess({"board-position": Answer(note=text)}))
    (cell,) = [cell for row in book["Réponses"].iter_rows() for cell in row if cell.value == text]
    assert (cell.data_type, cell.quotePrefix) == ("s", True)


@pytest.mark.parametrize("text", DANGEROUS)
def test_nothing_typed_is_ever_a_formula(checklist, text):
    assessment = assess(
        {"cash-forecast": Answer(status="to_do", note=text, reason=text)},
        organisation=text,
        prepared_by=text,
        plan={"cash-forecast": {"build-cash-budget": Planned(owner=text, comment=text)}},
        own_actions=(own_action(1, text, owner=text, comment=text),),
    )
    content = made("xlsx", checklist, assessment)
    with ZipFile(BytesIO(content)) as parts:
        sheets = [parts.read(name).decode() for name in parts.namelist() if "worksheets/sheet" in name]
    assert len(sheets) == 6
    assert not any("<f>" in sheet or "<f " in sheet or "hyperlink" in sheet for sheet in sheets)
    typed = [
        cell
        for sheet in opened(checklist, assessment)
        for row in sheet.iter_rows()
        for cell in row
        if cell.value == writable(text)
    ]
    assert len(typed) == 11
    assert {cell.data_type for cell in typed} == {"s"}
    if text != "{=1}":  # only what a spreadsheet would compute is kept from it
        assert all(cell.quotePrefix for cell in typed)


def test_an_ampersand_in_a_name_is_no_code_of_the_footer(checklist):
    footer = opened(checklist, assess(organisation="Bois & Cie &D"))["Profil"].oddFooter
    assert "&&D" in f"{footer.left.text}"


def test_a_name_of_any_length_leaves_the_footer_within_its_limit(checklist):
    with ZipFile(BytesIO(made("xlsx", checklist, assess(organisation="&" * 120)))) as parts:
        written = re.search("<oddFooter>(.*)</oddFooter>", parts.read("xl/worksheets/sheet1.xml").decode())
    assert written is not None
    assert len(written[1].replace("&amp;", "&")) <= 255


def test_characters_that_no_workbook_can_hold_are_replaced_and_it_says_so(checklist):
    book = opened(checklist, assess({"cash-forecast": Answer(note="a\x00b\x1bc\ufffed\x0be\r\nf _x0041_ 🙂 g")}))
    assert "a▯b▯c▯d\ne\nf _x0041_ 🙂 g" in cells(book)
    assert SAY("export.replaced") in cells(book)
    assert SAY("export.replaced") not in cells(opened(checklist, assess()))


def test_a_text_too_long_for_a_cell_is_cut_and_says_so(checklist):
    long, fitting = "🙂" * 20_000, "x" * CELL_LIMIT
    answers = {"cash-forecast": Answer(note=long), "variable-costs": Answer(note=fitting)}
    book = opened(checklist, assess(answers))
    (found,) = [text for text in cells(book) if str(text).startswith("🙂🙂")]
    assert found.endswith(SAY("export.cut"))
    assert CELL_LIMIT - 1 <= len(found.encode("utf-16-le")) // 2 <= CELL_LIMIT
    assert fitting in cells(book)
    assert SAY("export.was_cut") in cells(book)


def test_properties_name_the_enterprise_who_filled_it_in_and_when(book):
    properties = book.properties
    assert properties.title == "Plan d’action · Coopérative de solidarité du Fleuve"
    assert properties.creator == "direction générale"
    assert properties.created.replace(tzinfo=NOW.tzinfo) == NOW


def test_the_same_dossier_gives_the_same_bytes(checklist):
    assert made("xlsx", checklist, full(checklist)) == made("xlsx", checklist, full(checklist))


def test_an_empty_dossier_makes_a_workbook_too(checklist):
    book = opened(checklist, assess())
    assert book.sheetnames == ["Plan d’action", "Réponses", "Degré de préparation", "Profil", "À propos", "Choix"]
    assert book["Plan d’action"].max_row == 1


def test_an_answer_behind_the_profile_is_told_and_so_is_why(checklist):
    assessment = assess({"staff-position": "done"}, profile={"staff": "0"})
    rows = opened(checklist, assessment)["Réponses"].iter_rows(min_row=2, values_only=True)
    (row,) = [row for row in rows if row[1] == checklist.items["staff-position"].ref]
    assert row[3:5] == ("Mis de côté par le profil", "non")
    assert checklist.questions["staff"].question["fr"] in row[-1]
    assert "Réponse gardée, non comptée\u00a0: Fait." in row[-1]


@few(8)
@given(written_dossiers)
@example(assess({"gone": Answer(status="done", note="une note", reason="une raison")}, profile={"staff": ("0", "1-9")}))
def test_all_that_was_typed_is_in_some_cell(assessment):
    found = {str(value) for value in cells(opened(CHECKLIST, assessment))}
    for text in input_language(assessment):
        known = CHECKLIST.owners.get(text)
        assert (known["fr"] if known else writable(text)) in found
    for chosen in assessment.profile.values():
        for option in (chosen,) if isinstance(chosen, str) else chosen:
            labels = {o.label["fr"] for question in CHECKLIST.profile for o in question.options if o.id == option}
            assert any(shown in text for shown in (writable(option), *labels) for text in found)


def test_late_actions_say_how_late_they_are(checklist):
    assessment = assess(own_actions=(own_action(1, "Appeler", due=date(2026, 3, 27)),))
    assert [cell.value for cell in column(opened(checklist, assessment)["Plan d’action"], "Retard")] == [
        "En retard de 3 jours"
    ]
