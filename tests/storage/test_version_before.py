"""The version before and this one, on one database at the same time: servers are brought up to date one by one.

The versions before are programs of before, kept (tests/fixtures/programs); the one to come is this one, with a revision
of the tables that it has not.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import Date, DateTime, Integer, LargeBinary, inspect, select

from pensebete.storage.dossiers import delete_dossier, keep, open_link
from pensebete.storage.engine import Store, open_store, reading, writing
from pensebete.storage.errors import NotMigratedError
from pensebete.storage.place import RUNS_FROM, TABLES
from pensebete.storage.schema import check, known_tables, migrate
from pensebete.storage.tables import metadata
from tests.builders import NOW, ROOT, assess
from tests.storage.visit import Visit

PROGRAMS = ROOT / "tests" / "fixtures" / "programs"
ARCHIVES = sorted(PROGRAMS.glob("*.tar.xz"))
MIGRATIONS = ROOT / "pensebete" / "storage" / "migrations"
SAVES = 25

# A revision that only adds, and has rows of every dossier in a table that this program does not know.
LATER = """
import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "9998", "{before}", None, None


def upgrade():
    op.add_column("links", sa.Column("colour", sa.Text(), nullable=True))
    op.create_table(
        "stars",
        sa.Column("dossier_id", sa.String(36), sa.ForeignKey("dossiers.id", ondelete="CASCADE"), primary_key=True),
    )
    op.execute("INSERT INTO stars SELECT id FROM dossiers")
"""


class Program:
    """A program of its own, told what to do line by line (tests/fixtures/programs/driver.py)."""

    def __init__(self, folder: Path, url: str) -> None:
        call = [sys.executable, str(PROGRAMS / "driver.py"), url]
        environment = {"PYTHONPATH": str(folder), "PATH": "/usr/bin:/bin", "PYTHONDONTWRITEBYTECODE": "1"}
        self.process = subprocess.Popen(
            call, cwd=folder, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def __call__(self, what: str, *said: Any) -> Any:
        answer = self.answer(what, *said)
        assert "done" in answer, answer
        return answer["done"]

    def answer(self, what: str, *said: Any) -> dict[str, Any]:
        self.begin(what, *said)
        return self.end()

    def begin(self, what: str, *said: Any) -> None:
        print(json.dumps([what, *said]), file=self.process.stdin, flush=True)

    def end(self) -> dict[str, Any]:
        return json.loads(self.process.stdout.readline())

    def stop(self) -> None:
        self.process.stdin.close()
        self.process.wait(timeout=30)
        self.process.stdout.close()


@pytest.fixture(scope="session", params=ARCHIVES, ids=lambda archive: archive.name.partition(".")[0])
def folder_before(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("before")
    with tarfile.open(request.param) as archive:
        archive.extractall(folder, filter="data")
    return folder


@pytest.fixture
def before(folder_before: Path, new_url: str) -> Iterator[Program]:
    """The version before, on a database that it made."""
    program = Program(folder_before, new_url)
    program("migrate")
    yield program
    program.stop()


def later_folder(folder: Path, runs_from: str = RUNS_FROM) -> Path:
    """This program with a revision of the tables that is still to come."""
    shutil.copytree(
        ROOT / "pensebete", folder / "pensebete", ignore=shutil.ignore_patterns("web", "*.po", "__pycache__")
    )
    place = folder / "pensebete" / "storage" / "place.py"
    said = place.read_text("utf-8")
    assert said.count(f'TABLES = "{TABLES}"') == said.count(f'RUNS_FROM = "{RUNS_FROM}"') == 1
    said = said.replace(f'TABLES = "{TABLES}"', 'TABLES = "9998"')
    place.write_text(said.replace(f'RUNS_FROM = "{RUNS_FROM}"', f'RUNS_FROM = "{runs_from}"'), "utf-8")
    revision = folder / "pensebete" / "storage" / "migrations" / "versions" / "later.py"
    revision.write_text(LATER.format(before=TABLES), "utf-8")
    return folder


def test_a_program_of_before_is_kept_for_the_oldest_tables_that_still_count():
    kept = {archive.name.partition(".")[0] for archive in ARCHIVES}
    assert RUNS_FROM in kept
    assert kept <= known_tables() - {TABLES}


def test_a_server_of_before_goes_on_beside_one_that_has_migrated(before: Program, new_url: str):
    token = before("keep")
    before("open", token)
    assert before("write", token, "before", "0")
    with closing(open_store(new_url)) as store:
        migrate(store)
        check(store)
        visit = Visit.by(store, token)
        acknowledged = {}
        for number in range(SAVES):
            # Both at once: whoever finds the database held says so, and sends it again with the next.
            before.begin("write", token, "before", f"before {number}")
            visit.write(f"this {number}", item="this")
            if before.end()["done"]:
                acknowledged["before"] = f"before {number}"
            if not visit.waits_for:
                acknowledged["this"] = f"this {number}"
        assert set(acknowledged) == {"before", "this"}
        for _ in range(10):
            visit.look()
            if not visit.waits_for:
                break
        said = {item: answer.note for item, answer in visit.assessment.answers.items()}
        # The last word of each is there, for both.
        assert said == {"before": f"before {SAVES - 1}", "this": f"this {SAVES - 1}"} == before("look", token)
        before("milestone", token, "First call")
        assert before("milestones", token) == ["First call"]
        assert before("reads_calendar", before("calendar", token))


def test_a_server_of_before_deletes_and_purges_what_this_one_has_written(before: Program, new_url: str):
    with closing(open_store(new_url)) as store:
        migrate(store)
        kept = [keep(store, assess({"cash-forecast": "done"}), "the checklist", NOW) for _ in range(2)]
        before("open", kept[0].token)
        for one in kept:
            fill_every_table(store, one.dossier_id, one.link_id)
        before("delete", kept[0].token)
        assert ids_anywhere(store) == {kept[1].dossier_id}
        assert before("purge") == [1, 1]
        assert ids_anywhere(store) == set()


def fill_every_table(store: Store, dossier_id: str, link_id: int) -> None:
    """A row about the dossier in each table that may have one, whatever it says."""
    for table in metadata.sorted_tables:
        if "dossier_id" not in table.c or table.name in ("links", "facts"):
            continue
        with writing(store) as connection:
            digest = connection.execute(select(metadata.tables["checklists"].c.sha256)).scalars().first()
            row: dict[str, Any] = {}
            for column in table.c:
                kind = column.type
                if column.name == "dossier_id":
                    row[column.name] = dossier_id
                elif column.name == "checklist_sha256":
                    row[column.name] = digest
                elif column.name == "link_id":
                    row[column.name] = link_id
                elif column.nullable or (column.primary_key and isinstance(kind, Integer)):
                    continue
                elif isinstance(kind, Date):
                    row[column.name] = NOW.date()
                elif isinstance(kind, LargeBinary):
                    row[column.name] = b"\0"
                elif isinstance(kind, Integer):
                    row[column.name] = 1
                elif kind.python_type is bool:
                    row[column.name] = False
                elif isinstance(kind, DateTime) or "Moment" in type(kind).__name__:
                    row[column.name] = NOW
                else:
                    row[column.name] = f"{dossier_id} {column.name}"[: getattr(kind, "length", None) or 200]
            connection.execute(table.insert().values(**row))


def ids_anywhere(store: Store) -> set[str]:
    """The dossiers of which a row is left."""
    with reading(store) as connection:
        return {
            found
            for table in metadata.sorted_tables
            if "dossier_id" in table.c
            for found in connection.execute(select(table.c.dossier_id)).scalars()
        }


def test_this_version_goes_on_and_starts_anew_beside_one_to_come(store: Store, url: str, tmp_path: Path):
    kept, other = (keep(store, assess({"cash-forecast": "done"}), "the checklist", NOW) for _ in range(2))
    visit = Visit.by(store, kept.token)
    program = Program(later_folder(tmp_path / "later"), url)
    try:
        program("migrate")
        program("open", kept.token)
        assert program("write", kept.token, "later", "from later")
        visit.write("from this")
        assert visit.waits_for is None
        with closing(open_store(url)) as anew:  # a server that starts now
            check(anew)
            migrate(anew)
            assert {answer.note for answer in open_link(anew, kept.token, NOW).assessment.answers.values()} == {
                "from later",
                "from this",
            }
            program("open", other.token)
            visit_of_other = open_link(anew, other.token, NOW)
            delete_dossier(anew, visit_of_other.dossier_id, visit_of_other.link_id)
        assert program("check") is None
    finally:
        program.stop()
        if not store.file:
            undo_later(store)


def test_tables_that_this_version_cannot_run_on_are_left_alone(store: Store, url: str, tmp_path: Path):
    program = Program(later_folder(tmp_path / "later", runs_from="9998"), url)
    try:
        program("migrate")
        for use in (check, migrate):
            with pytest.raises(NotMigratedError) as later:
                use(store)
            assert later.value.newer
    finally:
        program.stop()
        if not store.file:
            undo_later(store)


def undo_later(store: Store) -> None:
    """The server's database serves the next test: its tables are what they were."""
    with writing(store) as connection:
        connection.exec_driver_sql("DROP TABLE stars")
        connection.exec_driver_sql("ALTER TABLE links DROP COLUMN colour")


def test_what_a_program_of_before_that_knows_no_promise_does_when_it_starts_anew_is_to_say_so(
    before: Program, folder_before: Path, new_url: str
):
    """Written in docs/operations.md: from tables 0005 one goes up without a stop, and back by a restart of this one."""
    with closing(open_store(new_url)) as store:
        migrate(store)
    anew = Program(folder_before, new_url)
    knows = "RUNS_FROM" in (folder_before / "pensebete" / "storage" / "place.py").read_text("utf-8")
    try:
        answer = anew.answer("check")
    finally:
        anew.stop()
    assert answer == {"done": None} if knows else answer["newer"]


Shape = dict[str, dict[str, Any]]


def test_each_revision_since_then_only_adds(new_url: str):
    """And so that programs of before go on: no table and no column goes or changes, what is new may be left out, and a
    row that they do not know of does not keep them from deleting a dossier."""
    script = ScriptDirectory(str(MIGRATIONS))
    revisions = [revision.revision for revision in script.walk_revisions()][::-1]
    since = revisions.index(RUNS_FROM)
    with closing(open_store(new_url)) as store:
        if store.file:
            store.file.parent.mkdir()
            store.file.touch()
        upgrade(store, RUNS_FROM)
        was = shape(store)
        for revision in revisions[since + 1 :]:
            upgrade(store, revision)
            now = shape(store)
            assert what_no_longer_fits(was, now) == [], revision
            was = now


def upgrade(store: Store, revision: str) -> None:
    with writing(store) as connection:
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
        command.upgrade(config, revision)


def shape(store: Store) -> Shape:
    with reading(store) as connection:
        found = inspect(connection)
        return {
            table: {
                "columns": {c["name"]: (str(c["type"]), c["nullable"], c["default"]) for c in found.get_columns(table)},
                "key": found.get_pk_constraint(table)["constrained_columns"],
                "unique": sorted(
                    [tuple(u["column_names"]) for u in found.get_unique_constraints(table)]
                    + [tuple(i["column_names"]) for i in found.get_indexes(table) if i["unique"]]
                ),
                "checks": sorted(str(c["sqltext"]) for c in found.get_check_constraints(table)),
                "points": sorted(
                    (tuple(f["constrained_columns"]), f["referred_table"], f["options"].get("ondelete", ""))
                    for f in found.get_foreign_keys(table)
                ),
            }
            for table in found.get_table_names()
        }


def what_no_longer_fits(was: Shape, now: Shape) -> list[str]:
    found = [f"{table} is gone" for table in was if table not in now]
    for table, before in was.items():
        after = now.get(table, before)
        for name, column in before["columns"].items():
            if after["columns"].get(name) != column:
                found.append(f"{table}.{name} is gone, or another")
        for name, (_, nullable, default) in after["columns"].items():
            if name not in before["columns"] and not nullable and default is None:
                found.append(f"{table}.{name} must be said")
        found += [f"{table}: {part}" for part in ("key", "unique", "checks", "points") if after[part] != before[part]]
    for table in now.keys() - was.keys():
        for columns, at, on_delete in now[table]["points"]:
            if at in was and on_delete not in ("CASCADE", "SET NULL"):
                found.append(f"{table}.{columns[0]} keeps a row of {at} from being deleted")
    return found


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("op.drop_table('saves')", "saves is gone"),
        ("op.drop_column('dossiers', 'bytes')", "dossiers.bytes is gone"),
        ("op.add_column('links', sa.Column('x', sa.Integer(), nullable=False))", "links.x must be said"),
        ("op.create_index('x', 'links', ['label'], unique=True)", "links: unique"),
        (
            "op.create_table('x', sa.Column('d', sa.String(36), sa.ForeignKey('dossiers.id')))",
            "x.d keeps a row of dossiers from being deleted",
        ),
        ("op.add_column('links', sa.Column('x', sa.Integer(), nullable=True))", ""),
        ("op.create_table('x', sa.Column('d', sa.String(36), sa.ForeignKey('dossiers.id', ondelete='CASCADE')))", ""),
    ],
)
def test_what_would_stop_a_program_of_before_is_seen(store_of_its_own: Store, statement: str, said: str):
    was = shape(store_of_its_own)
    with writing(store_of_its_own) as connection:
        names = {"op": Operations(MigrationContext.configure(connection)), "sa": sqlalchemy}
        exec(statement, names)
    found = what_no_longer_fits(was, shape(store_of_its_own))
    assert [re.sub(r",.*", "", one) for one in found] == ([said] if said else [])


@pytest.fixture
def store_of_its_own(server: Any, server_url: str, migrated_database: str) -> Iterator[Store]:
    """On PostgreSQL: SQLite has no statement for most of this. A copy of the one that was just emptied."""
    with closing(open_store(server.new_database(migrated_database))) as store:
        yield store
