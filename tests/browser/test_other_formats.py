"""Each file of the plan page, really downloaded and opened."""

from __future__ import annotations

from io import BytesIO

import pytest
from icalendar import Calendar
from openpyxl import load_workbook
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from devtools.steps import answer, drawn, go, no_sideways_scroll, see_answered
from pensebete.assessment import dossier_file
from pensebete.checklist.loading import load, published_path
from pensebete.text.wording import wording
from tests.browser.test_accessibility import findings
from tests.browser.test_way_through import SMALL_TARGETS
from tests.pdf_reading import has, squashed
from tests.unit.export.reading import lines
from tests.unit.pdf.conformance import faults

CHECKLIST = load(published_path())
ITEM = CHECKLIST.domains[0].items[0]


def download(page: Page, label: str) -> tuple[str, bytes]:
    with page.expect_download() as started:
        page.get_by_role("button", name=label).click()
    return started.value.suggested_filename, started.value.path().read_bytes()


def plan_of_one(open_page, width: int, language: str) -> Page:  # type: ignore[no-untyped-def]
    """The plan after one answer."""
    page: Page = open_page("/questionnaire", width=width)
    if language == "en":
        page.get_by_role("button", name="English", exact=True).click()
    answer(page, CHECKLIST, ITEM, "to_do", language)
    see_answered(page, CHECKLIST.domains[0], 1, len(CHECKLIST.domains[0].items), language)
    go(page, "action_plan", language)
    return page


@pytest.mark.parametrize(("width", "language"), [(360, "fr"), pytest.param(1280, "en", marks=pytest.mark.soak)])
def test_each_format_is_downloaded_and_opens(open_page, width, language):
    page, say = plan_of_one(open_page, width, language), wording(language)
    text = ITEM.actions[0].text[language]

    page.get_by_text(say("export.other_formats"), exact=True).click()
    no_sideways_scroll(page)
    assert findings(page) == []

    name, content = download(page, say("export.download.xlsx"))
    expect(page.get_by_text(name)).to_be_visible()
    assert name.endswith(".xlsx")
    assert load_workbook(BytesIO(content)).worksheets[0]["F2"].value == text

    name, content = download(page, say("export.download.ics"))
    assert name.endswith(".ics")
    assert str(Calendar.from_ical(content).walk("VEVENT")[0]["SUMMARY"]) == f"{ITEM.ref} · {text}"

    separator = ";" if language == "fr" else ","
    name, content = download(page, say("export.download.csv"))
    assert name.endswith(".csv")
    assert lines(content, separator)[0][say("export.action")] == text
    name, content = download(page, say("export.download.csv_answers"))
    assert name.startswith(say("file_name.answers"))
    label = CHECKLIST.statuses["to_do"].label[language]
    assert lines(content, separator)[0][say("export.answer")] == label

    name, content = download(page, say("download.dossier"))
    assert dossier_file.read(content, CHECKLIST).answers[ITEM.id].status == "to_do"


@pytest.mark.parametrize(("width", "language"), [(360, "fr"), pytest.param(1280, "en", marks=pytest.mark.soak)])
@pytest.mark.soak  # tests/pages/test_downloads.py, tests/unit/pdf/editions; a download: above
def test_the_page_for_the_board_is_downloaded_in_the_language_and_on_the_paper_chosen(open_page, width, language):
    page, say = plan_of_one(open_page, width, language), wording(language)
    page.get_by_label(say("download.organisation")).fill("Coop du Fleuve")
    page.get_by_text(say("edition.others"), exact=True).click()
    drawn(page)
    choices = page.locator(".st-key-edition-downloads label")
    choices.filter(has=page.get_by_role("radio", name=say("edition.name.full"))).click()
    expect(page.get_by_text(say("edition.not_applicable"), exact=True)).to_be_visible()
    assert not [target for target in page.evaluate(SMALL_TARGETS) if target.startswith("<label")]
    choices.filter(has=page.get_by_role("radio", name=say("edition.name.board"))).click()
    choices.filter(has=page.get_by_role("radio", name="A4", exact=True)).click()
    expect(page.get_by_role("radio", name="A4", exact=True)).to_be_checked()
    no_sideways_scroll(page)
    assert findings(page) == []

    name, content = download(page, say("edition.download.board"))
    assert name.startswith(say("file_name.board"))
    expect(page.get_by_text(name)).to_be_visible()
    assert faults(content) == []
    (only,) = PdfReader(BytesIO(content)).pages
    assert tuple(only.mediabox) == (0, 0, 595.28, 841.89)
    text = squashed(only.extract_text())
    assert has(text, "Coop du Fleuve", say("report.board.title").upper(), ITEM.actions[0].text[language][:40])
    with pytest.raises(dossier_file.DossierError):
        dossier_file.attached(content)


@pytest.mark.soak  # test_whole_path.py types as late before another button of the same kind
def test_what_is_typed_and_downloaded_at_once_is_in_the_workbook(open_page):
    page, say = open_page("/action_plan"), wording("fr")
    page.get_by_text(say("export.other_formats"), exact=True).click()
    page.get_by_label(say("download.organisation")).fill("Tapé à l’instant")
    _, content = download(page, say("export.download.xlsx"))
    assert load_workbook(BytesIO(content)).properties.title == "Plan d’action · Tapé à l’instant"
