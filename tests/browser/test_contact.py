"""Whom to call, on a phone and by keyboard alone; and whose dossier it is, on every page."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from devtools.steps import drawn, go, no_sideways_scroll
from pensebete.assessment import dossier_file
from pensebete.assessment.model import Contact
from pensebete.checklist.loading import load, published_path
from pensebete.text.wording import wording
from tests.browser.test_accessibility import findings
from tests.browser.test_keyboard import tab_to
from tests.browser.test_way_through import SMALL_TARGETS

CHECKLIST = load(published_path())
SAY = wording("fr")
KEPT = """text => (sessionStorage.getItem("pensebete") ?? "").includes(text)"""


def on_a_phone(open_page) -> Page:  # type: ignore[no-untyped-def]
    page: Page = open_page("/action_plan", width=360)
    page.set_viewport_size({"width": 360, "height": 640})
    drawn(page)
    return page


def tab_to_box(page: Page, name: str) -> None:
    """To a box to tick: the input itself is not drawn, its label is."""
    box = page.get_by_role("checkbox", name=SAY(f"contact_form.{name}"))
    for _ in range(20):
        page.keyboard.press("Tab")
        if box.evaluate("found => found === document.activeElement"):
            break
    expect(box).to_be_focused()
    expect(page.locator("label", has=box)).to_be_in_viewport(ratio=1)


def test_whom_to_call_is_filled_in_by_keyboard_on_a_phone_and_leaves_in_the_plan(open_page, tmp_path):
    page = on_a_phone(open_page)
    title = page.locator("summary", has_text=SAY("contact_form.title"))
    for _ in range(60):
        page.keyboard.press("Tab")
        if title.evaluate("found => found === document.activeElement"):
            break
    page.keyboard.press("Enter")
    expect(page.get_by_text(SAY("contact_form.explained"))).to_be_visible()
    drawn(page)  # its fields come after it was opened
    tab_to_box(page, "call_wanted")
    page.keyboard.press("Space")
    expect(page.get_by_role("checkbox", name=SAY("contact_form.call_wanted"))).to_be_checked()
    typed = {"phone": "418 555-0100", "when": "avant midi", "municipality": "Matane"}
    for name, text in typed.items():
        tab_to(page, "textbox", SAY(f"contact.{name}"))
        page.keyboard.type(text)
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    expect(page.get_by_role("radio", name=SAY("contact.next_pay.no"), exact=True)).to_be_checked()
    tab_to(page, "textbox", SAY("contact_form.weeks_of_money"))
    page.keyboard.type("2,5")
    tab_to_box(page, "not_counted")
    page.wait_for_function(KEPT, arg="weeks_of_money")
    no_sideways_scroll(page)
    form = page.locator(".st-key-contact-form")
    small = [target for target in page.evaluate(SMALL_TARGETS) if "contact" in target or "data-variant" in target]
    assert small == []
    assert findings(page) == []
    expect(form).to_be_visible()  # what was typed did not fold it

    label = page.get_by_role("button", name=SAY("download.pdf"))
    with page.expect_download() as started:
        label.click()
    started.value.save_as(tmp_path / "plan.pdf")
    read = dossier_file.read((tmp_path / "plan.pdf").read_bytes(), CHECKLIST)
    assert read.contact == Contact(**typed, call_wanted=True, next_pay="no", weeks_of_money=2.5)


def test_what_is_being_typed_survives_a_reload(open_page):
    page = on_a_phone(open_page)
    page.get_by_label(SAY("download.organisation")).fill("Coop du Fleuve")
    page.get_by_text(SAY("contact_form.title"), exact=True).click()
    page.wait_for_function(KEPT, arg="Coop du Fleuve")
    drawn(page)
    page.get_by_label(SAY("contact.phone"), exact=True).press_sequentially("418 555")
    page.reload()
    page.wait_for_function(KEPT, arg="418 555")


@pytest.mark.soak  # tests/pages/test_whose.py
def test_a_long_name_stands_on_every_page_of_a_phone_and_pushes_nothing_aside(open_page):
    page = on_a_phone(open_page)
    name = "Coopérative de solidarité des artisanes et artisans du Bas-Saint-Laurent et de la Gaspésie"
    page.get_by_label(SAY("download.organisation")).fill(name)
    page.get_by_label(SAY("download.organisation")).blur()
    for where in ("results", "dossier", "start", "questionnaire", "check_answers", "action_plan"):
        if where == "check_answers":
            page.goto(page.url.replace("/questionnaire", "/check_answers"))
        else:
            go(page, where)
        expect(page.locator(".brand")).to_have_text(name)
        expect(page.locator(".brand")).to_be_in_viewport(ratio=1)
        expect(page.get_by_role("button", name=SAY("frame.menu"))).to_be_in_viewport(ratio=1)
        assert page.locator(".brand").evaluate("found => found.offsetHeight < 40"), where  # one line
        no_sideways_scroll(page)


def test_the_tab_of_a_saved_dossier_is_named_after_it_and_no_other_is(open_page):
    page = on_a_phone(open_page)
    page.get_by_label(SAY("download.organisation")).fill("Coop du Fleuve")
    page.get_by_label(SAY("download.organisation")).blur()
    expect(page.locator(".brand")).to_have_text("Coop du Fleuve")
    go(page, "dossier")
    expect(page).to_have_title(f"{SAY('pages.dossier')} – Pense-bête")
    page.get_by_role("button", name=SAY("saved.keep")).click()
    expect(page).to_have_title(f"{SAY('pages.dossier')} – Coop du Fleuve – Pense-bête")
    go(page, "results")
    expect(page).to_have_title(f"{SAY('pages.results')} – Coop du Fleuve – Pense-bête")
