"""The SQLite file of a server, made ready when it starts: `streamlit run app.py` alone saves dossiers.

The default file is made; one that an earlier version made is brought up to date, after a copy of it beside. A file that
the operator named is never made here: where a disk was not mounted, dossiers would go to another. Nor is a PostgreSQL
database touched: who runs one decides when.
"""

from __future__ import annotations

from pathlib import Path

from pensebete.storage.place import TABLES, file_in_use, is_named, tables_of


def make_ready() -> Path | None:
    """The copy that was kept, where the tables were changed. Raises StoreError.

    Where nothing is to be done, nothing is loaded that it would take.
    """
    file = file_in_use()
    if file is None or (is_named() and not file.exists()):
        return None
    tables = tables_of(file) if file.exists() else None
    if tables == TABLES or (tables is None and is_named()):
        return None  # ready; or a file of somebody else's, which is said when it is used
    from pensebete.storage.engine import open_store
    from pensebete.storage.place import database_url
    from pensebete.storage.schema import known_tables, migrate

    if tables is not None and tables not in known_tables():
        return None  # of a later version, which is said when it is used
    store = open_store(database_url())
    try:
        return migrate(store)
    finally:
        store.close()
