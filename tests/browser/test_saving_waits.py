"""The database of saved dossiers is away for a while: the page says so, keeps the answers, and saves them by itself."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from devtools.server import serving
from devtools.steps import answer, card, drawn, go, see_answered
from pensebete.assessment.review.model import About, Remark, Review
from pensebete.checklist.loading import load, published_path
from pensebete.storage.dossiers import Kept
from pensebete.storage.engine import open_store
from pensebete.storage.reviews import add_to_review, review_of
from pensebete.text.wording import wording
from tests.browser.saved import link_of, new_database, save_dossier
from tests.builders import NOW
from tests.sqlite_lock import locked

CHECKLIST = load(published_path())
SAY = wording("fr")
DOMAIN = CHECKLIST.domains[0]
FIRST, SECOND, THIRD = DOMAIN.items[:3]


def statuses(database: Path, kept: Kept) -> dict[str, str]:
    """What the database has of a dossier, read past the app: the status of each item."""
    with closing(sqlite3.connect(database)) as connection:
        query = """select json_extract(key, '$[1]'), json_extract(value, '$.status') from facts
                   where json_extract(key, '$[0]') = 'answer' and json_extract(key, '$[2]') = 'status'
                   and dossier_id = ?"""
        return dict(connection.execute(query, (kept.dossier_id,)).fetchall())


def test_answers_given_while_the_database_is_locked_are_kept_and_saved_by_themselves(open_page, database):
    kept = save_dossier(database, {})
    page = open_page("/questionnaire", token=kept.token)
    status, waits = page.locator(".st-key-saving-status"), page.locator(".st-key-saving-waits")
    answer(page, CHECKLIST, FIRST, "done")
    expect(status).to_contain_text("enregistré à")
    assert statuses(database, kept) == {FIRST.id: "done"}

    with locked(database, "EXCLUSIVE"):
        answer(page, CHECKLIST, SECOND, "in_progress")
        expect(waits).to_contain_text("L’enregistrement attend")
        expect(status).not_to_contain_text("enregistré à")
        answer(page, CHECKLIST, THIRD, "to_do")
        expect(card(page, SECOND).get_by_role("radio", name="En cours", exact=True)).to_be_checked()
        assert statuses(database, kept) == {FIRST.id: "done"}

    # Nobody touches the page from here on.
    expect(status).to_contain_text("enregistré à")
    expect(page.get_by_text("L’enregistrement attend")).to_have_count(0)
    assert statuses(database, kept) == {FIRST.id: "done", SECOND.id: "in_progress", THIRD.id: "to_do"}
    see_answered(page, DOMAIN, 3, len(DOMAIN.items))
    for item, label in ((FIRST, "Fait"), (SECOND, "En cours"), (THIRD, "À faire")):
        expect(card(page, item).get_by_role("radio", name=label, exact=True)).to_be_checked()


@pytest.mark.soak  # answers wait the same way: the test above
def test_a_remark_answered_while_the_database_is_locked_outlives_a_reload_and_is_saved(open_page, database):
    kept = save_dossier(database, {FIRST.id: "done"})
    with closing(open_store(f"sqlite:///{database}")) as store:
        dossier = review_of(store, kept.dossier_id, kept.link_id).dossier
        asked = Remark(id=uuid4(), about=About(item=FIRST.id), kind="clarify", text="Qui s’en occupe?", at=NOW)
        add_to_review(store, kept.dossier_id, kept.link_id, Review(dossier=dossier, remarks=(asked,)), NOW)
        page = open_page("/remarks", token=kept.token)
        upheld = page.get_by_role("button", name=f"{SAY('received.upheld')} {FIRST.ref}", exact=True)
        expect(upheld).to_be_visible()
        drawn(page)
        with locked(database, "IMMEDIATE"):
            upheld.click()
            expect(page.locator(".remark-state.answered")).to_be_visible()
            expect(page.locator(".st-key-saving-waits")).to_contain_text("L’enregistrement attend")
            drawn(page)  # the tab has it
            page.reload()
            expect(page.locator(".remark-state.answered")).to_be_visible()
        # Nobody touches the page from here on.
        expect(page.locator(".st-key-saving-status")).to_contain_text("enregistré à")
        [said] = review_of(store, kept.dossier_id, kept.link_id).remarks
        assert [event.kind for event in said.events] == ["upheld"]


@pytest.fixture
def link_and_server_without_its_file(tmp_path: Path) -> Iterator[tuple[str, str, Callable[[], Path]]]:
    """The link of a dossier with one answer; a server whose database is not where it should be; what puts it there."""
    away, there = new_database(tmp_path / "away.sqlite3"), tmp_path / "dossiers.sqlite3"
    link = link_of(save_dossier(away, {FIRST.id: "done"}))
    with serving(PENSEBETE_DATABASE_URL=f"sqlite:///{there}") as found:
        yield link, found.url, lambda: away.rename(there)


def test_a_saved_dossier_that_cannot_be_opened_now_is_said_and_opened_by_itself(
    open_page, link_and_server_without_its_file
):
    link, server, put_it_there = link_and_server_without_its_file
    page = open_page(link, server=server)
    expect(page.get_by_text("Votre dossier enregistré n’a pas pu être ouvert")).to_be_visible()
    put_it_there()
    # Nobody touches the page from here on.
    expect(page.locator(".st-key-saving-status")).to_contain_text(SAY("saved.open"))
    go(page, "questionnaire")
    expect(card(page, FIRST).get_by_role("radio", name="Fait", exact=True)).to_be_checked()
    page.close()  # before its server stops


@pytest.mark.soak  # the test above; offered again: test_saved_dossier.py
def test_words_written_while_the_dossier_could_not_be_opened_are_offered_once_it_is(
    open_page, link_and_server_without_its_file
):
    link, server, put_it_there = link_and_server_without_its_file
    page = open_page(link, server=server)
    expect(page.get_by_text("Votre dossier enregistré n’a pas pu être ouvert")).to_be_visible()
    go(page, "questionnaire")
    answer(page, CHECKLIST, SECOND, "to_do")
    expect(page.get_by_text("reste dans cet onglet")).to_be_visible()
    drawn(page)
    page.wait_for_function("() => sessionStorage.getItem('pensebete') !== null")
    put_it_there()
    page.reload()
    expect(page.get_by_text(SAY("aside.explained", 1, name=SAY("aside.unnamed")))).to_be_visible()
    expect(card(page, FIRST).get_by_role("radio", name="Fait", exact=True)).to_be_checked()
    page.close()  # before its server stops
