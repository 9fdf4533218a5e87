"""The primary of the database dies under an open page, and its standby takes its place: nobody touches the page."""

from __future__ import annotations

from contextlib import closing

import pytest
from playwright.sync_api import expect

from devtools.server import serving
from devtools.standby import primary_and_standby
from devtools.steps import answer, card
from pensebete.checklist.loading import load, published_path
from pensebete.storage.dossiers import open_link
from pensebete.storage.engine import open_store
from pensebete.storage.schema import migrate
from tests.browser.saved import link_of, save_dossier_at
from tests.builders import NOW

CHECKLIST = load(published_path())
FIRST, SECOND, THIRD = CHECKLIST.domains[0].items[:3]
UNTIL_IT_IS_THERE = 30_000  # milliseconds


@pytest.mark.soak  # the page that waits: test_saving_waits.py; the servers: tests/storage/test_standby.py
def test_a_page_says_that_saving_waits_and_saves_by_itself_once_the_standby_has_taken_over(open_page):
    with primary_and_standby(synchronous=True) as pair:
        url = pair.url(pair.primary.new_database().rpartition("/")[2])
        with closing(open_store(url)) as store:
            migrate(store)
        kept = save_dossier_at(url, {})
        with serving(PENSEBETE_DATABASE_URL=url) as server:
            page = open_page(f"/questionnaire{link_of(kept)[1:]}", server=server.url)
            status, waits = page.locator(".st-key-saving-status"), page.locator(".st-key-saving-waits")
            answer(page, CHECKLIST, FIRST, "done")
            expect(status).to_contain_text("enregistré à")

            pair.primary.kill()
            answer(page, CHECKLIST, SECOND, "in_progress")
            expect(waits).to_contain_text("L’enregistrement attend")
            answer(page, CHECKLIST, THIRD, "to_do")

            pair.fail_over()
            # Nobody touches the page from here on.
            expect(status).to_contain_text("enregistré à", timeout=UNTIL_IT_IS_THERE)
            expect(page.get_by_text("L’enregistrement attend")).to_have_count(0)
            expect(card(page, SECOND).get_by_role("radio", name="En cours", exact=True)).to_be_checked()
            page.close()  # before its server stops
        with closing(open_store(url)) as store:
            said = open_link(store, kept.token, NOW).assessment
        assert [said.answer(item.id).status for item in (FIRST, SECOND, THIRD)] == ["done", "in_progress", "to_do"]
