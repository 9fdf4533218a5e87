"""The results as a hand and an eye meet them: what to do first without scrolling, bars as long as their figure."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from devtools.steps import drawn
from pensebete.assessment.model import Answer
from pensebete.checklist.loading import load, published_path
from pensebete.checklist.status import STATUSES
from pensebete.text.wording import wording
from tests.builders import NOW, assess

CHECKLIST = load(published_path())
SAY = wording("fr")
# As it may be after an hour of work: every item answered, one of the essentials and some others open.
ANSWERS = {id: STATUSES[n % 3] for n, id in enumerate(CHECKLIST.items)}


def results_of(open_page, answers: dict[str, str], **seen: object) -> Page:  # type: ignore[no-untyped-def]
    made = assess({id: Answer(status=status) for id, status in answers.items()}, created_at=NOW, updated_at=NOW)
    page: Page = open_page("/results", dossier=made, **seen)
    expect(page.locator(".domain-bars")).to_be_visible()
    drawn(page)
    return page


@dataclass(frozen=True)
class OnAPhone:
    """The results on a phone, which some tests only look at."""

    page: Page
    fetched: list[str]


@pytest.fixture(scope="module")
def phone(open_page_to_share) -> OnAPhone:
    page = results_of(open_page_to_share, ANSWERS, width=360)
    page.set_viewport_size({"width": 360, "height": 640})
    drawn(page)
    return OnAPhone(page, page.evaluate("performance.getEntriesByType('resource').map((one) => one.name)"))


def test_each_bar_is_as_long_as_its_figure(phone):
    drawn_ones = phone.page.evaluate(
        """() => [...document.querySelectorAll('.domain-bars li')].map((line) => {
             const [bar, full] = [line.querySelector('.domain-bar'), line.querySelector('.bar-full')]
             return [line.querySelector('.domain-figure').textContent, 100 * full.offsetWidth / bar.clientWidth]
           })"""
    )
    figures = [(float(words.removesuffix("\u00a0%")), length) for words, length in drawn_ones if words.endswith("%")]
    assert len(figures) == 3
    for figure, length in figures:
        assert length == pytest.approx(figure, abs=1)
    assert len({figure for figure, _ in figures}) > 1


def test_what_to_do_first_is_on_the_first_screen_of_a_phone(phone):
    page = phone.page
    title = page.get_by_role("heading", level=1).bounding_box()
    tap = page.locator("[class*='st-key-ahead-'] button").first.bounding_box()
    bar, top = page.locator(".st-key-ways-on").bounding_box(), page.locator(".st-key-header").bounding_box()
    assert title
    assert tap
    assert bar
    assert top
    room = 640 - bar["height"] - top["height"]
    assert tap["y"] + tap["height"] - title["y"] < room


def test_nothing_heavy_is_fetched_for_the_bars(phone):
    assert phone.fetched
    assert not [url for url in phone.fetched if "chart" in url.lower()]


@pytest.mark.parametrize("width", [360, 1280])
def test_the_results_stand_in_as_many_columns_as_there_is_room_for(phone, width):
    page = phone.page
    page.set_viewport_size({"width": width, "height": 640})
    drawn(page)
    now, why = page.locator(".st-key-results-now").bounding_box(), page.locator(".st-key-results-why").bounding_box()
    assert now
    assert why
    if width == 360:
        assert why["y"] >= now["y"] + now["height"]
    else:
        assert why["x"] >= now["x"] + now["width"]
        assert why["width"] == pytest.approx(now["width"], abs=2)
    page.set_viewport_size({"width": 360, "height": 640})


def test_what_was_tapped_by_mistake_is_taken_back(open_page):
    page = results_of(open_page, ANSWERS, width=360)
    done = page.locator("[class*='st-key-ahead-'] button", has_text="C’est fait").first
    what = page.locator(".first-what").first.inner_text()
    done.click()
    expect(page.locator(".first-what").first).not_to_have_text(what)
    page.get_by_role("button", name=SAY("undo.action_done")).click()
    expect(page.locator(".first-what").first).to_have_text(what)
    expect(page.get_by_text(SAY("undo.action_done.done"))).to_be_visible()


def test_with_text_twice_as_large_nothing_is_cut(open_page):
    page = results_of(open_page, ANSWERS, width=320)
    page.add_style_tag(content="html { font-size: 200% !important; }")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    cut = page.evaluate(
        """() => [...document.querySelectorAll('.readiness p, .domain-name, .domain-figure, .first-what, .first-when')]
             .filter((e) => e.scrollWidth > e.clientWidth + 2 || e.getBoundingClientRect().right > innerWidth + 1)
             .map((e) => e.outerHTML.slice(0, 100))"""
    )
    assert cut == []


def test_the_page_is_short_on_a_phone(phone):
    height = phone.page.evaluate(
        """() => {
             const notices = [...document.querySelectorAll('[data-testid="stAlert"]')]
             const main = document.querySelector('[data-testid="stMain"]')
             return main.scrollHeight - notices.reduce((sum, notice) => sum + Math.ceil(notice.offsetHeight) + 17, 0)
           }"""
    )
    assert height <= 1900
