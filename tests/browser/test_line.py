"""The line to the server drops: the page says why it is closed, and goes on by itself once the line is back."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from devtools.server import serving
from devtools.steps import answer, card, drawn, go, see_answered
from pensebete.assessment import dossier_file
from pensebete.checklist.loading import load, published_path
from pensebete.text.wording import wording
from tests.builders import assess

CHECKLIST = load(published_path())
DOMAIN = CHECKLIST.domains[0]
FIRST, SECOND = DOMAIN.items[:2]
SAY = wording("fr")
# As browser_bridge/kept.js keeps it.
KEPT = json.dumps(
    {
        "version": 1,
        "stamp": "s",
        "since": datetime.now(UTC).isoformat(),
        "at": datetime.now(UTC).isoformat(),
        "copy": json.dumps(
            {
                "id": "11111111-1111-4111-8111-111111111111",
                "strand": "22222222-2222-4222-8222-222222222222",
                "dossier": dossier_file.dump(assess({FIRST.id: "done"}, organisation="Coop du Fleuve")).decode(),
            }
        ),
    }
)


def words(page: Page) -> Any:
    return page.locator(".line-words")


def test_while_the_line_is_down_the_page_says_why_it_is_closed_and_goes_on_with_a_server_that_started_anew(open_page):
    with serving() as server:
        page = open_page("/questionnaire", width=360, server=server.url, wrongs_expected=True)
        answer(page, CHECKLIST, FIRST, "done")
        see_answered(page, DOMAIN, 1, len(DOMAIN.items))
        visit = page.evaluate("JSON.parse(sessionStorage.getItem('pensebete')).visit")
    expect(words(page)).to_have_text(SAY("line.cut"))
    expect(words(page)).to_have_role("status")
    expect(words(page)).to_be_in_viewport()
    with serving(port=server.port):
        page.wait_for_function("before => JSON.parse(sessionStorage.getItem('pensebete')).visit !== before", arg=visit)
        drawn(page)
        expect(card(page, FIRST).get_by_role("radio", name="Fait", exact=True)).to_be_checked()
        answer(page, CHECKLIST, SECOND, "to_do")
        see_answered(page, DOMAIN, 2, len(DOMAIN.items))
        expect(words(page)).to_have_text("")
        page.close()  # before its server stops


@pytest.mark.parametrize("language", ["fr", pytest.param("en", marks=pytest.mark.soak)])
def test_a_line_that_drops_and_returns_to_the_same_server_asks_for_the_page_without_a_tap(open_page, language):
    page, say = open_page(f"/?lang={language}", wrongs_expected=True), wording(language)
    lines: list[WebSocketRoute] = []
    said: list[list[bytes]] = []

    def carry(line: WebSocketRoute) -> None:
        server, sent = line.connect_to_server(), []
        lines.append(line)
        said.append(sent)
        line.on_message(
            lambda message: (sent.append(message if isinstance(message, bytes) else b""), server.send(message))
        )
        server.on_message(line.send)

    page.route_web_socket("**/_stcore/stream", carry)
    page.evaluate("(copy) => localStorage.setItem('pensebete-kept-1', copy)", KEPT)
    page.reload()
    resume = page.get_by_role("button", name=say("keep.resume"))
    resume.wait_for()
    drawn(page)
    page.route("**/_stcore/health", lambda route: route.abort())  # without an answer the page does not call again
    lines[-1].close(code=1001)
    expect(words(page)).to_have_text(say("line.cut"))
    resume.click()  # is told once the line is back
    page.unroute("**/_stcore/health")
    expect(words(page)).to_have_text(say("line.back"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Coop du Fleuve")
    drawn(page)
    assert len(lines) == 2
    assert any(b"returned" in message for message in said[1])


def refuse_storage(page: Page) -> None:
    refused = "get() { throw new DOMException('refused', 'SecurityError') }"
    page.add_init_script(f"Object.defineProperty(window, 'sessionStorage', {{ {refused} }})")


def test_a_browser_that_refuses_its_storage_is_said_to_keep_nothing_and_never_the_contrary(open_page):
    page = open_page("/questionnaire", width=360)
    refuse_storage(page)
    page.reload()
    expect(page.get_by_text(SAY("frame.keeps_nothing"))).to_be_visible()
    answer(page, CHECKLIST, FIRST, "done")
    go(page, "start")
    expect(page.get_by_role("heading", level=1)).to_have_text(SAY("welcome.unnamed"))
    expect(page.get_by_text(SAY("frame.keeps_nothing"))).to_be_visible()
    expect(page.get_by_text(SAY("welcome.tab"))).to_be_hidden()
    expect(page.get_by_text(SAY("saved.tab_only"), exact=True)).to_be_hidden()


def test_a_browser_that_keeps_what_it_is_given_reads_nothing_of_that(open_page):
    page = open_page("/questionnaire")
    answer(page, CHECKLIST, FIRST, "done")
    expect(page.get_by_text(SAY("saved.tab_only"), exact=True)).to_be_visible()
    expect(page.get_by_text(SAY("frame.keeps_nothing"))).to_be_hidden()
