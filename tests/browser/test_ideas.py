"""An idea on its way: from a phone, by keyboard, to the staff at another server, to the plan of another manager."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from devtools.server import serving
from devtools.steps import drawn, go, no_sideways_scroll
from pensebete.checklist.loading import load, published_path
from pensebete.text.wording import Wording, wording
from tests.browser.saved import new_database
from tests.browser.test_accessibility import findings
from tests.browser.test_keyboard import tab_to

CHECKLIST = load(published_path())
DOMAIN, OTHER = CHECKLIST.domains[1], CHECKLIST.domains[0]
KEY = "une clé de l’équipe"
IDEA = "Un tableau blanc à l’entrée vaut dix courriels. **Vraiment** <b>dix</b>."


@pytest.fixture(scope="module")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """Two on one database."""
    database: Path = new_database(tmp_path_factory.mktemp("ideas") / "dossiers.sqlite3")
    settings = {"PENSEBETE_DATABASE_URL": f"sqlite:///{database}", "PENSEBETE_STAFF_KEY": KEY}
    with serving(**settings) as one, serving(**settings) as other:
        yield one.url, other.url


def open_fold(page: Page, words: str) -> None:
    """By a tap: a page that has just come takes the keyboard to its heading, from wherever it is."""
    drawn(page)
    page.locator(".st-key-idea-lines summary", has_text=words).click()
    drawn(page)


def give_key(page: Page, say: Wording) -> None:
    door = page.locator(".staff-key")
    door.locator("summary").click()
    page.get_by_label(say("workshop.key.field")).fill(KEY)
    page.get_by_label(say("workshop.key.field")).press("Enter")
    expect(door.get_by_role("status")).to_be_focused()
    drawn(page)


@pytest.mark.parametrize(("language", "scheme"), [("fr", "light"), pytest.param("en", "dark", marks=pytest.mark.soak)])
def test_an_idea_goes_from_a_phone_to_the_staff_and_on_into_the_plan_of_another(open_page, servers, language, scheme):
    say, (here, there) = wording(language), servers
    written = f"{language}\u00a0: {IDEA}"
    step = f"/questionnaire?lang={language}&step={DOMAIN.id}"
    page = open_page(step, server=here, width=360, language=language, scheme=scheme)

    # Written, by keyboard; a reload before the field is left loses none of it.
    open_fold(page, say("ideas.share"))
    assert findings(page) == []
    no_sideways_scroll(page)
    field = page.get_by_role("textbox", name=say("ideas.text"))
    field.press_sequentially("Perdu?")
    page.reload()
    expect(field).to_have_value("Perdu?")
    drawn(page)
    field.fill(written)
    quoted = page.get_by_role("checkbox", name=say("ideas.may_be_quoted"))  # out of sight: its box is drawn beside it
    quoted.press("Space")
    expect(quoted).to_be_checked()
    tab_to(page, "textbox", say("ideas.name"))
    page.keyboard.type("Coop du Lac")
    tab_to(page, "button", say("ideas.review"))
    page.keyboard.press("Enter")
    form = page.locator(".st-key-idea")
    expect(form.locator(".idea-text")).to_have_text(written)
    expect(form).to_contain_text(say("ideas.read.quoted"))
    assert findings(page) == []
    expect(page.get_by_role("button", name=say("ideas.send"))).to_be_focused()
    page.keyboard.press("Enter")
    expect(form.get_by_role("status")).to_contain_text(say("ideas.sent", code=""))
    code = form.locator(".idea-code").inner_text()
    assert findings(page) == []

    # Read by the staff at the other server, and published by a tap.
    staff = open_page(f"/workshop?lang={language}", server=there, language=language, scheme=scheme)
    give_key(staff, say)
    staff.get_by_role("radio", name=say("workshop.view.ideas")).press("Space")
    card = staff.locator(f".st-key-idea-card-{code}")
    expect(card.locator(".idea-text")).to_have_text(written)
    assert findings(staff) == []
    no_sideways_scroll(staff)
    card.get_by_role("button", name=say("ideas.do.published")).press("Enter")
    expect(card).to_contain_text(say("ideas.state.published"))
    card.get_by_role("button", name=say("ideas.do.draft")).press("Enter")
    expect(staff.get_by_text(say("ideas.drafted", id="new-item-1", domain=DOMAIN.title[language]))).to_be_visible()
    expect(staff.get_by_role("textbox", name=say("workshop.text"))).to_have_value(re.compile("- id: new-item-1"))

    # Within seconds another manager, at the first server, has it under its domain, as text, and keeps it.
    another = open_page(step, server=here, width=360, language=language, scheme=scheme)
    line = another.locator(".st-key-idea-lines summary", has_text=say("ideas.others"))
    deadline = time.monotonic() + 60
    while not line.count() and time.monotonic() < deadline:
        another.reload()
        another.locator(".st-key-idea-lines").wait_for()
        drawn(another)
    open_fold(another, say("ideas.others"))
    told = another.locator(".st-key-ideas-of-others")
    expect(told.locator(".idea-text", has_text=written)).to_be_visible()
    expect(told).to_contain_text("Coop du Lac · ")
    assert findings(another) == []
    no_sideways_scroll(another)
    tab_to(another, "button", told.get_by_role("button").first.inner_text().replace("\n", " "))
    another.keyboard.press("Enter")
    expect(another.get_by_text(say("ideas.kept"))).to_be_visible()
    go(another, "action_plan", language)
    expect(another.get_by_role("button", name=say("undo.idea_kept"))).to_be_visible()
    another.locator("[class*='st-key-later-'] summary").first.wait_for()
    expect(another.locator(".st-key-page")).to_contain_text(written)

    # Its author withdraws it; its words are in the form again.
    page.locator(f".st-key-idea-sent-{code}").get_by_role("button").press("Enter")
    expect(page.get_by_text(say("ideas.withdrawn"))).to_be_visible()
    expect(page.get_by_role("textbox", name=say("ideas.text"))).to_have_value(written)
