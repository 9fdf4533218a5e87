"""Back, Forward, a reload: one is where one was, at the height where one was; and nothing moves under a thumb."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from devtools.steps import answer, card, drawn, go, go_on, way_on
from pensebete.checklist.loading import load, published_path
from pensebete.text.wording import wording

CHECKLIST = load(published_path())
SAY = wording("fr")
FIRST, SECOND, THIRD = CHECKLIST.domains[:3]


def height(page: Page) -> int:
    found: int = page.evaluate("Math.round(document.querySelector('[data-testid=stMain]').scrollTop)")
    return found


def scroll_to(page: Page, wanted: int) -> None:
    page.mouse.move(180, 300)
    page.mouse.wheel(0, wanted - height(page))
    page.wait_for_function(
        "h => Math.abs(document.querySelector('[data-testid=stMain]').scrollTop - h) < 2", arg=wanted
    )


def at_height(page: Page, wanted: int) -> None:
    page.wait_for_function(
        "h => Math.abs(document.querySelector('[data-testid=stMain]').scrollTop - h) < 3", arg=wanted
    )


def tap_way_on(page: Page) -> None:
    """A tap where the bar stands: to click it by name would scroll to where it would stand, were it not held."""
    place = way_on(page).bounding_box()
    assert place
    page.mouse.click(place["x"] + place["width"] / 2, place["y"] + place["height"] / 2)


def at_step(page: Page, domain) -> None:  # type: ignore[no-untyped-def]
    expect(page.get_by_role("heading", level=2, name=domain.title["fr"], exact=True)).to_be_visible()
    expect(page).to_have_url(re.compile(rf"[?&]step={domain.id}(&|$)"))
    drawn(page)


def test_back_and_forward_go_from_step_to_step_at_the_height_where_one_was(open_page):
    page = open_page("/questionnaire", width=360)
    at_step(page, FIRST)
    answer(page, CHECKLIST, FIRST.items[0], "done")
    scroll_to(page, 900)
    tap_way_on(page)
    at_step(page, SECOND)
    at_height(page, 0)
    scroll_to(page, 500)
    tap_way_on(page)
    at_step(page, THIRD)
    page.go_back()
    at_step(page, SECOND)
    at_height(page, 500)
    page.go_back()
    at_step(page, FIRST)
    at_height(page, 900)
    expect(card(page, FIRST.items[0]).get_by_role("radio").first).to_be_checked()
    page.go_forward()
    at_step(page, SECOND)
    at_height(page, 500)


# Set forward by hand, as if the page had been waited for so long.
CLOCK = "window.waited = 0; const now = Date.now; Date.now = () => now() + window.waited"
FRAMES = "() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))"


def is_end(message: str | bytes) -> bool:
    return isinstance(message, bytes) and ForwardMsg.FromString(message).WhichOneof("type") == "script_finished"


def test_a_page_that_is_long_in_coming_has_the_keyboard_and_the_height_of_before_all_the_same(open_page):
    page = open_page("/questionnaire", width=360)
    waiting: list[tuple[WebSocketRoute, str | bytes]] = []
    is_held = is_slow = False

    def carry(line: WebSocketRoute) -> None:
        def come(message: str | bytes) -> None:
            nonlocal is_held
            is_held = is_held or (is_slow and is_end(message))
            waiting.append((line, message)) if is_held else line.send(message)

        server = line.connect_to_server()
        line.on_message(server.send)
        server.on_message(come)

    def come_after_half_a_minute() -> None:
        nonlocal is_held, is_slow
        while not waiting:
            page.evaluate(FRAMES)
        page.evaluate("() => { window.waited += 30_000 }")
        page.evaluate(FRAMES)
        is_held = is_slow = False
        while waiting:
            line, message = waiting.pop(0)
            line.send(message)

    page.add_init_script(CLOCK)
    page.route_web_socket("**/_stcore/stream", carry)
    page.reload()
    at_step(page, FIRST)
    scroll_to(page, 900)
    is_slow = True
    tap_way_on(page)
    come_after_half_a_minute()
    at_step(page, SECOND)
    expect(page.get_by_role("heading", level=2, name=SECOND.title["fr"], exact=True)).to_be_focused()
    is_slow = True
    page.go_back()
    come_after_half_a_minute()
    at_step(page, FIRST)
    at_height(page, 900)


@pytest.mark.soak  # back from a page: test_tab_dossier.py; to a step: the test above
def test_back_from_the_results_leads_to_the_step_one_left(open_page):
    page = open_page("/questionnaire")
    at_step(page, FIRST)
    go_on(page)
    at_step(page, SECOND)
    go(page, "results")
    page.go_back()
    at_step(page, SECOND)


def test_a_reload_leads_to_the_step_and_the_height_where_one_was(open_page):
    page = open_page("/questionnaire", width=360)
    answer(page, CHECKLIST, FIRST.items[0], "done")
    go_on(page)
    at_step(page, SECOND)
    answer(page, CHECKLIST, SECOND.items[1], "to_do")
    scroll_to(page, 700)
    page.reload()
    at_step(page, SECOND)
    expect(card(page, SECOND.items[1]).get_by_role("radio").nth(2)).to_be_checked()
    at_height(page, 700)


def test_an_address_with_a_step_opens_it_and_one_with_a_strange_step_opens_the_first(open_page):
    at_step(open_page(f"/questionnaire?step={THIRD.id}"), THIRD)
    at_step(open_page("/questionnaire?step=nowhere"), FIRST)


def test_a_double_tap_on_the_way_on_leads_one_step_on(open_page):
    page = open_page("/questionnaire", width=360)
    at_step(page, FIRST)
    way_on(page).dblclick(delay=10)
    at_step(page, SECOND)
    page.evaluate("new Promise((then) => requestAnimationFrame(() => requestAnimationFrame(then)))")
    at_step(page, SECOND)
