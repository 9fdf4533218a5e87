"""A million saved dossiers: what is done with one, with all of them, and what those who save meanwhile wait.

By `python -m bench.run large`, or `--dossiers 200000`; some minutes, and 40 kB of disk for each dossier.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import psycopg
from alembic.script import ScriptDirectory
from sqlalchemy.engine import make_url

from bench.figure import Figure, Line, p95
from bench.large.commands import pensebete, run
from bench.large.everything import Call, everything
from bench.large.fill import FIRST_TABLES, LATER_TABLES, fill
from bench.large.models import MODELS, Models, models
from bench.large.plans import watched
from bench.large.saving import Saves, by_the_first_program, by_the_program, people_saving
from devtools.postgresql import DatabaseServer, postgresql
from pensebete.storage.engine import Store, open_store, outside_transactions
from pensebete.storage.schema import migrate, upgrade

MANY, QUICK_MANY = 1_000_000, 20_000
IN_A_FILE = 10  # a tenth of them in SQLite
FEW = 1_000
WITH_YARDSTICK = 500_000  # pg_dump of more takes minutes, and tells nothing new
ROUNDS = 200
BEFORE_INDEXES = "0010"
OFTEN: Mapping[str, str] = {
    "dossiers.open_link": "opening one by its link",
    "changes.save": "saving an answer",
    "changes.changes_since": "asking for what is new, which a page does every three seconds",
}
# As whoever serves so many would set it, on this machine; the rest as PostgreSQL comes.
_SERVER = {"shared_buffers": "2GB", "max_wal_size": "8GB"}


@dataclass
class Measured:
    lines: list[Line] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def measure(quick: bool, many: int | None = None) -> Figure:
    many = many or (QUICK_MANY if quick else MANY)
    found = Measured()
    with TemporaryDirectory() as folder:
        of = models(Path(folder))
        with postgresql(durable=True) as server:
            _set(server)
            _on_a_server(server, of, many, Path(folder), found)
        _in_a_file(of, many // IN_A_FILE, Path(folder), found)
    return Figure(
        title=f"{many:,} saved dossiers",
        yardstick=f"for what is done with one, the same among {FEW:,}, in turn; for a copy, `pg_dump` alone; "
        "for saves, those of a database that has nothing else to do",
        method=f"PostgreSQL, `fsync = on`, {', '.join(f'{n} = {v}' for n, v in _SERVER.items())}. {MODELS} dossiers of "
        "10 to 24 answers, made by the program, over and over: profile, notes, links, milestones, remarks, calendars, "
        f"touched over 400 days. Median of {ROUNDS}. Commands are those of an operator, in a process of their own, "
        "while somebody saves an answer every few hundredths of a second.",
        lines=found.lines,
        remarks=found.remarks,
    )


def _set(server: DatabaseServer) -> None:
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        for name, value in _SERVER.items():
            connection.execute(f"ALTER SYSTEM SET {name} = '{value}'".encode())
    server.stop()
    server.start()


def _on_a_server(server: DatabaseServer, of: Models, many: int, folder: Path, found: Measured) -> None:
    url, small = server.new_database(), server.new_database()
    with closing(open_store(url)) as store, closing(open_store(small)) as few:
        upgrade(few, "0001")
        fill(few, of, FEW, FIRST_TABLES)
        migrate(few)
        fill(few, of, FEW, LATER_TABLES)
        began = time.monotonic()
        upgrade(store, "0001")
        fill(store, of, many, FIRST_TABLES)
        made = time.monotonic() - began
        _migrations(store, many, found)
        began = time.monotonic()
        fill(store, of, many, LATER_TABLES)
        made += time.monotonic() - began
        found.lines += [
            Line(f"{many:,} dossiers made", made, unit="s"),
            Line("on disk", _cell(url, "SELECT pg_database_size(current_database())") / 1e9, unit="GB"),
        ]
        found.lines += _often(everything(store, of), everything(few, of), many)
        quiet = _quiet(store, of, many)
        _plans(url, of, many, found)
        for name, command in _purge_and_backup(url, folder, many <= WITH_YARDSTICK):
            with people_saving(by_the_program(store, of, range(many // 2, many))) as saves:
                found.lines += command()
            found.lines += _saves(name, saves, quiet)
        found.lines.append(Line("the copy", (folder / "copy").stat().st_size / 1e6, unit="MB"))
    found.lines += _put_back(server, url, folder)


def _migrations(store: Store, many: int, found: Measured) -> None:
    """Each revision on its own, with all dossiers of the first one there."""
    script = ScriptDirectory(str(Path(upgrade.__code__.co_filename).parent / "migrations"))
    revisions = [one.revision for one in script.walk_revisions()][::-1][1:]
    took: dict[str, float] = {}
    longest: dict[str, float] = {}
    refused = 0
    for revision in revisions:
        with people_saving(by_the_first_program(store, range(many // 2, many))) as saves:
            time.sleep(0.3)
            del saves.took[:]
            began = time.monotonic()
            upgrade(store, revision)
            took[revision] = time.monotonic() - began
            time.sleep(0.3)
        longest[revision] = max(saves.took)
        refused += saves.refused
    slowest, held = max(took, key=took.__getitem__), max(longest, key=longest.__getitem__)
    found.lines += [
        Line(f"Migrating, {revisions[0]} to {revisions[-1]}", sum(took.values()), unit="s"),
        Line(f"the longest revision, {slowest}", took[slowest], unit="s"),
        Line(f"the longest save meanwhile, in {held}", longest[held], limit=1_000, of_ours=True),
        Line("saves refused meanwhile", refused, unit="", limit=0, of_ours=True),
    ]


def _often(large: Mapping[str, Call], small: Mapping[str, Call], many: int) -> list[Line]:
    lines = []
    for name, what in OFTEN.items():
        ours: list[float] = []
        theirs: list[float] = []
        for turn in range(-10, ROUNDS):  # the first ones are not counted
            among_many = many // 2 + turn * 7_919 % (many // 2)
            for calls, number, took in ((large, among_many, ours), (small, FEW // 2 + turn % (FEW // 2), theirs)):
                began = time.perf_counter()
                calls[name](number)
                if turn >= 0:
                    took.append(1000 * (time.perf_counter() - began))
        lines.append(Line(what, median(ours), median(theirs), limit=1.5))
    return lines


def _quiet(store: Store, of: Models, many: int) -> Saves:
    with people_saving(by_the_program(store, of, range(many // 2, many))) as saves:
        time.sleep(5)
    return saves


def _plans(url: str, of: Models, many: int, found: Measured) -> None:
    indexes: dict[str, set[str]] = {}
    faults: dict[str, None] = {}
    with psycopg.connect(url, autocommit=True) as connection:
        # As in the busiest hour, an address each.
        connection.execute(
            "INSERT INTO allowances SELECT 'dossiers', 'address ' || n, 1, now() FROM generate_series(1, 20000) n"
        )
        connection.execute("ANALYZE allowances")
    with watched(url) as seen:
        for name, call in everything(seen.store, of).items():
            if name == "retention.purge":
                continue  # all that is due, below
            call(many - many % MODELS - MODELS)
            plans = seen.take()
            indexes[name] = {index for plan in plans for index in plan.indexes}
            faults |= {f"{name} {fault}": None for plan in plans for fault in plan.faults}
    found.lines.append(Line("queries that read a whole table", len(faults), unit="", limit=0, of_ours=True))
    found.remarks += [f"{fault}." for fault in faults]
    found.remarks += [f"{what.capitalize()}: by {', '.join(sorted(indexes[name]))}." for name, what in OFTEN.items()]
    found.remarks.append(f"What is to be purged: by {', '.join(sorted(indexes['retention.due']))}.")


def _purge_and_backup(url: str, folder: Path, with_yardstick: bool) -> Iterator[tuple[str, Callable[[], list[Line]]]]:
    def purge() -> list[Line]:
        before = _cell(url, "SELECT count(*) FROM dossiers")
        ran = pensebete(url, "purge")
        gone = before - _cell(url, "SELECT count(*) FROM dossiers")
        return [
            Line(f"A purge of {gone:,.0f}", ran.seconds, unit="s"),
            Line("a dossier of it", 1000 * ran.seconds / max(1, gone)),
            Line("its memory", ran.megabytes, unit="MB", limit=300, of_ours=True),
        ]

    def backup() -> list[Line]:
        ran = pensebete(url, "backup", str(folder / "copy"))
        alone = None
        if with_yardstick:
            into = folder / "yardstick"
            alone = run("pg_dump", "--format=custom", f"--file={into}", f"--dbname={_plain(url)}")
            into.unlink()
        return [
            Line("A checked copy", ran.seconds, alone and alone.seconds, "s", limit=2 if alone else None),
            Line("its memory", ran.megabytes, alone and alone.megabytes, "MB", limit=300, of_ours=True),
        ]

    yield "a purge", purge
    yield "a copy", backup


def _put_back(server: DatabaseServer, url: str, folder: Path) -> list[Line]:
    """Into a new database each, once the first one has made room for it."""
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {url.rpartition('/')[2]}".encode())
    ran = pensebete(server.new_database(), "restore", str(folder / "copy"))
    return [
        Line("The copy put back", ran.seconds, unit="s"),
        Line("its memory", ran.megabytes, unit="MB", limit=300, of_ours=True),
    ]


def _saves(name: str, saves: Saves, quiet: Saves) -> list[Line]:
    return [
        Line(f"a save during {name}, p95", p95(saves.took), p95(quiet.took)),
        Line("the longest", max(saves.took), max(quiet.took), limit=1_000, of_ours=True),
        Line("refused", saves.refused, unit="", limit=0, of_ours=True),
    ]


def _in_a_file(of: Models, many: int, folder: Path, found: Measured) -> None:
    file = folder / "dossiers.sqlite3"
    url = f"sqlite:///{file}"
    with closing(open_store(url)) as store:
        file.touch()
        upgrade(store, BEFORE_INDEXES)
        with outside_transactions(store) as execute:
            execute("PRAGMA journal_mode = WAL")
        began = time.monotonic()
        fill(store, of, many, FIRST_TABLES + LATER_TABLES)
        found.lines += [
            Line(f"SQLite: {many:,} dossiers made", time.monotonic() - began, unit="s"),
            Line("on disk", file.stat().st_size / 1e9, unit="GB"),
        ]
        among = range(many // 2, many)
        quiet = _quiet(store, of, many)
        gone = round(many * 35 / 400)
        for name, call in (
            ("a migration", ("migrate",)),
            ("a purge", ("purge",)),
            ("a copy", ("backup", str(folder / "file"))),
        ):
            with people_saving(by_the_program(store, of, among)) as saves:
                ran = pensebete(url, *call)
            what = {"a purge": f"a purge of about {gone:,}"}.get(name, name)
            found.lines += [
                Line(f"SQLite: {what}", ran.seconds, unit="s"),
                Line("its memory", ran.megabytes, unit="MB"),
                *_saves(name, saves, quiet),
            ]


def _cell(url: str, query: str) -> float:
    with psycopg.connect(url) as connection:
        row = connection.execute(query.encode()).fetchone()
    assert row
    return float(row[0])


def _plain(url: str) -> str:
    return make_url(url).render_as_string(hide_password=False)
