"""Two browsers on one saved dossier: an advisor remarks by a reading link, the manager answers, the advisor settles."""

from __future__ import annotations

from contextlib import closing

import pytest
from playwright.sync_api import Page, expect

from devtools.steps import card, drawn, no_sideways_scroll
from pensebete.checklist.loading import load, published_path
from pensebete.storage.engine import open_store
from pensebete.storage.links import add_link
from pensebete.text.wording import Wording, wording
from tests.browser.saved import save_dossier
from tests.browser.test_accessibility import findings
from tests.browser.test_keyboard import tab_to
from tests.builders import NOW

CHECKLIST = load(published_path())
ITEM = CHECKLIST.domains[0].items[0]


@pytest.mark.parametrize(
    ("language", "width", "scheme"),
    [
        ("fr", 360, "light"),
        pytest.param("en", 360, "dark", marks=pytest.mark.soak),
        pytest.param("fr", 1280, "dark", marks=pytest.mark.soak),
    ],
)
def test_an_advisor_remarks_the_manager_answers_and_the_advisor_settles_it(
    open_page, database, language, width, scheme
):
    say = wording(language)
    kept = save_dossier(database, {ITEM.id: "done"})
    with closing(open_store(f"sqlite:///{database}")) as store:
        link = add_link(store, kept.dossier_id, kept.link_id, "read", "conseil", NOW)
    seen = {"language": language, "width": width, "scheme": scheme}
    advisor = open_page(f"/questionnaire?lang={language}", token=link.token, **seen)
    manager = open_page(f"/questionnaire?lang={language}", token=kept.token, **seen)
    expect(card(manager, ITEM).locator("summary", has_text=say("remarks.remark"))).to_have_count(0)

    remark_by_keyboard(advisor, say)
    expect(card(manager, ITEM)).to_contain_text("La résolution manque.")
    expect(manager.get_by_text(say("saved.remark.by", author="Ana Roy", what=words(say))).first).to_be_in_viewport()
    sound(manager)
    assert findings(manager) == []

    press(manager, f"{say('received.upheld')} {ITEM.ref}")
    expect(card(manager, ITEM)).to_contain_text(say("review.event.upheld"))
    expect(card(advisor, ITEM)).to_contain_text(say("review.event.upheld"))
    sound(advisor)
    press(advisor, f"{say('remarks.close')} {words(say)}")
    for page in (advisor, manager):
        expect(card(page, ITEM)).to_contain_text(say("review.event.closed"))
    expect(card(manager, ITEM).get_by_role("radio").first).to_be_checked()


def remark_by_keyboard(page: Page, say: Wording) -> None:
    fold = card(page, ITEM).locator("summary", has_text=say("remarks.remark"))
    drawn(page)
    fold.press("Enter")
    tab_to(page, "textbox", say("remarks.form.text"))
    sound(page)
    assert findings(page) == []
    page.keyboard.type("La résolution manque.")
    tab_to(page, "textbox", say("remarks.author.name"))
    page.keyboard.type("Ana Roy")
    tab_to(page, "button", say("remarks.form.add"))
    page.keyboard.press("Enter")
    expect(card(page, ITEM)).to_contain_text("La résolution manque.")
    expect(card(page, ITEM).get_by_role("textbox", name=say("remarks.form.text"))).to_have_count(0)
    expect(fold).to_be_focused()


def words(say: Wording) -> str:
    return f"{ITEM.ref} · {ITEM.title[say.language]}"


def press(page: Page, name: str) -> None:
    drawn(page)
    card(page, ITEM).get_by_role("button", name=name, exact=True).click()


def sound(page: Page) -> None:
    drawn(page)
    no_sideways_scroll(page)
