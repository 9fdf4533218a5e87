"""The log of accepted texts: what a server whose disk is new begins with."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import func, select

from pensebete.checklist import accepted as on_disk
from pensebete.checklist.model import ChecklistRef
from pensebete.storage import current
from pensebete.storage.accepted import log, whole_log
from pensebete.storage.dossiers import erase, keep
from pensebete.storage.engine import reading, writing
from pensebete.storage.tables import accepted, checklists
from pensebete.web.server import live
from pensebete.web.server.accepted_log import follow_log, restore_accepted
from pensebete.web.server.live import look
from tests.builders import NOW, assess, mended

FILE = Path("/srv/checklist.yaml")


def entry(store, text, id="small", version="1", path=FILE):
    log(store, path, ChecklistRef(id=id, version=version), text, NOW)


def test_the_newest_text_of_each_checklist_id_comes_back_newest_first(store):
    for text, id in (("a", "small"), ("b", "flood"), ("c", "small")):
        entry(store, text, id)
    entry(store, "elsewhere", path=Path("/other/checklist.yaml"))
    assert whole_log(store, FILE)[1] == ("c", "b")


def test_what_is_served_already_is_not_logged_again_and_an_earlier_text_that_comes_back_is(store):
    for text in ("a", "a", "b", "a"):
        entry(store, text)
    with reading(store) as connection:
        assert connection.scalar(select(func.count()).select_from(accepted)) == 3
    assert whole_log(store, FILE)[1] == ("a",)


def test_a_text_of_the_log_stays_when_the_last_dossier_made_with_it_goes(store):
    kept = keep(store, assess({"cash-forecast": "done"}), "the checklist", NOW)
    entry(store, "the checklist", assess().checklist.id)
    with writing(store) as connection:
        erase(connection, [kept.dossier_id])
    assert whole_log(store, FILE)[1] == ("the checklist",)
    with reading(store) as connection:
        assert connection.scalar(select(func.count()).select_from(checklists)) == 1


def test_a_null_character_in_a_path_or_an_id_is_no_obstacle(store):
    entry(store, "a", path=Path("/srv/\udcff.yaml"))
    assert whole_log(store, Path("/srv/\udcff.yaml"))[1] == ("a",)


@pytest.fixture
def served(url, tmp_path, monkeypatch):
    """A server whose published file is MINIMAL; what `PENSEBETE_DATABASE_URL` names may be a server of databases."""
    monkeypatch.setenv("PENSEBETE_DATABASE_URL", url)
    monkeypatch.setenv("PENSEBETE_CHECKLIST", str(tmp_path / "checklist.yaml"))
    monkeypatch.setattr(on_disk, "_ROOT", tmp_path)
    current.store.cache_clear()
    yield tmp_path / "checklist.yaml"
    current.store().close()
    current.store.cache_clear()


def test_what_is_served_goes_into_the_log_and_a_new_machine_begins_with_it(served, store):
    served.write_text(mended(), encoding="utf-8")
    assert follow_log().serving.text == mended()
    assert whole_log(store, served)[1] == (mended(),)
    # A new machine: the file is broken, and nothing is on its disk.
    served.write_text("title: 'open", encoding="utf-8")
    for kept in served.parent.rglob("accepted/*/*.yaml"):
        kept.unlink()
    live._seen.clear()
    restore_accepted()
    assert look().serving.text == mended()
    assert look().refused
