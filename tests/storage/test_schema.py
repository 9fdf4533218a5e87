"""The tables: made by a command, checked at start, the same as the program thinks they are."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import select

from devtools.postgresql import DatabaseServer
from pensebete.storage.dossiers import keep
from pensebete.storage.engine import open_store, reading
from pensebete.storage.errors import NotMigratedError, StoreAddressError
from pensebete.storage.limits import WAIT
from pensebete.storage.place import RUNS_FROM, TABLES, database_url
from pensebete.storage.schema import check, migrate, turn
from pensebete.storage.tables import metadata, runs_from
from pensebete.text.wording import LANGUAGES, wording
from tests.builders import NOW, ROOT, assess
from tests.storage.visit import make_later, rows


def test_a_database_without_the_tables_is_said_with_the_command_to_run(new_url):
    with closing(open_store(new_url)) as store, pytest.raises(NotMigratedError) as missing:
        check(store)
    for language in LANGUAGES:
        assert "python -m pensebete migrate" in missing.value.sentence(wording(language))


def test_asking_whether_the_tables_are_there_makes_no_file(tmp_path):
    address = f"sqlite:///{tmp_path}/data/dossiers.sqlite3"
    with closing(open_store(address)) as store, pytest.raises(NotMigratedError):
        check(store)
    assert list(tmp_path.iterdir()) == []


def test_after_migrating_the_check_is_content(store):
    check(store)


def test_migrating_again_changes_nothing(store):
    keep(store, assess({"cash-forecast": "done"}), "the checklist", NOW)
    before = rows(store)
    migrate(store)
    assert rows(store) == before


def test_the_migrations_make_the_tables_that_the_program_reads(store):
    with reading(store) as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_the_newest_tables_are_known_without_loading_what_makes_them():
    assert ScriptDirectory(str(ROOT / "pensebete" / "storage" / "migrations")).get_current_head() == TABLES


def test_tables_of_a_later_version_are_said_and_left_alone(new_url):
    with closing(open_store(new_url)) as store:
        migrate(store)
        make_later(store)
        for use in (check, migrate):
            with pytest.raises(NotMigratedError) as later:
                use(store)
            assert later.value.newer
            assert "later version" in later.value.sentence(wording("en"))


def test_tables_of_a_later_version_that_says_that_this_one_runs_on_them_are_taken_and_left_alone(store):
    make_later(store, runs_from=RUNS_FROM)
    before = rows(store)
    check(store)
    migrate(store)
    assert rows(store) == before
    keep(store, assess({"cash-forecast": "done"}), "the checklist", NOW)


def test_a_migrated_database_says_which_programs_run_on_it(store):
    with reading(store) as connection:
        assert connection.execute(select(runs_from.c.tables)).all() == [(RUNS_FROM,)]


def test_two_servers_that_migrate_at_once_both_succeed(new_url):
    def start(_: int) -> None:
        with closing(open_store(new_url)) as store:
            migrate(store)

    with ThreadPoolExecutor(2) as both:
        list(both.map(start, range(2)))
    with closing(open_store(new_url)) as store:
        check(store)


@pytest.mark.usefixtures("impatient")
def test_a_migration_waits_for_that_of_another_server_however_long(new_url):
    with closing(open_store(new_url)) as store, closing(open_store(new_url)) as other:
        if store.file:
            store.file.parent.mkdir()
        with ThreadPoolExecutor(1) as second:
            with turn(store):
                waiting = second.submit(migrate, other)
                with pytest.raises(TimeoutError):
                    waiting.result(timeout=2 * WAIT.value)
            waiting.result()
        check(store)


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg"])
def test_an_address_of_postgresql_may_be_written_in_each_usual_way(server: DatabaseServer, scheme):
    with closing(open_store(server.url("postgres", scheme))) as store, pytest.raises(NotMigratedError):
        check(store)


@pytest.mark.parametrize("address", ["", "nonsense", "mysql://u:pass-word@h/d", "sqlite://", "sqlite:///:memory:"])
def test_another_address_is_refused_without_repeating_it(address):
    with pytest.raises(StoreAddressError) as refused:
        open_store(address)
    for language in LANGUAGES:
        assert "PENSEBETE_DATABASE_URL" in refused.value.sentence(wording(language))
    assert "pass-word" not in str(refused.value)


def test_without_a_setting_dossiers_go_to_the_folder_data_beside_the_program(monkeypatch):
    monkeypatch.delenv("PENSEBETE_DATABASE_URL", raising=False)
    assert database_url().endswith("/data/pensebete.sqlite3")
    monkeypatch.setenv("PENSEBETE_DATABASE_URL", "postgresql://h/d")
    assert database_url() == "postgresql://h/d"
