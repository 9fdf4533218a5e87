"""One verdict: command line and publication say the same of the same text; test_reading.py says it of the workshop."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pensebete.checklist import accepted
from pensebete.cli.main import main
from pensebete.web.server.day import server_day
from pensebete.web.server.live import look
from tests.builders import MINIMAL, SHIPPED, mended, sound
from tests.other_checklists import CYBER, FLOOD

# Both ask the same function: what could differ is what it is asked with, which a part of the files shows.
INVALID = sorted((MINIMAL.parent / "invalid").glob("*.yaml"))[::12]


@pytest.fixture
def file(tmp_path, monkeypatch) -> Path:
    """The published file, of which MINIMAL was accepted."""
    monkeypatch.setenv("PENSEBETE_DATABASE_URL", f"sqlite:///{tmp_path}/data/pensebete.sqlite3")
    found = tmp_path / "checklist.yaml"
    monkeypatch.setenv("PENSEBETE_CHECKLIST", str(found))
    accepted.keep(found, sound(mended()), mended())
    return found


def test_command_line_and_publication_say_the_same_of_every_text(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("PENSEBETE_DATABASE_URL", f"sqlite:///{tmp_path}/data/pensebete.sqlite3")
    tried, before = 0, sound(mended())
    for source in (*INVALID, SHIPPED, FLOOD, CYBER, MINIMAL):
        file = tmp_path / source.name
        monkeypatch.setenv("PENSEBETE_CHECKLIST", str(file))
        accepted.keep(file, before, mended())
        file.write_bytes(source.read_bytes())
        capsys.readouterr()
        main(["check", str(file), "--format", "json", "--today", server_day().isoformat()])
        printed = [(one["line"], one["column"], one["code"]) for one in json.loads(capsys.readouterr().out)]
        served = look()
        assert [(one.place.line, one.place.column, one.code) for one in served.diagnostics] == printed, source.name
        assert served.refused == any(one.severity == "mistake" for one in served.diagnostics)
        tried += 1
    assert tried > 15


def test_check_compares_with_what_the_server_last_accepted_of_that_file(file, capsys):
    file.write_text(mended(("id: cash", "id: till")), encoding="utf-8")
    assert main(["check", str(file), "--today", "2026-03-28"]) == 1
    assert "vanished-id" in capsys.readouterr().out
    accepted.keep(file, sound(file.read_text("utf-8")), file.read_text("utf-8"))
    assert main(["check", str(file), "--today", "2026-03-28"]) == 0


def test_what_was_accepted_before_a_restart_is_served_after_it_where_the_file_is_gone(file):
    found = look()
    assert found.serving.checklist.version == "1"
    assert found.refused
