"""A copy of the database, and the way back: the commands of docs/operations.md as they stand, and what goes wrong."""

from __future__ import annotations

import os
import re
import signal
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from devtools.postgresql import DatabaseServer
from pensebete.checklist import accepted
from pensebete.checklist.idea import NewIdea
from pensebete.checklist.loading import load
from pensebete.cli.main import main
from pensebete.storage.accepted import whole_log
from pensebete.storage.backup import backup, restore
from pensebete.storage.changes import save
from pensebete.storage.dossiers import delete_dossier, keep, open_link
from pensebete.storage.engine import Store, open_store
from pensebete.storage.errors import InUseError, NotEmptyError, UnsoundCopyError
from pensebete.storage.ideas import add_idea, ideas_of
from pensebete.storage.place import TABLES
from pensebete.storage.reviews import add_to_review
from pensebete.storage.schema import check, migrate
from pensebete.storage.sqlite_copy import put_whole
from pensebete.text.wording import LANGUAGES, wording
from pensebete.web.server import accepted_log
from tests.builders import MINIMAL, NOW, ROOT, assess
from tests.storage.test_faults import WRITE
from tests.storage.visit import make_later, rows
from tests.unit.assessment.review.reviews import DOSSIER, remark, review

ASSESSMENT = assess({"cash-forecast": "done"}, id=DOSSIER, organisation="Coop du Fleuve")
REVIEW = review(remark(1, text="La résolution manque."))


@pytest.fixture(autouse=True)
def _programs(request: pytest.FixtureRequest, monkeypatch) -> None:
    """PostgreSQL's own are those of its server."""
    if "postgresql" in request.node.name:
        programs = request.getfixturevalue("server").programs
        monkeypatch.setenv("PATH", f"{programs}:{os.environ['PATH']}")


@pytest.fixture
def empty_url(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> str:
    """The address of another machine's database, which has nothing in it yet."""
    if kind == "sqlite":
        return f"sqlite:///{tmp_path}/elsewhere/dossiers.sqlite3"
    return request.getfixturevalue("server").new_database()


def backed_up_and_restored() -> list[str]:
    """The shell blocks under « Sauvegarder et restaurer »."""
    guide = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    chapter = guide.split("## Sauvegarder et restaurer")[1].split("\n## ")[0]
    found = re.findall(r"```sh\n(.*?)```", chapter, re.DOTALL)
    assert len(found) == 2
    return found


def in_the_folder(folder: Path, command: str, url: str, **environment: str) -> str:
    call = ["sh", "-e", "-c", command]
    settings = {**os.environ, "PENSEBETE_DATABASE_URL": url, "PYTHONPATH": str(ROOT), **environment}
    done = subprocess.run(call, cwd=folder, env=settings, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    return done.stdout


def is_whole(url: str, token: str) -> bool:
    with closing(open_store(url)) as store:
        check(store)
        opened = open_link(store, token, NOW)
    assert opened is not None
    return opened.assessment.model_copy(update={"updated_at": None}) == ASSESSMENT and opened.review == REVIEW


def test_the_commands_of_the_guide_copy_a_database_in_use_and_bring_every_dossier_back(url, empty_url, kind, tmp_path):
    back_up, put_back = backed_up_and_restored()
    (tmp_path / ".venv").symlink_to(ROOT / ".venv")
    with closing(open_store(url)) as store:
        kept = keep(store, ASSESSMENT, "the checklist", NOW, "direction")
        add_to_review(store, kept.dossier_id, kept.link_id, REVIEW, NOW)
        said = in_the_folder(tmp_path, f"umask 000; {back_up}", url)
        assert said.startswith("Copie faite et vérifiée\u00a0: 1 dossier, ")
        delete_dossier(store, kept.dossier_id, kept.link_id)
        keep(store, assess(organisation="Après"), "the checklist", NOW)
    copy = tmp_path / "copie.sauvegarde"
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert [file.name for file in tmp_path.iterdir() if ".new" in file.name] == []
    for there in (url, empty_url) if kind == "sqlite" else (empty_url,):
        assert "1 dossier" in in_the_folder(tmp_path, put_back, there)
        assert is_whole(there, kept.token)
    if kind == "sqlite":
        file = tmp_path / "elsewhere" / "dossiers.sqlite3"
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
        with closing(sqlite3.connect(file)) as connection:
            assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        [before] = tmp_path.glob("dossiers.sqlite3.before-restore-*")
        assert stat.S_IMODE(before.stat().st_mode) == 0o600
        with closing(open_store(f"sqlite:///{before}")) as store:
            assert len(rows(store)["dossiers"]) == 1, "what was there before is kept"


def test_what_this_disk_alone_knows_of_accepted_texts_is_in_the_copy_and_serves_on_a_new_machine(
    url, empty_url, tmp_path, monkeypatch, capsys
):
    checklist = tmp_path / "liste.yaml"
    text_of_it = MINIMAL.read_text(encoding="utf-8")
    checklist.write_text(text_of_it, encoding="utf-8")
    monkeypatch.setenv("PENSEBETE_CHECKLIST", str(checklist))
    monkeypatch.setattr(accepted, "_beside_the_dossiers", lambda: tmp_path / "old-machine")
    accepted.keep(checklist, load(MINIMAL), text_of_it)  # accepted while the database was away
    monkeypatch.setenv("PENSEBETE_DATABASE_URL", url)
    for _ in range(2):
        assert main(["backup", str(tmp_path / "copy"), "--force"]) == 0
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(accepted, "_beside_the_dossiers", lambda: tmp_path / "new-machine")
    monkeypatch.setenv("PENSEBETE_DATABASE_URL", empty_url)
    assert main(["restore", str(tmp_path / "copy")]) == 0
    with closing(open_store(empty_url)) as store:
        assert whole_log(store, checklist)[1] == (text_of_it,)
        monkeypatch.setattr("pensebete.storage.current.store", lambda: store)
        checklist.write_text("broken: [", encoding="utf-8")
        accepted_log.restore_accepted()
    assert accepted.kept_of(checklist) == (text_of_it,)


def test_a_file_that_is_there_is_not_replaced_unasked(url, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("PENSEBETE_DATABASE_URL", url)
    copy = tmp_path / "copy"
    copy.write_text("precious", encoding="utf-8")
    assert main(["backup", str(copy)]) == 2
    assert "--force" in capsys.readouterr().err
    assert copy.read_text(encoding="utf-8") == "precious"
    assert main(["backup", str(copy), "--force"]) == 0
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert list(tmp_path.glob(".*")) == []


def test_nobody_else_may_read_a_copy_at_any_moment_and_half_of_one_bears_no_name(tmp_path):
    umask = os.umask(0)
    try:
        with put_whole(tmp_path / "copy") as into:
            assert stat.S_IMODE(into.stat().st_mode) == 0o600
            assert not (tmp_path / "copy").exists()
        with pytest.raises(ZeroDivisionError), put_whole(tmp_path / "copy", over=True) as into:
            into.write_bytes(b"half" * (1 // 0))
        with pytest.raises(FileExistsError), put_whole(tmp_path / "other"):
            (tmp_path / "other").write_bytes(b"made meanwhile")
    finally:
        os.umask(umask)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["copy", "other"]
    assert (tmp_path / "copy").read_bytes() == b""
    assert (tmp_path / "other").read_bytes() == b"made meanwhile"


def test_the_database_itself_is_never_the_copy(sqlite_url, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("PENSEBETE_DATABASE_URL", sqlite_url)
    file = Path(sqlite_url.removeprefix("sqlite:///"))
    before = file.read_bytes()
    for call in (["backup", str(file), "--force"], ["backup", f"{file}-wal", "--force"], ["restore", str(file)]):
        assert main(call) == 2
        assert "elle-même" in capsys.readouterr().err
    assert file.read_bytes() == before


def test_a_database_that_is_not_whole_is_not_copied(sqlite_store, tmp_path):
    for _ in range(60):
        keep(sqlite_store, assess(organisation="x" * 100), "the checklist", NOW)
    sqlite_store.close()
    file = sqlite_store.file
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("DELETE FROM dossiers WHERE rowid % 2")
        connection.commit()
    with pytest.raises(UnsoundCopyError):
        backup(sqlite_store, tmp_path / "copy")
    assert not (tmp_path / "copy").exists()


@pytest.mark.parametrize("damage", ["cut short", "no database", "of somebody else", "empty"])
def test_what_is_no_sound_copy_is_refused_and_nothing_is_changed(store, url, kind, damage, tmp_path, monkeypatch):
    kept = keep(store, ASSESSMENT, "the checklist " * 2_000, NOW)
    add_to_review(store, kept.dossier_id, kept.link_id, REVIEW, NOW)
    copy = tmp_path / "copy"
    backup(store, copy)
    if damage == "cut short":
        copy.write_bytes(copy.read_bytes()[: 6 * copy.stat().st_size // 10])
    elif damage == "no database":
        copy.write_text("This is not a database. " * 100, encoding="utf-8")
    elif damage == "empty":
        copy.write_bytes(b"")
    else:
        copy.unlink()
        with closing(sqlite3.connect(copy)) as other:
            other.execute("CREATE TABLE t (a)")
    store.close()
    monkeypatch.setenv("PENSEBETE_DATABASE_URL", url)
    assert main(["restore", "--force", str(copy)]) == 2
    assert is_whole(url, kept.token)


def test_a_copy_cut_short_is_refused_for_an_empty_database_too(store, empty_url, tmp_path, monkeypatch, capsys):
    keep(store, ASSESSMENT, "the checklist " * 2_000, NOW)
    copy = tmp_path / "copy"
    backup(store, copy)
    copy.write_bytes(copy.read_bytes()[: 6 * copy.stat().st_size // 10])
    monkeypatch.setenv("PENSEBETE_DATABASE_URL", empty_url)
    assert main(["restore", str(copy)]) == 2
    assert capsys.readouterr().err
    with closing(open_store(empty_url)) as other:
        migrate(other)
        assert not any(rows(other).values())


def test_a_database_with_dossiers_is_not_replaced_unasked(store, kind, tmp_path):
    keep(store, ASSESSMENT, "the checklist", NOW)
    backup(store, tmp_path / "copy")
    later = keep(store, ASSESSMENT, "the checklist", NOW)
    with pytest.raises(NotEmptyError) as refused:
        restore(store, tmp_path / "copy")
    for language in LANGUAGES:
        assert refused.value.sentence(wording(language)).endswith(".")
    assert open_link(store, later.token, NOW)


def test_the_empty_database_that_a_new_machine_made_at_start_gives_way(sqlite_store, tmp_path):
    kept = keep(sqlite_store, ASSESSMENT, "the checklist", NOW)
    backup(sqlite_store, tmp_path / "copy")
    with closing(open_store(f"sqlite:///{tmp_path}/new/dossiers.sqlite3")) as other:
        migrate(other)
        other.close()
        assert restore(other, tmp_path / "copy").dossiers == 1
        assert open_link(other, kept.token, NOW)


def test_what_staff_and_managers_keep_beside_dossiers_is_not_replaced_unasked_either(sqlite_store, tmp_path):
    backup(sqlite_store, tmp_path / "copy")
    add_idea(sqlite_store, NewIdea("covid-19", "", "fr", "Un tableau blanc"), NOW)
    with pytest.raises(NotEmptyError) as refused:
        restore(sqlite_store, tmp_path / "copy")
    for language in LANGUAGES:
        assert "--force" in refused.value.sentence(wording(language))
    assert len(ideas_of(sqlite_store)) == 1
    sqlite_store.close()
    found = restore(sqlite_store, tmp_path / "copy", over=True)
    assert found.before is not None
    assert ideas_of(sqlite_store) == ()


SERVE = """
import sys
from pensebete.storage.engine import open_store, reading
store = open_store(sys.argv[1])
with reading(store) as connection:
    connection.exec_driver_sql("SELECT count(*) FROM dossiers").scalar_one()
print("serving", flush=True)
sys.stdin.read()
"""


def test_nothing_is_put_under_a_server_that_runs(sqlite_store, tmp_path):
    kept = keep(sqlite_store, ASSESSMENT, "the checklist", NOW)
    backup(sqlite_store, tmp_path / "copy")
    later = keep(sqlite_store, ASSESSMENT, "the checklist", NOW)
    sqlite_store.close()
    call = [sys.executable, "-c", SERVE, f"sqlite:///{sqlite_store.file}"]
    with subprocess.Popen(call, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout.readline() == "serving\n"
        with pytest.raises(InUseError):
            restore(sqlite_store, tmp_path / "copy", over=True)
        server.stdin.close()
    assert open_link(sqlite_store, later.token, NOW)
    sqlite_store.close()
    assert restore(sqlite_store, tmp_path / "copy", over=True).dossiers == 1
    assert open_link(sqlite_store, kept.token, NOW)
    assert open_link(sqlite_store, later.token, NOW) is None


def test_a_copy_of_a_later_version_is_refused_one_of_another_kind_too(store, kind, tmp_path, monkeypatch, capsys):
    make_later(store)
    copy = tmp_path / "copy"
    backup(store, copy)
    if kind == "sqlite":
        monkeypatch.setenv("PENSEBETE_DATABASE_URL", f"sqlite:///{tmp_path}/new.sqlite3")
        assert main(["restore", str(copy)]) == 2
        assert "plus récente" in capsys.readouterr().err
        assert not (tmp_path / "new.sqlite3").exists()
    other = "postgresql://nobody@127.0.0.1:1/none" if kind == "sqlite" else f"sqlite:///{tmp_path}/new.sqlite3"
    monkeypatch.setenv("PENSEBETE_DATABASE_URL", other)
    assert main(["restore", str(copy)]) == 2
    assert "Cette copie vient" in capsys.readouterr().err


def test_a_copy_of_a_later_version_that_says_that_this_one_runs_on_it_is_put_back(sqlite_store, tmp_path):
    """Whoever went back to the version before has copies of the later one alone."""
    kept = keep(sqlite_store, ASSESSMENT, "the checklist", NOW)
    make_later(sqlite_store, runs_from=TABLES)
    backup(sqlite_store, tmp_path / "copy")
    with closing(open_store(f"sqlite:///{tmp_path}/new.sqlite3")) as new:
        assert restore(new, tmp_path / "copy").dossiers == 1
        assert open_link(new, kept.token, NOW)


def test_a_broken_database_is_set_aside_with_its_log_and_the_copy_serves(sqlite_store, tmp_path):
    kept = keep(sqlite_store, ASSESSMENT, "the checklist", NOW)
    backup(sqlite_store, tmp_path / "copy")
    sqlite_store.close()
    sqlite_store.file.write_bytes(b"nothing of a database " * 500)
    sqlite_store.file.with_name(f"{sqlite_store.file.name}-wal").write_bytes(b"nor of a log")
    restored = restore(sqlite_store, tmp_path / "copy")
    assert restored.before.read_bytes().startswith(b"nothing")
    assert open_link(sqlite_store, kept.token, NOW)


def test_a_copy_made_of_what_kill_9_left_in_the_middle_of_writing_has_every_answer_acknowledged(
    store, url, empty_url, tmp_path
):
    kept = keep(store, assess(), "the checklist", NOW)
    store.close()
    call = [sys.executable, "-c", WRITE, url, kept.dossier_id, str(kept.link_id)]
    with subprocess.Popen(call, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        acknowledged = [int(process.stdout.readline()) for _ in range(30)]
        # A copy while it writes is whole: as the database was at one moment.
        assert backup(store, tmp_path / "meanwhile") == 1
        process.send_signal(signal.SIGKILL)
        acknowledged += [int(line) for line in process.stdout.read().splitlines()]
    store.close()
    backup(store, tmp_path / "after")
    with closing(open_store(empty_url)) as other:
        restore(other, tmp_path / "after")
        answers = open_link(other, kept.token, NOW).assessment.answers
        assert {f"item-{n}" for n in acknowledged} <= answers.keys()
        revision = open_link(other, kept.token, NOW).revision
        save(other, kept.dossier_id, kept.link_id, revision, {("answer", "a", "note"): "et après"}, "z", NOW)


def test_a_machine_without_the_programs_of_postgresql_is_told_what_to_install(
    server_url, tmp_path, monkeypatch, capsys
):
    monkeypatch.setenv("PENSEBETE_DATABASE_URL", server_url)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert main(["backup", str(tmp_path / "copy"), "--lang", "en"]) == 2
    assert "postgresql-client" in capsys.readouterr().err
    assert not (tmp_path / "copy").exists()


def test_what_a_program_of_postgresql_refuses_is_said_without_the_password(
    server: DatabaseServer, server_store: Store, tmp_path, monkeypatch, capsys
):
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    fake = tmp_path / "pg_dump"
    fake.write_text('#!/bin/sh\necho "pg_dump: error: server version mismatch: $*" >&2; exit 1\n', encoding="utf-8")
    fake.chmod(0o755)
    url = server_store.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    monkeypatch.setenv("PENSEBETE_DATABASE_URL", url)
    assert main(["backup", str(tmp_path / "copy")]) == 2
    said = capsys.readouterr().err
    assert "version mismatch" in said
    assert server.password not in said
    assert not (tmp_path / "copy").exists()
