"""A saved dossier in one visit: what the database cannot take now waits, is sent by itself, and is done once."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from devtools.postgresql import DatabaseServer
from pensebete.assessment.edits import with_answer, with_details
from pensebete.assessment.model import Assessment
from pensebete.storage import engine, sync
from pensebete.storage.changes import save
from pensebete.storage.dossiers import Kept, keep, open_link
from pensebete.storage.engine import Store, open_store, reading
from pensebete.storage.errors import LinkGoneError, StoreUnavailableError
from pensebete.storage.links import Access, add_link, revoke
from pensebete.storage.schema import migrate
from pensebete.storage.sync import Saving, saving_of_kept, saving_of_opened
from pensebete.storage.tables import facts, saves
from tests.builders import NOW, assess

LATER = NOW + timedelta(minutes=2)
ITEMS = ("cash-forecast", "lender-relief", "remote-work")


class Visit:
    """A visit as the session keeps it: the assessment on screen, and its saving."""

    def __init__(self, saving: Saving, assessment: Assessment) -> None:
        self.saving, self.assessment = saving, assessment

    @classmethod
    def by(cls, store: Store, token: str) -> Visit:
        opened = open_link(store, token, NOW)
        assert opened is not None
        return cls(saving_of_opened(store, opened, "the checklist"), opened.assessment)

    def type(self, note: str, item: str = ITEMS[0]) -> None:
        """Typed, and not sent yet."""
        self.assessment = with_answer(self.assessment, item, NOW, note=note)

    def write(self, note: str, item: str = ITEMS[0]) -> None:
        self.type(note, item)
        self.push()

    def push(self) -> None:
        self.assessment = self.saving.push(self.assessment, LATER)

    def look(self) -> None:
        self.assessment = self.saving.pull(self.assessment, LATER)

    def note(self, item: str = ITEMS[0]) -> str:
        return self.assessment.answer(item).note

    @property
    def waits_for(self) -> str | None:
        error = self.saving.waits_for
        assert error is None or isinstance(error, StoreUnavailableError)
        return error and error.reason


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "WAIT_SECONDS", 1)


@pytest.fixture(scope="module")
def server() -> Iterator[DatabaseServer]:
    server = DatabaseServer()
    yield server
    server.remove()


@pytest.fixture
def sqlite_store(tmp_path: Path) -> Iterator[Store]:
    with contextlib.closing(open_store(f"sqlite:///{tmp_path}/dossiers.sqlite3")) as store:
        migrate(store)
        yield store


@pytest.fixture
def server_url(server: DatabaseServer) -> str:
    return server.new_database()


@pytest.fixture
def server_store(server_url: str) -> Iterator[Store]:
    with contextlib.closing(open_store(server_url)) as store:
        migrate(store)
        yield store


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest) -> Store:
    name = "sqlite_store" if request.param == "sqlite" else "server_store"
    found: Store = request.getfixturevalue(name)
    return found


def keep_empty(store: Store) -> Kept:
    return keep(store, assess(), "the checklist", NOW, "direction")


def two_visits(store: Store, access: Access = "write") -> tuple[Visit, Visit]:
    """The same dossier opened by two links, « direction » and « finance »."""
    kept = keep_empty(store)
    link = add_link(store, kept.dossier_id, kept.link_id, access, "finance", NOW)
    return Visit.by(store, kept.token), Visit.by(store, link.token)


def saved_note(visit: Visit, item: str = ITEMS[0]) -> str | None:
    """What the database has, read past the visit."""
    query = select(facts.c.value).where(
        facts.c.dossier_id == visit.saving.dossier_id, facts.c.key == f'["answer","{item}","note"]'
    )
    with reading(visit.saving.store) as connection:
        found: str | None = connection.execute(query).scalar_one_or_none()
        return found and found.strip('"')


def count_of_saves(visit: Visit) -> int:
    with reading(visit.saving.store) as connection:
        return len(connection.execute(select(saves).where(saves.c.dossier_id == visit.saving.dossier_id)).all())


# Two visits


def test_what_one_visit_writes_is_in_the_other_after_its_next_look(store):
    one, other = two_visits(store)
    one.write("Voir Paul")
    assert one.saving.saved_at == LATER
    assert other.note() == ""
    other.look()
    assert other.note() == "Voir Paul"
    [change] = other.saving.heard
    assert (change.label, change.value) == ("direction", "Voir Paul")


def test_a_visit_that_writes_hears_in_the_same_turn_what_the_other_wrote(store):
    one, other = two_visits(store)
    one.write("Voir Paul")
    other.write("Lundi", ITEMS[1])
    one.look()
    assert [one.note(item) for item in ITEMS[:2]] == [other.note(item) for item in ITEMS[:2]] == ["Voir Paul", "Lundi"]


def test_where_both_wrote_the_newest_wins_and_the_other_value_is_overwritten_for_both_to_see(store):
    one, other = two_visits(store)
    one.write("Voir Paul")
    other.write("Voir Ana")
    one.look()
    assert one.note() == other.note() == "Voir Ana"
    for visit in (one, other):
        [told] = visit.saving.overwritten.values()
        assert (told.value, told.label, told.replaced_by_label) == ("Voir Paul", "direction", "finance")


def test_a_visit_that_changed_nothing_saves_nothing(store):
    one, _ = two_visits(store)
    one.push()
    one.look()
    assert (count_of_saves(one), one.saving.saved_at) == (0, None)


def test_the_visit_that_kept_the_dossier_goes_on_saving_it(store):
    assessment = assess()
    kept = keep(store, assessment, "the checklist", NOW)
    visit = Visit(saving_of_kept(store, kept, assessment, "the checklist", NOW), assessment)
    assert visit.saving.saved_at == NOW
    visit.write("Voir Paul")
    assert Visit.by(store, kept.token).note() == "Voir Paul"


def test_the_language_is_each_visits_own(store):
    one, other = two_visits(store)
    one.assessment = with_details(one.assessment, NOW, language="en")
    one.push()
    assert count_of_saves(one) == 0
    one.write("See Paul")
    other.look()
    assert (other.note(), other.assessment.language, one.assessment.language) == ("See Paul", "fr", "en")
    other.write("Voir Ana")
    one.look()
    assert (one.note(), one.assessment.language) == ("Voir Ana", "en")


def test_a_reader_hears_everything_and_pushes_nothing(store):
    writer, reader = two_visits(store, "read")
    writer.write("Voir Paul")
    reader.look()
    assert reader.note() == "Voir Paul"
    reader.write("Secret")
    reader.look()
    writer.look()
    assert (writer.note(), saved_note(writer), count_of_saves(writer)) == ("Voir Paul", "Voir Paul", 1)
    assert reader.saving.saved_at is None


@pytest.mark.parametrize("access", ["write", "read"])
def test_a_revoked_link_says_so_at_the_next_look(store, access):
    one, other = two_visits(store, access)
    revoke(store, one.saving.dossier_id, one.saving.link_id, other.saving.link_id, NOW)
    other.type("Voir Ana")
    with pytest.raises(LinkGoneError):
        other.look()
    assert saved_note(one) is None


# The database is away

LOCK = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
sys.stdin.read()
"""


@contextlib.contextmanager
def locked_by_another_process(store: Store) -> Iterator[str]:
    call = [sys.executable, "-c", LOCK, str(store.file)]
    with subprocess.Popen(call, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin
        assert process.stdout
        assert process.stdout.readline() == "held\n"
        yield "locked"
        process.stdin.close()


@contextlib.contextmanager
def locked_by_another_connection(url: str) -> Iterator[str]:
    with psycopg.connect(url) as connection:
        connection.execute("SELECT 1 FROM dossiers FOR UPDATE")
        yield "locked"


@contextlib.contextmanager
def stopped(server: DatabaseServer) -> Iterator[str]:
    server.stop()
    try:
        yield "unreachable"
    finally:
        server.start()


@pytest.fixture(params=["SQLite locked", "PostgreSQL stopped", "PostgreSQL locked"])
def outage(request: pytest.FixtureRequest) -> tuple[Store, Callable[[], contextlib.AbstractContextManager[str]]]:
    """A store, and what makes it unavailable for a while."""
    if request.param == "SQLite locked":
        file_store = request.getfixturevalue("sqlite_store")
        return file_store, lambda: locked_by_another_process(file_store)
    found = request.getfixturevalue("server_store")
    if request.param == "PostgreSQL stopped":
        server = request.getfixturevalue("server")
        return found, lambda: stopped(server)
    url = request.getfixturevalue("server_url")
    return found, lambda: locked_by_another_connection(url)


def test_what_was_typed_while_the_database_is_away_is_kept_and_saved_by_itself_afterwards(outage):
    store, away = outage
    visit, other = two_visits(store)
    with away() as reason:
        visit.write("Voir Paul")
        assert (visit.waits_for, visit.note(), visit.saving.saved_at) == (reason, "Voir Paul", None)
        visit.write("Lundi", ITEMS[1])
        visit.look()
        assert (visit.waits_for, visit.note(ITEMS[1])) == (reason, "Lundi")
    # No word of the visitor: the page looks by itself.
    visit.look()
    assert (visit.waits_for, visit.saving.saved_at) == (None, LATER)
    assert [saved_note(visit, item) for item in ITEMS[:2]] == ["Voir Paul", "Lundi"]
    other.look()
    assert [other.note(item) for item in ITEMS[:2]] == ["Voir Paul", "Lundi"]
    assert other.saving.overwritten == {}


def test_what_was_corrected_while_it_waited_is_saved_as_corrected(outage):
    store, away = outage
    visit, _ = two_visits(store)
    with away():
        visit.write("Voir Pual")
        visit.write("Voir Paul")
    visit.look()
    assert (saved_note(visit), visit.note(), visit.saving.overwritten) == ("Voir Paul", "Voir Paul", {})


def test_a_read_only_file_makes_saving_wait_until_it_can_be_written_again():
    folder = Path(tempfile.mkdtemp())
    root = os.geteuid() == 0
    try:
        file = folder / "dossiers.sqlite3"
        with contextlib.closing(open_store(f"sqlite:///{file}")) as store:
            migrate(store)
            token = keep_empty(store).token
            folder.chmod(0o755)
        if root:  # to whom nothing is read-only
            os.chown(folder, 65534, -1)
            os.chown(file, 65534, -1)
            os.seteuid(65534)
        with contextlib.closing(open_store(f"sqlite:///{file}")) as store:
            visit = Visit.by(store, token)
            store.close()
            file.chmod(0o444)
            visit.write("Voir Paul")
            assert (visit.waits_for, visit.note()) == ("read_only", "Voir Paul")
            for beside in folder.iterdir():  # SQLite made its log as read-only as the file
                beside.chmod(0o600)
            visit.look()
            assert (visit.waits_for, saved_note(visit)) == (None, "Voir Paul")
    finally:
        if root:
            os.seteuid(0)
        shutil.rmtree(folder)


def test_a_reader_is_told_that_the_server_is_away_and_then_no_more(server, server_store):
    writer, reader = two_visits(server_store, "read")
    with stopped(server):
        reader.look()
        assert reader.waits_for == "unreachable"
    writer.write("Voir Paul")
    reader.look()
    assert (reader.waits_for, reader.note()) == (None, "Voir Paul")


# The answer of the database is lost


@pytest.fixture
def answers_lost(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """While this holds True the database saves, and the visit never hears that it did."""
    lost = [False]

    def save_or_fail(*what, **more):
        news = save(*what, **more)
        if lost[0]:
            raise StoreUnavailableError("unreachable", "ConnectionReset")
        return news

    monkeypatch.setattr(sync, "save", save_or_fail)
    return lost


def test_a_save_whose_answer_was_lost_is_done_once(store, answers_lost):
    visit, other = two_visits(store)
    answers_lost[0] = True
    visit.write("Voir Paul")
    visit.push()
    assert visit.waits_for == "unreachable"
    answers_lost[0] = False
    visit.look()
    assert (visit.waits_for, visit.saving.saved_at) == (None, LATER)
    assert (count_of_saves(visit), saved_note(visit)) == (1, "Voir Paul")
    visit.write("Voir Ana")
    assert (count_of_saves(visit), saved_note(visit), visit.saving.overwritten) == (2, "Voir Ana", {})
    other.look()
    assert other.note() == "Voir Ana"


def test_a_save_whose_answer_was_lost_does_not_undo_what_came_after_it(store, answers_lost):
    visit, other = two_visits(store)
    answers_lost[0] = True
    visit.write("Voir Paul")
    answers_lost[0] = False
    other.look()
    other.write("Voir Ana")
    visit.look()
    assert visit.note() == other.note() == saved_note(visit) == "Voir Ana"
    assert count_of_saves(visit) == 2


def test_what_the_other_wrote_where_a_correction_waits_is_overwritten_and_told(store, answers_lost):
    visit, other = two_visits(store)
    answers_lost[0] = True
    visit.write("Lundi", ITEMS[1])
    other.write("Voir Ana")
    visit.type("Voir Paul")
    answers_lost[0] = False
    visit.look()
    other.look()
    assert visit.note() == other.note() == "Voir Paul"
    assert [told.value for told in visit.saving.overwritten.values()] == ["Voir Ana"]
    assert [told.value for told in other.saving.overwritten.values()] == ["Voir Ana"]


def test_where_saving_waits_and_reading_goes_on_what_is_replaced_is_still_told(store, monkeypatch):
    visit, other = two_visits(store)
    truly_save = save

    def refuse(*_what, **_more):
        raise StoreUnavailableError("locked", "OperationalError")

    monkeypatch.setattr(sync, "save", refuse)
    visit.write("Voir Paul")
    monkeypatch.setattr(sync, "save", truly_save)
    other.write("Voir Ana")
    monkeypatch.setattr(sync, "save", refuse)
    visit.look()
    monkeypatch.setattr(sync, "save", truly_save)
    visit.look()
    other.look()
    assert visit.note() == other.note() == "Voir Paul"
    assert [told.value for told in visit.saving.overwritten.values()] == ["Voir Ana"]


# Anything at any moment

DOES = st.tuples(
    st.sampled_from([0, 1]),
    st.sampled_from(["type", "push", "look", "look"]),
    st.sampled_from(ITEMS[:2]),
    st.sampled_from(["fine", "fine", "refused", "answer lost"]),
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(did=st.lists(DOES, min_size=2, max_size=14))
def test_whatever_fails_at_whatever_moment_two_visits_converge_and_no_note_vanishes_without_trace(
    sqlite_store, monkeypatch, did
):
    visits = two_visits(sqlite_store)
    how = ["fine"]

    def save_or_fail(*what, **more):
        if how[0] == "refused":
            raise StoreUnavailableError("locked", "OperationalError")
        news = save(*what, **more)
        if how[0] == "answer lost":
            raise StoreUnavailableError("unreachable", "ConnectionReset")
        return news

    monkeypatch.setattr(sync, "save", save_or_fail)
    typed: set[str] = set()
    replaced_knowingly: set[str] = set()  # somebody saw it, and typed over it
    for turn, (who, what, item, how[0]) in enumerate(did):
        visit = visits[who]
        if what == "type":
            replaced_knowingly.add(visit.note(item))
            visit.type(f"{who}, {turn}", item)
            typed.add(f"{who}, {turn}")
        elif what == "push":
            visit.push()
        else:
            visit.look()
    how[0] = "fine"
    for visit in visits * 3:
        visit.look()
    one, other = visits
    assert one.assessment.answers == other.assessment.answers
    traces = {told.value for told in (*one.saving.overwritten.values(), *other.saving.overwritten.values())}
    assert typed <= {one.note(item) for item in ITEMS[:2]} | traces | replaced_knowingly
