"""A primary and its standby: the primary dies, nothing acknowledged is lost; and the old one, come back, is refused."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from time import monotonic

import pytest

from devtools.pgbouncer import pgbouncer
from devtools.savers import Savers
from devtools.standby import Pair, primary_and_standby
from pensebete.storage import primary
from pensebete.storage.backup import backup
from pensebete.storage.changes import save
from pensebete.storage.dossiers import Kept, keep, open_link
from pensebete.storage.engine import Store, open_store, reading
from pensebete.storage.errors import StoreUnavailableError
from pensebete.storage.schema import migrate
from tests.builders import NOW, assess

pytestmark = pytest.mark.usefixtures("impatient")
NOTE = ("answer", "cash-forecast", "note")


@pytest.fixture(scope="module")
def pair() -> Iterator[Pair]:
    with primary_and_standby(synchronous=True) as pair:
        yield pair


@pytest.fixture
def database(pair: Pair) -> str:
    """The name of a database with its tables."""
    name = pair.primary.new_database().rpartition("/")[2]
    with closing(open_store(pair.url(name))) as store:
        migrate(store)
    return name


def save_note(store: Store, kept: Kept, change_id: str) -> None:
    save(store, kept.dossier_id, kept.link_id, 1, {NOTE: change_id}, change_id, NOW)


def why_not(store: Store, kept: Kept, change_id: str) -> str:
    with pytest.raises(StoreUnavailableError) as refused:
        save_note(store, kept, change_id)
    return refused.value.reason


def port(store: Store) -> int:
    """Of the server that whoever reads is with now."""
    with reading(store) as connection:
        return int(connection.exec_driver_sql("SHOW port").scalar_one())


def in_new_process(url: str) -> closing[Store]:
    """As a process opens the database that has just started: it has seen nothing yet."""
    return closing(open_store(url))


def test_a_primary_that_dies_loses_nothing_acknowledged_and_is_refused_when_it_comes_back_alone(
    pair, database, monkeypatch, tmp_path
):
    url = pair.url(database)
    with in_new_process(url) as store:
        kept = keep(store, assess(), "the checklist", NOW)
        with Savers(store, 3) as savers:
            savers.save_each(20)
            pair.primary.kill()
            savers.wait_until(lambda saver: saver.waits_for is not None)
            pair.fail_over()
            savers.save_each(20)  # nobody does anything for it
        assert savers.lost(store) == 0
        new, old = pair.primary, pair.standby

        # It comes back by itself, not as a standby: it takes what is written as it did before.
        old.start()
        count = "SELECT count(*) FROM saves"
        before = old.ask(count, database)
        for opened in (in_new_process(url), closing(store)):
            with opened as one:
                save_note(one, kept, f"saved by {id(one)}")
        assert old.ask(count, database) == before
        assert new.ask("SELECT count(*) FROM saves WHERE change_id LIKE 'saved by %'", database) == 2

        # Alone, it is refused by who has seen the new one; it has no standby, so nobody else hears that it has saved.
        save_note(store, kept, "seen")
        new.stop()
        assert why_not(store, kept, "not here") == "outdated"
        with in_new_process(url) as stranger, in_new_process(url) as reader:
            assert why_not(stranger, kept, "nor here") == "unreplicated"
            assert port(reader) == port(stranger) == old.port
            new.start()
            # It learns of the other one, though nothing is wrong with its connection.
            monkeypatch.setattr(primary, "_LOOK_EVERY", 0)
            deadline = monotonic() + 30
            while port(reader) != new.port:
                assert monotonic() < deadline
        old.stop()

        # It comes back as the standby of the other, without what it alone had.
        old.follow(new)
        pair.wait_for_the_standby(synchronous=True)
        store.close()
    with in_new_process(url) as store:
        save_note(store, kept, "after")
        assert "nor here" not in open_link(store, kept.token, NOW).assessment.answer("cash-forecast").note
        assert savers.lost(store) == 0
        assert backup(store, tmp_path / "copy") == 4, "by a program of PostgreSQL's own, of the same server"
    assert old.ask("SELECT count(*) FROM saves WHERE change_id = 'after'", database) == 1


@pytest.mark.soak
def test_the_same_by_way_of_a_pgbouncer_beside_each_server(pair, database):
    with pgbouncer(pair.primary) as first, pgbouncer(pair.standby) as second:
        url = Pair(first, second).url(database)
        with in_new_process(url) as store:
            kept = keep(store, assess(), "the checklist", NOW)
            pair.standby.stop()
            assert why_not(store, kept, "one") == "unreplicated"
            pair.standby.start()
            pair.wait_for_the_standby(synchronous=True)
        with in_new_process(url) as store, Savers(store, 3) as savers:
            savers.save_each(20)
            pair.primary.kill()
            savers.wait_until(lambda saver: saver.waits_for is not None)
            pair.fail_over()
            savers.save_each(20)
        with in_new_process(url) as store:
            assert savers.lost(store) == 0
            save_note(store, kept, "one")
            assert open_link(store, kept.token, NOW).revision == 2
    pair.standby.follow(pair.primary)
    pair.wait_for_the_standby(synchronous=True)


def test_a_commit_that_the_standby_has_not_is_not_acknowledged_and_sent_again_it_is_done_once(pair, database):
    with in_new_process(pair.url(database)) as store:
        kept = keep(store, assess(), "the checklist", NOW)
        pair.standby.stop()
        try:
            assert why_not(store, kept, "one") == "unreplicated"
            assert why_not(store, kept, "one") == "unreplicated"
        finally:
            pair.standby.start()
    with in_new_process(pair.url(database)) as store:
        save_note(store, kept, "one")
        assert open_link(store, kept.token, NOW).revision == 2
    assert pair.standby.ask("SELECT max(revision) FROM dossiers", database) == 2
