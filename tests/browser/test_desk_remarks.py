"""Remarks at the desk in a browser: by keyboard, sent back, kept in the working file, and answered."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from uuid import UUID
from zipfile import ZipFile

import pytest
from playwright.sync_api import Page, expect

from devtools.steps import drawn, no_sideways_scroll
from pensebete.assessment.dossier_file import assessment_in
from pensebete.assessment.pdf_contents import pdf_contents
from pensebete.assessment.review.file import read_review
from pensebete.assessment.review.merge import with_event
from pensebete.assessment.review.model import MANAGER, Author, Event
from pensebete.pdf.build import edition_pdf
from pensebete.pdf.edition import COMPLETE
from pensebete.text.wording import wording
from tests.browser.test_accessibility import findings
from tests.browser.test_desk import drop, read
from tests.browser.test_way_through import SMALL_TARGETS
from tests.builders import evaluate
from tests.unit.desk.lived import CHECKLIST, plan

NAME = "Coop du Fleuve"


def sound(page: Page) -> None:
    drawn(page)
    no_sideways_scroll(page)
    assert findings(page) == []
    assert [target for target in page.evaluate(SMALL_TARGETS) if "data-open" in target] == []


def opened(page: Page) -> None:
    page.locator("button[data-open]", has_text=NAME).press("Enter")
    expect(page.locator(".st-key-desk-remarks")).to_be_visible()
    drawn(page)


def saved(page: Page, button: str, into: Path) -> bytes:
    with page.expect_download() as started:
        page.get_by_role("button", name=button, exact=True).press("Enter")
    started.value.save_as(into)
    drawn(page)
    return into.read_bytes()


@cache
def answered(returned: bytes) -> bytes:
    """The manager opened it, said that it is corrected, and downloaded the plan again."""
    found = pdf_contents(returned)
    assessment, review = assessment_in(found.dossiers[0]), read_review(found.reviews[0])
    [asked] = [remark for remark in review.remarks if remark.kind == "clarify"]
    answer = Event(id=UUID(int=40), kind="corrected", author=Author(role=MANAGER), at=datetime.now(UTC), text="Mardi")
    return edition_pdf(COMPLETE, evaluate(CHECKLIST, assessment), "fr", with_event(review, asked.id, answer))


@pytest.mark.parametrize(
    ("language", "width", "scheme"), [("fr", 1280, "light"), pytest.param("en", 360, "dark", marks=pytest.mark.soak)]
)
@pytest.mark.soak  # tests/pages/test_desk_remarks.py; by keyboard: test_reading_link.py
def test_a_remark_is_written_by_keyboard_goes_back_and_its_answer_shows_on_the_row(
    open_page, tmp_path, language, width, scheme
):
    page, say = open_page(f"/desk?lang={language}", width=width, scheme=scheme), wording(language)
    drop(page, ("a.pdf", plan("01")), ("b.pdf", plan("02")))
    read(page, 2, language)
    opened(page)
    name = page.get_by_label(say("remarks.author.name"))
    name.fill("Marie Roy")
    name.press("Tab")
    drawn(page)

    domain = CHECKLIST.domain("liquidity").title[language]
    page.locator(".st-key-desk-remarks summary", has_text=domain).press("Enter")
    remark = page.locator('button[data-open="write:line/cash-forecast//"]')
    remark.press("Enter")
    form = page.locator(".st-key-desk-remark-form")
    kind = form.get_by_role("radio", name=say("remarks.form.kind.clarify"))
    expect(kind).to_be_focused()
    sound(page)
    page.keyboard.press("Tab")
    expect(form.get_by_role("combobox")).to_be_focused()
    page.keyboard.press("Tab")
    words = form.get_by_label(say("remarks.form.text"))
    expect(words).to_be_focused()
    page.keyboard.type("La résolution est-elle signée?")
    page.keyboard.press("Tab")
    drawn(page)
    expect(form.get_by_role("button", name=say("remarks.form.add"), exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    expect(form).to_have_count(0)
    expect(remark).to_be_focused()
    made = page.locator(".remark-made")
    expect(made).to_contain_text("La résolution est-elle signée?")
    expect(made).to_contain_text("Marie Roy")

    # Half written, another enterprise, and back.
    page.locator('button[data-open="write:line///"]').press("Enter")
    form.get_by_label(say("remarks.form.text")).press_sequentially("Un mot encore")
    page.get_by_role("button", name=say("desk.back")).press("Enter")
    expect(page.locator(".desk-rows")).to_contain_text(say("remarks.stand.to_send"))
    opened(page)
    expect(form.get_by_label(say("remarks.form.text"))).to_have_value("Un mot encore")
    form.get_by_role("button", name=say("remarks.form.leave"), exact=True).press("Enter")
    expect(page.locator('button[data-open="write:line///"]')).to_contain_text(say("remarks.go_on"))
    see_all = page.get_by_role("button", name=say("remarks.see_all"), exact=True)
    see_all.press("Enter")
    expect(page.locator(".st-key-remarks-so-far")).to_contain_text("Marie Roy")
    sound(page)
    copy = page.get_by_role("button", name=say("remarks.back.copy"), exact=True)
    expect(page.get_by_label(say("remarks.back.message"))).to_have_value(re.compile("Marie Roy$"))
    copy.press("Enter")
    expect(page.locator(".text-to-copy [role=status]")).not_to_be_empty()

    page.get_by_role("button", name=say("desk.back")).press("Enter")
    page.locator("summary", has_text=say("remarks.back.all", n=1)).press("Enter")
    drawn(page)
    sound(page)
    with ZipFile(BytesIO(saved(page, say("remarks.back.zip", n=1), tmp_path / "envoi.zip"))) as archive:
        [pdf] = [archive.read(one) for one in archive.namelist() if one.endswith(".pdf")]
        assert all("coop-du-fleuve" in one for one in archive.namelist())
    assert pdf_contents(pdf).dossiers == pdf_contents(plan("01")).dossiers
    expect(page.locator(".desk-rows")).not_to_contain_text(say("remarks.stand.to_send"))

    # Another day: the working file, then what the manager sent.
    page.locator("summary", has_text=say("desk.save")).press("Enter")
    kept = saved(page, say("desk.save.download"), tmp_path / "bureau.pensebete")
    page.reload()
    drawn(page)
    drop(page, ("bureau.pensebete", kept))
    read(page, 2, language)
    row = page.locator(".desk-rows tr", has_text=NAME)
    expect(row).to_contain_text(say("remarks.made", n=1))
    drop(page, ("retour.pdf", answered(pdf)))
    expect(row).to_contain_text(say("remarks.made_answered", n=1, made=say("remarks.made", n=1)))
    opened(page)
    expect(page.locator(".remark-made.to_settle")).to_contain_text("Mardi")
    sound(page)
    page.locator('button[data-open^="close:"]').press("Enter")
    expect(page.locator(".remark-made.ended")).to_contain_text(say("review.event.closed"))
