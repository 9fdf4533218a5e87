"""Text twice as large, and a phone on its side."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from devtools.steps import answer, drawn, no_sideways_scroll
from pensebete.checklist.loading import load, published_path

CHECKLIST = load(published_path())
DOMAIN = CHECKLIST.domains[0]
SELDOM = [pytest.param(name, marks=pytest.mark.soak) for name in ("check_answers", "results", "dossier", "")]
PAGES = ("questionnaire", "action_plan", *SELDOM)

# What is to be tapped and whose words are cut, or broken inside a word.
BROKEN = """() => {
  const words = [...document.querySelectorAll("button p, summary p, [data-testid=stPageLink] p")]
  const range = document.createRange()
  const broken = (p) => {
    const text = document.createTreeWalker(p, NodeFilter.SHOW_TEXT)
    while (text.nextNode())
      for (const word of text.currentNode.data.matchAll(/[\\p{L}\\p{N}]+/gu)) {
        if (word[0].length > 10) continue // may be hyphenated
        range.setStart(text.currentNode, word.index)
        range.setEnd(text.currentNode, word.index + word[0].length)
        if (new Set([...range.getClientRects()].map((r) => Math.round(r.top))).size > 1) return true
      }
    return false
  }
  return words.filter((p) => p.checkVisibility({ visibilityProperty: true }) && p.offsetWidth > 1)
    .filter((p) => p.scrollWidth > p.clientWidth + 1 || p.getBoundingClientRect().right > innerWidth || broken(p))
    .map((p) => p.textContent)
}"""


@pytest.mark.parametrize("name", PAGES)
def test_with_text_twice_as_large_nothing_is_cut_on_a_phone(open_page, name):
    page = open_page("/questionnaire", width=360)
    answer(page, CHECKLIST, DOMAIN.items[0], "to_do")
    answer(page, CHECKLIST, DOMAIN.items[1], "not_applicable")
    drawn(page)
    if name != "questionnaire":
        page.goto(page.url.split("/questionnaire")[0] + f"/{name}")
        page.locator("h1").first.wait_for()
        drawn(page)
    page.add_style_tag(content="html { font-size: 200% !important }")
    page.locator(".st-key-footer").wait_for()
    no_sideways_scroll(page)
    assert page.evaluate(BROKEN) == []


def test_on_a_phone_on_its_side_the_first_question_and_an_answer_are_on_the_first_screen(open_page):
    page = open_page("/questionnaire", width=640)
    page.set_viewport_size({"width": 640, "height": 360})
    first = page.locator("[class*='st-key-profile-']").first  # what is asked of the enterprise
    expect(first.locator("p").first).to_be_in_viewport(ratio=1)
    expect(first.locator("button[data-variant]").first).to_be_in_viewport(ratio=1)
