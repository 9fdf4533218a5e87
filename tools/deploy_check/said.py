"""What a check says: that something holds, that it does not, or that this machine cannot tell."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from tools.pins import ROOT

DEPLOY = ROOT / "deploy"
VENV, SUPPLY = ROOT / ".venv" / "bin", ROOT / ".venv-supply" / "bin"


class FailedError(Exception):
    """It does not hold."""


class CannotTellError(Exception):
    """What it takes is not on this machine."""


def program(name: str, *places: Path) -> str:
    """Where a program is; Debian has some where root alone looks. Raises CannotTellError."""
    for found in (shutil.which(name), *(place / name for place in places), Path("/usr/sbin") / name):
        if found and os.access(found, os.X_OK):
            return str(found)
    raise CannotTellError(f"there is no {name} here")


def run(call: Sequence[str], environment: Mapping[str, str] | None = None, timeout: float = 1200) -> str:
    """What a program says on standard output. Raises FailedError with the end of what it said otherwise."""
    done = subprocess.run(
        call,
        cwd=ROOT,
        env={**os.environ, **(environment or {})},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=timeout,
    )
    if done.returncode:
        said = (done.stderr.strip() or done.stdout.strip()).splitlines()
        raise FailedError(f"{Path(call[0]).name} {' '.join(call[1:3])}: " + "\n    ".join(said[-12:]))
    return done.stdout
