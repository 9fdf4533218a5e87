"""A PostgreSQL server of one's own: in a temporary folder, on a free port of this machine, gone afterwards."""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

from devtools.server import free_port


class DatabaseServer:
    """Started on creation. The programs refuse to run as root: then the account `postgres` of Debian's package does.

    Only a `durable` one waits for its disk, as one in service does: what tests look at does not depend on it.
    """

    def __init__(self, durable: bool = False) -> None:
        self.durable = durable
        found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
        assert found, "no PostgreSQL server: run tools/install-postgresql"
        self.programs = found[-1].parent
        self.password = secrets.token_urlsafe(12)
        self.folder = Path(tempfile.mkdtemp(prefix="pensebete-postgresql-"))
        secret = self.folder / "password"
        secret.write_text(self.password, encoding="utf-8")
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres")
            shutil.chown(secret, "postgres")
        login = ["--username=tests", "--auth=scram-sha-256", f"--pwfile={secret}"]
        self._run("initdb", *login, "--encoding=UTF8", "--locale=C", "--no-sync")
        self.port = free_port()
        self.start()

    def start(self) -> None:
        where = f"-c listen_addresses=127.0.0.1 -c port={self.port} -c unix_socket_directories="
        if not self.durable:
            where += " -c fsync=off"
        self._run("pg_ctl", "start", "--wait", "--silent", f"--log={self.folder / 'log'}", f"--options={where}")

    def stop(self) -> None:
        self._run("pg_ctl", "stop", "--wait", "--silent", "--mode=fast")

    def remove(self) -> None:
        self.stop()
        shutil.rmtree(self.folder)

    def url(self, database: str, scheme: str = "postgresql") -> str:
        return f"{scheme}://tests:{self.password}@127.0.0.1:{self.port}/{database}"

    def new_database(self, template: str = "template1") -> str:
        """A database of that template; its address."""
        name = f"t{secrets.token_hex(6)}"
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement)
        return self.url(name)

    def _run(self, program: str, *options: str) -> None:
        as_whom = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        call = [*as_whom, str(self.programs / program), f"--pgdata={self.folder / 'cluster'}", *options]
        # Its output goes nowhere rather than into a pipe: the server would hold the other end for as long as it runs.
        subprocess.run(call, check=True, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=60)


def installed() -> bool:
    return any(Path("/usr/lib/postgresql").glob("*/bin/initdb"))


@contextmanager
def postgresql(durable: bool = False) -> Iterator[DatabaseServer]:
    server = DatabaseServer(durable)
    try:
        yield server
    finally:
        server.remove()
