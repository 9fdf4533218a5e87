"""The database of saved dossiers is away for a while: the page says so, keeps the answers, and saves them by itself."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from devtools.server import ROOT, serving
from devtools.steps import answer, card, go, see_answered
from pensebete.checklist.loading import load, published_path
from pensebete.text.wording import wording

CHECKLIST = load(published_path())
SAY = wording("fr")
DOMAIN = CHECKLIST.domains[0]
FIRST, SECOND, THIRD = DOMAIN.items[:3]
# The server waits two seconds for its turn before it says so, at each try.
LONG = 20_000

LOCK = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
sys.stdin.read()
"""


@contextmanager
def locked_by_another_process(database: Path) -> Iterator[None]:
    call = [sys.executable, "-c", LOCK, str(database)]
    with subprocess.Popen(call, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin
        assert process.stdout
        assert process.stdout.readline() == "held\n"
        try:
            yield
        finally:
            process.stdin.close()


def statuses(database: Path) -> dict[str, str]:
    """What the database has, read past the app: the status of each item."""
    with closing(sqlite3.connect(database)) as connection:
        query = """select json_extract(key, '$[1]'), json_extract(value, '$.status') from facts
                   where json_extract(key, '$[0]') = 'answer' and json_extract(key, '$[2]') = 'status'"""
        return dict(connection.execute(query).fetchall())


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("waits") / "dossiers.sqlite3"


@pytest.fixture(scope="module")
def server(database: Path) -> Iterator[str]:
    url = f"sqlite:///{database}"
    environment = {**os.environ, "PENSEBETE_DATABASE_URL": url}
    subprocess.run([sys.executable, "-m", "pensebete", "migrate"], cwd=ROOT, env=environment, check=True)
    with serving(PENSEBETE_DATABASE_URL=url) as found:
        yield found.url


def test_answers_given_while_the_database_is_locked_are_kept_and_saved_by_themselves(open_page, server, database):
    page = open_page("/questionnaire", server=server)
    status = page.locator(".st-key-saving-status")
    answer(page, CHECKLIST, FIRST, "done")
    see_answered(page, DOMAIN, 1, len(DOMAIN.items))
    go(page, "dossier")
    page.get_by_role("button", name=SAY("saved.keep")).click()
    expect(status).to_contain_text("enregistré à")
    go(page, "questionnaire")
    assert statuses(database) == {FIRST.id: "done"}

    with locked_by_another_process(database):
        answer(page, CHECKLIST, SECOND, "in_progress")
        expect(status).to_contain_text("L’enregistrement attend", timeout=LONG)
        expect(status).not_to_contain_text("enregistré à")
        answer(page, CHECKLIST, THIRD, "to_do")
        expect(card(page, SECOND).get_by_role("radio", name="En cours", exact=True)).to_be_checked()
        assert statuses(database) == {FIRST.id: "done"}

    # Nobody touches the page from here on.
    expect(status).to_contain_text("enregistré à", timeout=LONG)
    expect(status).not_to_contain_text("L’enregistrement attend")
    assert statuses(database) == {FIRST.id: "done", SECOND.id: "in_progress", THIRD.id: "to_do"}
    see_answered(page, DOMAIN, 3, len(DOMAIN.items))
    for item, label in ((FIRST, "Fait"), (SECOND, "En cours"), (THIRD, "À faire")):
        expect(card(page, item).get_by_role("radio", name=label, exact=True)).to_be_checked()


@pytest.fixture
def link(database: Path, server: str, open_page: Any) -> str:
    """The link of a saved dossier with one answer, without the server's address."""
    page = open_page("/questionnaire", server=server)
    answer(page, CHECKLIST, FIRST, "done")
    see_answered(page, DOMAIN, 1, len(DOMAIN.items))
    go(page, "dossier")
    page.get_by_role("button", name=SAY("saved.keep")).click()
    shown = page.locator(".st-key-new-link code")
    expect(shown).to_contain_text("#dossier=")
    return shown.inner_text().replace("\n", "").removeprefix(server)


@pytest.fixture
def server_without_its_file(database: Path, link: str, tmp_path: Path) -> Iterator[tuple[str, Callable[[], Path]]]:
    """Another server, whose database is not where it should be; and what puts it there."""
    away, there = tmp_path / "away.sqlite3", tmp_path / "dossiers.sqlite3"
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("VACUUM INTO ?", (str(away),))
    with serving(PENSEBETE_DATABASE_URL=f"sqlite:///{there}") as found:
        yield found.url, lambda: away.rename(there)


def test_a_saved_dossier_that_cannot_be_opened_now_is_said_and_opened_by_itself(
    open_page, link, server_without_its_file
):
    server, put_it_there = server_without_its_file
    page = open_page(link, server=server)
    expect(page.get_by_text("Votre dossier enregistré n’a pas pu être ouvert")).to_be_visible()
    put_it_there()
    # Nobody touches the page from here on.
    expect(page.locator(".st-key-saving-status")).to_contain_text(SAY("saved.open"))
    go(page, "questionnaire")
    expect(card(page, FIRST).get_by_role("radio", name="Fait", exact=True)).to_be_checked()
    page.close()  # before its server stops


def test_words_written_while_the_dossier_could_not_be_opened_are_offered_once_it_is(
    open_page, link, server_without_its_file
):
    server, put_it_there = server_without_its_file
    page = open_page(link, server=server)
    expect(page.get_by_text("Votre dossier enregistré n’a pas pu être ouvert")).to_be_visible()
    go(page, "questionnaire")
    answer(page, CHECKLIST, SECOND, "to_do")
    expect(page.get_by_text("reste dans cet onglet")).to_be_visible()
    page.wait_for_function("() => sessionStorage.getItem('pensebete') !== null")
    put_it_there()
    page.reload()
    expect(page.get_by_text(SAY("aside.explained", 1, name=SAY("aside.unnamed")))).to_be_visible()
    expect(card(page, FIRST).get_by_role("radio", name="Fait", exact=True)).to_be_checked()
    page.close()  # before its server stops
