"""A PostgreSQL server of one's own: in a temporary folder, on a free port of this machine, gone afterwards."""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, LiteralString

import psutil
import psycopg
from psycopg import sql

from devtools.server import LOOPBACK, free_port

_FOLDER = Path("/usr/lib/postgresql")  # where Debian has a folder for each version


class DatabaseServer:
    """Started on creation. The programs refuse to run as root: then the account `postgres` of Debian's package does.

    Only a `durable` one waits for its disk, as one in service does: what tests look at does not depend on it.
    """

    host, listens_on = LOOPBACK, LOOPBACK
    within: tuple[str, ...] = ()  # a command that runs another one on a machine of its own

    def __init__(self, durable: bool = False, standby_of: DatabaseServer | None = None, **settings: str) -> None:
        """`settings` of PostgreSQL hold for as long as the server lives; a standby begins as a copy of its primary."""
        self.durable = durable
        assert installed(), "no PostgreSQL server: run tools/install-postgresql"
        self.programs = _FOLDER / version() / "bin"
        self.password = standby_of.password if standby_of else secrets.token_urlsafe(12)
        self.folder = Path(tempfile.mkdtemp(prefix="pensebete-postgresql-"))
        secret = self.folder / "password"
        secret.write_text(self.password, encoding="utf-8")
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres")
            shutil.chown(secret, "postgres")
        if standby_of:
            source = f"--dbname={standby_of.url('postgres')}"
            self._run("pg_basebackup", source, "--checkpoint=fast", "--write-recovery-conf", "--no-sync")
        else:
            login = ["--username=tests", "--auth=scram-sha-256", f"--pwfile={secret}"]
            self._run("initdb", *login, "--encoding=UTF8", "--locale=C", "--no-sync")
        self.configure(**settings)
        self.port = free_port()
        self.start()

    def configure(self, **settings: str) -> None:
        """What holds from the next start on."""
        with (self.folder / "cluster" / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.writelines(f"{name} = '{value}'\n" for name, value in settings.items())

    def set(self, **settings: str) -> None:
        """What holds at once, and outlives a start."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            for name, value in settings.items():
                connection.execute(sql.SQL("ALTER SYSTEM SET {} = {}").format(sql.Identifier(name), value))
            connection.execute("SELECT pg_reload_conf()")

    def copy_whole(self) -> Path:
        """A copy of all that the server has, as pg_basebackup makes it; its folder."""
        into = self.folder / "copy"
        self._run("pg_basebackup", f"--dbname={self.url('postgres')}", "--checkpoint=fast", "--no-sync", into=into)
        return into

    def start(self) -> None:
        said = {"listen_addresses": self.listens_on, "port": str(self.port), "unix_socket_directories": ""}
        if not self.durable:
            said["fsync"] = "off"
        options = " ".join(f"-c {name}={value}" for name, value in said.items())
        self._run("pg_ctl", "start", "--wait", "--silent", f"--log={self.folder / 'log'}", f"--options={options}")

    def stop(self) -> None:
        self._run("pg_ctl", "stop", "--wait", "--silent", "--mode=fast")

    @property
    def main_process(self) -> psutil.Process:
        return psutil.Process(int((self.folder / "cluster" / "postmaster.pid").read_text("utf-8").split()[0]))

    def kill(self) -> None:
        """All at once, without a word, as a machine that loses its power."""
        main = self.main_process
        processes = [main, *main.children()]
        for process in processes:
            with suppress(psutil.NoSuchProcess):
                process.kill()
        psutil.wait_procs(processes, 10)

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """As a machine that is suspended: connections stand, and nothing is said on them."""
        processes = [self.main_process, *self.main_process.children()]
        for process in processes:
            process.suspend()
        try:
            yield
        finally:
            for process in processes:
                process.resume()

    def promote(self) -> None:
        """Make a standby the primary."""
        self._run("pg_ctl", "promote", "--wait", "--silent")

    def follow(self, primary: DatabaseServer) -> None:
        """Come back as the standby of the one that took its place: what it alone wrote is gone."""
        primary.ask(
            "CHECKPOINT"
        )  # before the first one after a promotion, pg_rewind takes it for the primary of before
        source = f"--source-server={primary.url('postgres')}"
        self._run("pg_rewind", source, "--write-recovery-conf", "--no-sync")
        self.start()

    def ask(self, statement: LiteralString, database: str = "postgres") -> Any:
        """The first value of what a statement gives, outside of a transaction; None where it gives nothing."""
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            found = connection.execute(statement)
            row = found.fetchone() if found.description else None
        return row and row[0]

    def remove(self) -> None:
        with suppress(RuntimeError):  # stopped, or killed
            self.stop()
        shutil.rmtree(self.folder)

    def url(self, database: str, scheme: str = "postgresql") -> str:
        return f"{scheme}://tests:{self.password}@{self.host}:{self.port}/{database}"

    def new_database(self, template: str = "template1") -> str:
        """A database of that template; its address."""
        name = f"t{secrets.token_hex(6)}"
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement)
        return self.url(name)

    def _run(self, program: str, *options: str, into: Path | None = None) -> None:
        as_whom = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        cluster = into or self.folder / "cluster"
        call = [*self.within, *as_whom, str(self.programs / program), "-D", str(cluster), *options]
        # Into a file rather than into a pipe: the server would hold the other end of one for as long as it runs.
        with (self.folder / "said").open("w+b") as said:
            done = subprocess.run(call, cwd="/", stdout=said, stderr=said, timeout=60)
            said.seek(0)
            if done.returncode:
                raise RuntimeError(f"{program}: {said.read().decode('utf-8', 'replace')}")


def installed() -> bool:
    return any(_FOLDER.glob("*/bin/initdb"))


def version() -> str:
    """The newest that is installed."""
    return max((path.parts[-3] for path in _FOLDER.glob("*/bin/initdb")), key=float)


@contextmanager
def postgresql(durable: bool = False) -> Iterator[DatabaseServer]:
    server = DatabaseServer(durable)
    try:
        yield server
    finally:
        server.remove()
