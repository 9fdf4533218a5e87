"""Words still being typed when the page is reloaded are not lost, and go into no other dossier."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Page, expect

from devtools.steps import answer, card, drawn, go, see_answered
from pensebete.checklist.loading import load, published_path
from pensebete.text.wording import wording
from tests.browser.saved import link_of, save_dossier

CHECKLIST = load(published_path())
DOMAIN = CHECKLIST.domains[0]
FIRST, SECOND = DOMAIN.items[:2]
SAY = wording("fr")
DRAFTS = "() => sessionStorage.getItem('pensebete-drafts')"


def type_a_note(page: Page, words: str) -> None:
    """The field is not left."""
    card(page, FIRST).get_by_text(SAY("item.note", ref=FIRST.ref), exact=True).click()
    field = card(page, FIRST).get_by_role("textbox", name=SAY("item.note.label"))
    expect(field).to_have_attribute("autocomplete", "off")
    field.press_sequentially(words)
    assert words in str(page.evaluate(DRAFTS))


SAID_BEFORE = [
    pytest.param(True, id="something said before", marks=pytest.mark.soak),
    pytest.param(False, id="nothing else said"),
]


@pytest.mark.parametrize("said_before", SAID_BEFORE)
def test_a_note_that_a_reload_cut_off_is_there_and_in_the_dossier_that_is_taken_away(open_page, said_before):
    page = open_page("/questionnaire")
    if said_before:
        answer(page, CHECKLIST, SECOND, "done")
        see_answered(page, DOMAIN, 1, len(DOMAIN.items))
    type_a_note(page, "appeler la caisse")
    page.reload()
    expect(card(page, FIRST).locator(".note-line")).to_have_text("appeler la caisse")
    drawn(page)
    card(page, FIRST).get_by_text(SAY("item.note", ref=FIRST.ref), exact=True).click()
    expect(card(page, FIRST).get_by_role("textbox")).to_have_value("appeler la caisse")
    page.wait_for_function("() => sessionStorage.getItem('pensebete-drafts') === null")
    go(page, "action_plan")
    with page.expect_download() as kept:
        page.get_by_role("button", name=SAY("download.dossier")).click()
    assert json.loads(kept.value.path().read_bytes())["answers"][FIRST.id]["note"] == "appeler la caisse"


def test_a_note_that_was_kept_leaves_no_draft(open_page):
    page = open_page("/questionnaire")
    answer(page, CHECKLIST, SECOND, "done")
    type_a_note(page, "gardée")
    card(page, FIRST).get_by_role("textbox", name=SAY("item.note.label")).blur()
    page.wait_for_function("() => sessionStorage.getItem('pensebete-drafts') === null")


def test_words_cut_off_go_into_no_other_dossier(open_page, address, database):
    page = open_page("/questionnaire")
    answer(page, CHECKLIST, SECOND, "done")
    type_a_note(page, "pour personne d’autre")
    page.goto(address + link_of(save_dossier(database, {SECOND.id: "to_do"})))
    drawn(page)
    page.get_by_role("button", name=SAY("link.other.open", name=SAY("link.unnamed"))).click()
    expect(page.locator(".st-key-aside")).to_be_visible()
    go(page, "questionnaire")
    expect(card(page, SECOND).get_by_role("radio", name="À faire", exact=True)).to_be_checked()
    expect(card(page, FIRST).get_by_text(SAY("item.note", ref=FIRST.ref), exact=True)).to_be_visible()


def test_a_field_says_when_it_keeps_what_is_typed(open_page):
    page = open_page("/questionnaire")
    type_a_note(page, "x")
    expect(card(page, FIRST).get_by_test_id("InputInstructions")).to_have_text(SAY("framework.kept_on_leaving"))
