"""A dossier kept with the manager's consent: its links, two people on it, milestones, deletion."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from devtools.steps import answer, card, drawn, go, press_erase, see_answered, write_note
from pensebete.checklist.loading import load, published_path
from pensebete.storage.changes import save
from pensebete.storage.engine import open_store
from pensebete.text.wording import wording
from tests.browser.saved import follow_link, link_of, save_dossier
from tests.builders import NOW

CHECKLIST = load(published_path())
SAY = wording("fr")
DOMAIN = CHECKLIST.domains[0]
FIRST, SECOND = DOMAIN.items[:2]
# With an answer beyond the essentials, a dossier that is opened goes on by the whole way.
BEYOND = next(item for item in DOMAIN.items if not CHECKLIST.readiness.essential.match(item))


def keep(page: Page) -> str:
    """Agree to keep the dossier; the link that is then shown, without the address of the server."""
    go(page, "dossier")
    page.get_by_role("button", name=SAY("saved.keep")).click()
    return new_link(page)


def new_link(page: Page) -> str:
    shown = page.locator(".st-key-new-link code")
    expect(shown).to_contain_text("#dossier=")
    link, server = shown.inner_text().replace("\n", ""), page.evaluate("location.origin")
    assert link.startswith(f"{server}/#dossier=")
    return link.removeprefix(server)


def rows(database: Path) -> int:
    """How many rows there are in all tables but those of the program's own.

    Nor the texts of checklists, and the log of those that were accepted: the server writes it when it gets to it,
    whoever visits, and every other table says whose dossier a row is of (storage/tables.py).
    """
    with closing(sqlite3.connect(database)) as connection:
        names = [name for (name,) in connection.execute("select name from sqlite_master where type = 'table'")]
        counted = [name for name in names if not name.startswith(("sqlite_", "alembic_", "accepted", "checklists"))]
        return sum(connection.execute(f'select count(*) from "{name}"').fetchone()[0] for name in counted)


def test_nothing_is_kept_before_the_manager_agrees(open_page, database):
    page = open_page("/questionnaire")
    before = rows(database)
    answer(page, CHECKLIST, FIRST, "done")
    see_answered(page, DOMAIN, 1, len(DOMAIN.items))
    assert rows(database) == before


def test_a_link_resumes_the_dossier_elsewhere_and_each_sees_what_the_other_changes(open_page):
    page = open_page("/questionnaire", width=360)
    answer(page, CHECKLIST, FIRST, "done")
    see_answered(page, DOMAIN, 1, len(DOMAIN.items))
    link = keep(page)
    expect(page.locator(".st-key-saving-status")).to_contain_text("enregistré à")

    other = follow_link(open_page, link)
    go(other, "questionnaire")
    expect(card(other, FIRST).get_by_role("radio", name="Fait", exact=True)).to_be_checked()
    answer(other, CHECKLIST, SECOND, "in_progress")
    write_note(other, SECOND, "brouillon chez la présidente")

    go(page, "questionnaire")
    expect(card(page, SECOND).get_by_role("radio", name="En cours", exact=True)).to_be_checked()
    expect(page.get_by_text(re.compile("Changé sur un autre appareil, avec le même lien")).first).to_be_in_viewport()
    card(page, SECOND).get_by_text(SAY("item.note", ref=SECOND.ref), exact=True).click()
    expect(card(page, SECOND).get_by_role("textbox")).to_have_value("brouillon chez la présidente")


def test_the_token_leaves_the_address_and_no_script_can_read_it(open_page):
    page = open_page("/")
    link = keep(page)
    token = link.split("#dossier=")[1]
    other = follow_link(open_page, link)
    assert token not in other.url
    assert token not in other.content()
    assert token not in other.evaluate("document.cookie + JSON.stringify({...sessionStorage, ...localStorage})")
    page.get_by_role("button", name=SAY("saved.link.noted")).click()
    page.reload()
    page.locator("h1").wait_for()
    go(page, "dossier")
    expect(page.get_by_role("heading", name=SAY("saved.links"))).to_be_visible()
    assert token not in page.content()
    assert token not in page.evaluate("document.cookie + JSON.stringify({...sessionStorage, ...localStorage})")


def test_a_reading_link_shows_the_dossier_and_changes_nothing(open_page, database):
    page = open_page("/dossier", token=save_dossier(database, {FIRST.id: "done"}).token)
    page.get_by_label(SAY("saved.links.for")).fill("Présidence")
    page.get_by_text(SAY("saved.access.read"), exact=True).click()
    page.get_by_role("button", name=SAY("saved.links.add")).click()
    expect(page.get_by_text("Présidence", exact=True)).to_be_visible()
    reader = follow_link(open_page, new_link(page))
    expect(reader.get_by_text(SAY("saved.reading"))).to_be_visible()
    go(reader, "questionnaire")
    expect(card(reader, FIRST).get_by_role("radio", name="Fait", exact=True)).to_be_checked()
    expect(card(reader, FIRST).get_by_role("radio", name="En cours", exact=True)).to_be_disabled()


@pytest.mark.soak  # tests/storage/test_links.py; a link that is refused, in a browser: test_tab_dossier.py
def test_a_revoked_link_opens_nothing(open_page, database):
    page = open_page("/dossier", token=save_dossier(database, {FIRST.id: "done"}).token)
    page.get_by_label(SAY("saved.links.for")).fill("Finances")
    page.get_by_role("button", name=SAY("saved.links.add")).click()
    expect(page.get_by_text("Finances", exact=True)).to_be_visible()
    second = new_link(page)
    page.get_by_role("button", name=SAY("saved.links.revoke"), exact=True).click()
    expect(page.get_by_text(SAY("saved.links.revoked", label="Finances"))).to_be_visible()
    late = open_page(second, wrongs_expected=True)
    expect(late.get_by_text(SAY("link.refused.revoked"))).to_be_visible()


def test_a_link_opened_in_a_tab_with_unsaved_words_sets_them_aside_and_gives_them_back(open_page, address, database):
    page = open_page("/questionnaire", width=360)
    answer(page, CHECKLIST, FIRST, "to_do")
    write_note(page, FIRST, "jamais enregistré")
    page.wait_for_function("() => sessionStorage.getItem('pensebete').includes('jamais')")
    page.goto(address + link_of(save_dossier(database, {FIRST.id: "done"})))
    drawn(page)
    page.get_by_role("button", name=SAY("link.other.open", name=SAY("link.unnamed"))).click()
    expect(page.get_by_text(SAY("aside.explained", 1, name=SAY("aside.unnamed")))).to_be_visible()
    go(page, "questionnaire")
    expect(card(page, FIRST).get_by_role("radio", name="Fait", exact=True)).to_be_checked()
    page.reload()  # it is offered for as long as the tab lives
    expect(page.get_by_text(SAY("aside.explained", 1, name=SAY("aside.unnamed")))).to_be_visible()
    drawn(page)

    page.get_by_role("button", name=SAY("aside.take_up")).click()
    expect(card(page, FIRST).get_by_role("radio", name="À faire", exact=True)).to_be_checked()
    drawn(page)
    card(page, FIRST).get_by_text(SAY("item.note", ref=FIRST.ref), exact=True).click()
    expect(card(page, FIRST).get_by_role("textbox")).to_have_value("jamais enregistré")
    expect(page.locator(".st-key-saving-status")).not_to_contain_text("enregistré")
    expect(page.locator(".st-key-aside")).to_have_count(0)
    page.reload()
    expect(card(page, FIRST).get_by_role("radio", name="À faire", exact=True)).to_be_checked()


def test_what_was_set_aside_is_forgotten_when_the_visitor_says_so(open_page):
    page = open_page("/questionnaire")
    answer(page, CHECKLIST, FIRST, "to_do")
    see_answered(page, DOMAIN, 1, len(DOMAIN.items))
    go(page, "dossier")
    page.get_by_role("button", name=SAY("cycle.start")).click()
    page.get_by_role("button", name=SAY("aside.forget")).click()
    expect(page.locator(".st-key-aside")).to_have_count(0)
    page.wait_for_function("() => sessionStorage.getItem('pensebete-aside') === null")
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator(".st-key-aside")).to_have_count(0)


def test_erasing_forgets_the_link_too_and_leaves_what_is_saved(open_page, database):
    kept = save_dossier(database, {BEYOND.id: "done"})
    page = open_page("/questionnaire", token=kept.token)
    see_answered(page, DOMAIN, 1, len(DOMAIN.items))
    press_erase(page)
    expect(page.get_by_text(SAY("frame.erase.saved"))).to_be_visible()
    page.get_by_role("button", name=SAY("frame.erase.yes")).click()
    expect(page.get_by_text(SAY("frame.erased"))).to_be_visible()
    page.wait_for_function("() => sessionStorage.getItem('pensebete') === null")
    page.reload()
    go(page, "questionnaire")
    see_answered(page, DOMAIN, 0, len(DOMAIN.items))
    follow_link(open_page, link_of(kept))


def test_a_value_replaced_unseen_is_said_on_every_page_and_can_be_put_back(open_page, database):
    kept = save_dossier(database, {})
    page = open_page("/questionnaire", token=kept.token)
    write_note(page, FIRST, "de la direction")
    note = {("answer", FIRST.id, "note"): "de la présidence, sans avoir vu l’autre"}
    with closing(open_store(f"sqlite:///{database}")) as store:
        save(store, kept.dossier_id, kept.link_id, 1, note, "late", NOW)

    # The note is still open.
    expect(card(page, FIRST).get_by_role("textbox")).to_have_value("de la présidence, sans avoir vu l’autre")
    page.get_by_role("link", name=SAY("saved.overwritten.see")).click()
    expect(page.get_by_text(SAY("saved.heard", 1))).to_be_visible()
    page.get_by_role("button", name=SAY("saved.overwritten.back", value="de la direction")).click()
    expect(page.locator(".st-key-overwritten")).to_have_count(0)
    go(page, "questionnaire")
    card(page, FIRST).get_by_text(SAY("item.note", ref=FIRST.ref), exact=True).click()
    expect(card(page, FIRST).get_by_role("textbox")).to_have_value("de la direction")


@pytest.mark.soak  # tests/storage/test_dossiers.py freezes one, tests/unit/evaluation/test_comparison.py compares
def test_a_milestone_is_compared_with_today(open_page, database):
    page = open_page("/dossier", token=save_dossier(database, {BEYOND.id: "to_do"}).token)
    page.get_by_label(SAY("history.name")).fill("avant le CA")
    page.get_by_role("button", name=SAY("history.add")).click()
    expect(page.get_by_label(SAY("history.before"))).to_be_visible()
    go(page, "questionnaire")
    answer(page, CHECKLIST, FIRST, "done")
    see_answered(page, DOMAIN, 2, len(DOMAIN.items))
    go(page, "dossier")
    expect(page.get_by_text(re.compile(r"0\s%, puis [1-9]\d*\s%"))).to_be_visible()


@pytest.mark.soak  # tests/storage/test_dossiers.py counts the rows, test_new_link.py deletes by the same two buttons
def test_deleting_leaves_no_row(open_page, database):
    page = open_page("/questionnaire")
    answer(page, CHECKLIST, FIRST, "to_do")
    before = rows(database)
    keep(page)
    assert rows(database) > before
    page.get_by_role("button", name=SAY("saved.delete"), exact=True).click()
    page.get_by_role("button", name=SAY("saved.delete.yes"), exact=True).click()
    expect(page.get_by_text(SAY("saved.deleted"))).to_be_visible()
    assert rows(database) == before
