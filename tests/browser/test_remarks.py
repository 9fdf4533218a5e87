"""A manager opens on a phone the PDF that an advisor sent back, answers by keyboard alone, and sends it back."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from devtools.steps import card, drawn, hand_in, no_sideways_scroll
from pensebete.assessment import dossier_file
from pensebete.assessment.pdf_contents import pdf_contents
from pensebete.assessment.review.file import read_review
from pensebete.text.wording import Wording, wording
from tests.browser.test_accessibility import findings
from tests.browser.test_keyboard import tab_to
from tests.browser.test_nothing_moves import tops
from tests.browser.test_way_through import SMALL_TARGETS
from tests.pages.test_remarks import ADVICE, BOARD, CHANNELS, CHECKLIST, CLARIFY, FILE, REVIEW, STATUS, returned

ITEM = CHECKLIST.items[BOARD]
LANGUAGES = ["fr", pytest.param("en", marks=pytest.mark.soak)]
REMARKED = '[class*="st-key-remarked-"]'
REPLY = "La direction générale avec la comptabilité, d’ici vendredi prochain"  # longer than a line of a phone


@pytest.mark.parametrize("language", LANGUAGES)
def test_remarks_are_answered_by_keyboard_on_a_phone_and_go_back_in_the_pdf(open_page, language, tmp_path):
    say = wording(language)
    page = open_page(f"/?lang={language}", width=360, language=language)
    page.set_viewport_size({"width": 360, "height": 640})
    open_returned(page, say, tmp_path)
    expect(page.get_by_role("button", name=say("received.see"), exact=True)).to_be_in_viewport(ratio=1)
    sound(page)
    press(page, "button", say("received.see"))
    expect(page.get_by_role("heading", level=1, name=say("received.title"))).to_be_focused()
    expect(page.locator(".remarks-whose")).to_contain_text(say("received.waiting", n=3))
    sound(page)
    stood = tops_of_lines(page)

    press(page, "button", f"{say('received.upheld')} {ITEM.ref}")
    expect(state(page, STATUS)).to_contain_text(say("review.event.upheld"))
    page.reload()
    expect(page.get_by_text(say("frame.taken_back"))).to_be_visible()
    expect(state(page, STATUS)).to_contain_text(say("review.event.upheld"))

    detail = f"{say('received.detail')} {CHECKLIST.items[CHANNELS].ref}"
    press(page, "button", detail)
    field = page.get_by_role("textbox", name=say("received.detail.label"), exact=True)
    expect(field).to_be_visible()
    sound(page)
    tab_to(page, "textbox", say("received.detail.label"))
    page.keyboard.type(REPLY)
    press(page, "button", say("received.detail.keep"))
    expect(state(page, CLARIFY)).to_contain_text(REPLY)
    expect(field).to_have_count(0)
    press(page, "button", f"{say('received.corrected')} {say('review.whole')}")
    expect(page.locator(".remarks-whose")).to_contain_text(say("received.answered"))
    assert tops_of_lines(page) == stood
    sound(page)

    label = page.get_by_role("button", name=say("download.pdf")).inner_text()
    tab_to(page, "button", label)
    with page.expect_download() as started:
        page.keyboard.press("Enter")
    started.value.save_as(tmp_path / "back.pdf")
    expect(page.get_by_text(say("received.send_back"))).to_be_visible()
    found = pdf_contents((tmp_path / "back.pdf").read_bytes())
    [review] = found.reviews
    said = {one.id: [(event.kind, event.text) for event in one.events] for one in read_review(review).remarks}
    assert said == {
        STATUS.id: [("upheld", "")],
        CLARIFY.id: [("reply", REPLY)],
        ADVICE.id: [("corrected", "")],
    }
    assert dossier_file.read_json(found.dossiers[0], CHECKLIST).answers == FILE.answers


@pytest.mark.soak  # tests/pages/test_remarks.py; no card moves: test_nothing_moves.py
def test_on_its_card_a_remark_is_answered_and_nothing_below_moves(open_page, tmp_path):
    say = wording("fr")
    page = open_page(width=360)
    page.set_viewport_size({"width": 360, "height": 640})
    open_returned(page, say, tmp_path)
    press(page, "button", say("received.see"))
    press(page, "button", f"{say('received.correct')} {CHECKLIST.items[CHANNELS].ref}")
    expect(card(page, CHECKLIST.items[CHANNELS]).get_by_role("radio").first).to_be_visible()
    drawn(page)
    stood = tops(page)
    taken = page.get_by_role("button", name=f"Corrigé\u00a0: En cours {ITEM.ref}", exact=True)
    for before, after in (("Fait", "En cours"), ("En cours", "Fait")):
        expect(card(page, ITEM).get_by_role("radio", name=before, exact=True)).to_be_checked()
        taken.press("Enter")
        expect(card(page, ITEM).get_by_role("radio", name=after, exact=True)).to_be_checked()
        drawn(page)
        expect(taken).to_be_focused()
        assert tops(page) == stood
    sound(page)
    card(page, ITEM).locator("label:has(input)", has_text=CHECKLIST.statuses["to_do"].label["fr"]).click()
    expect(state(page, STATUS)).to_contain_text(say("received.changed"))
    drawn(page)
    assert tops(page) == stood


def open_returned(page: Page, say: Wording, folder: Path) -> None:
    (folder / "plan.pdf").write_bytes(returned(REVIEW))
    page.get_by_text(say("resume.title"), exact=True).click()
    hand_in(page.locator("input[type=file]"), folder / "plan.pdf")
    expect(page.get_by_text(say("review.from", n=3, who="Marie Roy, Pôle de Québec"))).to_be_visible()
    drawn(page)


def press(page: Page, role: str, name: str) -> None:
    tab_to(page, role, name)
    page.keyboard.press("Enter")
    drawn(page)


def state(page: Page, remark) -> Locator:  # type: ignore[no-untyped-def]
    return page.locator(f".st-key-remark-{remark.id} .remark-state")


def tops_of_lines(page: Page) -> list[float]:
    """From the first line on: what stands above is told how many still wait."""
    drawn(page)
    found: list[float] = page.evaluate(
        """(lines) => {
          const all = [...document.querySelectorAll(lines)].flatMap((e) => [e, ...e.querySelectorAll("button")])
          const from = all[0].getBoundingClientRect().top
          return all.map((e) => Math.round(e.getBoundingClientRect().top - from))
        }""",
        REMARKED,
    )
    return found


def sound(page: Page) -> None:
    """Nothing for axe to say, nothing wider than the screen, nothing too small for a thumb."""
    assert findings(page) == []
    no_sideways_scroll(page)
    assert page.evaluate(SMALL_TARGETS) == []
