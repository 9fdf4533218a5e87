"""The version of a file that git knows, where it knows one: what a checklist is compared with unless told otherwise."""

from __future__ import annotations

import subprocess
from os import environ
from pathlib import Path

_PATIENCE = 60  # seconds: a busy machine is no reason to compare with nothing


def committed(file: Path) -> bytes | None:
    """The file as last committed; None where git is not there, or does not know it."""
    # Nothing is written, no hook, filter or pager is run, and no other repository is looked at than the file's own.
    asked = ["git", "--no-optional-locks", "-c", "core.fsmonitor=false", "cat-file", "blob", f"HEAD:./{file.name}"]
    outside = {name: value for name, value in environ.items() if not name.startswith("GIT_")}
    try:
        done = subprocess.run(
            asked, cwd=file.absolute().parent, env=outside, capture_output=True, timeout=_PATIENCE, check=False
        )
    except (OSError, subprocess.TimeoutExpired, ValueError):
        return None
    return done.stdout if done.returncode == 0 else None
