"""How long the way is from the first page to the plan on a phone: what a tired manager scrolls and reads."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from devtools.steps import answer, drawn, see_answered, way_on
from pensebete.checklist.loading import load, published_path
from pensebete.checklist.status import Status
from pensebete.text.wording import wording

CHECKLIST = load(published_path())
SAY = wording("fr")
MOST_PIXELS, MOST_WORDS, MOST_TAPS = 20_000, 2_500, 44
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
    """What was met on the way: taps counted by the page, heights and words as they stand when one leaves a page."""

    def __init__(self, page: Page) -> None:
        self.page, self.met = page, {}  # type: ignore[var-annotated]

    def leave(self, name: str) -> None:
        drawn(self.page)
        expect(self.page.get_by_test_id("stSkeleton")).to_have_count(0)
        self.met[name] = self.page.evaluate(LENGTH)

    def total(self, what: int) -> int:
        return sum(found[what] for found in self.met.values())


def test_the_way_to_the_plan_is_at_most_20000_pixels_and_2500_words_on_a_phone(open_page, capsys):
    """Everything applying: the profile's first choices that set nothing aside, 26 answers, no note."""
    page = open_page("/", width=360)
    page.set_viewport_size({"width": 360, "height": 640})
    walk = Walk(page)
    answer_the_profile(page)
    walk.leave("start")
    way_on(page).click()
    statuses = iter(STATUSES * 7)
    for domain in CHECKLIST.domains:
        expect(page.get_by_role("heading", level=2, name=domain.title["fr"])).to_be_visible()
        for item in domain.items:
            answer(page, CHECKLIST, item, next(statuses))
        see_answered(page, domain, len(domain.items), len(domain.items))
        walk.leave(domain.id)
        way_on(page).click()
    for name, title in (("check_answers", "check.title"), ("results", "results.title"), ("action_plan", "plan.title")):
        expect(page.get_by_role("heading", level=1, name=SAY(title))).to_be_visible()
        walk.leave(name)
        if name != "action_plan":
            way_on(page).click()
    with capsys.disabled():
        print(f"\n{walk.met}\n{walk.total(0)} px, {walk.total(1)} words")
    assert walk.total(0) <= MOST_PIXELS, walk.met
    assert walk.total(1) <= MOST_WORDS, walk.met


def answer_the_profile(page: Page) -> None:
    choices = {"staff": 2, "remote-posts": 1, "operations": 0}
    for question in CHECKLIST.profile:
        choice = page.locator(f".st-key-profile-{question.id}").locator("button[data-variant]")
        choice.nth(choices.get(question.id, 0)).click()
    drawn(page)
