"""Nothing is lost by a reload, a lost connection or a server that restarts; nothing stays after « Effacer »."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Route, expect

from devtools.server import serving
from devtools.steps import answer, card, drawn, go, press_erase, progress, see_answered, way_on, write_note
from pensebete.checklist.loading import load, published_path
from pensebete.text.wording import wording

CHECKLIST = load(published_path())
SAY = wording("fr")
DOMAIN = CHECKLIST.domains[1]
ITEM = DOMAIN.items[0]
FIRST = CHECKLIST.domains[0].items[0]


def answer_in_the_second_domain(page: Page) -> None:
    way_on(page).click()
    answer(page, CHECKLIST, ITEM, "in_progress")
    write_note(page, ITEM, "réunion jeudi « à 14 h » <b>")
    see_answered(page, DOMAIN, 1, len(DOMAIN.items))


def see_it_again(page: Page) -> None:
    expect(page.get_by_text(SAY("frame.taken_back"))).to_be_visible()
    expect(card(page, ITEM).get_by_role("radio", name="En cours", exact=True)).to_be_checked()
    drawn(page)
    card(page, ITEM).get_by_text(SAY("item.note", ref=ITEM.ref), exact=True).click()
    expect(card(page, ITEM).get_by_role("textbox")).to_have_value("réunion jeudi « à 14 h » <b>")


def test_a_reload_loses_neither_answers_nor_notes_nor_the_place(open_page):
    page = open_page("/questionnaire")
    answer_in_the_second_domain(page)
    page.reload()
    see_it_again(page)


@pytest.mark.soak  # tests/pages/test_welcome_back.py reads the same page; the reload above fills it
def test_who_comes_back_to_the_first_page_reads_how_far_they_are_and_is_led_to_where_they_were(open_page):
    page = open_page("/questionnaire", width=360)
    answer_in_the_second_domain(page)
    page.goto(page.url.replace("/questionnaire", "/"))
    expect(page.get_by_role("heading", level=1)).to_have_text(SAY("welcome.unnamed"))
    expect(page.get_by_text(SAY("welcome.tab"))).to_be_visible()
    drawn(page)
    page.get_by_role("button", name=SAY("welcome.resume", step=DOMAIN.title["fr"])).click()
    expect(page.get_by_role("heading", level=2, name=DOMAIN.title["fr"])).to_be_visible()


@pytest.mark.soak  # test_line.py has a server end and another begin under an open page
def test_a_server_that_restarts_loses_nothing_either(open_page):
    with serving() as server:
        page = open_page("/questionnaire", server=server.url, wrongs_expected=True)
        answer_in_the_second_domain(page)
    with serving(port=server.port):
        see_it_again(page)


def test_a_part_that_a_fallen_line_kept_away_is_fetched_once_the_line_is_back(open_page):
    page = open_page("/questionnaire", wrongs_expected=True)
    page.route("**/plan.js", lambda route: route.abort(), times=1)
    answer(page, CHECKLIST, FIRST, "in_progress")
    go(page, "action_plan")
    drawn(page)
    page.get_by_text(SAY("plan.filter"), exact=True).click()
    page.wait_for_function("() => sessionStorage.getItem('pensebete-reloaded') !== null")
    expect(page.get_by_text(SAY("frame.taken_back"))).to_be_visible()
    drawn(page)
    page.get_by_text(SAY("plan.filter"), exact=True).click()
    expect(page.get_by_role("combobox").first).to_be_visible()
    go(page, "questionnaire")
    expect(card(page, FIRST).get_by_role("radio", name="En cours", exact=True)).to_be_checked()


def test_another_tab_sees_nothing_of_it(open_page):
    page = open_page("/questionnaire")
    answer(page, CHECKLIST, FIRST, "done")
    page.wait_for_function("() => sessionStorage.getItem('pensebete') !== null")
    other = page.context.new_page()
    other.goto(page.url)
    expect(other.get_by_role("heading", level=2, name=CHECKLIST.domains[0].title["fr"])).to_be_visible()
    assert other.evaluate("sessionStorage.getItem('pensebete')") is None


def test_erasing_forgets_everything_typed_and_its_copy_and_keeps_the_language(open_page):
    page, english = open_page("/questionnaire"), wording("en")
    answer_in_the_second_domain(page)
    page.get_by_role("button", name="English", exact=True).click()
    press_erase(page, "en")
    page.get_by_role("button", name=english("frame.erase.yes")).click()
    expect(page.get_by_text(english("frame.erased"))).to_be_visible()
    page.wait_for_function("() => sessionStorage.getItem('pensebete') === null")
    page.reload()
    go(page, "questionnaire", "en")
    see_answered(page, CHECKLIST.domains[0], 0, len(CHECKLIST.domains[0].items), "en")


def test_widgets_that_come_late_over_a_slow_line_show_what_was_said_and_take_nothing_back(open_page):
    page = open_page("/questionnaire")
    answer(page, CHECKLIST, FIRST, "done")
    answer_in_the_second_domain(page)
    held: list[Route] = []
    page.route("**/answers.js", lambda route: held.append(route))
    page.reload()
    expect(page.get_by_text(SAY("frame.taken_back"))).to_be_visible()
    expect(card(page, ITEM)).to_be_attached()
    drawn(page)
    go(page, "questionnaire")  # another run of the page, before any radio is there
    drawn(page)
    assert card(page, ITEM).get_by_role("radio").count() == 0
    for route in held:
        route.continue_()
    expect(card(page, ITEM).get_by_role("radio", name="En cours", exact=True)).to_be_checked()
    expect(card(page, ITEM).locator("label:has(input)").first).to_be_visible()
    page.keyboard.press("Shift")  # a visitor is there: the page no longer goes where they were before the reload
    drawn(page)
    card(page, ITEM).get_by_text(SAY("item.note", ref=ITEM.ref), exact=True).click()
    expect(card(page, ITEM).get_by_role("textbox")).to_have_value("réunion jeudi « à 14 h » <b>")
    answer(page, CHECKLIST, DOMAIN.items[1], "to_do")
    see_answered(page, DOMAIN, 2, len(DOMAIN.items))
    go(page, "questionnaire")
    expect(card(page, ITEM).get_by_role("radio", name="En cours", exact=True)).to_be_checked()


@pytest.mark.soak  # tests/pages/test_journeys.py takes it back; the copy in the tab is written as after any answer
def test_what_was_erased_by_mistake_is_taken_back_by_a_tap(open_page):
    page, say = open_page("/questionnaire"), wording("fr")
    answer(page, CHECKLIST, FIRST, "done")
    see_answered(page, CHECKLIST.domains[0], 1, len(CHECKLIST.domains[0].items))
    press_erase(page)
    page.get_by_role("button", name=say("frame.erase.yes")).click()
    page.get_by_role("button", name=say("undo.erase")).click()
    expect(page.get_by_text(say("undo.erase.done"))).to_be_visible()
    page.wait_for_function("() => sessionStorage.getItem('pensebete') !== null")
    go(page, "questionnaire")
    expect(progress(page)).to_contain_text(say("questionnaire.progress", 1, of=26))
