"""Two browsers on one draft: its author shares it, a colleague remarks by keyboard, the author answers and goes on."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from devtools.steps import drawn, no_sideways_scroll
from pensebete.text.wording import Wording, wording
from tests.browser.test_accessibility import findings
from tests.browser.test_keyboard import tab_to
from tests.builders import mended

TEXT = mended(("en: Do talk}", "en: Talk now}"))
LINE = next(n for n, line in enumerate(TEXT.split("\n"), 1) if "Talk now" in line)
HOSTILE = "**Trop** <img src=x onerror=alert(1)> \u202elong"


@pytest.mark.parametrize(
    ("language", "width", "scheme"),
    [
        ("fr", 360, "light"),
        pytest.param("en", 360, "dark", marks=pytest.mark.soak),
        pytest.param("en", 1280, "light", marks=pytest.mark.soak),
    ],
)
def test_a_draft_is_shared_remarked_about_answered_and_taken_back(open_page, language, width, scheme):
    say, seen = wording(language), {"language": language, "width": width, "scheme": scheme}
    author = open_page(f"/workshop?lang={language}", **seen)
    paste(author, say)
    link = share(author, say)
    colleague = open_page(f"/draft?lang={language}#{link.partition('#')[2]}", **seen)
    expect(colleague.get_by_role("heading", level=1)).to_have_text(say("pages.draft"))
    assert link.partition("#draft=")[2] not in colleague.url
    remark(colleague, say)

    choose(author, say("workshop.view.remarks"))
    expect(author.locator(".draft-said")).to_contain_text(HOSTILE)
    sound(author)
    answer(author, say)
    choose(colleague, say("draft.part.all"))
    expect(colleague.locator(".draft-said li")).to_contain_text("Corrigé")

    colleague.reload()  # the cookie opens it again; the token is nowhere in the page
    expect(colleague.locator(".draft-said li")).to_contain_text("Corrigé")
    author.reload()
    drawn(author)
    author.locator("summary", has_text=say("draft.share.shared")).click()
    author.get_by_role("button", name=say("draft.end"), exact=True).wait_for()
    press(author, say("draft.end"))
    press(author, say("draft.end.yes"))
    expect(author.get_by_text(say("draft.deleted"))).to_be_visible()
    choose(colleague, say("draft.part.all"))
    expect(colleague.get_by_text(say("draft.store.gone"))).to_be_visible()


def paste(page: Page, say: Wording) -> None:
    field = page.get_by_role("textbox", name=say("workshop.text"))
    field.focus()
    page.keyboard.insert_text(TEXT)
    field.blur()
    page.get_by_text(say("workshop.sound", version="1", n=3)).wait_for()  # what comes before the fold is there
    drawn(page)


def share(page: Page, say: Wording) -> str:
    page.locator("summary", has_text=say("draft.share")).focus()
    page.keyboard.press("Enter")
    page.get_by_text(say("draft.share.explained")).wait_for()
    tab_to(page, "textbox", say("draft.for"))
    sound(page)
    page.keyboard.type("Camille")
    tab_to(page, "button", say("draft.make_link"))
    page.keyboard.press("Enter")
    shown = page.locator(".links-to-send code")
    shown.wait_for()
    expect(page.get_by_role("heading", name=say("draft.link.title"))).to_be_focused()
    sound(page)
    return shown.inner_text()


def remark(page: Page, say: Wording) -> None:
    drawn(page)
    sound(page)
    tab_to(page, "button", say("draft.pick", line=LINE))
    page.keyboard.press("Enter")
    expect(page.get_by_role("textbox", name=say("draft.remark.text", line=LINE))).to_be_focused()
    sound(page)
    page.keyboard.insert_text(HOSTILE)
    tab_to(page, "textbox", say("draft.remark.name"))
    page.keyboard.type("Camille")
    tab_to(page, "button", say("draft.remark.send"))
    page.keyboard.press("Enter")
    expect(page.locator(".draft-said")).to_contain_text(HOSTILE)
    assert page.locator(".draft-said img").count() == 0
    expect(page.get_by_role("button", name=say("draft.pick", line=LINE))).to_be_focused()
    sound(page)


def answer(page: Page, say: Wording) -> None:
    drawn(page)
    page.locator("summary", has_text=say("draft.answer")).click()
    drawn(page)
    page.get_by_role("textbox", name=say("draft.answer.text")).fill("Corrigé")
    press(page, say("draft.answer.send"))
    expect(page.locator(".draft-said li")).to_contain_text("Corrigé")
    press(page, say("draft.settle"))
    expect(page.get_by_text(say("draft.all_settled"))).to_be_visible()


def choose(page: Page, name: str) -> None:
    drawn(page)
    page.get_by_role("radio", name=name, exact=True).click()
    drawn(page)


def press(page: Page, name: str) -> None:
    drawn(page)
    page.get_by_role("button", name=name, exact=True).click()


def sound(page: Page) -> None:
    drawn(page)
    no_sideways_scroll(page)
    assert findings(page) == []
