"""An enterprise of the desk from one dossier to the next: folds in a fold, a chart for which no script is fetched."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, expect

from devtools.steps import drawn, no_sideways_scroll
from pensebete.text.wording import wording
from tests.browser.test_accessibility import findings
from tests.browser.test_desk import drop, read
from tests.unit.evaluation.test_cases import CASES


def inside(chart: Locator) -> None:
    """Nothing of the chart is cut, and no words meet others, in the letters that the browser has."""
    wrong = chart.evaluate(
        """chart => {
          const boxes = (of) =>
            [...chart.querySelectorAll(of)].map((one) => [one.textContent, one.getBoundingClientRect()])
          const canvas = chart.getBoundingClientRect(), words = boxes(".over-time-date, .over-time-figure")
          const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
          const out = (box) => box.left < canvas.left - 1 || box.right > canvas.right + 1 ||
            box.top < canvas.top - 1 || box.bottom > canvas.bottom + 1
          return [
            ...boxes("span").filter(([, box]) => out(box)).map(([text]) => `outside: ${text}`),
            ...words.flatMap(([text, box], n) => words.slice(n + 1)
              .filter(([, other]) => meet(box, other)).map(([other]) => `${text} on ${other}`)),
          ]
        }"""
    )
    assert wrong == []


@pytest.mark.parametrize(
    ("language", "width", "scheme"), [("fr", 360, "light"), pytest.param("en", 1280, "dark", marks=pytest.mark.soak)]
)
def test_two_dossiers_are_compared_and_no_script_is_fetched_for_the_chart(open_page, language, width, scheme):
    page, say = open_page(f"/desk?lang={language}", width=width, scheme=scheme), wording(language)
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    drop(page, *((file.name, file.read_bytes()) for file in CASES if "coop-du-fleuve" in file.name))
    read(page, 1, language)
    page.locator("button[data-open]").click()
    fold = page.locator(".st-key-desk-history")
    fold.locator("summary").click()
    expect(fold.get_by_text(say("followup.compare.situation_count", n=12))).to_be_visible()
    table = fold.get_by_role("table", name=say("desk.rounds.table"))
    expect(table.get_by_role("rowheader")).to_have_text(["2026-11-14", "2026-11-25"])
    chart = fold.get_by_role("img", name=say("followup.chart.alt"))
    expect(chart.locator(".over-time-dot")).to_have_count(2)
    inside(chart)
    fold.get_by_text(say("history.situation", n=12)).click()
    expect(fold.locator("li").first).to_be_visible()
    drawn(page)
    assert fetched
    assert not [url for url in fetched if "chart" in url.lower()]
    drawn(page)
    no_sideways_scroll(page)
    assert findings(page) == []
