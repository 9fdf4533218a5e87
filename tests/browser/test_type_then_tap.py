"""A word typed and a tap elsewhere at once, as a thumb does: the word is kept, and the tap does what it says."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from devtools.server import serving
from devtools.steps import card, drawn, go, way_on
from pensebete.checklist.loading import load, published_path
from pensebete.text.wording import wording

CHECKLIST = load(published_path())
SAY = wording("fr")
DOMAIN = CHECKLIST.domains[0]
ITEM = DOMAIN.items[0]


def typing_a_note(page: Page) -> None:
    """The note is open, and the last word of it is still in the field alone."""
    card(page, ITEM).get_by_text(SAY("item.note", ref=ITEM.ref), exact=True).click()
    card(page, ITEM).get_by_role("textbox", name=SAY("item.note.label")).fill("bonjour")


# A thumb stays on the glass about this long, in milliseconds; a click of no length at all is not of this world.
TAP = 80


def see_the_note(page: Page, language: str = "fr") -> None:
    say = wording(language)
    card(page, ITEM).get_by_text(say("item.note", ref=ITEM.ref), exact=True).click()
    expect(card(page, ITEM).get_by_role("textbox", name=say("item.note.label"))).to_have_value("bonjour")


@pytest.mark.parametrize("name", ["results", pytest.param("action_plan", marks=pytest.mark.soak)])
def test_then_another_page(open_page, name):
    page = open_page("/questionnaire", width=360)
    typing_a_note(page)
    page.get_by_role("button", name=SAY("frame.menu"), exact=True).click(delay=TAP)
    page.locator(".st-key-menu-ways").get_by_role("link", name=SAY(f"pages.{name}")).click(delay=TAP)
    title = "results.title" if name == "results" else "plan.title"
    expect(page.get_by_role("heading", level=1, name=SAY(title))).to_be_visible()
    go(page, "questionnaire")
    see_the_note(page)


def test_then_the_next_domain(open_page):
    page = open_page("/questionnaire", width=360)
    typing_a_note(page)
    way_on(page).click(delay=TAP)
    expect(page.get_by_role("heading", level=2, name=CHECKLIST.domains[1].title["fr"])).to_be_visible()
    page.locator(".st-key-ways-on").get_by_role("button", name=SAY("questionnaire.previous")).click()
    expect(page.get_by_role("heading", level=2, name=DOMAIN.title["fr"])).to_be_visible()
    see_the_note(page)


def test_then_the_other_language(open_page):
    page = open_page("/questionnaire", width=360)
    typing_a_note(page)
    page.get_by_role("button", name="English", exact=True).click(delay=TAP)
    expect(page.get_by_role("button", name="Français", exact=True)).to_be_visible()
    expect(page.get_by_role("heading", level=2, name=DOMAIN.title["en"])).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    see_the_note(page, "en")


SLOW = """
import time
import streamlit as st

def tapped(name):
    st.session_state["begun"] = st.session_state.get("begun", "") + name
    time.sleep(0.3)
    st.session_state["done"] = st.session_state.get("done", "") + name

def button(name):
    st.button(name, on_click=tapped, args=(name,))

button("a")
st.fragment(button)("b")
button("c")
time.sleep(0.3)
begun, done = (sorted(st.session_state.get(name, "")) for name in ("begun", "done"))
st.text(f"{begun} {done}")
"""
SERVED = """
import streamlit as st
from pensebete.web.server.taps import hear_every_tap
from pensebete.web.session.widgets import of_a_page_before
from pensebete.web.server.turns import take_turns

take_turns()
hear_every_tap(of_a_page_before)
app = st.App("slow.py")
"""


def test_taps_that_follow_each_other_on_a_slow_server_are_each_done_once_and_whole(browser: Browser, tmp_path: Path):
    (tmp_path / "slow.py").write_text(SLOW)
    (tmp_path / "app.py").write_text(SERVED)
    with serving(tmp_path / "app.py") as server:
        page = browser.new_page()
        page.goto(server.url)
        page.get_by_text("[] []").wait_for()
        drawn(page)
        for name in "abc":
            page.get_by_role("button", name=name).click()
        drawn(page)  # which every test relies on: until then nothing more comes
        assert page.get_by_text(f"{['a', 'b', 'c']} {['a', 'b', 'c']}").is_visible()
        page.close()
