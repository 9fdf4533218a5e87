"""Through a real PgBouncer that hands each transaction to another connection: nothing is left in a session."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest

from devtools.pgbouncer import pgbouncer
from devtools.postgresql import DatabaseServer
from devtools.savers import Savers
from pensebete.checklist.model import ChecklistRef
from pensebete.storage.accepted import entries, log
from pensebete.storage.allowances import take
from pensebete.storage.changes import save
from pensebete.storage.dossiers import keep
from pensebete.storage.engine import Store, open_store, reading, writing
from pensebete.storage.errors import StoreUnavailableError
from pensebete.storage.schema import migrate
from tests.builders import NOW, assess

pytestmark = pytest.mark.usefixtures("impatient")
LIMITS = ("lock_timeout", "statement_timeout", "synchronous_commit")


@pytest.fixture(scope="module")
def through(server: DatabaseServer) -> Iterator[DatabaseServer]:
    with pgbouncer(server) as through:
        yield through


@pytest.fixture
def store(server: DatabaseServer, through: DatabaseServer) -> Iterator[Store]:
    """A database that two servers made ready at once, by way of the PgBouncer."""
    url = through.url(server.new_database().rpartition("/")[2])
    with closing(open_store(url)) as one, closing(open_store(url)) as other:
        with ThreadPoolExecutor(2) as both:
            list(both.map(migrate, (one, other)))
        yield one


def shown(store: Store, change: bool) -> dict[str, str]:
    with (writing if change else reading)(store) as connection:
        return {name: connection.exec_driver_sql(f"SHOW {name}").scalar_one() for name in LIMITS}


def test_more_visits_than_connections_save_and_each_transaction_has_its_limits(server, through, store):
    with Savers(store, 4) as savers:
        savers.save_each(15)  # more often than after what psycopg prepares a statement by itself
        with ThreadPoolExecutor(4) as many:
            counted = many.map(lambda _: take(store, "dossiers", "somebody", 1, 3, 0.001, NOW), range(6))
            ref = ChecklistRef(id="c", version="1")
            logged = many.map(lambda n: log(store, Path("c.yaml"), ref, f"text {n}", NOW), range(6))
            assert sum(wait == 0 for wait in counted) == 3
            list(logged)
    assert savers.lost(store) == 0
    refused = [error for saver in savers.all for error in saver.waited_for]
    assert all(isinstance(error, StoreUnavailableError) and error.reason != "fault" for error in refused), refused
    assert len(entries(store, Path("c.yaml"))) == 6
    limits = {"lock_timeout": "1s", "statement_timeout": "3s", "synchronous_commit": "on"}
    assert shown(store, change=False) == shown(store, change=True) == limits
    with psycopg.connect(through.url(store.engine.url.database), prepare_threshold=None) as bare:
        left = {name: bare.execute(f"SHOW {name}").fetchone()[0] for name in LIMITS}
        assert left["lock_timeout"] == left["statement_timeout"] == "0", "left to whoever has the connection next"


def test_a_dossier_locked_by_another_is_said_within_the_time_of_the_setting(server, store):
    kept = keep(store, assess(), "the checklist", NOW)
    with psycopg.connect(server.url(store.engine.url.database)) as other:
        other.execute("SELECT 1 FROM dossiers FOR UPDATE")
        with pytest.raises(StoreUnavailableError) as refused:
            save(store, kept.dossier_id, kept.link_id, 1, {("answer", "a", "note"): "x"}, "one", NOW)
    assert refused.value.reason == "locked"
    later = NOW + timedelta(minutes=1)
    assert save(store, kept.dossier_id, kept.link_id, 1, {("answer", "a", "note"): "x"}, "one", later).revision == 2
