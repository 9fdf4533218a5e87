"""axe on each page and state: nothing serious or critical."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from pensebete.checklist import STATUSES
from pensebete.checklist_file import load, published_path
from pensebete.i18n import wording
from tests.browser.steps import answer, card, go, no_sideways_scroll, see_answered

CHECKLIST = load(published_path())


def grave_findings(page: Page) -> list[str]:
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response
    assert len(found["passes"]) > 10, "axe looked at nothing"
    return [
        f"{violation['id']} ({violation['impact']}): {node['html'][:200]} {node.get('failureSummary', '')[:300]}"
        for violation in found["violations"]
        if violation["impact"] in ("serious", "critical")
        for node in violation["nodes"]
    ]


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (360, "dark"), (320, "light")])
@pytest.mark.parametrize("path", ["/", "/questionnaire", "/results", "/action_plan", "/dossier"])
def test_each_page_with_nothing_answered(open_page, path, width, scheme):
    page = open_page(path, width=width, scheme=scheme)
    assert grave_findings(page) == []
    no_sideways_scroll(page)


@pytest.mark.parametrize(("width", "scheme"), [(1280, "dark"), (360, "light")])
def test_each_page_with_answers_and_all_that_folds_open(open_page, width, scheme):
    page, say, domain = open_page(width=width, scheme=scheme), wording("fr"), CHECKLIST.domains[0]
    page.get_by_role("radio", name="Aucune", exact=True).click()
    for fold in (say("start.preface"), say("resume.title"), say("start.resources"), say("frame.not_covered")):
        page.get_by_text(fold, exact=True).click()
    assert grave_findings(page) == []
    page.get_by_role("radio", name="De 1 à 9 personnes", exact=True).click()
    go(page, "questionnaire")
    for n, item in enumerate(domain.items):
        answer(page, CHECKLIST, item, STATUSES[n % len(STATUSES)])
        see_answered(page, domain, n + 1, len(domain.items))
    for item in domain.items:
        card(page, item).get_by_text(say("item.help", ref=item.ref), exact=True).click()
        card(page, item).get_by_text(say("item.note", ref=item.ref), exact=True).click()
    assert grave_findings(page) == []
    go(page, "results")
    assert grave_findings(page) == []
    go(page, "action_plan")
    first = page.locator("[class*='st-key-action-']").first
    first.locator("summary").click()
    first.get_by_role("textbox", name=say("plan.comment")).wait_for()
    page.get_by_text(say("plan.add.title"), exact=True).click()
    assert grave_findings(page) == []
    page.get_by_role("button", name=say("frame.erase"), exact=True).click()
    page.get_by_role("button", name=say("frame.erase.yes")).wait_for()
    assert grave_findings(page) == []
