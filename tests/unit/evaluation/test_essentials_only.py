"""A dossier in which nothing but essentials is answered: no figure anywhere, « Essentiels : 5 sur 7 » instead."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from pensebete.assessment import dossier_file
from pensebete.desk.call_sheet_text import figure_line, held_back_lines, why_lines
from pensebete.desk.intake import Taken
from pensebete.desk.portfolio import portfolio
from pensebete.desk.row import row_of
from pensebete.evaluation.comparison import Moment, compare
from pensebete.evaluation.history_text import comparison_words, parts_words
from pensebete.evaluation.plan_text import unanswered_words
from pensebete.evaluation.readiness_text import (
    about_domain,
    advice_words,
    band_words,
    essentials_words,
    range_words,
    readiness_in_words,
    score_words,
    weakest,
)
from pensebete.evaluation.score_json import score_as_json
from pensebete.export.tables.build import readiness_table
from pensebete.export.tables.portfolio import portfolio_table
from pensebete.pdf.build import call_sheets_pdf, edition_pdf
from pensebete.pdf.edition import Edition
from pensebete.text.wording import wording
from tests.builders import CHECKLIST, MONDAY, assess, evaluate, every
from tests.call_sheets import ASKED, sheets
from tests.pdf_reading import has, pages, squashed
from tests.unit.desk.test_call_sheet import MARCH

FR, EN, NB = wording("fr"), wording("en"), "\u00a0"
ESSENTIALS = [item.id for item in CHECKLIST.items.values() if CHECKLIST.readiness.essential.match(item)]
FIVE_OF_EIGHT = {id: "done" if n < 5 else "to_do" for n, id in enumerate(ESSENTIALS)}
# Of a figure, in either language; the checklist itself has none in its words.
PERCENT = re.compile(r"\d\s*%")


def of(answers, **details):
    return evaluate(CHECKLIST, assess(answers, **details))


@pytest.mark.parametrize(
    ("answers", "only"),
    [
        ({}, False),
        ({"board-position": "done"}, True),
        ({"board-position": "unknown"}, True),
        (FIVE_OF_EIGHT, True),
        (FIVE_OF_EIGHT | {"scale-back": "to_do"}, False),
        # What counts for nothing says nothing: an answer without its reason, and one that sets its item aside.
        (FIVE_OF_EIGHT | {"scale-back": "not_applicable"}, True),
        ({"scale-back": "done"}, False),
        (every(CHECKLIST, "done"), False),
        # Nothing else counts: the figure is of all there is.
        ({id: "done" if id in ESSENTIALS else "not_applicable" for id in CHECKLIST.items}, False),
    ],
)
def test_it_is_derived_from_the_answers_that_count(answers, only):
    found = of(answers)
    assert found.essentials_only is only
    assert {score.essentials_only for score in found.readiness.domains.values()} == {only}


def test_an_answer_behind_the_profile_is_none():
    assert of(FIVE_OF_EIGHT | {"stock-management": "done"}, profile={"operations": ("none",)}).essentials_only
    assert not of(FIVE_OF_EIGHT | {"stock-management": "done"}).essentials_only


def test_no_word_of_it_has_a_percentage_or_a_band():
    found = of(FIVE_OF_EIGHT)
    overall, domains = found.readiness.overall, found.readiness.domains
    assert essentials_words(overall, FR) == f"Essentiels{NB}: 5 sur 8"
    assert (score_words(overall, FR), score_words(overall, EN)) == ("5 essentiels sur 8", "5 essentials of 8")
    assert band_words(CHECKLIST, overall, FR) == advice_words(CHECKLIST, overall, FR) == range_words(overall, FR) == ""
    assert weakest(CHECKLIST, found.readiness) == ()
    assert (
        about_domain(CHECKLIST, domains["communication"], FR) == "3 essentiels sur 3 · 3 éléments sur 6 ont une réponse"
    )
    assert about_domain(CHECKLIST, domains["supply"], FR).startswith("pas encore de réponse")
    assert not PERCENT.search(readiness_in_words(CHECKLIST, found.readiness, FR))


def test_the_figures_for_a_program_stay_and_say_what_they_are():
    found = of(FIVE_OF_EIGHT).readiness.overall
    assert found.score is not None
    assert found.provisional
    assert score_as_json(found)["essentials_only"] is True
    assert "essentials_only" not in score_as_json(of(every(CHECKLIST, "done")).readiness.overall)


def test_no_cell_of_a_table_has_a_figure_that_no_page_has():
    table = readiness_table(of(FIVE_OF_EIGHT), FR)
    assert {row[1:3] for row in table.rows} == {(None, None)}
    assert table.rows[0][3] == FR("readiness.essentials_only")
    whole = readiness_table(of(every(CHECKLIST, "to_do")), FR)
    assert None not in {row[1] for row in whole.rows}
    for answers, expected in ((FIVE_OF_EIGHT, False), (every(CHECKLIST, "to_do"), True)):
        row = row_of(Taken("a.json", dossier_file.dump(assess(answers))), ASKED)
        of_all = portfolio_table(portfolio([row]), {CHECKLIST.id: CHECKLIST}, FR)
        (cells,) = of_all.rows
        names = [FR("export.score"), FR("export.high"), *(domain.title["fr"] for domain in CHECKLIST.domains)]
        told = [cell for column, cell in zip(of_all.columns, cells, strict=True) if column.name in names]
        assert len(told) == len(names)
        assert {cell is not None for cell in told} == {expected}


def test_the_essentials_that_lack_an_answer_come_first_and_the_others_wait():
    some = dict(list(FIVE_OF_EIGHT.items())[:6])
    said = unanswered_words(of(some), FR)
    assert said[0] == "D’abord, répondez aux 2 essentiels qui restent."
    assert "L6" in said[1]
    assert "E1" in said[1]
    assert "L2" not in said[1]
    assert [state.item.id for state in of(some).to_answer] == ESSENTIALS[6:]
    assert unanswered_words(of(FIVE_OF_EIGHT), FR) == []
    assert len(of(FIVE_OF_EIGHT).the_rest) == 18
    assert of(FIVE_OF_EIGHT).missing.unanswered == ()
    # With one answer more, everything is asked for again.
    assert unanswered_words(of(FIVE_OF_EIGHT | {"scale-back": "done"}), FR)[0].startswith("D’abord, répondez aux 17")


@pytest.mark.parametrize("edition", ["full", "board", "lender"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_page_of_the_pdf_has_a_percentage(edition, language):
    text = "\n".join(pages(edition_pdf(Edition(edition), of(FIVE_OF_EIGHT), language)))
    assert not PERCENT.search(text), PERCENT.search(text)
    if edition != "lender":  # which shows no figure of the whole
        assert has(squashed(text), "Essentiels" if language == "fr" else "Essentials")
        assert has(squashed(text), "5 sur 8" if language == "fr" else "5 of 8")
    if edition == "full":
        assert has(squashed(text), wording(language)("report.the_rest"))
    whole = "\n".join(pages(edition_pdf(Edition(edition), of(every(CHECKLIST, "to_do")), language)))
    assert bool(PERCENT.search(whole)) is (edition != "lender")


def test_the_call_sheet_and_the_row_say_the_same():
    found = assess(FIVE_OF_EIGHT, organisation="Coop du Fleuve")
    (sheet,) = sheets([("a.json", dossier_file.dump(found))], MARCH)
    assert figure_line(sheet, FR) == "5 essentiels sur 8"
    assert held_back_lines(sheet, FR) == []
    assert not PERCENT.search("\n".join(pages(call_sheets_pdf([sheet], FR, MONDAY))))


def test_two_moments_of_which_one_has_no_figure_have_no_points_between_them():
    before = Moment("a", MONDAY, CHECKLIST, assess(FIVE_OF_EIGHT))
    after = Moment("b", MONDAY + timedelta(days=7), CHECKLIST, assess(every(CHECKLIST, "done")))
    change = compare(before, after).overall
    assert change.points is None
    assert parts_words(change, FR) == ""
    assert f"5 essentiels sur 8, puis 100{NB}%" in " ".join(comparison_words(compare(before, after), FR))


def test_a_vital_domain_is_weak_by_its_essentials_alone_and_few_answers_are_told_without_a_percentage():
    for answers, expected in (
        (dict.fromkeys(ESSENTIALS, "done"), ["coverage_low"]),
        (FIVE_OF_EIGHT, ["vital_domain_weak", "essential_open", "coverage_low"]),
    ):
        (sheet,) = sheets([("a.json", dossier_file.dump(assess(answers)))], MARCH)
        assert [why.reason for why in sheet.row.why] == expected
        words = why_lines(sheet, FR)
        assert words[-1] == f"Essentiels seulement{NB}: 8 éléments sur 26 ont une réponse"
        assert not PERCENT.search(" ".join(words))
