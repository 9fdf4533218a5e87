"""An enterprise of the desk from one dossier to the next: folds in a fold, a chart fetched for whoever asks for it."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from devtools.steps import drawn, no_sideways_scroll
from pensebete.text.wording import wording
from tests.browser.test_accessibility import findings
from tests.browser.test_desk import drop, read
from tests.unit.evaluation.test_cases import CASES


@pytest.mark.parametrize(
    ("language", "width", "scheme"), [("fr", 360, "light"), pytest.param("en", 1280, "dark", marks=pytest.mark.soak)]
)
def test_two_dossiers_are_compared_and_the_chart_comes_with_its_fold(open_page, language, width, scheme):
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
    drawn(page)
    assert not [url for url in fetched if "plotly" in url.lower()]
    fold.get_by_text(say("history.situation", n=12)).click()
    expect(fold.locator("li").first).to_be_visible()
    drawn(page)
    fold.get_by_text(say("desk.rounds.chart")).click()
    expect(fold.locator(".js-plotly-plot .point").first).to_be_visible()
    drawn(page)
    no_sideways_scroll(page)
    assert findings(page) == []
