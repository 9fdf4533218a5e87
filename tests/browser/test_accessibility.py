"""axe on each page and state, in each language, light and dark, on three widths: nothing at all is found.

In `make test` each way is gone once. axe looks at each of its states once where it stands, on a phone or a wide screen,
light or dark, in turn; on both nothing is wider than the screen. Every combination in `make thorough`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import cycle, product

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, expect

from devtools.steps import (
    answer,
    card,
    choose_first,
    drawn,
    go,
    go_on,
    go_to_the_last_domain,
    hand_in,
    no_sideways_scroll,
    press_erase,
    see_answered,
    show_all_domains,
    unfold_later_actions,
)
from pensebete.checklist.loading import load, published_path
from pensebete.checklist.status import STATUSES
from pensebete.text.wording import LANGUAGES, wording
from tests.builders import ROOT

CHECKLIST = load(published_path())
EXAMPLE = ROOT / "docs" / "example-dossier.json"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]

# Does what a visitor does, and says where that leads.
Journey = Callable[[Page, str], Iterator[str]]


def from_nothing_to_half(page: Page, language: str) -> Iterator[str]:
    say, domain = wording(language), CHECKLIST.domains[0]
    for fold in ("start.preface", "resume.title", "start.resources", "frame.not_covered"):
        page.get_by_text(say(fold), exact=True).click()
    hand_in(page.locator("input[type=file]"), {"name": "a.txt", "mimeType": "text/plain", "buffer": b"x"})
    expect(page.get_by_text("a.txt").first).to_be_visible()
    yield "start, unfolded, a file refused"
    go(page, "questionnaire", language)
    choose_first(page, "staff")
    yield "questionnaire, nothing answered"
    asked = [item for item in domain.items if item.applies_when is None]
    for n, item in enumerate(asked):
        answer(page, CHECKLIST, item, STATUSES[n % len(STATUSES)], language)
        see_answered(page, domain, n + 1, len(asked), language)
    first = asked[0]
    card(page, first).locator("summary").first.click()
    drawn(page)
    card(page, first).get_by_text(say("item.note", ref=first.ref), exact=True).click()
    card(page, first).get_by_role("textbox").wait_for()
    page.locator("summary", has_text=CHECKLIST.items[first.id].ref).last.wait_for()
    show_all_domains(page, language)
    yield "questionnaire, half answered, all that folds open"
    go(page, "results", language)
    page.locator(".domain-bars").wait_for()
    drawn(page)
    for fold in page.locator(".st-key-two-columns summary").all():
        fold.click()
    yield "results of a half, all that folds open"
    go(page, "action_plan", language)
    unfold_later_actions(page)
    page.locator("[class*='st-key-action-'] summary").first.click()
    page.get_by_role("textbox", name=say("plan.comment")).wait_for()
    yield "plan of a half, an action open"


def with_a_whole_dossier(page: Page, language: str) -> Iterator[str]:
    say = wording(language)
    go(page, "results", language)
    yield "results of nothing"
    page.keyboard.press("Escape")  # the menu, left open, scrolls away with the page
    go(page, "start", language)
    page.get_by_text(say("resume.title"), exact=True).click()
    hand_in(page.locator("input[type=file]"), EXAMPLE)
    page.get_by_text(say("resume.done", n=24)).wait_for()
    go(page, "questionnaire", language)
    go_to_the_last_domain(page, CHECKLIST, language)
    go_on(page)
    expect(page.get_by_role("heading", level=1)).to_have_text(say("check.title"))
    yield "answers to look over"
    go(page, "action_plan", language)
    page.get_by_text(say("plan.add.title"), exact=True).click()
    page.get_by_label(say("plan.add.text")).wait_for()
    yield "plan, the form for one's own action open"
    go(page, "dossier", language)
    yield "dossier"
    press_erase(page, language)
    page.get_by_role("button", name=say("frame.erase.yes")).wait_for()
    yield "dialog"


JOURNEYS: tuple[Journey, ...] = (from_nothing_to_half, with_a_whole_dossier)
WIDTHS, SCHEMES = (320, 768, 1280), ("light", "dark")
# What a state is looked at in: the width and the scheme, one after the other.
Looks = tuple[tuple[int, str], ...]
IN_TURN: tuple[Looks, ...] = tuple(((320, scheme), (1280, other)) for scheme, other in (SCHEMES, SCHEMES[::-1]))
ONCE_EACH = ((from_nothing_to_half, "fr", IN_TURN), (with_a_whole_dossier, "en", IN_TURN))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "journey" in metafunc.fixturenames:
        every = metafunc.config.getoption("every_combination")
        alone = tuple((look,) for look in product(WIDTHS, SCHEMES))
        chosen = [(*one, (look,)) for one in product(JOURNEYS, LANGUAGES) for look in alone] if every else ONCE_EACH
        named = [
            f"{journey.__name__}-{language}-{turns if every else 'in turn'}" for journey, language, turns in chosen
        ]
        metafunc.parametrize(("journey", "language", "turns"), chosen, ids=named)


# What the mouse has come upon, and all where the scheme has just changed, takes its other colour bit by bit: axe would
# look at one between the two. What is drawn anew becomes pale after a while only, by a transition that stays.
COLOURS_AT_ONCE = """() => {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync("* { transition-property: opacity !important }")
  document.adoptedStyleSheets = [sheet]
}"""


def findings(page: Page) -> list[str]:
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0)  # a field whose script is on its way is none
    drawn(page)  # what is about to be replaced is pale, and axe would say so
    # At its end, nothing of the page lies under the bar of the ways on: half a button under it counts as a small one.
    page.evaluate("document.querySelector('[data-testid=stMain]').scrollTo(0, 1e6)")
    page.evaluate(COLOURS_AT_ONCE)
    options = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate("(options) => axe.run(options)", options)
    assert len(found["passes"]) > 10, "axe looked at nothing"
    return [
        f"{violation['id']} ({violation['impact']}): {node['html'][:200]} {node.get('failureSummary', '')[:300]}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]


def turn(page: Page, width: int) -> None:
    """Turn the screen, which no page is loaded anew for."""
    page.set_viewport_size({"width": width, "height": 800})


def look(page: Page, width: int, scheme: str) -> None:
    """As `turn`, in the light or the dark: the framework draws the whole page anew where that changes."""
    turn(page, width)
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.wait_for_function(
        "scheme => getComputedStyle(document.querySelector('[data-testid=stApp]')).colorScheme === scheme", arg=scheme
    )


def test_axe_finds_nothing_and_no_page_is_wider_than_its_screen(open_page, journey, language, turns):
    width, scheme = turns[0][0]
    page = open_page(f"/?lang={language}", width=width, scheme=scheme, language=language)
    seen = {}
    for n, (state, looks) in enumerate(zip(journey(page, language), cycle(turns), strict=False)):
        for width, _ in looks:
            turn(page, width)
            drawn(page)
            no_sideways_scroll(page)
        where = looks[n // len(turns) % len(looks)]
        look(page, *where)
        if found := findings(page):
            seen[state, where] = found
        turn(page, looks[0][0])  # the way goes on as wide as it began
    assert seen == {}
