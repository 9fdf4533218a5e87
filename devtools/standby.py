"""A PostgreSQL server and its standby, of one's own; gone afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import monotonic, sleep

from devtools.postgresql import DatabaseServer

_NAME = "second"  # what a standby says that it is called
_PATIENCE = 30.0
# What pg_rewind needs of a server that has to come back: each page that was touched, and the log since both parted.
NEEDED_TO_COME_BACK = {"wal_log_hints": "on", "wal_keep_size": "256MB", "cluster_name": _NAME}


@dataclass
class Pair:
    """`primary` takes what is written; `standby` has it a moment later, or has it first where that was asked for."""

    primary: DatabaseServer
    standby: DatabaseServer

    def __post_init__(self) -> None:
        self._both = self.primary, self.standby

    def url(self, database: str) -> str:
        """Both, as the program is told of them; the first stays the first, whatever becomes of it."""
        hosts = "&".join(f"host={server.host}:{server.port}" for server in self._both)
        return f"postgresql://tests:{self.primary.password}@/{database}?{hosts}"

    def wait_for_the_standby(self, synchronous: bool) -> None:
        """From here on each commit waits for the standby, or none does; and the standby has all that there is."""
        self.primary.set(synchronous_standby_names=_NAME if synchronous else "")
        wanted = "sync" if synchronous else "async"
        deadline = monotonic() + _PATIENCE
        while self.primary.ask("SELECT sync_state FROM pg_stat_replication WHERE state = 'streaming'") != wanted:
            assert monotonic() < deadline, "the standby does not come"
            sleep(0.02)

    def fail_over(self) -> None:
        """The primary is gone; the standby takes its place, and waits for none of its own until there is one."""
        self.primary, self.standby = self.standby, self.primary
        self.primary.set(synchronous_standby_names="")
        self.primary.promote()


@contextmanager
def primary_and_standby(synchronous: bool, durable: bool = False) -> Iterator[Pair]:
    primary = DatabaseServer(durable, **NEEDED_TO_COME_BACK)
    try:
        standby = DatabaseServer(durable, standby_of=primary, **NEEDED_TO_COME_BACK)
        try:
            pair = Pair(primary, standby)
            pair.wait_for_the_standby(synchronous)
            yield pair
        finally:
            standby.remove()
    finally:
        primary.remove()
