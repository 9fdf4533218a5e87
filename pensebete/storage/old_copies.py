"""The copies of a SQLite file that are kept beside it without being asked for, and for how long."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

# What somebody has deleted since is still in them.
_KEPT_FOR = timedelta(days=30)


def name_beside(file: Path, what: str) -> Path:
    return file.with_name(f"{file.name}.before-{what}-{datetime.now(UTC):%Y%m%dT%H%M%S%f}")


def forget_old_copies(file: Path) -> None:
    """Delete the copies that stand beside a file by themselves since long."""
    last = (datetime.now(UTC) - _KEPT_FOR).timestamp()
    with suppress(OSError):
        for copy in file.parent.glob(f"{file.name}.before-*"):
            if copy.stat().st_mtime < last:
                copy.unlink()
