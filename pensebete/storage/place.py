"""Where dossiers are saved, and which tables a SQLite file has.

Nothing here loads SQLAlchemy: a server that has nothing to prepare starts without it.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from os import environ
from pathlib import Path
from urllib.parse import quote

_SETTING = "PENSEBETE_DATABASE_URL"
# The newest of migrations/versions.
TABLES = "0011"
# The oldest tables whose programs run on the newest, for each revision since has only added
# (docs/decisions/42-tables-grow-before-they-shrink.md).
RUNS_FROM = "0005"


def database_url() -> str:
    """PENSEBETE_DATABASE_URL, else a SQLite file in the folder data/ beside the program."""
    return environ.get(_SETTING) or f"sqlite:///{default_file()}"


def default_file() -> Path:
    return Path(__file__).parents[2] / "data" / "pensebete.sqlite3"


def is_named() -> bool:
    """Whether the operator said where dossiers are saved."""
    return bool(environ.get(_SETTING))


def file_in_use() -> Path | None:
    """The SQLite file of this server; None where the address is of another kind."""
    scheme, _, rest = database_url().partition("sqlite:///")
    return None if scheme or not rest or rest == ":memory:" else Path(rest.partition("?")[0]).absolute()


def address_of(file: Path) -> str:
    # mode=rw: a database that has gone is an error, and not a new and empty one. Only `migrate` makes the file.
    return f"file:{quote(str(file))}?mode=rw{'&immutable=1' if is_frozen(file) else ''}"


def is_frozen(file: Path) -> bool:
    """Whether nobody can write in the file, on a file system that is mounted to be read.

    SQLite opens it then only where it is told so: it would write its log beside it, even to read. With a log there,
    somebody else may write, or has.
    """
    try:
        read_only = os.statvfs(file.parent).f_flag & os.ST_RDONLY
    except OSError:
        return False
    return bool(read_only) and not file.with_name(f"{file.name}-wal").exists()


def tables_of(file: Path) -> str | None:
    """Which tables a SQLite file has; None where it has none of ours."""
    return _one_cell(file, "SELECT version_num FROM alembic_version")


def runs_from_of(file: Path) -> str | None:
    """The oldest tables whose programs run on those of a SQLite file; None where it does not say."""
    return _one_cell(file, "SELECT tables FROM runs_from")


def _one_cell(file: Path, query: str) -> str | None:
    try:
        with closing(sqlite3.connect(address_of(file), uri=True)) as connection:
            found = connection.execute(query).fetchone()
    except sqlite3.Error:
        return None
    return str(found[0]) if found else None
