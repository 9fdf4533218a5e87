"""The commands of docs/operations.md that back up and restore, run as they stand there."""

from __future__ import annotations

import os
import re
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from devtools.postgresql import DatabaseServer
from pensebete.storage.calendars import add_calendar, read_calendar
from pensebete.storage.dossiers import delete_dossier, keep, open_link
from pensebete.storage.engine import open_store
from pensebete.storage.reviews import add_to_review
from pensebete.storage.schema import check, migrate
from tests.builders import NOW, ROOT, assess
from tests.unit.assessment.review.reviews import DOSSIER, remark, review

ASSESSMENT = assess({"cash-forecast": "done"}, id=DOSSIER, organisation="Coop du Fleuve")
REVIEW = review(remark(1, text="La résolution manque."))


@pytest.fixture(scope="module")
def commands() -> list[str]:
    """The shell blocks under « Sauvegarder et restaurer »: back up and restore SQLite, then PostgreSQL."""
    guide = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    chapter = guide.split("## Sauvegarder et restaurer")[1].split("\n## ")[0]
    found = re.findall(r"```sh\n(.*?)```", chapter, re.DOTALL)
    assert len(found) == 4
    return found


def in_the_folder(folder: Path, command: str, **environment: str) -> str:
    call = ["sh", "-e", "-c", command]
    return subprocess.run(
        call, cwd=folder, env={**os.environ, **environment}, check=True, capture_output=True, text=True, timeout=60
    ).stdout


def test_a_copy_of_sqlite_made_while_the_server_runs_is_whole_and_opens_every_dossier(tmp_path, commands):
    back_up, restore, *_ = commands
    (tmp_path / ".venv").symlink_to(ROOT / ".venv")
    url = f"sqlite:///{tmp_path}/data/pensebete.sqlite3"
    with closing(open_store(url)) as store:
        migrate(store)
        kept = keep(store, ASSESSMENT, "the checklist", NOW, "direction")
        add_to_review(store, kept.dossier_id, kept.link_id, REVIEW, NOW)
        calendar = add_calendar(store, kept.dossier_id, kept.link_id, "Téléphone", NOW)
        assert in_the_folder(tmp_path, back_up) == "ok\n"
        delete_dossier(store, kept.dossier_id, kept.link_id)
    in_the_folder(tmp_path, restore)
    with closing(open_store(url)) as store:
        opened = open_link(store, kept.token, NOW)
        assert opened is not None
        assert opened.assessment.model_copy(update={"updated_at": None}) == ASSESSMENT
        assert opened.review == REVIEW
        assert read_calendar(store, calendar.token)
    assert (tmp_path / "data" / "pensebete.sqlite3").stat().st_mode & 0o777 == 0o600


def test_a_dump_of_postgresql_restored_elsewhere_opens_every_dossier(tmp_path, commands, server: DatabaseServer):
    *_, back_up, restore = commands
    path = f"{server.programs}:{os.environ['PATH']}"
    first, second = server.new_database(), server.new_database()
    with closing(open_store(first)) as store:
        migrate(store)
        kept = keep(store, ASSESSMENT, "the checklist", NOW, "direction")
        add_to_review(store, kept.dossier_id, kept.link_id, REVIEW, NOW)
        calendar = add_calendar(store, kept.dossier_id, kept.link_id, "Téléphone", NOW)
    in_the_folder(tmp_path, back_up, PENSEBETE_DATABASE_URL=first, PATH=path)
    in_the_folder(tmp_path, restore, PENSEBETE_DATABASE_URL=second, PATH=path)
    with closing(open_store(second)) as store:
        check(store)
        opened = open_link(store, kept.token, NOW)
        assert opened is not None
        assert opened.assessment.model_copy(update={"updated_at": None}) == ASSESSMENT
        assert opened.review == REVIEW
        assert read_calendar(store, calendar.token)
