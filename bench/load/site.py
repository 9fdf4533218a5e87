"""A place where faults are done: what serves there, what can be done to it, and what is to be seen at the end."""

from __future__ import annotations

import os
import random
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, sleep
from typing import LiteralString

import psutil
import psycopg
from psycopg import sql

from bench.load.account import Ground, unsound
from devtools.postgresql import DatabaseServer
from devtools.standby import Pair
from pensebete.storage.tables import metadata

PATIENCE = 60.0  # seconds
_A_LOOK = 3
_OF_THE_APP = "FROM pg_stat_activity WHERE application_name = 'pensebete'"


def _nothing() -> None:
    pass


@dataclass(frozen=True)
class Fault:
    """`strike` ends once people can go on, by themselves; `mend` makes whole what the next fault needs."""

    name: str
    strike: Callable[[random.Random], None]
    mend: Callable[[], None] = _nothing


@dataclass
class Site:
    name: str
    ground: Ground
    port: int
    faults: Sequence[Fault]
    processes: Callable[[], list[psutil.Process]]  # of the app
    stop: Callable[[], None]  # what serves, the database not
    log: Path
    pair: Pair | None = None  # where the database is PostgreSQL
    most_connections: int = field(default=0)

    def look_at_connections(self) -> list[str]:
        """While nobody has anything on its way: none is in the middle of something, but what a process looks for by
        itself."""
        if self.pair is None:
            return []
        ask = self.pair.primary.ask
        self.most_connections = max(self.most_connections, ask(f"SELECT count(*) {_OF_THE_APP}"))
        held = ask(f"SELECT count(*) {_OF_THE_APP} AND xact_start < now() - interval '{_A_LOOK} seconds'")
        return [f"{held} connections in the middle of something"] if held else []

    def look_at_the_end(self) -> list[str]:
        """Once nothing serves any more: what is wrong."""
        if self.pair is None:
            return [found] if (found := unsound(Path(self.ground.url.removeprefix("sqlite:///")))) else []
        database = self.ground.url.partition("?")[0].rpartition("/")[2]
        left = wait_for(lambda: not self.pair.primary.ask(f"SELECT count(*) {_OF_THE_APP}"))
        return [
            *([] if left else ["connections of the app are left"]),
            *_damage(self.pair.primary, database),
            *_differences(self.pair, database),
        ]

    def tracebacks(self) -> list[str]:
        """Of the servers' log, the last line of each."""
        lines = self.log.read_text("utf-8", "replace").splitlines()
        found = []
        for n, line in enumerate(lines):
            if "Traceback (most recent call last)" in line:
                found.append(next((one for one in lines[n + 1 :] if one and not one.startswith((" ", "\t"))), line))
        return found


def wait_for(what: Callable[[], bool]) -> bool:
    """Whether it came in time."""
    deadline = monotonic() + PATIENCE
    while not what():
        if monotonic() > deadline:
            return False
        sleep(0.05)
    return True


def _damage(server: DatabaseServer, database: str) -> list[str]:
    """What PostgreSQL's own program finds in tables and indexes."""
    where = [f"--host={server.host}", f"--port={server.port}", "--username=tests", database]
    call = [str(server.programs / "pg_amcheck"), "--install-missing", "--heapallindexed", "--parent-check", *where]
    done = subprocess.run(call, capture_output=True, text=True, env={**os.environ, "PGPASSWORD": server.password})
    return [f"pg_amcheck: {done.stdout}{done.stderr}"] if done.returncode else []


def _differences(pair: Pair, database: str) -> list[str]:
    """Tables of which the standby has not what the primary has, once it has read the log to its end."""
    end = pair.primary.ask("SELECT pg_current_wal_lsn()")
    reached: LiteralString = f"SELECT pg_last_wal_replay_lsn() >= '{end}'"  # type: ignore[assignment]
    if not wait_for(lambda: pair.standby.ask(reached)):
        return ["the standby has not the log of the primary"]
    sums = [_sums(server.url(database)) for server in (pair.primary, pair.standby)]
    return [f"the standby has another table {name}" for name in sums[0] if sums[0][name] != sums[1][name]]


def _sums(url: str) -> dict[str, str]:
    """Of each table, its rows in a figure."""
    whole = sql.SQL("SELECT md5(coalesce(string_agg(one::text, chr(10) ORDER BY one::text), '')) FROM {} AS one")
    with psycopg.connect(url) as connection:
        return {
            table.name: connection.execute(whole.format(sql.Identifier(table.name))).fetchone()[0]  # type: ignore[index]
            for table in metadata.sorted_tables
        }
