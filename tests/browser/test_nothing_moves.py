"""On a slow line nothing moves under a thumb: not as a page comes, not when an answer is given."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from devtools.steps import answer, card, drawn, give_reason
from pensebete.checklist.loading import load, published_path
from pensebete.checklist.model import Item
from pensebete.checklist.status import STATUSES
from pensebete.text.wording import wording

CHECKLIST = load(published_path())
SAY = wording("fr")
DOMAIN = CHECKLIST.domains[0]

# What moved that nobody had just tapped, as browsers count it.
SHIFTS = """
window.shifts = []
new PerformanceObserver((list) => {
  for (const one of list.getEntries())
    window.shifts.push([one.value, one.sources.map((s) => s.node?.className ?? s.node?.nodeName)])
}).observe({ type: "layout-shift", buffered: true })
"""


def slow_line(page: Page) -> None:
    """1.6 Mbit/s, 150 ms to the server and back."""
    page.context.new_cdp_session(page).send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 94_000},
    )


SELDOM = [
    pytest.param(path, marks=pytest.mark.soak)
    for path in ("/", "/check_answers", "/results", "/action_plan", "/dossier")
]


@pytest.mark.parametrize("path", ["/questionnaire", *SELDOM])
def test_a_page_comes_without_moving_what_is_read(browser, address, path):
    context = browser.new_context(viewport={"width": 360, "height": 640}, locale="fr-CA")
    context.add_init_script(SHIFTS)
    page = context.new_page()
    slow_line(page)
    page.goto(address + path)
    page.locator(".st-key-footer summary").wait_for()
    drawn(page)
    shifts = page.evaluate("window.shifts")
    context.close()
    assert sum(value for value, _ in shifts) < 0.1, shifts


def tops(page: Page) -> list[float]:
    found: list[float] = page.evaluate(
        """() => {
          const cards = [...document.querySelectorAll('[class*="st-key-card-"]')]
          const from = document.querySelector(".st-key-step").getBoundingClientRect().top
          return cards.flatMap((card) => [card, ...card.querySelectorAll("label:has(input[type=radio]), summary")])
            .map((e) => Math.round(e.getBoundingClientRect().top - from))
        }"""
    )
    return found


@pytest.mark.parametrize("width", [360, pytest.param(1280, marks=pytest.mark.soak)])
def test_no_card_moves_when_an_answer_is_given_changed_or_taken_back(open_page, width):
    page, item = open_page("/questionnaire", width=width), DOMAIN.items[1]
    card(page, DOMAIN.items[-1]).get_by_role("radio").first.wait_for()
    drawn(page)
    before = tops(page)
    for status in STATUSES:
        answer(page, CHECKLIST, item, status)
        drawn(page)
        assert tops(page) == before, status
    give_reason(page, item, "Rien de tel chez nous")
    drawn(page)
    assert tops(page) == before
    page.get_by_role("button", name=SAY("item.take_back", ref=item.ref), exact=True).click()
    expect(card(page, item).get_by_role("radio", checked=True)).to_have_count(0)
    drawn(page)
    assert tops(page) == before


def test_on_a_slow_line_the_answer_tapped_on_the_next_card_is_the_one_taken(open_page):
    """By the places where the two stood when the thumb set out, half a second after each other."""
    page = open_page("/questionnaire", width=360)
    page.set_viewport_size({"width": 360, "height": 1800})  # below what is asked of the enterprise
    first, second = DOMAIN.items[:2]
    done, under_way = answer_of(page, first, "Fait"), answer_of(page, second, "En cours")
    done.wait_for()
    drawn(page)
    slow_line(page)
    places = [one.bounding_box() for one in (done, under_way)]
    for place in places:
        assert place is not None
        page.mouse.click(place["x"] + 40, place["y"] + place["height"] / 2)
        page.evaluate("new Promise((then) => setTimeout(then, 500))")
    expect(card(page, first).get_by_role("radio", name="Fait", exact=True)).to_be_checked()
    expect(card(page, second).get_by_role("radio", name="En cours", exact=True)).to_be_checked()


def answer_of(page: Page, item: Item, label: str) -> Locator:
    return card(page, item).locator("label:has(input)", has_text=label)


def test_what_an_answer_asks_for_is_read_before_it_is_tapped(open_page):
    page = open_page("/questionnaire", width=360)
    for item in DOMAIN.items:
        expect(card(page, item)).to_contain_text(item.criteria["done"]["fr"])
        expect(card(page, item).get_by_role("radio", name="Fait", exact=True)).to_have_accessible_description(
            item.criteria["done"]["fr"]
        )


def test_the_first_answer_of_the_first_question_is_on_the_first_screen_of_a_phone(open_page):
    page = open_page("/questionnaire", width=360)
    page.set_viewport_size({"width": 360, "height": 640})
    # What is asked first is what the enterprise is.
    first = page.locator("[class*='st-key-profile-'] button[data-variant]").first
    expect(first).to_be_in_viewport(ratio=1)
    bar, label = page.locator(".st-key-ways-on").bounding_box(), first.bounding_box()
    assert bar is not None
    assert label is not None
    assert label["y"] + label["height"] <= bar["y"]
