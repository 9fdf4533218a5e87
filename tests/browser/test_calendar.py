"""A calendar that subscribes to a saved dossier: the address made on a phone, fetched as calendars fetch it, ended."""

from __future__ import annotations

from datetime import date
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from icalendar import Calendar
from playwright.sync_api import Locator, Page, expect

from devtools.server import serving, wait_until_it_answers
from devtools.steps import drawn, no_sideways_scroll
from pensebete.storage.calendars import add_calendar
from pensebete.storage.engine import open_store
from pensebete.text.wording import wording
from pensebete.web.server.calendar_feed import calendar_path
from tests.browser.saved import new_database, save_dossier
from tests.browser.test_accessibility import findings
from tests.browser.test_keyboard import tab_to
from tests.builders import NOW

SAY = wording("fr")
STORED = "() => JSON.parse(sessionStorage.getItem('pensebete-new-links') ?? '[]').length"


def new_address(page: Page) -> Locator:
    return page.locator(".st-key-new-calendar section")


def fetched(address: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    try:
        with urlopen(Request(address, headers=headers), timeout=30) as answer:
            return answer.status, {name.lower(): value for name, value in answer.headers.items()}, answer.read()
    except HTTPError as error:
        return error.code, {name.lower(): value for name, value in error.headers.items()}, error.read()


def due(content: bytes) -> dict[str, date]:
    return {str(one["SUMMARY"]): one["DTSTART"].dt for one in Calendar.from_ical(content).walk("VEVENT")}


def test_an_address_is_made_on_a_phone_read_by_a_calendar_and_revoked(open_page, database):
    page = open_page("/dossier", width=360, token=save_dossier(database, {"cash-weeks": "to_do"}).token)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_label(SAY("calendar.for")).fill("Téléphone")
    page.get_by_role("button", name=SAY("calendar.add"), exact=True).click()
    shown = new_address(page)
    expect(shown.get_by_role("heading")).to_have_text(SAY("calendar.new.for", name="Téléphone"))
    drawn(page)
    assert findings(page) == []
    no_sideways_scroll(page)
    address = shown.locator("code").inner_text()
    opens = shown.get_by_role("link", name=SAY("calendar.new.subscribe")).get_attribute("href")
    assert opens == address.replace("http:", "webcal:")
    shown.get_by_role("button", name=SAY("calendar.new.copy"), exact=True).click()
    expect(shown.get_by_role("status")).to_have_text(SAY("calendar.new.copied"))
    assert page.evaluate("navigator.clipboard.readText()") == address

    status, headers, content = fetched(address)
    assert (status, headers["content-type"]) == (200, "text/calendar; charset=utf-8")
    assert any(title.startswith("L1a ·") for title in due(content))
    assert fetched(address, **{"If-None-Match": headers["etag"]})[0] == 304
    assert "set-cookie" not in headers
    assert headers["referrer-policy"] == "same-origin"

    page.reload()
    expect(shown.locator("code")).to_have_text(address)
    drawn(page)
    shown.get_by_role("button", name=SAY("calendar.new.noted"), exact=True).click()
    expect(page.get_by_text(SAY("calendar.new.gone"))).to_be_focused()
    page.wait_for_function(f"{STORED} === 0")
    drawn(page)
    page.get_by_role("button", name=SAY("calendar.revoke"), exact=True).click()
    expect(page.get_by_text(SAY("calendar.revoked", label="Téléphone"))).to_be_visible()
    assert fetched(address)[0] == 404


@pytest.mark.soak
def test_on_android_an_address_is_for_copying_and_a_link_that_waits_beside_it_leaves_it_alone(open_page, database):
    page = open_page("/dossier", token=save_dossier(database, {}).token)
    page.evaluate("Object.defineProperty(navigator, 'userAgent', { get: () => 'Mozilla/5.0 (Linux; Android 16)' })")
    page.get_by_role("button", name=SAY("calendar.add"), exact=True).click()
    expect(new_address(page).get_by_role("link", name=SAY("calendar.new.subscribe"))).to_have_count(0)
    expect(new_address(page).locator(".first")).to_have_text(SAY("calendar.new.copy"))
    page.get_by_label(SAY("saved.links.for")).fill("Finances")
    page.get_by_role("button", name=SAY("saved.links.add")).click()
    expect(page.locator(".st-key-new-link section")).to_have_count(1)
    expect(new_address(page)).to_have_count(1)
    drawn(page)
    page.locator(".st-key-new-link").get_by_role("button", name=SAY("saved.link.noted"), exact=True).click()
    page.wait_for_function(f"{STORED} === 1")
    expect(new_address(page)).to_have_count(1)


@pytest.mark.soak
def test_an_address_is_made_in_english_by_keyboard_alone(open_page, database):
    say = wording("en")
    page = open_page("/dossier?lang=en", language="en", token=save_dossier(database, {}).token)
    tab_to(page, "textbox", say("calendar.for"))
    page.keyboard.type("Phone")
    page.keyboard.press("Enter")
    expect(new_address(page).get_by_role("heading")).to_be_focused()
    address = new_address(page).locator("code").inner_text()
    for role, name in (("link", "subscribe"), ("button", "copy"), ("button", "noted")):
        tab_to(page, role, say(f"calendar.new.{name}"))
    page.keyboard.press("Enter")
    expect(page.get_by_text(say("calendar.new.gone"))).to_be_focused()
    assert fetched(address)[0] == 200


def test_a_server_writes_no_address_in_its_log_and_says_when_it_cannot_read(tmp_path):
    database = new_database(tmp_path / "dossiers.sqlite3")
    kept = save_dossier(database, {"cash-weeks": "to_do"})
    store = open_store(f"sqlite:///{database}")
    token = add_calendar(store, kept.dossier_id, kept.link_id, "", NOW).token
    store.close()
    log = tmp_path / "log"
    with (
        log.open("wb") as output,
        serving(
            output=output,
            PENSEBETE_DATABASE_URL=f"sqlite:///{database}",
            STREAMLIT_SERVER_BASE_URL_PATH="pense-bete",
            STREAMLIT_LOGGER_LEVEL="debug",
            wait=False,
        ) as server,
    ):
        wait_until_it_answers(server, "pense-bete")
        address = f"{server.url}/pense-bete/{calendar_path(token)}"
        assert fetched(address)[0] == 200
        assert fetched(f"{server.url}/pense-bete/{calendar_path('x' * 43)}")[0] == 404
        database.rename(tmp_path / "elsewhere.sqlite3")
        status, headers, _ = fetched(address)
        assert (status, headers["retry-after"]) == (503, "600")
        assert "content-security-policy" in headers
    assert token[:12] not in log.read_text(encoding="utf-8", errors="replace")
