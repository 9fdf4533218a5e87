"""A PostgreSQL server of the measurements' own, which waits for its disk as one in service does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.store.postgresql_server import Server


class DurableServer(Server):
    """The server of the tests, with what they turn off for speed turned on again."""

    def start(self) -> None:
        where = f"-c listen_addresses=127.0.0.1 -c port={self.port} -c unix_socket_directories="
        self._run("pg_ctl", "start", "--wait", "--silent", f"--log={self.folder / 'log'}", f"--options={where}")


def installed() -> bool:
    return any(Path("/usr/lib/postgresql").glob("*/bin/initdb"))


@contextmanager
def postgresql() -> Iterator[DurableServer]:
    server = DurableServer()
    try:
        yield server
    finally:
        server.remove()
