"""The checklist's file edited under a running server; and another checklist altogether, in a language of its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from devtools.server import serving
from devtools.steps import answer, card, go, press_erase, see_answered, way_on
from devtools.steps import progress as progress_of
from pensebete.checklist.loading import load
from pensebete.text.wording import wording
from tests.builders import SHIPPED
from tests.other_checklists import CYBER

SAY = wording("fr")


@pytest.fixture
def file(tmp_path) -> Path:
    found = tmp_path / "checklist.yaml"
    found.write_bytes(SHIPPED.read_bytes())
    return found


@pytest.mark.soak  # tests/pages/test_reload.py edits the file under visits too
def test_an_edited_checklist_reaches_new_visits_and_is_offered_to_those_under_way(open_page, file):
    checklist = load(file)
    item, domain = checklist.items["board-position"], checklist.domains[0]
    with serving(PENSEBETE_CHECKLIST=str(file)) as server:
        page = open_page("/questionnaire", server=server.url)
        answer(page, checklist, item, "done")
        see_answered(page, domain, 1, len(domain.items))
        text = file.read_text(encoding="utf-8").replace(f'"{checklist.version}"', '"next"')
        file.write_text(
            text.replace("Réunir le conseil d’administration (CA)", "Réunir le CA sans tarder", 1), encoding="utf-8"
        )
        new = open_page("/questionnaire", server=server.url)
        expect(card(new, item)).to_contain_text("Réunir le CA sans tarder")
        # The one under way goes on answering, is told on its next screen, and moves when it likes.
        answer(page, checklist, checklist.items["community-roots"], "to_do")
        see_answered(page, domain, 2, len(domain.items))
        file.write_text("title: 'open", encoding="utf-8")
        go(page, "results")
        expect(page.get_by_text(SAY("reload.newer", version="next"))).to_be_visible()
        go(page, "questionnaire")
        expect(card(page, item)).to_contain_text(item.title["fr"])
        page.get_by_role("button", name=SAY("reload.take")).click()
        expect(card(page, item)).to_contain_text("Réunir le CA sans tarder")
        expect(card(page, item)).to_contain_text(SAY("followup.confirm.reworded"))
        see_answered(page, domain, 2, len(domain.items))
        # Erased, a visit begins with the version that is served.
        press_erase(page)
        page.get_by_role("button", name=SAY("frame.erase.yes")).click()
        expect(page.get_by_text(SAY("frame.erased"))).to_be_visible()
        new.close()
        page.close()  # before the server stops, which a page left open would call an error


@pytest.mark.soak  # tests/pages/test_other_checklists.py walks the same way
def test_another_checklist_is_answered_in_its_own_language_down_to_the_pdf(open_page):
    checklist = load(CYBER)
    with serving(PENSEBETE_CHECKLIST=str(CYBER)) as server:
        page = open_page("/", server=server.url)
        expect(page.get_by_role("heading", level=1)).to_have_text("Cyberattaque")
        page.get_by_role("button", name="Polski").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Cyberatak")
        expect(page.locator("html")).to_have_attribute("lang", "pl")
        go(page, "questionnaire")
        for domain in checklist.domains:
            expect(page.get_by_role("heading", level=2, name=domain.title["pl"])).to_be_visible()
            for n, item in enumerate(domain.items, 1):
                answer(page, checklist, item, "to_do", "pl")
                progress = SAY("questionnaire.progress.step", n, step=domain.title["pl"], of=len(domain.items))
                expect(progress_of(page)).to_contain_text(progress)
            way_on(page).click()
        page.get_by_role("button", name=SAY("questionnaire.to_results")).click()
        expect(page.locator(".st-key-verdict")).to_contain_text("Otwarte drzwi")
        go(page, "action_plan")
        with page.expect_download() as started:
            page.get_by_role("button", name=SAY("download.pdf")).click()
        assert Path(started.value.path()).read_bytes().startswith(b"%PDF-")
        page.close()  # before the server stops, which a page left open would call an error
