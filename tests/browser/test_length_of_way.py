"""How long each way is from the first page to the PDF on a phone: what a tired manager taps, scrolls and reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest
from playwright.sync_api import Page, expect

from devtools.steps import answer, choose_door, drawn, progress, see_answered, way_on
from pensebete.assessment.steps import essential_steps, steps
from pensebete.checklist.loading import load, published_path
from pensebete.checklist.model import Item, ProfileQuestion
from pensebete.checklist.status import Status
from pensebete.text.wording import wording
from tests.builders import assess, evaluate

CHECKLIST = load(published_path())
SAY = wording("fr")
STATES = evaluate(CHECKLIST, assess()).item_states
WHOLE = 20_000, 2_500, 45  # pixels, words, taps at the most
SHORT = 9_500, 1_250, 16
CHOICES = {"staff": 2, "remote-posts": 1}  # of the others, the first; none sets anything aside
AFTER = (("results", "results.title"), ("action_plan", "plan.title"))
STATUSES: tuple[Status, ...] = ("done", "in_progress", "to_do", "unknown")

# Pixels from top to bottom; words that are seen: neither folded, nor there for ears alone.
LENGTH = """() => {
  const main = document.querySelector('[data-testid="stMain"]')
  const texts = document.createTreeWalker(main, NodeFilter.SHOW_TEXT)
  let words = 0
  while (texts.nextNode()) {
    const holder = texts.currentNode.parentElement
    if (!holder.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue
    let seen = true
    for (let e = holder; e !== main; e = e.parentElement) seen &&= e.offsetWidth !== 1 && e.offsetHeight !== 1
    if (seen) words += texts.currentNode.data.split(/\\s+/).filter((word) => /[\\p{L}\\p{N}]/u.test(word)).length
  }
  return [main.scrollHeight, words]
}"""


class Walk:
    """What was met on the way: taps, and heights and words as they stand when one leaves a page."""

    def __init__(self, page: Page) -> None:
        self.page, self.met, self.taps = page, {}, 0  # type: ignore[var-annotated]

    def leave(self, name: str) -> None:
        drawn(self.page)
        expect(self.page.get_by_test_id("stSkeleton")).to_have_count(0)
        self.met[name] = self.page.evaluate(LENGTH)

    def choose(self, questions: Iterable[ProfileQuestion]) -> None:
        for question in questions:
            choice = self.page.locator(f".st-key-profile-{question.id}").locator("button[data-variant]")
            drawn(self.page)
            choice.nth(CHOICES.get(question.id, 0)).click()
            self.taps += 1
        drawn(self.page)

    def answer(self, items: Iterable[Item], statuses: Iterator[Status]) -> None:
        for item in items:
            answer(self.page, CHECKLIST, item, next(statuses))
            self.taps += 1

    def go_on(self) -> None:
        way_on(self.page).click()
        self.taps += 1

    def to_the_pdf(self, *pages: tuple[str, str]) -> None:
        """Over these pages, each by its name and title, to the file."""
        for name, title in pages:
            expect(self.page.get_by_role("heading", level=1, name=SAY(title))).to_be_visible()
            self.leave(name)
            if name != "action_plan":
                self.go_on()
        with self.page.expect_download():
            self.go_on()  # the last tap: the bar of the plan makes the PDF

    def total(self, what: int) -> int:
        return sum(found[what] for found in self.met.values())

    def within(self, pixels: int, words: int, taps: int) -> None:
        print(f"\n{self.met}\n{self.total(0)} px, {self.total(1)} words, {self.taps} taps")
        assert self.total(0) <= pixels, self.met
        assert self.total(1) <= words, self.met
        assert self.taps <= taps


@pytest.fixture
def walk(open_page) -> Walk:
    page = open_page("/", width=360)
    page.set_viewport_size({"width": 360, "height": 640})
    return Walk(page)


@pytest.mark.soak  # the short way, below, is measured over the same cards and pages
def test_the_way_through_everything_is_at_most_20000_pixels_and_2500_words_on_a_phone(walk):
    """Everything applying: the profile's first choices that set nothing aside, 26 answers, no note."""
    walk.leave("start")
    choose_door(walk.page)
    walk.taps += 1
    asked = {step.id: step.questions for step in steps(CHECKLIST, STATES)}
    statuses = iter(STATUSES * 7)
    for domain in CHECKLIST.domains:
        expect(walk.page.get_by_role("heading", level=2, name=domain.title["fr"])).to_be_visible()
        walk.choose(asked[domain.id])
        walk.answer(domain.items, statuses)
        see_answered(walk.page, domain, len(domain.items), len(domain.items))
        walk.leave(domain.id)
        walk.go_on()
    walk.to_the_pdf(("check_answers", "check.title"), *AFTER)
    walk.within(*WHOLE)


def test_the_short_way_is_less_than_half_of_that(walk):
    """All eight essentials applying, the four questions that decide it, no note."""
    walk.leave("start")
    choose_door(walk.page, short=True)
    walk.taps += 1
    (step,) = essential_steps(CHECKLIST, STATES)
    walk.choose(step.questions)
    walk.answer((state.item for state in step.item_states), iter(STATUSES * 2))
    expect(progress(walk.page)).to_contain_text("8 sur 8")
    walk.leave("essentials")
    walk.go_on()
    walk.to_the_pdf(*AFTER)
    walk.within(*SHORT)
