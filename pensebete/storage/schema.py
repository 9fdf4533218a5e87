"""The tables of this version of the program: whether the database has them, and making them."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from pensebete.storage.engine import Store, outside_transactions, reading, writing
from pensebete.storage.errors import NotMigratedError, StoreUnavailableError

_MIGRATIONS = Path(__file__).parent / "migrations"
# Any number, the same for every program that migrates this database.
_TURN = 7_036_983


def check(store: Store) -> None:
    """Raises NotMigratedError where `migrate` has to be run first, StoreUnavailableError where nobody can tell."""
    if store.file and not store.file.exists():
        raise NotMigratedError
    with reading(store) as connection:
        found = MigrationContext.configure(connection).get_current_heads()
    scripts = ScriptDirectory(str(_MIGRATIONS))
    if found != (scripts.get_current_head(),):
        known = {script.revision for script in scripts.walk_revisions()}
        raise NotMigratedError(newer=not known.issuperset(found))


def migrate(store: Store) -> None:
    """Make or change the tables, all or nothing; where they are as they should be, nothing happens.

    Raises NotMigratedError where a newer version of the program made them, StoreUnavailableError.
    """
    if store.file:
        _make_file(store.file)
    try:
        check(store)
    except NotMigratedError as error:
        if error.newer:
            raise
    else:
        return
    if store.file:
        with outside_transactions(store) as execute:
            execute("PRAGMA journal_mode = WAL")  # readers and a writer at once; the file remembers it
    with writing(store) as connection:
        if not store.file:
            connection.execute(text("SET LOCAL statement_timeout = 0"))
            # Two servers that start at once migrate one after the other.
            connection.execute(text(f"SELECT pg_advisory_xact_lock({_TURN})"))
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
        command.upgrade(config, "head")


def _make_file(file: Path) -> None:
    """The file, for the account of the program alone: what dossiers say concerns nobody else of the machine."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
    except OSError as error:
        raise StoreUnavailableError("unreachable", type(error).__name__) from None
