"""What a database does on a bad day: a sentence, nothing that was acknowledged lost, nothing told that was written."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import event

from pensebete.storage import engine
from pensebete.storage.changes import News, save
from pensebete.storage.dossiers import Kept, keep, open_link
from pensebete.storage.engine import Store, open_store
from pensebete.storage.errors import StoreUnavailableError
from pensebete.storage.milestones import add_milestone
from pensebete.storage.schema import check, migrate
from pensebete.text.wording import LANGUAGES, wording
from tests.builders import NOW, ROOT, assess
from tests.sqlite_lock import locked
from tests.storage.small_disk import small_disk
from tests.storage.visit import rows

NOTE = ("answer", "cash-forecast", "note")
SECRET = "Marge chez Desjardins"


pytestmark = pytest.mark.usefixtures("impatient")


def save_note(store: Store, kept: Kept, note: str = SECRET, change_id: str = "one") -> News:
    return save(store, kept.dossier_id, kept.link_id, 1, {NOTE: note}, change_id, NOW)


def unavailable(do: Callable[[], object]) -> StoreUnavailableError:
    """The error that says so, once it is sure that it tells nothing of what was written."""
    with pytest.raises(StoreUnavailableError) as caught:
        do()
    assert SECRET not in "".join(traceback.format_exception(caught.value))
    assert all(caught.value.sentence(wording(language)) for language in LANGUAGES)
    return caught.value


def test_each_reason_has_its_sentence():
    for reason in ("locked", "full", "nearly_full", "read_only", "unreachable", "replaced", "fault"):
        for language in LANGUAGES:
            assert StoreUnavailableError(reason, "Error").sentence(wording(language)).endswith(".")


# SQLite


def test_a_database_locked_by_another_process_is_said_and_saving_works_once_it_is_free(sqlite_store):
    kept = keep(sqlite_store, assess(), "the checklist", NOW)
    with locked(sqlite_store.file, "IMMEDIATE"):
        assert unavailable(lambda: save_note(sqlite_store, kept)).reason == "locked"
        assert open_link(sqlite_store, kept.token, NOW), "reading goes on"
    assert save_note(sqlite_store, kept).revision == 2


def test_a_full_disk_is_said_what_was_saved_can_still_be_read_and_saving_works_once_there_is_room(sqlite_store):
    kept = keep(sqlite_store, assess({"cash-forecast": "done"}), "the checklist", NOW)
    pages = [1]

    @event.listens_for(sqlite_store.engine, "checkout")
    def _bound(connection, _record, _proxy):
        connection.execute(f"PRAGMA max_page_count = {pages[0]}")

    assert unavailable(lambda: save_note(sqlite_store, kept, SECRET * 10_000)).reason == "full"
    opened = open_link(sqlite_store, kept.token, NOW)
    assert opened.assessment.answer("cash-forecast").status == "done"
    assert opened.revision == 1
    pages[0] = 100_000
    assert save_note(sqlite_store, kept, SECRET * 10_000).revision == 2


def test_a_disk_that_is_really_full_is_said(monkeypatch):
    monkeypatch.setenv("PENSEBETE_FREE_MEGABYTES", "0")
    with small_disk("400k") as folder, contextlib.closing(open_store(f"sqlite:///{folder}/dossiers.sqlite3")) as store:
        migrate(store)
        kept = keep(store, assess({"cash-forecast": "done"}), "the checklist", NOW)
        assert unavailable(lambda: save_note(store, kept, SECRET * 50_000)).reason == "full"
        assert open_link(store, kept.token, NOW).assessment.answer("cash-forecast").status == "done"


def test_a_disk_that_is_nearly_full_begins_no_dossier_and_no_milestone_and_goes_on_saving_answers(monkeypatch):
    with small_disk("3m") as folder, contextlib.closing(open_store(f"sqlite:///{folder}/dossiers.sqlite3")) as store:
        migrate(store)
        monkeypatch.setenv("PENSEBETE_FREE_MEGABYTES", "1")
        kept = keep(store, assess({"cash-forecast": "done"}), "the checklist", NOW)
        (folder / "other").write_bytes(b"x" * 2_100_000)
        before = rows(store)
        assert unavailable(lambda: keep(store, assess(), "another checklist", NOW)).reason == "nearly_full"
        name = (store, kept.dossier_id, kept.link_id, "CA", NOW.date(), NOW)
        assert unavailable(lambda: add_milestone(*name)).reason == "nearly_full"
        assert rows(store) == before
        assert save_note(store, kept).revision == 2


@contextlib.contextmanager
def as_somebody() -> Iterator[None]:
    """As somebody who is not root, to whom nothing is read-only."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


@pytest.mark.parametrize("folder_mode", [0o755, 0o777], ids=["and its folder", "alone"])
def test_a_read_only_file_is_said(folder_mode):
    folder = Path(tempfile.mkdtemp())
    try:
        file = folder / "dossiers.sqlite3"
        with contextlib.closing(open_store(f"sqlite:///{file}")) as store:
            migrate(store)
            kept = keep(store, assess(), "the checklist", NOW)
        file.chmod(0o444)
        folder.chmod(folder_mode if os.geteuid() == 0 else folder_mode & ~0o222)
        with as_somebody(), contextlib.closing(open_store(f"sqlite:///{file}")) as store:
            assert unavailable(lambda: save_note(store, kept)).reason in ("read_only", "unreachable")
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)


def test_a_file_that_has_gone_is_an_error_and_not_a_new_empty_database(sqlite_store):
    kept = keep(sqlite_store, assess(), "the checklist", NOW)
    sqlite_store.close()
    sqlite_store.file.unlink()
    assert unavailable(lambda: save_note(sqlite_store, kept)).reason == "replaced"
    assert not sqlite_store.file.exists()


@contextlib.contextmanager
def another_file(store: Store, content: str) -> Iterator[None]:
    """The file is put aside while the server runs, and something else may take its place."""
    aside = store.file.with_name("aside")
    names = ("", "-wal", "-shm")
    for name in names:
        store.file.with_name(f"{store.file.name}{name}").rename(f"{aside}{name}")
    if content == "tables only":
        with contextlib.closing(open_store(f"sqlite:///{store.file}")) as other:
            migrate(other)
    elif content:
        store.file.write_text(content, encoding="utf-8")
    yield
    for name in names:
        store.file.with_name(f"{store.file.name}{name}").unlink(missing_ok=True)
        Path(f"{aside}{name}").rename(store.file.with_name(f"{store.file.name}{name}"))


@pytest.mark.parametrize("content", ["", "no database at all " * 100], ids=["deleted", "replaced by nonsense"])
def test_nothing_is_acknowledged_into_a_file_that_has_gone_and_saving_works_once_it_is_back(sqlite_store, content):
    kept = keep(sqlite_store, assess(), "the checklist", NOW)
    save_note(sqlite_store, kept)
    with another_file(sqlite_store, content):
        for number in range(3):
            assert unavailable(lambda n=number: save_note(sqlite_store, kept, change_id=f"{n}")).reason == "replaced"
        assert unavailable(lambda: open_link(sqlite_store, kept.token, NOW)).reason == "replaced"
    assert save_note(sqlite_store, kept, "after", change_id="after").revision > 1
    with contextlib.closing(open_store(f"sqlite:///{sqlite_store.file}")) as store:
        assert open_link(store, kept.token, NOW).assessment.answer("cash-forecast").note == "after"


def test_a_sound_file_in_the_place_of_the_one_connected_to_is_taken_up(sqlite_store):
    keep(sqlite_store, assess(), "the checklist", NOW)
    with another_file(sqlite_store, "tables only"):
        again = keep(sqlite_store, assess(), "the checklist", NOW)
        with contextlib.closing(open_store(f"sqlite:///{sqlite_store.file}")) as store:
            assert open_link(store, again.token, NOW)


def test_the_log_of_the_database_deleted_under_the_server_loses_nothing_acknowledged_after(sqlite_store):
    kept = keep(sqlite_store, assess(), "the checklist", NOW)
    sqlite_store.file.with_name(f"{sqlite_store.file.name}-wal").unlink()
    save_note(sqlite_store, kept)
    with contextlib.closing(open_store(f"sqlite:///{sqlite_store.file}")) as store:
        assert open_link(store, kept.token, NOW).assessment.answer("cash-forecast").note == SECRET


def test_a_file_that_goes_while_a_save_is_under_way_acknowledges_nothing(sqlite_store):
    keep(sqlite_store, assess(), "the checklist", NOW)

    def save_meanwhile() -> None:
        with engine.writing(sqlite_store) as connection:
            connection.exec_driver_sql("UPDATE dossiers SET revision = 9")
            sqlite_store.file.rename(sqlite_store.file.with_name("aside"))

    assert unavailable(save_meanwhile).reason == "replaced"


def test_a_file_that_is_no_database_is_said(tmp_path):
    file = tmp_path / "dossiers.sqlite3"
    file.write_text("This is not a database, and longer than a header has to be. " * 10, encoding="utf-8")
    with contextlib.closing(open_store(f"sqlite:///{file}")) as store:
        assert unavailable(lambda: check(store)).reason == "fault"


def test_the_file_is_for_the_account_of_the_program_alone(sqlite_store):
    keep(sqlite_store, assess(), "the checklist", NOW)
    for file in sqlite_store.file.parent.glob("dossiers.sqlite3*"):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, file.name


def test_what_is_acknowledged_is_on_disk(sqlite_store):
    with engine.reading(sqlite_store) as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        }
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}


# PostgreSQL


def test_a_server_that_is_stopped_is_said_and_saving_works_by_itself_once_it_is_back(server, server_store):
    kept = keep(server_store, assess(), "the checklist", NOW)
    server.stop()
    try:
        assert unavailable(lambda: save_note(server_store, kept)).reason == "unreachable"
        assert unavailable(lambda: open_link(server_store, kept.token, NOW)).reason == "unreachable"
    finally:
        server.start()
    assert save_note(server_store, kept).revision == 2


@pytest.mark.soak  # the wait itself; that others are spared it: tests/unit/storage/test_pause.py
def test_a_server_that_is_frozen_is_said_without_making_each_wait_and_saving_works_once_it_goes_on(
    server, server_store, monkeypatch
):
    kept = keep(server_store, assess(), "the checklist", NOW)
    with server.frozen():
        assert unavailable(lambda: save_note(server_store, kept)).cause == "ConnectionTimeout"
        began = time.monotonic()
        assert unavailable(lambda: save_note(server_store, kept)).reason == "unreachable"
        assert unavailable(lambda: open_link(server_store, kept.token, NOW)).reason == "unreachable"
        assert time.monotonic() - began < 1, "told at once, and not after a wait of its own"
    monkeypatch.setattr(server_store.pause, "_until", 0)
    assert save_note(server_store, kept).revision == 2


def test_a_dossier_locked_by_another_connection_is_said(server_url, server_store):
    kept = keep(server_store, assess(), "the checklist", NOW)
    with psycopg.connect(server_url) as other:
        other.execute("SELECT 1 FROM dossiers FOR UPDATE")
        assert unavailable(lambda: save_note(server_store, kept)).reason == "locked"
    assert save_note(server_store, kept).revision == 2


def test_a_server_asks_whether_a_program_of_which_it_hears_nothing_is_still_there(server_store):
    with engine.reading(server_store) as connection:
        asks = [
            connection.exec_driver_sql(f"SHOW tcp_keepalives_{what}").scalar_one()
            for what in ("idle", "interval", "count")
        ]
    assert asks == ["30", "5", "3"], "within a minute, and not in hours"


@pytest.mark.soak  # seconds by the clock of the server
def test_a_save_that_the_network_cut_off_in_the_middle_keeps_a_dossier_locked_for_seconds_and_no_longer(server_store):
    kept = keep(server_store, assess(), "the checklist", NOW)
    saved, began = None, time.monotonic()
    with contextlib.suppress(StoreUnavailableError), engine.writing(server_store) as connection:
        connection.exec_driver_sql("UPDATE dossiers SET revision = revision")
        while saved is None and time.monotonic() < began + 10:
            with contextlib.suppress(StoreUnavailableError):
                saved = save_note(server_store, kept)
    assert saved
    assert saved.revision == 2


def test_a_server_that_only_reads_is_said_and_what_was_saved_can_still_be_read(server, migrated_database):
    url = server.new_database(migrated_database)
    with contextlib.closing(open_store(url)) as store:
        kept = keep(store, assess(), "the checklist", NOW)
        with psycopg.connect(url, autocommit=True) as other:
            other.execute(f"ALTER DATABASE {store.engine.url.database} SET default_transaction_read_only = on")
        store.close()
        assert unavailable(lambda: save_note(store, kept)).reason == "read_only"
        assert open_link(store, kept.token, NOW)


def test_a_wrong_password_is_said_without_telling_it(server):
    address = server.url("postgres").replace(server.password, "wrong-password")
    with contextlib.closing(open_store(address)) as store:
        error = unavailable(lambda: check(store))
        assert error.reason == "unreachable"
        assert "wrong-password" not in "".join(traceback.format_exception(error))


def test_a_disk_of_the_server_that_is_full_is_said_and_saving_works_once_there_is_room(server):
    """The tables lie on a disk of a few megabytes, as a tablespace: what the server says of it is its own."""
    with small_disk("24m") as folder:
        place = folder / "tables"
        place.mkdir()
        shutil.chown(place, "postgres")
        folder.chmod(0o755)
        with psycopg.connect(server.url("postgres"), autocommit=True) as admin:
            admin.execute(sql.SQL("CREATE TABLESPACE small LOCATION {}").format(str(place)))
            admin.execute("CREATE DATABASE on_small TABLESPACE small")
        try:
            with contextlib.closing(open_store(server.url("on_small"))) as store:
                migrate(store)
                kept = keep(store, assess({"cash-forecast": "done"}), "the checklist", NOW)
                fill = folder / "other"
                with contextlib.suppress(OSError), fill.open("wb", buffering=0) as filling:
                    while True:
                        filling.write(os.urandom(50_000))
                noise = SECRET + os.urandom(600_000).hex()  # not to be compressed into what is left of a page
                assert unavailable(lambda: save_note(store, kept, noise)).reason == "full"
                assert unavailable(lambda: keep(store, assess(), noise, NOW)).reason == "full"
                assert open_link(store, kept.token, NOW).assessment.answer("cash-forecast").status == "done"
                assert len(rows(store)["dossiers"]) == 1
                fill.unlink()
                assert save_note(store, kept, noise).revision == 2
                assert open_link(store, kept.token, NOW).assessment.answer("cash-forecast").note == noise
        finally:
            with psycopg.connect(server.url("postgres"), autocommit=True) as admin:
                admin.execute("DROP DATABASE on_small WITH (FORCE)")
                admin.execute("DROP TABLESPACE small")


# Both: the program killed while it saves

WRITE = """
import sys
from tests.builders import NOW
from pensebete.storage.changes import save
from pensebete.storage.engine import open_store
url, dossier, link = sys.argv[1:]
store = open_store(url)
for n in range(100_000):
    key = ("answer", f"item-{n}", "note")
    save(store, dossier, int(link), n + 1, {key: str(n)}, str(n), NOW)
    print(n, flush=True)
"""


def test_each_answer_acknowledged_before_kill_9_is_there_afterwards(store, url):
    kept = keep(store, assess(), "the checklist", NOW)
    call = [sys.executable, "-c", WRITE, url, kept.dossier_id, str(kept.link_id)]
    with subprocess.Popen(call, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        acknowledged = [int(process.stdout.readline()) for _ in range(50)]
        process.send_signal(signal.SIGKILL)
        acknowledged += [int(line) for line in process.stdout.read().splitlines()]
    answers = open_link(store, kept.token, NOW).assessment.answers
    assert {f"item-{n}" for n in acknowledged} <= answers.keys()
    assert len(acknowledged) <= len(answers) <= len(acknowledged) + 1
    if store.file:
        with contextlib.closing(sqlite3.connect(store.file)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
