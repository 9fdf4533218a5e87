"""The whole path in English with the keyboard alone: Tab, arrows, Space, Enter and letters."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from devtools.steps import drawn, no_sideways_scroll, see_answered, way_on
from pensebete.assessment import dossier_file
from pensebete.checklist.loading import load, published_path
from pensebete.text.wording import wording
from tests.browser.test_accessibility import findings

CHECKLIST = load(published_path())
SAY = wording("en")
# As many as it takes to come from one card to the next; all of them by taps in `make thorough`: test_length_of_way.py.
OF_EACH_DOMAIN = 2


def tab_to(page: Page, role: str, name: str, most: int = 120) -> None:
    """Press Tab until the thing of that role and name has the keyboard; it must then be seen to have it."""
    wanted = page.get_by_role(role, name=name, exact=True)  # type: ignore[arg-type]
    drawn(page)
    for _ in range(most):
        page.keyboard.press("Tab")
        if wanted.evaluate_all("found => found.includes(document.activeElement)"):
            expect(wanted.and_(page.locator(":focus"))).to_be_in_viewport()
            return
    pytest.fail(f"{role} {name!r} is not reached with {most} tabs")


@pytest.mark.parametrize("width", [pytest.param(1280, marks=pytest.mark.soak), 360])
def test_the_whole_path_in_english_by_keyboard_alone(open_page, width, tmp_path):
    page = open_page(width=width)
    tab_to(page, "button", "English")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(CHECKLIST.title["en"])
    expect(page.locator("html")).to_have_attribute("lang", "en")
    enter_by(page, way_on(page))
    for domain in CHECKLIST.domains:
        expect(page.get_by_role("heading", level=2, name=domain.title["en"])).to_be_visible()
        drawn(page)  # a new step takes the keyboard to its heading once it is
        for n, item in enumerate(domain.items[:OF_EACH_DOMAIN]):
            group = page.get_by_role("radiogroup", name=item.title["en"])
            _tab_into(page, group)
            page.keyboard.press("ArrowRight")  # from the first answer to the second one
            expect(group.get_by_role("radio").nth(1)).to_be_checked()
            see_answered(page, domain, n + 1, len(domain.items), "en")
        no_sideways_scroll(page)
        drawn(page)
        tab_to(page, "button", way_on(page).inner_text())
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name=SAY("check.title"))).to_be_focused()
    tab_to(page, "button", SAY("questionnaire.to_results"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name=SAY("results.title"))).to_be_visible()
    tab_to(page, "button", SAY("results.to_plan"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name=SAY("plan.title"))).to_be_visible()
    tab_to(page, "textbox", SAY("download.organisation"), most=200)
    page.keyboard.type("River Co-op")
    page.keyboard.press("Tab")
    drawn(page)
    label = page.get_by_role("button", name=SAY("download.pdf")).inner_text()  # its size is said with it
    tab_to(page, "button", label)
    with page.expect_download() as started:
        page.keyboard.press("Enter")
    started.value.save_as(tmp_path / "plan.pdf")
    assessment = dossier_file.read((tmp_path / "plan.pdf").read_bytes(), CHECKLIST)
    assert assessment.organisation == "River Co-op"
    assert assessment.language == "en"
    assert {a.status for a in assessment.answers.values()} == {"in_progress"}
    assert len(assessment.answers) == OF_EACH_DOMAIN * len(CHECKLIST.domains)


def enter_by(page: Page, door: Locator) -> None:
    """Through a door of the first page: its name, and what it asks, are said together."""
    drawn(page)
    tab_to(page, "button", " ".join(door.inner_text().split()))
    page.keyboard.press("Enter")


def test_by_keyboard_the_short_door_leads_to_what_comes_first_and_on_to_the_rest(open_page):
    page = open_page("/?lang=en", width=1280)
    enter_by(page, page.locator(".st-key-doors").get_by_role("button").first)
    expect(page.get_by_role("heading", level=2, name=SAY("questionnaire.essentials"))).to_be_visible()
    drawn(page)
    _tab_into(page, page.get_by_role("radiogroup", name=CHECKLIST.questions["staff"].question["en"]))
    page.keyboard.press("Space")  # nobody is employed: three of the eight do not apply
    expect(page.locator(".st-key-where .progress")).to_contain_text("0 of 5")
    for item in (item for item in CHECKLIST.items.values() if item.id in ("board-position", "cash-weeks")):
        _tab_into(page, page.get_by_role("radiogroup", name=item.title["en"]))
        page.keyboard.press("Space")
    expect(page.locator(".st-key-where .progress")).to_contain_text("2 of 5")
    drawn(page)
    assert findings(page) == []
    tab_to(page, "button", SAY("questionnaire.to_results"))
    page.keyboard.press("Enter")
    expect(page.locator(".st-key-verdict")).to_contain_text("2 of 5")
    drawn(page)
    assert findings(page) == []
    expect(page.get_by_test_id("stMain")).not_to_contain_text("%")
    tab_to(page, "button", SAY("the_rest.answer", n=12))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=2, name=CHECKLIST.domains[0].title["en"])).to_be_visible()
    expect(page.locator(".st-key-card-board-position").get_by_role("radio").first).to_be_checked()


def _tab_into(page: Page, group) -> None:  # type: ignore[no-untyped-def]
    for _ in range(60):
        page.keyboard.press("Tab")
        if group.evaluate("found => found.contains(document.activeElement)"):
            return
    pytest.fail("the answers are not reached by Tab")
