"""The log of accepted texts: what a server whose disk is new begins with."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import func, select

from pensebete.checklist.model import ChecklistRef
from pensebete.storage.accepted import log, newest_of_each
from pensebete.storage.dossiers import erase, keep
from pensebete.storage.engine import reading, writing
from pensebete.storage.tables import accepted, checklists
from tests.builders import NOW, assess

FILE = Path("/srv/checklist.yaml")


def entry(store, text, id="small", version="1", path=FILE):
    log(store, path, ChecklistRef(id=id, version=version), text, NOW)


def test_the_newest_text_of_each_checklist_id_comes_back_newest_first(store):
    for text, id in (("a", "small"), ("b", "flood"), ("c", "small")):
        entry(store, text, id)
    entry(store, "elsewhere", path=Path("/other/checklist.yaml"))
    assert newest_of_each(store, FILE) == ("c", "b")


def test_what_is_served_already_is_not_logged_again_and_an_earlier_text_that_comes_back_is(store):
    for text in ("a", "a", "b", "a"):
        entry(store, text)
    with reading(store) as connection:
        assert connection.scalar(select(func.count()).select_from(accepted)) == 3
    assert newest_of_each(store, FILE) == ("a",)


def test_a_text_of_the_log_stays_when_the_last_dossier_made_with_it_goes(store):
    kept = keep(store, assess({"cash-forecast": "done"}), "the checklist", NOW)
    entry(store, "the checklist", assess().checklist.id)
    with writing(store) as connection:
        erase(connection, kept.dossier_id)
    assert newest_of_each(store, FILE) == ("the checklist",)
    with reading(store) as connection:
        assert connection.scalar(select(func.count()).select_from(checklists)) == 1


def test_a_null_character_in_a_path_or_an_id_is_no_obstacle(store):
    entry(store, "a", path=Path("/srv/\udcff.yaml"))
    assert newest_of_each(store, Path("/srv/\udcff.yaml")) == ("a",)
