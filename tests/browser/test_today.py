"""« Aujourd’hui, une seule chose » by thumb and by keyboard: nothing moves away, and no tap goes astray."""

from __future__ import annotations

import json
from datetime import datetime

import pytest
from playwright.sync_api import Page, expect

from devtools.steps import drawn, no_sideways_scroll
from pensebete.assessment.model import Answer
from pensebete.checklist.loading import load, published_path
from pensebete.text.wording import wording
from tests.browser.test_accessibility import findings
from tests.builders import assess

CHECKLIST = load(published_path())
ITEM = "cash-weeks"
LONG_AGO = "2026-03-30T12:00:00Z"


def plan_with_all_to_do(open_page, language: str, width: int) -> Page:  # type: ignore[no-untyped-def]
    """The plan of a dossier that was answered long ago, everything to do."""
    then = datetime.fromisoformat(LONG_AGO)
    answers = dict.fromkeys(CHECKLIST.items, Answer(status="to_do", answered_at=then))
    dossier = assess(answers, created_at=then, updated_at=then, timezone="UTC", language=language)
    page: Page = open_page(f"/action_plan?lang={language}", language=language, width=width, dossier=dossier)
    page.set_viewport_size({"width": width, "height": 640})
    page.locator(".plan-progress").wait_for()
    drawn(page)
    return page


@pytest.mark.parametrize("language", ["fr", pytest.param("en", marks=pytest.mark.soak)])
def test_the_one_thing_of_today_is_entrusted_put_off_and_done_without_a_tap_going_astray(open_page, language):
    """On a phone by thumb in French, on a wide screen by keyboard in English."""
    say = wording(language)
    page = plan_with_all_to_do(open_page, language, 360 if language == "fr" else 1280)
    card = page.locator(".st-key-today")

    def press(id: str) -> None:
        button = card.get_by_role("button", name=say(id), exact=True)
        if language == "fr":
            button.click()
        else:
            button.focus()
            page.keyboard.press("Enter")
        drawn(page)

    def place(id: str) -> float:
        """Below the top of the card: the page itself is scrolled to what is tapped."""
        box, around = card.get_by_role("button", name=say(id), exact=True).bounding_box(), card.bounding_box()
        assert box
        assert around
        return box["y"] - around["y"]

    def looks_right() -> None:
        assert findings(page) == []
        no_sideways_scroll(page)

    one, two = kept_firsts(page)[:2]
    expect(card.locator(".first-what")).to_have_text(f"1. {one}")
    before = place("first.done.own")
    press("today.entrust")
    expect(card.get_by_role("textbox", name=say("plan.owner.other"))).to_be_visible()
    assert place("first.done.own") == pytest.approx(before, abs=1)
    card.get_by_role("textbox", name=say("plan.owner.other")).fill("Madame Tremblay")
    page.keyboard.press("Tab")
    expect(card.locator(".first-about")).to_contain_text("Madame Tremblay")
    card.locator("[class*='st-key-letter-'] summary").click()
    expect(card.get_by_label(say("message.subject"))).not_to_have_value("")
    drawn(page)
    looks_right()

    press("today.later")
    looks_right()
    press("today.later.week")
    expect(card).to_contain_text(two)
    expect(card.get_by_role("button", name=say("first.done.own"), exact=True)).to_have_count(0)
    if language == "en":
        expect(card.get_by_role("button", name=say("today.see_next"))).to_be_focused()
    press("today.see_next")
    expect(card.locator(".first-what")).to_have_text(f"1. {two}")
    press("first.done.own")
    expect(card).to_contain_text(say("first.noted"))
    press("today.take_back")
    expect(card.locator(".first-what")).to_have_text(f"1. {two}")
    said = json.loads(page.evaluate("JSON.parse(sessionStorage.getItem('pensebete')).dossier"))
    assert {(answer["status"], answer["answered_at"]) for answer in said["answers"].values()} == {("to_do", LONG_AGO)}
    assert said["plan"][ITEM]["quick-runway"]["owner"] == "Madame Tremblay"


def kept_firsts(page: Page) -> list[str]:
    """What comes first, as the page says it: the card, then « D’abord », folded or not."""
    said = page.locator(".st-key-today .first-what, .st-key-first-actions .first-what").all_text_contents()
    return [words.partition(". ")[2] for words in said]
