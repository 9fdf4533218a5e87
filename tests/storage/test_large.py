"""With many dossiers: nothing that is asked of the database reads a whole table, nobody waits for a purge."""

from __future__ import annotations

import importlib
import inspect
import re
import sqlite3
from contextlib import closing
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, select

from bench.large.everything import everything
from bench.large.fill import FIRST_TABLES, LATER_TABLES, dossier_id, fill, token
from bench.large.models import MODELS, NOW, Models, models
from bench.large.plans import COUNTED, GROWING, watched
from devtools.postgresql import DatabaseServer
from pensebete.storage import retention
from pensebete.storage.dossiers import open_link
from pensebete.storage.engine import open_store, writing
from pensebete.storage.retention import purge
from pensebete.storage.tables import dossiers
from tests.builders import ROOT
from tests.storage.visit import rows

MANY = 2_000
# What is not asked while the app serves, or asks nothing of the tables.
BESIDE = {"backup.backup", "backup.restore", "schema.migrate", "schema.upgrade", "schema.turn", "dossiers.empty_log"}
# Whether the database is full is asked of the disk; what a dossier may hold, of its own rows, in a save.
IN_A_SAVE = {"room.refuse_without_room"}


@pytest.fixture(scope="module")
def of(tmp_path_factory: pytest.TempPathFactory) -> Models:
    return models(tmp_path_factory.mktemp("models"))


@pytest.fixture(scope="module")
def large_url(server: DatabaseServer, migrated_database: str, of: Models) -> str:
    url = server.new_database(migrated_database)
    with closing(open_store(url)) as store:
        fill(store, of, MANY, FIRST_TABLES + LATER_TABLES)
    return url


def test_all_that_is_asked_of_a_store_is_looked_at(store, of):
    asked = set()
    for file in (ROOT / "pensebete" / "storage").glob("*.py"):
        module = importlib.import_module(f"pensebete.storage.{file.stem}")
        for name, function in vars(module).items():
            if inspect.isfunction(function) and function.__module__ == module.__name__ and not name.startswith("_"):
                first = next(iter(inspect.signature(function).parameters.values()), None)
                if first is not None and first.annotation == "Store" and file.stem not in ("engine", "sync"):
                    asked.add(f"{file.stem}.{name}")
    assert len(asked) > 50
    assert asked - BESIDE - IN_A_SAVE == {name.partition(",")[0] for name in everything(store, of)}


def test_nothing_that_is_asked_reads_a_whole_table(large_url, of):
    found, seen = [], 0
    # Of so few, PostgreSQL would read the whole of some because it is shorter: here, only where it has to.
    with watched(large_url, enable_seqscan="off") as look:
        for name, call in everything(look.store, of).items():
            call(MANY - MODELS)
            plans = look.take()
            seen += len(plans)
            found += [f"{name}: {fault} ({plan.statement[:200]})" for plan in plans for fault in plan.faults]
            found += [f"{name}: is given {plan.rows} rows" for plan in plans if plan.rows > MANY / 2]
    assert seen > 400
    assert found == []


def test_nothing_that_is_asked_of_a_file_reads_a_whole_table(sqlite_store, of):
    fill(sqlite_store, of, 2 * MODELS, FIRST_TABLES + LATER_TABLES)
    asked: dict[str, Any] = {}
    event.listen(sqlite_store.engine, "before_cursor_execute", lambda _c, _cursor, *said: asked.update([said[:2]]))
    for call in everything(sqlite_store, of).values():
        call(MODELS)
    found = []
    with closing(sqlite3.connect(sqlite_store.file)) as connection:
        for statement, said in asked.items():
            if statement.split()[0] in ("SELECT", "UPDATE", "DELETE") and statement != COUNTED:
                plan = connection.execute(f"EXPLAIN QUERY PLAN {statement}", said).fetchall()
                found += [(step, statement) for *_, step in plan if re.match(rf"SCAN ({'|'.join(GROWING)})\b", step)]
    assert len(asked) > 100
    assert found == []


def test_a_plan_that_reads_all_is_seen(large_url):
    with watched(large_url) as look:
        for query in (
            "SELECT 1 FROM facts WHERE value = 'x'",
            "SELECT max(revision) FROM dossiers",
            "SELECT 1 FROM saves WHERE dossier_id > '0' AND revision < 0",
        ):
            with look.store.engine.connect() as connection:
                connection.exec_driver_sql(query).all()
            assert [plan.faults for plan in look.take() if plan.faults], query
        open_link(look.store, token("link", MANY - 1), NOW)
        plans = look.take()
        assert [plan.faults for plan in plans if plan.faults] == []
        assert {"links_token_sha256_key", "facts_pkey"} <= {index for plan in plans for index in plan.indexes}


# The purge

LATER = NOW + timedelta(days=365)


def test_a_purge_lets_others_have_their_turn_after_a_few(store, of, monkeypatch):
    for name in ("_AT_ONCE", "_AT_ONCE_IN_A_FILE"):
        monkeypatch.setattr(retention, name, 3)
    fill(store, of, 8, FIRST_TABLES + LATER_TABLES)
    deleted: list[int] = []
    event.listen(store.engine, "commit", lambda _: deleted.append(0))

    def count(_connection, cursor, statement, *_rest) -> None:
        if statement.startswith("DELETE FROM dossiers"):
            deleted[-1:] = [deleted[-1] + cursor.rowcount] if deleted else [cursor.rowcount]

    event.listen(store.engine, "after_cursor_execute", count)
    assert [id for id, _ in purge(store, LATER, force=True)] == [dossier_id(number) for number in range(8)]
    assert sorted(many for many in deleted if many) == [2, 3, 3]
    assert not any(rows(store).values())


def test_a_purge_waits_for_nobody_and_leaves_what_is_held(server_store, of):
    fill(server_store, of, 8, FIRST_TABLES + LATER_TABLES)
    with writing(server_store) as opening:
        opening.execute(select(dossiers).where(dossiers.c.id == dossier_id(3)).with_for_update())
        # Refused after two seconds, were it waited for (engine.WAIT_SECONDS).
        removed = purge(server_store, LATER, force=True)
    assert {id for id, _ in removed} == {dossier_id(number) for number in range(8) if number != 3}
    assert open_link(server_store, token("link", 3), NOW)
