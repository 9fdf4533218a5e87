"""The accepted texts on this machine's disk."""

from __future__ import annotations

import os
import stat

import pytest

from pensebete.checklist import accepted
from tests.builders import MINIMAL, mended, sound
from tests.other_checklists import FLOOD


@pytest.fixture(autouse=True)
def _data(tmp_path, monkeypatch):
    monkeypatch.setenv("PENSEBETE_DATABASE_URL", f"sqlite:///{tmp_path}/data/pensebete.sqlite3?timeout=1")


@pytest.fixture
def file(tmp_path):
    return tmp_path / "checklist.yaml"


def kept(file) -> list[str]:
    return [sound(text).version for text in accepted.kept_of(file)]


def test_the_newest_text_of_each_checklist_id_is_kept_newest_first(file, tmp_path):
    texts = (MINIMAL.read_text("utf-8"), FLOOD.read_text("utf-8"), mended(('version: "1"', 'version: "2"')))
    for n, text in enumerate(texts):
        accepted.keep(file, sound(text), text)
        for written in (tmp_path / "data" / "accepted").rglob(f"{sound(text).id}.yaml"):
            os.utime(written, (n, n))
    assert kept(file) == ["2", "3"]
    assert accepted.kept_of(file)[1] == FLOOD.read_text("utf-8")


def test_two_paths_of_the_same_name_are_kept_apart(file, tmp_path):
    accepted.keep(file, sound(mended()), mended())
    assert accepted.kept_of(tmp_path / "other" / "checklist.yaml") == ()


def test_a_text_is_kept_to_the_letter_for_the_account_of_the_program_alone(file, tmp_path):
    text = "# \u00e9\r\n" + mended()
    accepted.keep(file, sound(text), text)
    assert accepted.kept_of(file) == (text,)
    [written] = (tmp_path / "data" / "accepted").rglob("*.yaml")
    assert stat.S_IMODE(written.stat().st_mode) == 0o600
    assert [path for path in written.parent.iterdir() if path != written] == []


def test_a_disk_that_refuses_is_said_in_the_log_and_stops_nothing(file, tmp_path, caplog):
    (tmp_path / "data").write_text("a file where a folder should be")
    accepted.keep(file, sound(mended()), mended())
    assert "cannot be kept" in caplog.text
    assert accepted.kept_of(file) == ()


def test_what_this_version_no_longer_reads_is_left_out(file):
    assert accepted.sound_among(["title: 'open", mended()]) == (sound(mended()),)
