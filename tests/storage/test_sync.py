"""A saved dossier in one visit: what the database cannot take now waits, is sent by itself, and is done once."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from devtools.postgresql import DatabaseServer
from pensebete.assessment.edits import with_details
from pensebete.storage import sync
from pensebete.storage.changes import save
from pensebete.storage.dossiers import keep
from pensebete.storage.engine import Store, open_store, outside_transactions, reading
from pensebete.storage.errors import LinkGoneError, StoreUnavailableError
from pensebete.storage.links import revoke
from pensebete.storage.schema import migrate
from pensebete.storage.sync import saving_of_kept
from pensebete.storage.tables import facts, saves
from tests.builders import NOW, assess
from tests.sqlite_lock import locked
from tests.storage.visit import ITEM, SAVED_AT, Visit, two_visits

ITEMS = (ITEM, "lender-relief", "remote-work")

pytestmark = pytest.mark.usefixtures("impatient")


def saved_note(visit: Visit, item: str = ITEMS[0]) -> str | None:
    """What the database has, read past the visit."""
    query = select(facts.c.value).where(
        facts.c.dossier_id == visit.dossier_id, facts.c.key == f'["answer","{item}","note"]'
    )
    with reading(visit.saving.store) as connection:
        found: str | None = connection.execute(query).scalar_one_or_none()
        return found and found.strip('"')


def count_of_saves(visit: Visit) -> int:
    with reading(visit.saving.store) as connection:
        return len(connection.execute(select(saves).where(saves.c.dossier_id == visit.dossier_id)).all())


# Two visits


def test_what_one_visit_writes_is_in_the_other_after_its_next_look(store):
    one, other = two_visits(store)
    one.write("Voir Paul")
    assert one.saving.saved_at == SAVED_AT
    assert other.note() == ""
    other.look()
    assert other.note() == "Voir Paul"
    [change] = other.heard
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
        [told] = visit.overwritten
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
    writer, reader = two_visits(store, access="read")
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
    one, other = two_visits(store, access=access)
    revoke(store, one.dossier_id, one.link_id, other.link_id, NOW)
    other.type("Voir Ana")
    with pytest.raises(LinkGoneError):
        other.look()
    assert saved_note(one) is None


# The database is away


@contextlib.contextmanager
def locked_by_another_process(store: Store) -> Iterator[str]:
    assert store.file
    with locked(store.file, "EXCLUSIVE"):
        yield "locked"


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
    assert (visit.waits_for, visit.saving.saved_at) == (None, SAVED_AT)
    assert [saved_note(visit, item) for item in ITEMS[:2]] == ["Voir Paul", "Lundi"]
    other.look()
    assert [other.note(item) for item in ITEMS[:2]] == ["Voir Paul", "Lundi"]
    assert other.overwritten == []


def test_what_was_corrected_while_it_waited_is_saved_as_corrected(outage):
    store, away = outage
    visit, _ = two_visits(store)
    with away():
        visit.write("Voir Pual")
        visit.write("Voir Paul")
    visit.look()
    assert (saved_note(visit), visit.note(), visit.overwritten) == ("Voir Paul", "Voir Paul", [])


def test_a_read_only_file_makes_saving_wait_until_it_can_be_written_again():
    folder = Path(tempfile.mkdtemp())
    root = os.geteuid() == 0
    try:
        file = folder / "dossiers.sqlite3"
        with contextlib.closing(open_store(f"sqlite:///{file}")) as store:
            migrate(store)
            token = keep(store, assess(), "the checklist", NOW).token
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
    writer, reader = two_visits(server_store, access="read")
    with stopped(server):
        reader.look()
        assert reader.waits_for == "unreachable"
    writer.write("Voir Paul")
    reader.look()
    assert (reader.waits_for, reader.note()) == (None, "Voir Paul")


# The answer of the database is lost


def test_what_a_restored_copy_does_not_have_is_said_again_by_the_visit_that_holds_it(sqlite_store):
    one, _ = two_visits(sqlite_store)
    copy = sqlite_store.file.with_name("copy")
    with outside_transactions(sqlite_store) as execute:
        execute(f"VACUUM INTO '{copy}'")
    for number in range(3):
        one.write(f"Voir Paul {number}")
    copy.replace(sqlite_store.file)
    one.write("Voir Paul 3")
    assert one.waits_for == "replaced", "the log of the file before would be written into the copy"
    for ending in ("wal", "shm"):
        sqlite_store.file.with_name(f"{sqlite_store.file.name}-{ending}").unlink()
    one.look()
    one.look()
    assert saved_note(one) == "Voir Paul 3"


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
    assert (visit.waits_for, visit.saving.saved_at) == (None, SAVED_AT)
    assert (count_of_saves(visit), saved_note(visit)) == (1, "Voir Paul")
    visit.write("Voir Ana")
    assert (count_of_saves(visit), saved_note(visit), visit.overwritten) == (2, "Voir Ana", [])
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
    assert [told.value for told in visit.overwritten] == ["Voir Ana"]
    assert [told.value for told in other.overwritten] == ["Voir Ana"]


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
    assert [told.value for told in visit.overwritten] == ["Voir Ana"]


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
    traces = {told.value for told in one.overwritten + other.overwritten}
    assert typed <= {one.note(item) for item in ITEMS[:2]} | traces | replaced_knowingly
