"""The same tests on a SQLite file and on a real PostgreSQL server, each on a database of its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from shutil import copy

import psycopg
import pytest

from devtools.postgresql import DatabaseServer
from pensebete.storage.engine import Store, open_store
from pensebete.storage.place import RUNS_FROM, TABLES
from pensebete.storage.schema import migrate
from pensebete.storage.tables import metadata


@pytest.fixture(scope="session")
def server() -> Iterator[DatabaseServer]:
    """One for each worker of the tests."""
    server = DatabaseServer()
    yield server
    server.remove()


@pytest.fixture(scope="session")
def migrated_database(server: DatabaseServer) -> str:
    """The name of a database with its tables; making one for each test would take longer than the tests."""
    url = server.new_database()
    with closing(open_store(url)) as store:
        migrate(store)
    return url.rpartition("/")[2]


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("migrated") / "dossiers.sqlite3"
    with closing(open_store(f"sqlite:///{file}")) as store:
        migrate(store)
    return file


@pytest.fixture(params=["sqlite", "postgresql"])
def kind(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def new_url(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database that has nothing in it yet."""
    if kind == "sqlite":
        return f"sqlite:///{tmp_path}/data/new.sqlite3"
    return request.getfixturevalue("server").new_database()


@pytest.fixture
def sqlite_url(migrated_file: Path, tmp_path: Path) -> str:
    """The address of a database with its tables, and nothing in them."""
    return f"sqlite:///{copy(migrated_file, tmp_path)}"


@pytest.fixture
def server_url(server: DatabaseServer, migrated_database: str) -> str:
    """The same on the server: one database, emptied for each test, which takes less time than a copy."""
    url = server.url(migrated_database)
    with psycopg.connect(url) as connection:
        connection.execute("TRUNCATE {}".format(", ".join(metadata.tables)))  # only the names of our own tables
        connection.execute("UPDATE alembic_version SET version_num = %s", [TABLES])
        connection.execute("INSERT INTO runs_from VALUES (%s)", [RUNS_FROM])
    return url


@pytest.fixture
def url(kind: str, request: pytest.FixtureRequest) -> str:
    return request.getfixturevalue("sqlite_url" if kind == "sqlite" else "server_url")


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    with closing(open_store(url)) as store:
        yield store


@pytest.fixture
def sqlite_store(sqlite_url: str) -> Iterator[Store]:
    with closing(open_store(sqlite_url)) as store:
        yield store


@pytest.fixture
def server_store(server_url: str) -> Iterator[Store]:
    with closing(open_store(server_url)) as store:
        yield store


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A database that is held by another is waited for one second, not for as long as in service."""
    monkeypatch.setenv("PENSEBETE_DATABASE_WAIT", "1")
