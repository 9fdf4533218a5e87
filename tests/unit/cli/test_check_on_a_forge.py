"""`check --format github`: annotations at the lines of a change; and the workflow that calls it."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from contextlib import chdir
from pathlib import Path
from urllib.parse import unquote

import pytest
import yaml

from pensebete.cli.main import main
from tests.builders import MINIMAL, ROOT, mended

WORKFLOW = ROOT / "docs" / "forge" / "check-checklist.yml"
IN_SPRING = ("--today", "2026-03-28")
# What GitHub takes for a command: https://docs.github.com/actions/reference/workflow-commands-for-github-actions
COMMAND = re.compile(r"::(error|warning) file=([^,:]*),line=(\d+),col=(\d+),title=([^,:]*)::(.*)")


@pytest.fixture
def checked(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, list[str]]]:
    """The exit code of a call in a folder, and its lines; the steps of the workflow below make theirs as a program."""

    def call(folder: Path, *arguments: str) -> tuple[int, list[str]]:
        with chdir(folder):
            code = main(["check", *arguments, "--format", "github", *IN_SPRING])
        out, err = capsys.readouterr()
        assert err == ""
        return code, out.splitlines()

    return call


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "checklist.yaml").write_text(
        mended(("vital: true", "vitl: true"), ("weight: 1.5", "weight: 900"), ("urgency: 1\n", "urgency: 9, 50 %\n")),
        encoding="utf-8",
    )
    return tmp_path


def test_each_sentence_is_an_annotation_at_its_line(checked, folder):
    code, lines = checked(folder, "checklist.yaml", "--lang", "en")
    assert code == 1
    told = [found.groups() for line in lines if (found := COMMAND.fullmatch(line))]
    assert len(told) == len(lines)
    assert [(kind, file, int(line), title) for kind, file, line, _, title, _ in told] == [
        ("error", "checklist.yaml", 45, "unknown-field"),
        ("warning", "checklist.yaml", 57, "heavy-weight"),
        ("error", "checklist.yaml", 71, "wrong-value"),
    ]
    assert told[0][-1].endswith("Did you mean “vital”? Fix the name or remove the field.")


def test_what_github_would_read_as_its_own_is_escaped_and_read_again(checked, folder):
    lines = checked(folder, "checklist.yaml")[1]
    assert "«\u00a09, 50 %25\u00a0»" in lines[-1]
    assert "9, 50 %" in unquote(lines[-1])
    (folder / "a,b: 100%.yaml").write_text(mended(("vital: true", "vitl: true")), encoding="utf-8")
    (line,) = checked(folder, "a,b: 100%.yaml")[1]
    found = COMMAND.fullmatch(line)
    assert found is not None
    assert found[2] == "a%2Cb%3A 100%25.yaml"


def test_a_file_named_by_its_whole_path_is_named_as_the_repository_knows_it(checked, folder):
    lines = checked(folder, str(folder / "checklist.yaml"))[1]
    assert all(",line=" in line and "file=checklist.yaml," in line for line in lines)


def test_a_sound_file_says_nothing_and_a_warning_alone_is_no_failure(checked, tmp_path):
    assert checked(tmp_path, str(MINIMAL)) == (0, [])
    (tmp_path / "heavy.yaml").write_text(mended(("weight: 1.5", "weight: 900")), encoding="utf-8")
    code, lines = checked(tmp_path, "heavy.yaml")
    assert (code, [line.split()[0] for line in lines]) == (0, ["::warning"])


# The workflow


def steps() -> list[dict[str, str]]:
    workflow = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))
    (job,) = workflow["jobs"].values()
    return list(job["steps"])


def test_the_workflow_may_read_and_no_more_runs_for_the_checklist_alone_and_pins_what_it_uses():
    workflow = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))
    assert workflow["permissions"] == {"contents": "read"}
    assert {event: on["paths"] for event, on in workflow[True].items()} == {  # YAML 1.1 reads `on` so
        "pull_request": ["checklist.yaml"],
        "push": ["checklist.yaml"],
    }
    used = [step["uses"] for step in steps() if "uses" in step]
    assert len(used) == 2
    assert all(re.fullmatch(r"actions/[a-z-]+@v\d+\.\d+\.\d+", one) for one in used)
    assert not any("${{" in step.get("run", "") for step in steps())  # what others write is never part of a script


@pytest.mark.parametrize(
    ("before", "code", "titles"),
    [
        (mended(("id: cash", "id: till"), ('version: "1"', 'version: "0"')), 1, ["vanished-id"]),
        pytest.param(mended(('version: "1"', 'version: "0"')), 0, [], marks=pytest.mark.soak),
        pytest.param("id: [", 0, [], marks=pytest.mark.soak),  # test_main.py: in a repository, without the workflow
        (None, 0, []),
    ],
    ids=["an item lost", "a new version", "a version before that has a mistake", "no version before"],
)
def test_the_lines_of_the_workflow_run_in_a_repository(tmp_path, before, code, titles):
    repository, runner_temp = tmp_path / "repository", tmp_path / "temp"
    repository.mkdir()
    runner_temp.mkdir()

    def git(*arguments: str) -> str:
        call = ["git", "-c", "user.name=x", "-c", "user.email=x@example.org", "-C", str(repository), *arguments]
        return subprocess.run(call, check=True, capture_output=True, text=True).stdout.strip()

    git("init", "--quiet")
    git("commit", "--quiet", "--allow-empty", "--message", "first")
    file = repository / "checklist.yaml"
    if before is not None:
        file.write_text(before, encoding="utf-8")
        git("add", ".")
        git("commit", "--quiet", "--message", "before")
    sha = git("rev-parse", "HEAD")
    file.write_text(MINIMAL.read_text(encoding="utf-8"), encoding="utf-8")

    scripts = [step["run"] for step in steps() if "pensebete" in step.get("run", "")]
    assert len(scripts) == 2
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "RUNNER_TEMP": str(runner_temp), "BEFORE": sha}
    environment["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{environment['PATH']}"
    for script in scripts:  # as a runner runs them
        call = ["bash", "-e", "-o", "pipefail", "-c", script]
        done = subprocess.run(call, cwd=repository, env=environment, capture_output=True, text=True, check=False)
        if script is not scripts[-1]:
            assert done.returncode == 0, done.stderr
    errors = [line for line in done.stdout.splitlines() if line.startswith("::error")]
    assert (done.returncode, [COMMAND.fullmatch(line)[5] for line in errors]) == (code, titles)  # type: ignore[index]


def test_the_workflow_installs_what_the_readme_installs():
    installs = next(step["run"] for step in steps() if "pip install" in step.get("run", ""))
    assert (ROOT / shlex.split(installs)[-1]).is_file()
