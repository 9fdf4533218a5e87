"""A database that an earlier version wrote opens in this one: links, what was overwritten, milestones."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from shutil import copy
from typing import Any

import psycopg
import pytest

from pensebete.assessment import dossier_file
from pensebete.assessment.edits import with_answer
from pensebete.assessment.field_map import facts_of
from pensebete.assessment.model import Assessment
from pensebete.cli.main import main
from pensebete.storage.changes import changes_since
from pensebete.storage.dossiers import open_link
from pensebete.storage.engine import Store, open_store
from pensebete.storage.milestones import milestones_of
from pensebete.storage.schema import check, migrate
from tests.builders import NOW
from tests.earlier_versions import VERSIONS
from tests.storage.visit import Visit, rows

LATER = NOW + timedelta(days=30)


@pytest.fixture(params=VERSIONS, ids=lambda version: version.name)
def version(request: pytest.FixtureRequest) -> Path:
    return request.param


@pytest.fixture
def earlier_url(version: Path, new_url: str, tmp_path: Path, kind: str) -> str:
    """The address of a database as that version left it."""
    if kind == "sqlite":
        return f"sqlite:///{copy(version / 'saved.sqlite3', tmp_path)}"
    with psycopg.connect(new_url) as connection:
        connection.execute((version / "saved.sql").read_text(encoding="utf-8"))
    return new_url


@pytest.fixture
def earlier(earlier_url: str) -> Iterator[Store]:
    with closing(open_store(earlier_url)) as store:
        migrate(store)
        yield store


@pytest.fixture
def said(version: Path) -> list[dict[str, Any]]:
    """What that version said of each dossier."""
    found = json.loads((version / "saved.json").read_bytes())
    assert len(found) >= 3
    return found


@pytest.fixture
def same(checklist):
    """Whether an assessment is the dossier that was said, as a file and as a model."""

    def compare(assessment: Assessment, dossier: dict[str, Any]) -> bool:
        assert json.loads(dossier_file.dump(assessment)) == dossier
        return assessment == dossier_file.read_json(json.dumps(dossier).encode(), checklist)

    return compare


def digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def test_it_is_made_ready_without_a_row_being_touched(earlier_url, monkeypatch, capsys):
    with closing(open_store(earlier_url)) as store:
        before = rows(store)
        assert all(before.values()), "each table has rows"
        monkeypatch.setenv("PENSEBETE_DATABASE_URL", earlier_url)
        assert main(["migrate"]) == 0
        assert capsys.readouterr().err == ""
        check(store)
        after = rows(store)
        assert {
            name: [row[: len(b)] for row, b in zip(after[name], was, strict=True)] for name, was in before.items()
        } == before


def test_each_link_opens_what_it_opened(earlier, said, same):
    for dossier in said:
        for link in dossier["links"]:
            opened = open_link(earlier, link["token"], LATER)
            assert (opened.access, opened.label, opened.revision) == (
                link["access"],
                link["label"],
                dossier["revision"],
            )
            assert same(opened.assessment, dossier["dossier"])
            assert digest(opened.checklist_text) == dossier["checklist_sha256"]


def test_a_link_that_was_revoked_opens_nothing(earlier, said):
    revoked = [token for dossier in said for token in dossier["revoked"]]
    assert revoked
    assert [open_link(earlier, token, LATER) for token in revoked] == [None] * len(revoked)


def test_what_was_overwritten_and_not_seen_is_still_told(earlier, said):
    told = 0
    for dossier in said:
        visit = Visit.by(earlier, dossier["links"][0]["token"])
        found = changes_since(earlier, visit.dossier_id, visit.link_id, visit.revision).overwritten
        assert [
            (one.key, one.value, one.label, one.written_at, one.replaced_by_label, one.replaced_at)
            for one in sorted(found, key=lambda one: one.key)
        ] == [
            (
                tuple(one["key"]),
                one["value"],
                one["by"],
                datetime.fromisoformat(one["at"]),
                one["replaced_by"],
                datetime.fromisoformat(one["replaced_at"]),
            )
            for one in dossier["overwritten"]
        ]
        told += len(found)
    assert told >= 2


def test_each_milestone_is_as_it_was_with_the_checklist_of_its_day(earlier, said, same):
    for dossier in said:
        visit = Visit.by(earlier, dossier["links"][0]["token"])
        found = milestones_of(earlier, visit.dossier_id, visit.link_id)
        assert len(found) == len(dossier["milestones"])
        for milestone, was in zip(found, dossier["milestones"], strict=True):
            assert (milestone.name, milestone.on) == (was["name"], date.fromisoformat(was["on"]))
            assert same(milestone.assessment, was["dossier"])
            assert digest(milestone.checklist_text) == was["checklist_sha256"]
    assert sum(len(dossier["milestones"]) for dossier in said) >= 3


def test_two_people_go_on_writing_in_it_fields_not_known_included(earlier, said):
    links = said[0]["links"]
    one, other = (Visit.by(earlier, link["token"]) for link in links if link["access"] == "write")
    one.edit(lambda a: with_answer(a, "cash-forecast", NOW, note="Suite", weight=None))
    other.look()
    assert {change.key for change in other.heard} == {("answer", "cash-forecast", what) for what in ("note", "weight")}
    assert other.assessment.answer("cash-forecast").note == "Suite"
    assert other.assessment.answer("cash-forecast").unknown_fields == {"weight": None}
    read = open_link(earlier, links[-1]["token"], NOW).assessment
    assert facts_of(read) == facts_of(one.assessment) == facts_of(other.assessment)
