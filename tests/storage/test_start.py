"""What a server does with its database when it starts: `streamlit run app.py` alone saves dossiers."""

from __future__ import annotations

import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from os import utime
from pathlib import Path
from shutil import copy
from time import monotonic, sleep

import pytest

from devtools.server import ROOT, serving, wait_until_it_answers
from pensebete.storage import current, place
from pensebete.storage.dossiers import keep, open_link
from pensebete.storage.engine import open_store
from pensebete.storage.errors import NotMigratedError, StoreUnavailableError
from pensebete.storage.old_copies import forget_old_copies
from pensebete.storage.place import TABLES, tables_of
from pensebete.storage.prepare import make_ready
from pensebete.storage.schema import check, migrate
from tests.builders import NOW, assess
from tests.earlier_versions import VERSIONS
from tests.sqlite_lock import locked
from tests.storage.small_disk import small_disk
from tests.storage.visit import rows


@pytest.fixture
def default(tmp_path, monkeypatch) -> Path:
    """The file that a server makes where the operator has said nothing."""
    monkeypatch.delenv("PENSEBETE_DATABASE_URL", raising=False)
    file = tmp_path / "clone" / "data" / "pensebete.sqlite3"
    file.parent.parent.mkdir()
    monkeypatch.setattr(place, "default_file", lambda: file)
    return file


@pytest.fixture
def why_not(monkeypatch) -> Iterator[object]:
    """Why this server saves nothing, asked anew."""
    current.store.cache_clear()
    yield current.why_not_saving
    if current.store.cache_info().currsize:
        current.store().close()
    current.store.cache_clear()


def is_ready(file: Path) -> bool:
    with closing(open_store(f"sqlite:///{file}")) as store:
        check(store)
    return True


def test_a_fresh_clone_served_alone_twice_at_once_saves_dossiers(tmp_path):
    for name in ("pensebete", "pages", "app.py", "checklist.yaml", ".streamlit"):
        (tmp_path / name).symlink_to(ROOT / name)
    settings = {"PYTHONPATH": str(tmp_path), "PENSEBETE_DATABASE_URL": "", "cwd": tmp_path}
    app = tmp_path / "app.py"
    with serving(app, wait=False, **settings) as one, serving(app, wait=False, **settings) as other:
        wait_until_it_answers(one)
        wait_until_it_answers(other)
        file = tmp_path / "data" / "pensebete.sqlite3"
        assert is_ready(file)
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


START = """
import sys
from pathlib import Path
from pensebete.storage import place
from pensebete.storage.prepare import make_ready
place.default_file = lambda: Path(sys.argv[1])
sys.stdin.readline()
make_ready()
"""


def test_processes_that_start_at_the_same_moment_make_one_database(default):
    call = [sys.executable, "-c", START, str(default)]
    started = [subprocess.Popen(call, cwd=ROOT, stdin=subprocess.PIPE) for _ in range(4)]
    for one in started:
        one.stdin.close()
    assert [one.wait(60) for one in started] == [0] * 4
    assert is_ready(default)


def test_where_nothing_is_to_be_done_nothing_is_loaded(default):
    make_ready()
    call = [sys.executable, "-c", f"{START}sys.exit('sqlalchemy' in sys.modules)", str(default)]
    assert subprocess.run(call, cwd=ROOT, stdin=subprocess.DEVNULL).returncode == 0


def test_a_file_of_an_earlier_version_is_brought_up_to_date_after_a_copy_for_its_owner_alone(default, monkeypatch):
    default.parent.mkdir()
    copy(VERSIONS[0] / "saved.sqlite3", default)
    earlier = tables_of(default)
    before = make_ready()
    assert tables_of(default) == TABLES != earlier
    assert tables_of(before) == earlier
    assert before.parent == default.parent
    assert stat.S_IMODE(before.stat().st_mode) == 0o600
    assert make_ready() is None
    # It goes by itself: what somebody deletes is not to stay in it.
    forget_old_copies(default)
    assert before.exists()
    old = (before.stat().st_mtime - timedelta(days=31).total_seconds(),) * 2
    utime(before, old)
    forget_old_copies(default)
    assert not before.exists()
    assert is_ready(default)


def test_a_file_of_a_later_version_is_left_alone_and_said(default, why_not):
    make_ready()
    with closing(sqlite3.connect(default)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.execute("UPDATE runs_from SET tables = '9999'")
        connection.commit()
    assert make_ready() is None
    assert tables_of(default) == "9999"
    assert why_not().newer


def test_a_file_of_a_later_version_that_says_that_this_one_runs_on_it_is_served(default, why_not):
    """Whoever goes back to the version before finds everything there."""
    make_ready()
    with closing(sqlite3.connect(default)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    assert make_ready() is None
    assert why_not() is None
    assert tables_of(default) == "9999"
    assert [file.name for file in default.parent.iterdir() if ".before-" in file.name] == []


def test_a_file_that_the_operator_named_is_not_made_one_of_an_earlier_version_is_brought_up_to_date(
    tmp_path, monkeypatch, why_not
):
    file = tmp_path / "mounted" / "dossiers.sqlite3"
    monkeypatch.setenv("PENSEBETE_DATABASE_URL", f"sqlite:///{file}")
    assert make_ready() is None
    assert not file.parent.exists()
    assert isinstance(why_not(), NotMigratedError)
    file.parent.mkdir()
    copy(VERSIONS[0] / "saved.sqlite3", file)
    assert make_ready()
    assert why_not() is None


def test_a_postgresql_database_is_not_touched_and_nothing_is_offered_until_it_is_ready(server, monkeypatch, why_not):
    url = server.new_database()
    monkeypatch.setenv("PENSEBETE_DATABASE_URL", url)
    assert make_ready() is None
    assert isinstance(why_not(), NotMigratedError)
    with closing(open_store(url)) as store:
        assert rows(store) == {}
        migrate(store)
    assert why_not() is None


def test_what_is_no_database_is_left_as_it_is_and_nothing_is_offered(default, why_not):
    default.parent.mkdir()
    default.write_text("Recettes de cuisine. " * 100, encoding="utf-8")
    with pytest.raises(StoreUnavailableError):
        make_ready()
    assert default.read_text(encoding="utf-8").startswith("Recettes")
    assert why_not().reason == "fault"


@pytest.mark.usefixtures("impatient")
def test_a_database_that_is_only_busy_goes_on_being_offered(default, why_not):
    make_ready()
    assert why_not() is None
    with locked(default, "IMMEDIATE"):
        assert why_not() is None


def test_a_disk_without_room_for_the_copy_leaves_an_earlier_file_as_it_was(monkeypatch):
    with small_disk("700k") as folder:
        file = Path(copy(VERSIONS[0] / "saved.sqlite3", folder / "dossiers.sqlite3"))
        room = 700 * 1024 - 4096 * 20 - file.stat().st_size
        (folder / "other").write_bytes(b"x" * max(room, 0))
        before = file.read_bytes()
        monkeypatch.setenv("PENSEBETE_DATABASE_URL", f"sqlite:///{file}")
        with pytest.raises(StoreUnavailableError) as full:
            make_ready()
        assert full.value.reason == "full"
        assert file.read_bytes() == before
        assert list(folder.glob("*before*")) == list(folder.glob(".*")) == []


def test_on_a_read_only_file_system_the_app_serves_opens_what_is_saved_and_offers_to_save_nothing(
    tmp_path, monkeypatch, why_not
):
    monkeypatch.setenv("PENSEBETE_FREE_MEGABYTES", "0")
    with small_disk("8m") as folder:
        url = f"sqlite:///{folder}/dossiers.sqlite3"
        with closing(open_store(url)) as store:
            migrate(store)
            kept = keep(store, assess({"cash-forecast": "done"}), "the checklist", NOW)
        remount(folder, "ro")
        monkeypatch.setenv("PENSEBETE_DATABASE_URL", url)
        assert make_ready() is None
        assert why_not().reason == "read_only"
        with closing(open_store(url)) as store:
            assert open_link(store, kept.token, NOW).assessment.answer("cash-forecast").status == "done"
        log = tmp_path / "log"
        with log.open("wb") as written, serving(output=written, PENSEBETE_DATABASE_URL=url) as server:
            wait_until_it_answers(server)
            assert "lecture seule" in wait_for(log, "les pages ne l’offrent pas")
        # Once it can be written in again, saving works without a restart.
        with closing(open_store(url)) as store:
            assert open_link(store, kept.token, NOW)
            remount(folder, "rw")
            assert keep(store, assess(), "the checklist", NOW)


def remount(folder: Path, how: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{how}", folder], check=True)


def wait_for(log: Path, words: str) -> str:
    until = monotonic() + 30
    while words not in log.read_text(encoding="utf-8") and monotonic() < until:
        sleep(0.1)
    said = log.read_text(encoding="utf-8")
    assert words in said
    return said
