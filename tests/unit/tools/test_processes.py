"""Several processes: why they cannot be served, and what is left of a run that was killed."""

from __future__ import annotations

import os
import socket

import pytest

from tools.processes import nginx
from tools.processes.__main__ import clear_what_was_left, main


@pytest.fixture(autouse=True)
def _there_is_nginx(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nginx, "program", lambda: "/usr/sbin/nginx")


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[str, str]:
    """What is said in French and in English."""
    assert main(list(arguments)) == 2
    french, english = capsys.readouterr().err.splitlines()
    return french, english


def test_a_port_in_use_is_said_in_both_languages_with_another_to_take(capsys):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        french, english = refused(capsys, "3", "--host", "127.0.0.1", "--port", str(port))
    assert french.startswith(f"Le port {port} sert déjà")
    assert english.startswith(f"Port {port} is in use")
    assert f"WORKERS=3 PORT={port + 1} make run" in french


def test_a_port_that_the_account_may_not_use_is_not_said_to_be_taken(capsys, monkeypatch):
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("tools.processes.__main__.socket.socket.bind", refuse)
    french, english = refused(capsys, "2", "--port", "80")
    assert "n’est pas permis à votre compte" in french
    assert english.startswith("Your account may not use port 80.")


@pytest.mark.parametrize("given", ["0", "x", "-1", "1.5"])
def test_a_number_of_processes_that_is_none_is_said(capsys, given):
    assert f"“{given}”" in refused(capsys, "--", given)[1]


def test_a_certificate_that_cannot_be_read_is_said_before_anything_starts(capsys, tmp_path):
    assert "CERTIFICATE" in refused(capsys, "2", "--certificate", str(tmp_path / "chain.pem"))[0]
    both = ("--certificate", str(tmp_path / "chain.pem"), "--key", str(tmp_path / "key.pem"))
    assert "chain.pem" in refused(capsys, "2", *both)[0]


def test_a_host_that_is_not_here_and_no_nginx_are_said(capsys, monkeypatch):
    assert "nowhere.invalid" in refused(capsys, "2", "--host", "nowhere.invalid")[0]
    monkeypatch.setattr(nginx, "program", lambda: None)
    assert "install-nginx" in refused(capsys, "2")[1]


def test_what_a_run_that_was_killed_left_is_cleared_by_the_next_and_one_that_runs_keeps_its_folder(tmp_path):
    from tools.processes.__main__ import _in_use

    killed, runs, other = (tmp_path / name for name in ("pensebete-run-a", "pensebete-run-b", "somebody-elses"))
    for folder in (killed, runs, other):
        folder.mkdir()
        (folder / "in-use").touch()
    held = _in_use(runs)
    clear_what_was_left(tmp_path)
    assert [path.name for path in sorted(tmp_path.iterdir())] == ["pensebete-run-b", "somebody-elses"]
    os.close(held)
