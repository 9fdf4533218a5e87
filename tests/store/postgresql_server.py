"""A PostgreSQL server of the tests' own: in a temporary folder, on a free port of this machine, gone afterwards."""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

import psycopg
from psycopg import sql


class Server:
    """Started on creation. The programs refuse to run as root: then the account `postgres` of Debian's package does."""

    def __init__(self) -> None:
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
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.start()

    def start(self) -> None:
        # The tests never cut the power: without fsync they are quicker, and nothing else differs.
        where = f"-c listen_addresses=127.0.0.1 -c port={self.port} -c unix_socket_directories= -c fsync=off"
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
