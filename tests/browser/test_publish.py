"""Two of the staff in two browsers, on two servers with one database: each sees what the other published."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, Page, expect

from devtools.server import Server, serving, start, stop, wait_until_it_answers
from devtools.steps import drawn
from pensebete.text.wording import Wording, wording
from tests.browser.saved import new_database
from tests.browser.test_accessibility import findings
from tests.builders import mended

KEY = "sésame, ouvre-toi"


@dataclass
class Staff:
    """Somebody of the staff, in the workshop of a server."""

    page: Page
    say: Wording

    def field(self) -> Locator:
        return self.page.get_by_role("textbox", name=self.say("workshop.text"))

    def give_key(self) -> None:
        """By keyboard, with a draft begun: it stays, and the keyboard goes on from what came of it."""
        door = self.page.locator(".staff-key")
        door.locator("summary").focus()
        self.page.keyboard.press("Enter")
        self.page.keyboard.press("Tab")
        self.page.keyboard.type(KEY)
        self.page.keyboard.press("Enter")
        expect(door.get_by_role("status")).to_be_focused()
        drawn(self.page)

    def begin(self) -> None:
        self.page.get_by_role("button", name=self.say("workshop.from_published")).click()
        expect(self.field()).not_to_have_value("")
        drawn(self.page)

    def write(self, text: str) -> None:
        field = self.field()
        field.focus()
        field.fill(text)
        field.blur()
        drawn(self.page)

    def see(self, view: str) -> None:
        self.page.get_by_role("radio", name=self.say(f"workshop.view.{view}"), exact=True).or_(
            self.page.get_by_role("button", name=self.say(f"workshop.view.{view}"), exact=True)
        ).first.click()
        drawn(self.page)

    def declare(self, why: str, who: str) -> None:
        for name, words in (("who", who), ("why", why)):
            field = self.page.get_by_role("textbox", name=self.say(f"publish.{name}"))
            field.fill(words)
            field.blur()
            drawn(self.page)

    def press(self, name: str) -> None:
        button = self.page.get_by_role("button", name=name, exact=True)
        button.focus()
        self.page.keyboard.press("Enter")

    def told(self, words: str) -> None:
        expect(self.page.get_by_text(words).first).to_be_visible()
        drawn(self.page)


@pytest.fixture
def two(tmp_path) -> Iterator[tuple[Server, Server, dict[str, str]]]:
    """Each server with the same file, and one database."""
    file = tmp_path / "checklist.yaml"
    file.write_text(mended(), encoding="utf-8")
    settings = {
        "PENSEBETE_CHECKLIST": str(file),
        "PENSEBETE_DATABASE_URL": f"sqlite:///{new_database(tmp_path / 'dossiers.sqlite3')}",
        "PENSEBETE_STAFF_KEY": KEY,
    }
    with ExitStack() as servers:
        one = start(**settings)
        servers.callback(lambda: stop(one))
        wait_until_it_answers(one)
        yield one, servers.enter_context(serving(**settings)), settings


def version(number: str, *changes: tuple[str, str]) -> str:
    return mended(('version: "1"', f'version: "{number}"'), *changes)


WEIGHT, VITAL = ("weight: 1.5", "weight: 2"), ("vital: true", "vital: false")


@pytest.mark.parametrize("language", ["fr", pytest.param("en", marks=pytest.mark.soak)])
def test_two_of_the_staff_publish_meet_go_back_and_lose_nothing_to_a_killed_server(open_page, two, language):
    one, other, settings = two
    say = wording(language)
    ana = Staff(
        open_page(f"/workshop?lang={language}", width=360, language=language, server=one.url, wrongs_expected=True), say
    )
    bo = Staff(open_page(f"/workshop?lang={language}", language=language, server=other.url, wrongs_expected=True), say)
    for staff, text in ((ana, version("2", WEIGHT)), (bo, version("3", VITAL))):
        staff.begin()
        staff.write(text)
        staff.give_key()
        expect(staff.field()).to_have_value(text)
        cookie = next(one for one in staff.page.context.cookies() if one["name"] == "pensebete-staff")
        assert (cookie["httpOnly"], cookie["sameSite"]) == (True, "Strict")
        assert KEY not in cookie["value"]
    ana.see("publish")
    assert findings(ana.page) == []
    ana.declare("a weight", "Ana")
    ana.press(say("publish.publish", version="2"))
    ana.told(say("publish.done", version="2", number=2))
    # The other server serves it within seconds, without a touch; who publishes there is shown both texts.
    visitor = open_page(f"/?lang={language}", language=language, server=other.url, wrongs_expected=True)
    expect(visitor.get_by_role("heading", level=1)).to_be_visible()
    bo.page.reload()  # what the draft began from is remembered with it
    expect(bo.field()).to_have_value(version("3", VITAL))
    drawn(bo.page)
    bo.see("publish")
    said = bo.page.get_by_text(say("publish.meanwhile.by", number=2, who="Ana", why="a weight"))
    until_seen(bo, said)
    assert findings(bo.page) == []
    expect(bo.page.get_by_role("button", name=say("publish.publish", version="3"))).to_have_count(0)
    bo.press(say("draft.take_merge"))
    expect(bo.field()).to_have_value(version("3", WEIGHT, VITAL))
    drawn(bo.page)
    bo.declare("a domain", "Bo")
    # Killed as it is asked to: published or not, and the draft is still in the tab of whoever wrote it.
    bo.press(say("publish.publish", version="3"))
    other.process.send_signal(signal.SIGKILL)
    other.process.wait()
    ana.page.reload()
    drawn(ana.page)
    ana.see("versions")
    expect(ana.page.locator(".versions strong").first).to_be_visible()
    numbers = [line.split("·")[0].strip() for line in ana.page.locator(".versions strong").all_inner_texts()]
    assert len(numbers) in (2, 3)
    chooser = ana.page.get_by_role("combobox", name=say("versions.choose"))
    chooser.scroll_into_view_if_needed()  # its list closes when the page is scrolled
    drawn(ana.page)
    chooser.click()
    ana.page.get_by_role("option").last.click()
    ana.told(say("versions.back.title", number=1))
    assert findings(ana.page) == []
    ana.declare("a mistake", "Ana")
    ana.press(say("versions.back"))
    ana.told(say("versions.back.done", version="1", number=len(numbers) + 1))
    restarted = start(port=other.port, **settings)
    try:
        wait_until_it_answers(restarted)
        expect(bo.field()).to_have_value(version("3", WEIGHT, VITAL))
    finally:
        bo.page.close()
        visitor.close()
        stop(restarted)
    ana.page.close()


def until_seen(staff: Staff, said: Locator) -> None:
    """The server hears of it within seconds; the page, at its next run."""
    deadline = time.monotonic() + 30
    while not said.count() and time.monotonic() < deadline:
        staff.see("mistakes")
        staff.see("publish")
    expect(said).to_be_visible()
