"""The results and the plan printed from the browser: all of what was read, nothing to tap, no card cut in two."""

from __future__ import annotations

import io

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from devtools.steps import answer, drawn, go
from pensebete.checklist.loading import load, published_path
from pensebete.text.wording import wording
from tests.pdf_reading import squashed

CHECKLIST = load(published_path())
SAY = wording("fr")
DOMAIN = CHECKLIST.domains[0]


@pytest.mark.parametrize("scheme", ["dark", pytest.param("light", marks=pytest.mark.soak)])
def test_results_and_plan_print_what_is_read_and_nothing_to_tap(open_page, scheme):
    page = open_page("/questionnaire", scheme=scheme)
    for item in DOMAIN.items:
        answer(page, CHECKLIST, item, "to_do")
    for name, title in (("results", "results.title"), ("action_plan", "plan.title")):
        go(page, name)
        expect(page.get_by_role("heading", level=1, name=SAY(title))).to_be_visible()
        drawn(page)
        if name == "action_plan":  # what is due later is folded, and drawn last
            for action in DOMAIN.items[-1].actions:
                expect(page.get_by_text(action.text["fr"]).last).to_be_attached()
        text = squashed("".join(one.extract_text() for one in PdfReader(io.BytesIO(page.pdf())).pages))
        for id in (title, "first.title"):
            assert squashed(SAY(id)) in text
        for id in ("frame.menu", "frame.erase", "pages.dossier", "workshop.link", "results.to_plan"):
            assert squashed(SAY(id)) not in text, id
        if name == "action_plan":
            for action in DOMAIN.items[-1].actions:
                assert squashed(action.text["fr"]) in text
    page.emulate_media(media="print")
    backgrounds = page.evaluate(
        "[...document.querySelectorAll('body, [data-testid=stApp]')].map((e) => getComputedStyle(e).backgroundColor)"
    )
    assert set(backgrounds) == {"rgb(255, 255, 255)"}
