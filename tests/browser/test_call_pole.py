"""Somebody to call, on a phone: the number to tap where it is bad or nobody knew; then what happens after the PDF."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from devtools.server import serving
from devtools.steps import answer, card, drawn, go, no_sideways_scroll
from pensebete.checklist.loading import load, published_path
from pensebete.text.wording import wording
from tests.browser.saved import new_database
from tests.browser.test_accessibility import findings
from tests.browser.test_nothing_moves import tops
from tests.other_checklists import write_with_contact

CHECKLIST = load(published_path())
PHONE, EMAIL = "418-555-1234, poste 12", "bonjour@pole.example"
FIRST, SECOND = CHECKLIST.domains[0].items[:2]


@pytest.fixture(scope="module")
def pole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server whose checklist says whom to call."""
    folder = tmp_path_factory.mktemp("pole")
    database = f"sqlite:///{new_database(folder / 'dossiers.sqlite3')}"
    file = write_with_contact(folder / "checklist.yaml", PHONE, EMAIL)
    with serving(PENSEBETE_CHECKLIST=str(file), PENSEBETE_DATABASE_URL=database) as server:
        yield server.url


@pytest.mark.parametrize(
    ("language", "width", "scheme"),
    [("fr", 360, "dark"), *(pytest.param("en", width, "light", marks=pytest.mark.soak) for width in (360, 1280))],
)
@pytest.mark.soak  # tests/pages/test_call_pole.py, test_what_next.py
def test_from_nobody_knows_to_a_call_and_from_the_pdf_to_what_comes_next(open_page, pole, language, width, scheme):
    """By keyboard, but for the answers."""
    say = wording(language)
    page: Page = open_page(
        f"/questionnaire?lang={language}", server=pole, width=width, scheme=scheme, language=language
    )
    number = "418 555-1234, " + {"fr": "poste 12", "en": "ext. 12"}[language]
    card(page, CHECKLIST.domains[0].items[-1]).get_by_role("radio").first.wait_for()
    drawn(page)
    before = tops(page)
    answer(page, CHECKLIST, FIRST, "unknown", language)
    call = card(page, FIRST).get_by_role("link", name=number)
    expect(call).to_have_attribute("href", "tel:+14185551234;ext=12")
    drawn(page)
    assert tops(page) == before
    box, line = call.bounding_box(), card(page, FIRST).locator(".call-pole p").bounding_box()
    assert box is not None
    assert line is not None
    assert line["height"] >= 44
    assert findings(page) == []
    answer(page, CHECKLIST, FIRST, "to_do", language)
    expect(call).to_have_count(0)
    answer(page, CHECKLIST, SECOND, "unknown", language)

    go(page, "results", language)
    call = page.locator(".st-key-call-pole")
    expect(call.get_by_role("link", name=number)).to_be_visible()
    said = call.locator(".to-say")
    expect(said).to_be_hidden()
    call.locator("summary").press("Enter")
    expect(said).to_be_visible()
    expect(said).to_contain_text(FIRST.title[language])
    expect(said).to_contain_text(SECOND.title[language])
    email = call.get_by_role("link", name=EMAIL).get_attribute("href") or ""
    assert FIRST.title[language] in parse_qs(urlsplit(email).query)["body"][0]
    assert findings(page) == []
    no_sideways_scroll(page)

    # Kept, then taken as a PDF: a tab that opens the saved dossier anew knows what it took of it.
    go(page, "dossier", language)
    page.get_by_role("button", name=say("saved.keep")).press("Enter")
    page.locator(".st-key-new-link code").wait_for()
    go(page, "action_plan", language)
    drawn(page)
    with page.expect_download() as started:
        page.get_by_role("button", name=say("download.pdf")).press("Enter")
    steps = page.locator(".st-key-what-next")
    expect(steps.get_by_role("heading", name=say("next.title"))).to_be_visible()
    expect(steps).to_contain_text(started.value.suggested_filename)
    expect(steps).to_contain_text(say("next.back.saved"))
    steps.locator("summary").first.press("Enter")
    expect(steps.get_by_label(say("message.subject"))).to_have_value(say("next.message.subject"))
    mail = steps.get_by_role("link", name=say("message.email")).get_attribute("href") or ""
    assert mail.startswith(f"mailto:{EMAIL}?subject=")
    drawn(page)
    steps.locator("summary", has_text=say("ideas.share")).press("Enter")
    idea = steps.get_by_role("region", name=say("ideas.share"))
    expect(idea.get_by_label(say("message.subject"))).to_have_value(
        say("ideas.email.subject", title=CHECKLIST.title[language])
    )
    drawn(page)
    assert findings(page) == []
    no_sideways_scroll(page)
    page.reload()
    expect(steps).to_contain_text(started.value.suggested_filename)
