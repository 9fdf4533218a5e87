"""The log of PostgreSQL, kept elsewhere, leads from a copy of the whole to any minute: as the guide says."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from time import monotonic, sleep

import pytest

from devtools.postgresql import DatabaseServer
from pensebete.storage.changes import save
from pensebete.storage.dossiers import keep, open_link
from pensebete.storage.engine import open_store
from pensebete.storage.schema import migrate
from tests.builders import NOW, assess

PATIENCE = 60


@pytest.fixture
def kept_elsewhere() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="pensebete-log-"))
    folder.chmod(0o777)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def server(kept_elsewhere: Path) -> Iterator[DatabaseServer]:
    command = f"test ! -f {kept_elsewhere}/%f && cp %p {kept_elsewhere}/%f"
    server = DatabaseServer(archive_mode="on", archive_command=command)
    yield server
    server.remove()


@pytest.mark.soak
def test_a_database_comes_back_as_it_was_at_a_moment_from_a_copy_and_the_log(server, kept_elsewhere):
    url = server.new_database()
    with closing(open_store(url)) as store:
        migrate(store)
        kept = keep(store, assess(), "the checklist", NOW)
        copy = server.copy_whole()
        save(store, kept.dossier_id, kept.link_id, 1, {("answer", "a", "note"): "juste"}, "one", NOW)
        moment = server.ask("SELECT clock_timestamp()::text")
        save(store, kept.dossier_id, kept.link_id, 2, {("answer", "a", "note"): "une erreur"}, "two", NOW)
    last = kept_elsewhere / server.ask("SELECT pg_walfile_name(pg_switch_wal())")
    deadline = monotonic() + PATIENCE
    while not last.exists():
        assert monotonic() < deadline
        sleep(0.02)
    server.kill()

    cluster = server.folder / "cluster"
    cluster.rename(server.folder / "aside")
    copy.rename(cluster)
    (cluster / "recovery.signal").touch()
    server.configure(
        restore_command=f"cp {kept_elsewhere}/%f %p", recovery_target_time=moment, recovery_target_action="promote"
    )
    server.start()
    while server.ask("SELECT pg_is_in_recovery()"):
        assert monotonic() < deadline
        sleep(0.02)
    with closing(open_store(url)) as store:
        found = open_link(store, kept.token, NOW)
        assert found.assessment.answer("a").note == "juste"
        save(store, kept.dossier_id, kept.link_id, found.revision, {("answer", "a", "note"): "et après"}, "x", NOW)
