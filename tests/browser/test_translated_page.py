"""The browser's own translation wraps every text in <font>: the next step is nonetheless the next step."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from devtools.steps import drawn, progress, way_on
from pensebete.checklist.loading import load, published_path

CHECKLIST = load(published_path())

# As Chromium and Edge do it: a text gives its place to two <font> elements, the inner one with the translation.
TRANSLATE = """() => {
  const walker = document.createTreeWalker(document.querySelector("#root"), NodeFilter.SHOW_TEXT)
  const texts = []
  while (walker.nextNode()) texts.push(walker.currentNode)
  for (const text of texts.filter((text) => text.data.trim() && !text.parentElement.closest("font, pre, style"))) {
    const [outer, inner] = [document.createElement("font"), document.createElement("font")]
    inner.append(`[${text.data}]`)
    outer.append(inner)
    text.parentNode.replaceChild(outer, text)
  }
}"""


def translate(page: Page) -> None:
    drawn(page)
    page.evaluate(TRANSLATE)
    expect(page.locator("font font").first).to_be_attached()


def test_a_translated_page_goes_to_the_next_step_and_leaves_no_heading_of_the_one_before(open_page):
    page = open_page("/questionnaire")
    page.locator(".st-key-ways-on button").first.wait_for()
    for before, after in zip(CHECKLIST.domains[:2], CHECKLIST.domains[1:3], strict=True):
        translate(page)
        way_on(page).click()
        heading = page.locator(".st-key-step-title h2")
        expect(heading).to_have_text(after.title["fr"])
        drawn(page)
        cards = page.locator(".card-title").all_text_contents()
        assert not any(before.items[0].title["fr"] in title for title in cards)
        expect(way_on(page)).not_to_contain_text(after.title["fr"])


def test_an_answer_given_on_a_translated_page_counts(open_page):
    page = open_page("/questionnaire")
    first = CHECKLIST.domains[0]
    page.get_by_role("radio").first.wait_for()
    translate(page)
    page.locator(f".st-key-card-{first.items[0].id}").get_by_role("radio").first.click(force=True)
    expect(progress(page)).to_contain_text("1 sur")
