"""`publish` and `versions`: the difference first, then the entry, where --yes says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from pensebete.cli.main import main
from pensebete.storage.accepted import entries
from tests.builders import mended

NEWER = ('version: "1"', 'version: "2"')
WHO = ("--who", "Ana", "--why", "a weight")


@pytest.fixture
def run(url, store, tmp_path, monkeypatch, capsys):  # type: ignore[no-untyped-def]
    """Run a command on a checklist's path; its exit code and what it printed."""
    monkeypatch.setenv("PENSEBETE_DATABASE_URL", url)
    path = tmp_path / "served.yaml"

    def run(*words: str) -> tuple[int, str]:
        code = main([*words, "--checklist", str(path), "--lang", "en"])
        printed = capsys.readouterr()
        return code, printed.out + printed.err

    run.log = lambda: [(one.version, one.source, one.who, one.why) for one in entries(store, path)]  # type: ignore[attr-defined]
    return run


def file(tmp_path: Path, *changes: tuple[str, str]) -> str:
    found = tmp_path / "draft.yaml"
    found.write_text(mended(*changes), encoding="utf-8")
    return str(found)


def test_what_would_change_is_shown_first_and_published_with_yes_alone(run, tmp_path):
    assert run("publish", file(tmp_path), *WHO, "--yes")[0] == 0
    newer = file(tmp_path, NEWER, ("weight: 1.5", "weight: 2"))
    code, said = run("publish", newer, *WHO)
    assert code == 0
    assert "“1.5” becomes “2”" in said
    assert "--yes" in said
    assert len(run.log()) == 1
    code, said = run("publish", newer, *WHO, "--yes")
    assert code == 0
    assert "“1.5” becomes “2”" in said
    assert run.log()[-1] == ("2", "published", "Ana", "a weight")
    assert run("publish", newer, *WHO, "--yes")[1].strip().endswith("nothing to publish.")
    assert len(run.log()) == 2


def test_a_text_with_a_mistake_or_the_number_that_is_served_is_refused_with_its_lines(run, tmp_path):
    run("publish", file(tmp_path), *WHO, "--yes")
    code, said = run("publish", file(tmp_path, ("weight: 1.5", "weight: 2")), *WHO, "--yes")
    assert code == 1
    assert "same-version" in said
    assert len(run.log()) == 1


def test_who_and_why_are_asked_for(run, tmp_path):
    code, said = run("publish", file(tmp_path), "--yes")
    assert code == 2
    assert "--who" in said
    assert "--why" in said
    assert run("publish", file(tmp_path), "--who", "A" * 81, "--why", "x", "--yes")[0] == 2
    assert run.log() == []


def test_versions_are_listed_shown_and_gone_back_to(run, tmp_path):
    assert "Nothing has been published" in run("versions")[1]
    run("publish", file(tmp_path), *WHO, "--yes")
    run("publish", file(tmp_path, NEWER, ("weight: 1.5", "weight: 2")), *WHO, "--yes")
    code, said = run("versions")
    assert code == 0
    assert [line.split()[0] for line in said.splitlines()] == ["2", "1"]
    assert "Ana: a weight" in said
    assert run("versions", "--show", "1")[1] == mended()
    code, said = run("versions", "--revert", "1", *WHO)
    assert code == 0
    assert "“2” becomes “1.5”" in said
    assert len(run.log()) == 2
    assert run("versions", "--revert", "1", *WHO, "--yes")[0] == 0
    assert run.log()[-1][:2] == ("1", "reverted")
    assert run("versions", "--revert", "9", *WHO)[0] == 2
    assert run("versions", "--revert", "1")[0] == 2  # nobody says who
