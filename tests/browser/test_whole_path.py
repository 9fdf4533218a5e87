"""From the first page to the PDF in hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Download, Page, expect

from devtools.steps import (
    answer,
    card,
    choose_door,
    drawn,
    give_reason,
    go,
    no_sideways_scroll,
    open_action,
    see_answered,
    way_on,
    write_note,
)
from pensebete.assessment import dossier_file
from pensebete.assessment.model import Assessment
from pensebete.checklist.loading import load, published_path
from pensebete.checklist.status import STATUSES
from pensebete.text.wording import wording
from tests.builders import evaluate
from tests.pdf_reading import body, squashed

CHECKLIST = load(published_path())


def download(page: Page, label: str) -> Download:
    with page.expect_download() as started:
        page.get_by_role("button", name=label).click()
    return started.value


# All 26 are answered by taps where the length of the way is measured, in `make thorough`.
@pytest.mark.parametrize(
    ("width", "of_each_domain"),
    [(360, 1), pytest.param(360, None, marks=pytest.mark.soak), pytest.param(1280, None, marks=pytest.mark.soak)],
)
def test_in_french_by_mouse_from_the_start_to_the_pdf(open_page, width, of_each_domain, tmp_path):
    page, say = open_page(width=width), wording("fr")
    given = {
        item.id: STATUSES[(n + place) % len(STATUSES)]
        for place, domain in enumerate(CHECKLIST.domains)
        for n, item in enumerate(domain.items[:of_each_domain])
    }
    no_sideways_scroll(page)
    choose_door(page)
    page.get_by_role("radio", name="De 10 à 49 personnes").click()
    drawn(page)

    notes = {}
    for place, domain in enumerate(CHECKLIST.domains):
        expect(page.get_by_role("heading", level=2, name=domain.title["fr"])).to_be_in_viewport()
        for n, item in enumerate(domain.items[:of_each_domain]):
            answer(page, CHECKLIST, item, given[item.id])
            if given[item.id] == "not_applicable":
                give_reason(page, item, "Rien de tel chez nous")
            see_answered(page, domain, n + 1, len(domain.items))
        first = domain.items[0]
        notes[first.id] = f"Note de {first.ref} : « l’œuvre » à 12 345,60 $ <b>*pas gras*</b> {{nb}} 100 % — №{place}"
        write_note(page, first, notes[first.id])
        no_sideways_scroll(page)
        way_on(page).click()

    expect(page.get_by_role("heading", level=1, name=say("check.title"))).to_be_visible()
    no_sideways_scroll(page)
    page.get_by_role("button", name=say("questionnaire.to_results")).click()
    expect(page.get_by_role("heading", level=1, name=say("results.title"))).to_be_visible()
    no_sideways_scroll(page)
    expect(page.locator(".st-key-by-domain")).to_contain_text(wording("fr")("readiness.essentials", 0, of=0)[:10])
    drawn(page)
    verdict = page.locator(".st-key-verdict").inner_text()
    go(page, "action_plan")
    no_sideways_scroll(page)
    page.get_by_label(say("download.organisation")).fill("Coop du Fleuve")
    page.get_by_label(say("download.prepared_by")).fill("direction générale")
    page.get_by_label(say("download.prepared_by")).blur()

    file = tmp_path / "plan.pdf"
    download(page, say("download.pdf")).save_as(file)
    assessment = dossier_file.read(file.read_bytes(), CHECKLIST)
    assert assessment.organisation == "Coop du Fleuve"
    assert {id: a.status for id, a in assessment.answers.items()} == given
    assert set(given.values()) == set(STATUSES)
    assert {id: a.note for id, a in assessment.answers.items() if a.note} == notes
    _says_what_the_screen_says(file, assessment, verdict)


def _says_what_the_screen_says(file: Path, assessment: Assessment, verdict: str) -> None:
    text, say = body(file.read_bytes(), CHECKLIST.contact.name["fr"]), wording("fr")
    overall = evaluate(CHECKLIST, assessment).readiness.overall
    assert overall.rounded is not None
    assert say.percent(overall.rounded) in verdict
    assert squashed(say.percent(overall.rounded)) in text
    for item in CHECKLIST.items.values():
        assert squashed(item.title["fr"]) in text
    for answered in assessment.answers.values():
        assert answered.status is not None
        assert squashed(CHECKLIST.statuses[answered.status].label["fr"]) in text
        assert squashed(answered.note) in text


def test_what_is_typed_and_downloaded_at_once_is_in_the_file(open_page, tmp_path):
    page, say = open_page("/action_plan"), wording("fr")
    page.get_by_label(say("download.organisation")).fill("Tapé à l’instant")
    file = tmp_path / "dossier.json"
    download(page, say("download.dossier")).save_as(file)
    assert dossier_file.read(file.read_bytes(), CHECKLIST).organisation == "Tapé à l’instant"


@pytest.mark.soak  # test_action_plan.py types a lead, tests/pages/test_action_plan.py all of the form
def test_an_action_gets_another_owner_date_and_comment(open_page, tmp_path):
    page, say = open_page("/questionnaire"), wording("fr")
    item = CHECKLIST.domains[0].items[0]
    answer(page, CHECKLIST, item, "to_do")
    see_answered(page, CHECKLIST.domains[0], 1, len(CHECKLIST.domains[0].items))
    go(page, "action_plan")
    action = open_action(page, item.id, item.actions[0].id)
    action.get_by_role("textbox", name=say("plan.comment")).fill("avec la présidence")
    action.get_by_role("textbox", name=say("plan.comment")).blur()
    action.get_by_role("textbox", name=say("plan.owner.other")).fill("Madame Tremblay")
    action.get_by_role("textbox", name=say("plan.comment")).click()
    expect(action).to_contain_text(f"{item.ref} · Madame Tremblay")
    expect(action).to_contain_text("avec la présidence")
    file = tmp_path / "dossier.json"
    download(page, say("download.dossier")).save_as(file)
    planned = dossier_file.read(file.read_bytes(), CHECKLIST).planned(item.id, item.actions[0].id)
    assert (planned.owner, planned.comment) == ("Madame Tremblay", "avec la présidence")


@pytest.mark.soak  # each of them is where other tests begin
@pytest.mark.parametrize("path", ["/questionnaire", "/results", "/action_plan"])
def test_a_visit_may_begin_at_any_page(open_page, path):
    page = open_page(path)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page).to_have_title(title_of(path))


def title_of(path: str) -> str:
    return f"{wording('fr')('pages.' + path[1:])} – Pense-bête"


def test_after_the_next_domain_the_screen_begins_at_its_top_with_the_keyboard_there(open_page):
    page = open_page("/questionnaire", width=360)
    way_on(page).click()
    heading = page.get_by_role("heading", level=2, name=CHECKLIST.domains[1].title["fr"])
    expect(heading).to_be_in_viewport()
    expect(heading).to_be_focused()


def test_an_answer_leaves_the_keyboard_where_it_was(open_page):
    page = open_page("/questionnaire")
    item = CHECKLIST.domains[0].items[1]
    answer(page, CHECKLIST, item, "done")
    see_answered(page, CHECKLIST.domains[0], 1, len(CHECKLIST.domains[0].items))
    expect(card(page, item).get_by_role("radio", name="Fait", exact=True)).to_be_focused()
