"""A link just made: copied, sent, still there after a reload, gone once it is noted."""

from __future__ import annotations

import json
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from devtools.steps import drawn, go, no_sideways_scroll, press_erase
from pensebete.text.wording import wording
from tests.browser.saved import save_dossier

SAY = wording("fr")
STORED = "() => JSON.parse(sessionStorage.getItem('pensebete-new-links') ?? '[]').length"


def new_links(page: Page) -> Locator:
    return page.locator(".st-key-new-link section")


def keep(page: Page) -> str:
    """From the page of the dossier."""
    # The browser takes the link by a request of its own: a reload would cut that off.
    with page.expect_response(lambda answer: answer.url.endswith("/dossier-link")):
        page.get_by_role("button", name=SAY("saved.keep")).click()
    expect(new_links(page)).to_have_count(1)
    drawn(page)
    return new_links(page).locator("code").inner_text()


def add(page: Page, name: str) -> None:
    drawn(page)  # a form that is emptied after the link before would lose the name
    before = new_links(page).count()
    page.get_by_label(SAY("saved.links.for")).fill(name)
    page.get_by_role("button", name=SAY("saved.links.add")).click()
    expect(new_links(page)).to_have_count(before + 1)


def press(page: Page, id: str) -> None:
    new_links(page).get_by_role("button", name=SAY(id), exact=True).click()


def test_a_new_link_is_copied_and_the_page_says_so(open_page):
    page = open_page("/dossier", width=360)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    link = keep(page)
    press(page, "saved.link.copy")
    expect(new_links(page).get_by_role("status")).to_have_text(SAY("saved.link.copied"))
    assert page.evaluate("navigator.clipboard.readText()") == link


def test_where_the_browser_refuses_to_copy_the_link_is_selected_and_the_page_says_so(open_page):
    page = open_page("/dossier")
    page.evaluate(
        "() => { navigator.clipboard.writeText = async () => { throw new DOMException('', 'NotAllowedError') } }"
    )
    link = keep(page)
    press(page, "saved.link.copy")
    expect(new_links(page).get_by_role("status")).to_have_text(SAY("saved.link.refused"))
    assert page.evaluate("getSelection().toString()") == link


def test_a_new_link_goes_out_by_text_by_email_and_where_the_browser_has_it_by_its_own_list(open_page):
    page = open_page("/dossier", width=360)
    page.evaluate("navigator.share = async (what) => { window.shared = what }")
    link = keep(page)
    text = new_links(page).get_by_role("link", name=SAY("saved.link.text")).get_attribute("href")
    assert text is not None
    assert text.startswith("sms:?&body=")
    assert unquote(text.partition("body=")[2]).endswith(f"\n\n{link}")
    email = new_links(page).get_by_role("link", name=SAY("saved.link.email.self")).get_attribute("href")
    said = parse_qs(urlsplit(email).query)
    assert said["subject"] == [SAY("saved.link.subject")]
    assert said["body"] == [f"{SAY('saved.link.message')}\r\n\r\n{link}"]
    press(page, "saved.link.send")
    assert page.evaluate("shared.url") == link


def test_without_a_list_of_its_own_a_browser_is_not_offered_to_send(open_page):
    page = open_page("/dossier")
    page.evaluate("delete Navigator.prototype.share")
    keep(page)
    expect(new_links(page).get_by_role("button", name=SAY("saved.link.send"))).to_have_count(0)


def test_a_new_link_is_there_after_a_reload_and_after_another_page_until_it_is_noted(open_page):
    page = open_page("/dossier", width=360)
    link = keep(page)
    page.reload()
    expect(new_links(page).locator("code")).to_have_text(link)
    go(page, "results")
    go(page, "dossier")
    expect(new_links(page).locator("code")).to_have_text(link)
    drawn(page)  # what a run still redraws would lose the tap, or the keyboard
    press(page, "saved.link.noted")
    drawn(page)
    expect(page.get_by_text(SAY("saved.link.gone"))).to_be_focused()
    page.wait_for_function(f"{STORED} === 0")
    page.reload()
    expect(page.get_by_role("heading", name=SAY("saved.links"))).to_be_visible()
    expect(new_links(page)).to_have_count(0)


def test_links_made_one_after_the_other_are_each_shown_with_their_name_and_revoked_they_go(open_page, database):
    page = open_page("/dossier", token=save_dossier(database, {}).token)
    add(page, "Finances")
    add(page, "Présidence")
    titles = new_links(page).get_by_role("heading")
    expect(titles).to_have_text([SAY("saved.link.for", name=name) for name in ("Présidence", "Finances")])
    page.get_by_role("button", name=SAY("saved.links.revoke"), exact=True).last.click()
    expect(titles).to_have_text([SAY("saved.link.for", name="Finances")])
    page.wait_for_function(f"{STORED} === 1")


@pytest.mark.parametrize("how", ["erase", "delete"])
def test_a_link_that_is_not_noted_goes_with_its_dossier(open_page, how):
    page = open_page("/dossier")
    link = keep(page)
    if how == "erase":
        press_erase(page)
        page.get_by_role("button", name=SAY("frame.erase.yes")).click()
    else:
        page.get_by_role("button", name=SAY("saved.delete"), exact=True).click()
        page.get_by_role("button", name=SAY("saved.delete.yes"), exact=True).click()
    page.wait_for_function(f"{STORED} === 0")
    kept = json.dumps(page.evaluate("({...sessionStorage, ...localStorage})"))
    assert link.partition("#dossier=")[2] not in kept


def test_the_token_of_a_link_that_waits_is_said_to_no_server_again(open_page):
    page = open_page("/dossier")
    token = keep(page).partition("#dossier=")[2]
    said: list[str] = []
    page.on("request", lambda request: said.append(request.url + (request.post_data or "")))
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: said.append(str(frame))))
    page.reload()
    expect(new_links(page)).to_have_count(1)
    press(page, "saved.link.noted")
    go(page, "results")
    assert len(said) > 10
    assert [one for one in said if token in one] == []


@pytest.mark.parametrize("language", ["fr", pytest.param("en", marks=pytest.mark.soak)])
def test_on_a_phone_its_buttons_are_wide_enough_for_a_thumb_and_in_the_language_of_the_page(open_page, language):
    page, say = open_page(f"/dossier?lang={language}", width=360), wording(language)
    page.get_by_role("button", name=say("saved.keep")).click()
    ways = new_links(page).locator(".ways-to-send > *")
    expect(ways.last).to_have_text(say("saved.link.noted"))
    assert all(box and box["height"] >= 44 and box["width"] >= 44 for box in (way.bounding_box() for way in ways.all()))
    no_sideways_scroll(page)
