"""What stands in the page until the app has come takes taps at once; they are done once the app stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Literal

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page, Route, expect

from devtools.steps import card, drawn
from pensebete.checklist.loading import load, published_path
from pensebete.text.wording import LANGUAGES, wording
from pensebete.web.server.known_files import FIRST
from tests.browser.conftest import A_WHILE
from tests.browser.test_accessibility import TAGS
from tests.browser.test_nothing_moves import SHIFTS

CHECKLIST = load(published_path())
SAY = wording("fr")
ITEMS = next(domain for domain in CHECKLIST.domains if domain.id == "liquidity").items
FRAMEWORK = f"**/{FIRST}"  # without it nothing of the app comes


# Where each control stands that is seen, and where the app’s own does; a chosen one may be wider by its sign.
PLACES = """() => [...document.querySelectorAll("#early [data-own]")]
  .filter((one) => one.checkVisibility({ visibilityProperty: true }))
  .map((one) => {
    const { left, top } = (one.closest("label") ?? one).getBoundingClientRect()
    return { own: one.dataset.own, nth: Number(one.dataset.nth ?? 0), left, top }
  })"""
MOVED = """(places) => places.map(({ own, nth, left, top }) => {
  const one = document.querySelectorAll(own)[nth]
  const now = (one?.closest("label") ?? one)?.getBoundingClientRect()
  return [own, nth, now && Math.round(now.left - left), now && Math.round(now.top - top)]
}).filter(([, , right, down]) => !(Math.abs(right) < 4 && Math.abs(down) < 2))"""


@contextmanager
def page_before_the_app(
    browser: Browser, address: str, scheme: Literal["light", "dark"] = "light"
) -> Iterator[tuple[Page, Callable[[], None]]]:
    """A page for which the framework's script is held back, and what lets it come."""
    context = browser.new_context(viewport={"width": 360, "height": 640}, locale="fr-CA", color_scheme=scheme)
    context.set_default_timeout(A_WHILE)
    context.add_init_script(SHIFTS)
    page, held = context.new_page(), list[Route]()
    page.route(FRAMEWORK, lambda route: held.append(route))
    page.goto(address, wait_until="commit")
    page.locator("#early").wait_for()

    def release() -> None:
        for route in held:
            route.continue_()
        drawn(page)

    yield page, release
    context.close()


def no_fault(page: Page) -> None:
    page.evaluate(AXE_SCRIPT)
    found = page.evaluate("tags => axe.run({runOnly: {type: 'tag', values: tags}})", TAGS)
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found["violations"]] == []


def moved(page: Page) -> float:
    return float(page.evaluate("window.shifts.reduce((sum, [value]) => sum + value, 0)"))


def test_a_door_tapped_before_the_scripts_have_come_is_seen_as_taken_and_leads_once_the_app_stands(browser, address):
    with page_before_the_app(browser, address) as (page, release):
        expect(page.get_by_role("heading", level=1)).to_have_text(CHECKLIST.title["fr"])
        doors, places = page.locator(".early-doors").get_by_role("button"), page.evaluate(PLACES)
        assert len(places) >= 7
        doors.last.click()
        doors.first.click()  # the last word counts
        expect(doors.first).to_have_attribute("aria-pressed", "true", timeout=1000)
        expect(doors.last).to_have_attribute("aria-pressed", "false")
        expect(page.get_by_role("status")).to_have_text(SAY("loading.taken"))
        no_fault(page)
        assert page.url == f"{address}/"
        release()
        assert page.url == f"{address}/questionnaire?step=essentials.first"
        expect(page.get_by_role("heading", level=1)).to_be_focused()
        expect(page.get_by_role("heading", level=2)).to_have_text(SAY("questionnaire.essentials"))
        assert moved(page) < 0.1
        page.go_back()
        expect(page.locator(".st-key-doors")).to_be_visible()
        drawn(page)
        assert page.evaluate(MOVED, places) == []


def test_answers_given_by_keyboard_before_the_scripts_have_come_are_those_of_the_app_and_the_keyboard_stays(
    browser, address
):
    with page_before_the_app(browser, f"{address}/questionnaire?step=liquidity", "dark") as (page, release):
        no_fault(page)
        page.locator(".early-question").first.get_by_role("radio", name="Oui").press("Enter")
        first, second = (page.get_by_role("radiogroup", name=item.title["fr"]) for item in ITEMS[:2])
        first.get_by_role("radio", name="Fait").press("Space")
        first.get_by_role("radio", name="Fait").press("ArrowDown")
        second.get_by_role("radio", name="À faire").press("Space")
        places = page.evaluate(PLACES)
        assert len(places) > 50
        release()
        assert page.evaluate(MOVED, places) == []
        expect(card(page, ITEMS[0]).get_by_role("radio", name="En cours", exact=True)).to_be_checked()
        expect(card(page, ITEMS[1]).get_by_role("radio", name="À faire", exact=True)).to_be_checked()
        expect(card(page, ITEMS[1]).get_by_role("radio", name="À faire", exact=True)).to_be_focused()
        question = page.locator("[class*='st-key-profile-']").first
        expect(question.get_by_role("radio", name="Oui")).to_be_checked()
        kept = page.evaluate("JSON.parse(JSON.parse(sessionStorage.getItem('pensebete')).dossier)")
        assert {id: one["status"] for id, one in kept["answers"].items()} == {
            ITEMS[0].id: "in_progress",
            ITEMS[1].id: "to_do",
        }
        assert len(kept["profile"]) == 1
        # Who has said something comes back: the page waits for the dossier, and shows no empty one.
        page.route(FRAMEWORK, lambda route: route.abort())
        page.reload()
        expect(page.get_by_text(SAY("loading.wait"))).to_be_visible()
        expect(page.locator("#early")).to_have_count(0)


def test_where_the_scripts_do_not_come_both_languages_say_what_to_do(browser, address):
    with page_before_the_app(browser, address) as (page, _):
        advice = page.locator(".early-advice")
        expect(advice).to_be_hidden()
        page.route(FRAMEWORK, lambda route: route.abort())
        page.reload()
        for language in LANGUAGES:
            say = wording(language)
            said = advice.locator(f"[lang={language}]")
            expect(said).to_contain_text(say("loading.not_coming"))
            expect(said.get_by_role("link", name=say("loading.again"))).to_be_visible()
        no_fault(page)
