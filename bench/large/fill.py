"""A database with as many dossiers as one likes: the models over and over, each under another name, of another day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import lru_cache
from hashlib import md5, sha256
from uuid import UUID

from sqlalchemy import Column, Connection, Index, Integer, MetaData, Table, inspect, text

from bench.large.models import MODELS, NOW, NUMBERED, Models
from pensebete.storage.engine import Store, migrating, reading, writing
from pensebete.storage.postgresql import outside_its_transaction, take_time
from pensebete.storage.tables import metadata

AT_ONCE = 10_000  # dossiers in a transaction
DAYS = 400  # the first one was touched so long ago, the last one today
FIRST_TABLES = ("dossiers", "links", "facts", "saves", "milestones", "overwritten")  # of revision 0001
LATER_TABLES = ("remarks", "calendars")
# What is made in order is sorted in a fraction of the time that it takes to put each row in its place.
_INDEXED_AFTER = ("facts", "saves", "remarks")
_TOKENS = {"links": "link", "calendars": "calendar"}


@lru_cache(maxsize=64)
def dossier_id(number: int) -> str:
    return str(UUID(md5(f"dossier {number}".encode(), usedforsecurity=False).hexdigest()))


def token(kind: str, number: int, place: int = 1) -> str:
    """Of the link, or the calendar, at that place in a dossier; the first link writes."""
    return f"{kind} {number} {place}"


def row_id(models: Models, number: int, place: int = 1) -> int:
    return number * models.most + place


def fill(store: Store, models: Models, many: int, tables: Iterable[str]) -> None:
    """Rows of dossiers 0 to `many` in some tables, which have none."""
    wanted = [metadata.tables[name] for name in tables]
    columns = _columns(store)
    with writing(store) as connection:
        for table in wanted:
            _put_model(connection, table, models, columns[table.name])
        for one in models.checklists if "dossiers" in columns else ():
            if connection.execute(text("SELECT count(*) FROM checklists")).scalar_one() == 0:
                connection.execute(metadata.tables["checklists"].insert().values(**one))
    starts = range(0, many, AT_ONCE)

    def put(start: int) -> None:
        with writing(store) as connection:
            _prepare(connection)
            for table in wanted:
                statement = _copies(connection, table, models, columns[table.name], many)
                last = min(start + AT_ONCE, many) - 1
                connection.execute(text(statement), {"first": start, "last": last})

    with _indexed_after(store, [table.name for table in wanted]), ThreadPoolExecutor(1 if store.file else 2) as several:
        list(several.map(put, starts))
    with writing(store) as connection:
        for table in wanted:
            connection.execute(text(f"DROP TABLE {_model_of(table)}"))
            if table.name in NUMBERED and not store.file:
                sequence = f"pg_get_serial_sequence('{table.name}', 'id')"
                connection.execute(text(f"SELECT setval({sequence}, {(many + 1) * models.most})"))
    _settle(store)


def _columns(store: Store) -> dict[str, set[str]]:
    """Those of this revision of the tables."""
    with reading(store) as connection:
        found = inspect(connection)
        return {name: {c["name"] for c in found.get_columns(name)} for name in found.get_table_names()}


def _model_of(table: Table) -> str:
    return f"model_{table.name}"


def _put_model(connection: Connection, table: Table, models: Models, there: set[str]) -> None:
    columns = [Column(c.name, c.type) for c in table.c if c.name in there and c.name != _whose(table)]
    copy = Table(_model_of(table), MetaData(), Column("model", Integer), *columns)
    Index(f"ix_{copy.name}", copy.c.model)
    copy.create(connection)
    known = set(copy.c.keys())
    rows = [{name: value for name, value in row.items() if name in known} for row in models.rows[table.name]]
    connection.execute(copy.insert(), rows)


def _whose(table: Table) -> str:
    return "id" if table.name == "dossiers" else "dossier_id"


def _prepare(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        of_driver = connection.connection.dbapi_connection
        assert of_driver
        of_driver.create_function("dossier_id", 1, dossier_id, deterministic=True)
        of_driver.create_function("digest", 1, lambda said: sha256(said.encode()).hexdigest(), deterministic=True)
        return
    take_time(connection)
    # What refers to a dossier is sound by the way it is made.
    connection.execute(text("SET LOCAL session_replication_role = replica"))


def _copies(connection: Connection, table: Table, models: Models, there: set[str], many: int) -> str:
    sqlite = connection.dialect.name == "sqlite"
    names = [column.name for column in table.c if column.name in there]
    said = ", ".join(_value(table, name, models, many, sqlite) for name in names)
    listed = ", ".join(f'"{name}"' for name in names)
    if sqlite:
        numbers = "WITH RECURSIVE n(i) AS (SELECT :first UNION ALL SELECT i + 1 FROM n WHERE i < :last)"
        source = f"n CROSS JOIN {_model_of(table)} m ON m.model = n.i % {MODELS}"
        return f"INSERT INTO {table.name} ({listed}) {numbers} SELECT {said} FROM {source}"
    source = f"generate_series(CAST(:first AS integer), CAST(:last AS integer)) AS n(i) JOIN {_model_of(table)} m "
    return f"INSERT INTO {table.name} ({listed}) SELECT {said} FROM {source} ON m.model = n.i % {MODELS}"


def _value(table: Table, name: str, models: Models, many: int, sqlite: bool) -> str:
    if name == _whose(table):
        return "dossier_id(n.i)" if sqlite else "CAST(CAST(md5('dossier ' || n.i) AS uuid) AS text)"
    if name == "id" or name in ("link_id", "replaced_by"):
        return f"n.i * {models.most} + m.{name}"
    if name == "token_sha256":
        said = f"'{_TOKENS[table.name]} ' || n.i || ' ' || m.id"
        return f"digest({said})" if sqlite else f"encode(sha256(CAST({said} AS bytea)), 'hex')"
    if table.name == "dossiers" and name in ("created_at", "updated_at"):
        day = f"{DAYS} * (1 - (n.i + 1.0) / {many})"
        if sqlite:
            return f"strftime('%Y-%m-%d %H:%M:%S.000000', '{NOW:%Y-%m-%d %H:%M:%S}', -({day}) || ' days')"
        return f"CAST('{NOW.isoformat()}' AS timestamptz) - ({day}) * interval '1 day'"
    return f'm."{name}"'


@contextmanager
def _indexed_after(store: Store, tables: list[str]) -> Iterator[None]:
    if store.file:
        yield
        return
    keys = [name for name in tables if name in _INDEXED_AFTER]
    with writing(store) as connection:
        for name in keys:
            connection.execute(text(f"ALTER TABLE {name} DROP CONSTRAINT {name}_pkey"))
    yield
    with writing(store) as connection:
        take_time(connection)
        connection.execute(text("SET LOCAL maintenance_work_mem = '1GB'"))
        for name in keys:
            key = ", ".join(column.name for column in metadata.tables[name].primary_key)
            connection.execute(text(f"ALTER TABLE {name} ADD CONSTRAINT {name}_pkey PRIMARY KEY ({key})"))


def _settle(store: Store) -> None:
    """What autovacuum would do by itself within minutes."""
    if store.file:
        return  # nobody does there
    with migrating(store, "0") as connection, outside_its_transaction(connection):
        connection.exec_driver_sql("VACUUM ANALYZE")
