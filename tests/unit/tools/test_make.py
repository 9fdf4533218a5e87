"""Nobody is served to a network who did not ask for it."""

from __future__ import annotations

import os
import subprocess

import pytest

from tests.builders import ROOT


def command_of(*arguments: str) -> str:
    environment = {
        name: text for name, text in os.environ.items() if name not in {"HOST", "PORT", "MAKEFLAGS", "MAKELEVEL"}
    }
    said = subprocess.run(
        ["make", "--dry-run", *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    ).stdout
    return said.splitlines()[-1]


@pytest.mark.parametrize("target", ["run", "dev"])
def test_make_serves_this_machine_alone_until_told_otherwise(target):
    assert "--server.address localhost --server.port 8501" in command_of(target)
    assert "--server.address 0.0.0.0 --server.port 80" in command_of(target, "HOST=0.0.0.0", "PORT=80")


def test_several_processes_are_behind_nginx_and_one_alone_is_not():
    assert "nginx" not in command_of("run")
    told = command_of("run", "WORKERS=3", "PORT=80", "CERTIFICATE=chain.pem", "KEY=key.pem")
    assert "tools.processes 3 --host localhost --port 80 --certificate chain.pem --key key.pem" in told
