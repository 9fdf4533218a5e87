"""SQLite files with the tables of saved dossiers and nothing in them, the tables being made once."""

from __future__ import annotations

from contextlib import closing
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from pensebete.storage.engine import Store, open_store
from pensebete.storage.schema import migrate


def new_store(folder: Path) -> Store:
    """On a file of its own in that folder."""
    file = folder / "dossiers.sqlite3"
    file.touch(mode=0o600)
    file.write_bytes(_migrated())
    return open_store(f"sqlite:///{file}")


@cache
def _migrated() -> bytes:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "dossiers.sqlite3"
        with closing(open_store(f"sqlite:///{file}")) as store:
            migrate(store)
        return file.read_bytes()
