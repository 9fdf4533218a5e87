"""Two processes behind nginx: one is killed or told to end, and who was with it goes on with the other."""

from __future__ import annotations

import signal
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from devtools.processes import nginx
from devtools.processes.started import Several, several
from devtools.steps import answer, card, drawn, see_answered
from pensebete.checklist.loading import load, published_path
from pensebete.text.wording import wording
from pensebete.web.server.this_process import PROCESS_COOKIE
from tests.browser.saved import new_database

pytestmark = pytest.mark.skipif(nginx.program() is None, reason="there is no nginx: tools/apt-install nginx-light")

CHECKLIST = load(published_path())
DOMAIN = CHECKLIST.domains[0]
FIRST, SECOND, THIRD = DOMAIN.items[:3]
SAY = wording("fr")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Several]:
    database = new_database(tmp_path_factory.mktemp("saved") / "dossiers.sqlite3")
    with several(2, PENSEBETE_DATABASE_URL=f"sqlite:///{database}") as started:
        yield started


def process_of(page: Page) -> str:
    """Which process the browser is with."""
    return next(str(one["value"]) for one in page.context.cookies() if one["name"] == PROCESS_COOKIE)


def visit_of(page: Page) -> str:
    return str(page.evaluate("JSON.parse(sessionStorage.getItem('pensebete')).visit"))


def goes_on_elsewhere(page: Page, server: Several, how: signal.Signals) -> None:
    """Its process is ended: without a tap the page is with another, and has what it had."""
    before, visit = process_of(page), visit_of(page)
    server.kill(before, how)
    page.wait_for_function("before => JSON.parse(sessionStorage.getItem('pensebete')).visit !== before", arg=visit)
    drawn(page)
    assert process_of(page) != before


def test_a_visit_whose_process_is_killed_goes_on_with_the_other_with_its_answers_and_without_a_tap(open_page, server):
    page = open_page("/questionnaire", width=360, server=server.url, wrongs_expected=True)
    answer(page, CHECKLIST, FIRST, "done")
    see_answered(page, DOMAIN, 1, len(DOMAIN.items))
    goes_on_elsewhere(page, server, signal.SIGKILL)
    expect(card(page, FIRST).get_by_role("radio", name="Fait", exact=True)).to_be_checked()
    answer(page, CHECKLIST, SECOND, "to_do")
    see_answered(page, DOMAIN, 2, len(DOMAIN.items))
    page.close()
