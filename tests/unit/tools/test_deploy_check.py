"""What `make deploy-check` says of what holds, of what fails, and of what this machine cannot tell."""

from __future__ import annotations

import pytest

from tools.deploy_check import __main__ as deploy_check
from tools.deploy_check import container
from tools.deploy_check.said import CannotTellError, FailedError, program, run


def test_one_that_fails_is_said_and_the_others_are_still_tried(monkeypatch, capsys):
    def fails() -> str:
        raise FailedError("it does not serve")

    def cannot() -> str:
        raise CannotTellError("there is no buildah here")

    monkeypatch.setattr(deploy_check, "CHECKS", {"a": fails, "b": cannot, "c": lambda: "three files"})
    monkeypatch.setattr(container, "forget", lambda: None)
    assert deploy_check.main() == 1
    said = capsys.readouterr().out
    assert "FAILS      a: it does not serve" in said
    assert "not tried  b: there is no buildah here" in said
    assert "holds      c: three files" in said
    monkeypatch.setattr(deploy_check, "CHECKS", {"b": cannot})
    assert deploy_check.main() == 0


def test_a_program_that_is_not_here_is_no_failure_and_one_that_fails_says_why():
    with pytest.raises(CannotTellError, match="no-such-program"):
        program("no-such-program")
    with pytest.raises(FailedError, match="broken"):
        run(["sh", "-c", "echo broken >&2; exit 3"])
    assert run(["sh", "-c", "echo well"]) == "well\n"
