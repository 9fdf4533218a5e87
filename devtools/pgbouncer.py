"""A PgBouncer of one's own before a PostgreSQL server: in a temporary folder, on a free port, gone afterwards."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from devtools.postgresql import DatabaseServer
from devtools.server import LOOPBACK, free_port

_PATIENCE = 30.0
_SETTINGS = """[databases]
* = host={host} port={database_port}
[pgbouncer]
listen_addr = {host}
listen_port = {port}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = {folder}/users
pool_mode = transaction
default_pool_size = {connections}
"""


@contextmanager
def pgbouncer(server: DatabaseServer, connections: int = 2) -> Iterator[DatabaseServer]:
    """The server as one reaches it through a PgBouncer that has so many connections to it, a transaction each time."""
    program = shutil.which("pgbouncer", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    assert program, "no pgbouncer: run tools/install-pgbouncer"
    folder, port = Path(tempfile.mkdtemp(prefix="pensebete-pgbouncer-")), free_port()
    settings = folder / "pgbouncer.ini"
    (folder / "users").write_text(f'"tests" "{server.password}"\n', encoding="utf-8")
    settings.write_text(
        _SETTINGS.format(host=LOOPBACK, port=port, database_port=server.port, folder=folder, connections=connections),
        encoding="utf-8",
    )
    as_whom = []
    if os.geteuid() == 0:  # which it refuses to be
        as_whom = ["runuser", "-u", "postgres", "--"]
        for path in (folder, *folder.iterdir()):
            shutil.chown(path, "postgres")
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen([*as_whom, program, str(settings)], stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    try:
        _wait_until_it_answers(process, port)
        yield _Through(server, port)
    finally:
        process.terminate()
        process.wait(10)
        shutil.rmtree(folder)


class _Through(DatabaseServer):
    """What a server is to whoever reaches it by another port."""

    def __init__(self, server: DatabaseServer, port: int) -> None:
        self.password, self.port = server.password, port


def _wait_until_it_answers(process: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        with suppress(OSError), socket.create_connection((LOOPBACK, port), timeout=1):
            return
        time.sleep(0.01)
    raise RuntimeError("pgbouncer did not answer")
