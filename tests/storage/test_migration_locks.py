"""A change of the tables keeps nobody who saves waiting, however many dossiers there are."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing

import pytest
import sqlalchemy
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from devtools.postgresql import DatabaseServer
from pensebete.cli.main import main
from pensebete.storage import schema
from pensebete.storage.engine import Store, open_store, writing
from pensebete.storage.postgresql import outside_its_transaction
from pensebete.storage.schema import check, upgrade
from tests.builders import ROOT
from tests.storage.table_locks import AT_ONCE, told_of_locks

MIGRATIONS = ROOT / "pensebete" / "storage" / "migrations"
MANY = 2 * AT_ONCE
ROWS = f"""
INSERT INTO checklists VALUES ('x', 'large', '1', 'id: large');
INSERT INTO dossiers (id, checklist_sha256, created_at, updated_at, revision)
    SELECT n, 'x', now(), now(), 1 FROM generate_series(1, {MANY}) n;
INSERT INTO links (dossier_id, token_sha256, access, label, created_at)
    SELECT n, n, 'write', '', now() FROM generate_series(1, {MANY}) n;
INSERT INTO milestones (dossier_id, name, "on", assessment, checklist_sha256, created_at)
    SELECT n, '', now(), '', 'x', now() FROM generate_series(1, {MANY}) n;
INSERT INTO overwritten (dossier_id, key, value, written_at, link_id, revision, replaced_at, replaced_by, seen)
    SELECT n, 'key', 'value', now(), n, 1, now(), n, true FROM generate_series(1, {MANY}) n;
INSERT INTO facts SELECT n, 'key', 'value', 1, now(), n, 1, 0 FROM generate_series(1, {MANY}) n;
"""


@pytest.fixture
def of_first_tables(server: DatabaseServer) -> Iterator[Store]:
    """On PostgreSQL, as the first version left it, with more dossiers than one transaction may touch."""
    with closing(open_store(server.new_database())) as store:
        upgrade(store, "0001")
        with writing(store) as connection:
            connection.exec_driver_sql(ROWS)
        yield store


def test_no_revision_holds_a_table_for_longer_the_more_dossiers_there_are(of_first_tables):
    revisions = [one.revision for one in ScriptDirectory(str(MIGRATIONS)).walk_revisions()][::-1]
    assert len(revisions) > 10
    with told_of_locks(of_first_tables) as told:
        for revision in revisions:
            upgrade(of_first_tables, revision)
            assert told == [], revision
    check(of_first_tables)


BROKEN = {
    "op.create_index('x', 'links', ['label'])": "links is read whole while nobody can save",
    "op.create_check_constraint('x', 'links', \"access <> ''\")": "links is read whole while nobody can save",
    "op.alter_column('dossiers', 'revision', type_=sa.BigInteger())": "dossiers is written anew",
    "op.alter_column('overwritten', 'value', nullable=False)": "overwritten is read whole while nobody can save",
    "op.execute('UPDATE dossiers SET revision = 2')": "dossiers is changed whole in one transaction",
    "op.create_foreign_key('x', 'facts', 'links', ['link_id'], ['id'])": "facts is read whole while nobody can save",
}
SOUND = (
    "op.create_check_constraint('x', 'links', \"access <> ''\", postgresql_not_valid=True)",
    "op.add_column('links', sa.Column('x', sa.Text(), nullable=True))",
    "op.add_column('links', sa.Column('x', sa.Integer(), nullable=False, server_default='0'))",
    "op.create_table('x', sa.Column('d', sa.String(36), sa.ForeignKey('dossiers.id', ondelete='CASCADE')))",
    "op.execute('UPDATE dossiers SET revision = 2 WHERE id < \\'2\\' AND length(id) < 4')",
)


def test_a_revision_that_would_hold_a_table_is_seen(of_first_tables):
    for statement, said in BROKEN.items():
        assert said in told_of(of_first_tables, statement), statement
    for statement in SOUND:
        assert told_of(of_first_tables, statement) == [], statement


def told_of(store: Store, statement: str) -> list[str]:
    """Of a revision that does this, and is taken back."""
    with told_of_locks(store) as told, store.engine.connect() as connection, connection.begin() as whole:
        exec(statement, {"op": Operations(MigrationContext.configure(connection)), "sa": sqlalchemy})
        connection.dispatch.commit(connection)  # asked as at its end
        whole.rollback()
    return told


def test_an_index_that_is_made_by_itself_is_to_be_made_while_people_save(of_first_tables):
    with (
        told_of_locks(of_first_tables) as told,
        of_first_tables.engine.connect() as connection,
        outside_its_transaction(connection),
    ):
        connection.exec_driver_sql("CREATE INDEX CONCURRENTLY x ON links (label)")
        connection.exec_driver_sql("ALTER TABLE links VALIDATE CONSTRAINT links_dossier_id_fkey")
        assert told == []
        connection.exec_driver_sql("DROP INDEX x")
        connection.exec_driver_sql("UPDATE links SET label = 'x'")
        connection.exec_driver_sql("ALTER TABLE links ADD CHECK (label = 'x')")
    assert len(told) == 3


def test_while_a_table_is_held_a_migration_stands_back_and_people_save(of_first_tables, monkeypatch, capsys):
    """As pg_dump holds them for minutes: whoever waits for a table makes all wait who come after."""
    monkeypatch.setattr(schema, "_STANDS_BACK_FOR", 0.05)
    store = of_first_tables
    monkeypatch.setenv("PENSEBETE_DATABASE_URL", store.engine.url.render_as_string(hide_password=False))
    with store.engine.connect() as holder:
        holder.exec_driver_sql("LOCK dossiers IN ACCESS SHARE MODE")
        migrating = threading.Thread(target=main, args=(["migrate"],))
        migrating.start()
        for _ in range(3):
            while not _is_asked_for(holder):
                assert migrating.is_alive()
            with writing(store) as connection:  # refused after two seconds (engine.WAIT_SECONDS)
                connection.exec_driver_sql("UPDATE dossiers SET revision = revision + 1 WHERE id = '1'")
        holder.rollback()
        migrating.join()
    check(store)
    said = capsys.readouterr()
    assert said.err.count("tenue par quelqu’un d’autre") == 1
    assert said.out == "La base des dossiers est prête.\n"


def _is_asked_for(holder: Connection) -> bool:
    asked = "SELECT 1 FROM pg_locks WHERE mode = 'AccessExclusiveLock' AND relation = 'dossiers'::regclass"
    return holder.exec_driver_sql(f"{asked} AND NOT granted").first() is not None
