"""nginx, two processes, a primary and a standby, each on a machine of its own, and the networks between them cut.

nginx is on this machine, where the visitors are.
"""

from __future__ import annotations

import os
import random
import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from time import sleep
from typing import IO
from urllib.error import URLError
from urllib.request import urlopen

import psutil

from bench.load.account import new_ground
from bench.load.machines import Machines, machines
from bench.load.site import Fault, Site, wait_for
from devtools.postgresql import DatabaseServer
from devtools.server import LOOPBACK, ROOT, Server, free_port, stop
from devtools.standby import NEEDED_TO_COME_BACK, Pair
from pensebete.web.server.limits import limits
from pensebete.web.server.trusted_proxies import TRUSTED_PROXIES, trusted_proxies
from tools.processes import nginx
from tools.processes.__main__ import AS_STREAMLIT_DOES

_APP = {"app1": "1", "app2": "2"}  # machine -> name of its process
_PORT, _DATABASE_PORT = 8501, 5432
_STAYS_CUT = 4.0  # seconds after the standby was promoted


class DatabaseMachine(DatabaseServer):
    """A PostgreSQL server on a machine of its own; its standby reads its log over a network that is theirs alone."""

    listens_on = "0.0.0.0"

    def __init__(self, on: Machines, machine: str, other: str, standby_of: DatabaseServer | None = None) -> None:
        self.within, self.host, self.machine = on.within(machine), on.address(machine, "back"), machine
        self._other = on.address(other, "log")
        self._trusted = on.address("", "back").rpartition(".")[0].rpartition(".")[0]
        super().__init__(True, standby_of, **NEEDED_TO_COME_BACK)
        if standby_of:
            self._read_over_own_network()

    def start(self) -> None:
        self.port = _DATABASE_PORT
        allowed = self.folder / "cluster" / "pg_hba.conf"
        lines = "".join(f"host {what} all {self._trusted}.0.0/16 scram-sha-256\n" for what in ("all", "replication"))
        if lines not in (before := allowed.read_text("utf-8")):
            allowed.write_text(before + lines, "utf-8")
        super().start()

    def follow(self, primary: DatabaseServer) -> None:
        super().follow(primary)
        self._read_over_own_network()

    def _read_over_own_network(self) -> None:
        self.set(primary_conninfo=f"host={self._other} port={_DATABASE_PORT} user=tests password={self.password}")


@contextmanager
def over_networks(folder: Path, shortest: float, longest: float) -> Iterator[Site]:
    """Cuts last between so many seconds. Raises machines.RefusedError."""
    with ExitStack() as stack:
        on = stack.enter_context(machines(*_APP, "db1", "db2"))
        first = DatabaseMachine(on, "db1", "db2")
        stack.callback(first.remove)
        second = DatabaseMachine(on, "db2", "db1", standby_of=first)
        stack.callback(second.remove)
        pair = Pair(first, second)
        pair.wait_for_the_standby(synchronous=True)
        ground = new_ground(pair.url(first.new_database().rpartition("/")[2]))
        serving = ExitStack()
        stack.callback(serving.close)
        log = folder / "machines.log"
        output = stack.enter_context(log.open("ab"))
        port, processes = _serve(serving, on, ground.url, folder, output)
        faults = _faults(on, pair, shortest, longest)
        name = "PostgreSQL, a machine each"
        yield Site(name, ground, port, faults, lambda: list(processes), serving.close, log, pair)


def _serve(
    serving: ExitStack, on: Machines, url: str, folder: Path, output: IO[bytes]
) -> tuple[int, list[psutil.Process]]:
    """The port of nginx, and the processes behind it."""
    shared = {
        "PENSEBETE_DATABASE_URL": url,
        TRUSTED_PROXIES: on.address("", "front"),
        "STREAMLIT_SERVER_COOKIE_SECRET": secrets.token_hex(32),
        "STREAMLIT_SERVER_HEADLESS": "true",
        "PYTHONPATH": str(ROOT),
    }
    started = []
    for machine, name in _APP.items():
        at = ["--host", on.address(machine, "front"), "--port", str(_PORT)]
        process = subprocess.Popen(
            [*on.within(machine), sys.executable, "-m", "uvicorn", "app:app", *at, *AS_STREAMLIT_DOES],
            cwd=ROOT,
            env={**os.environ, **shared, "PENSEBETE_PROCESS": name},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        )
        serving.callback(stop, Server(process, _PORT))
        started.append(process)
    for machine in _APP:
        assert wait_for(lambda: _lives(on.address(machine, "front"))), "a process did not answer"  # noqa: B023
    site = nginx.Site(folder / "nginx", tuple(_APP.values()), LOOPBACK, free_port())
    nginx.make_folders(site)
    settings = nginx.settings(site, limits(), trusted_proxies(), [LOOPBACK])
    for machine, name in _APP.items():
        settings = settings.replace(f"unix:{site.socket_of(name)}", f"{on.address(machine, 'front')}:{_PORT}")
    (site.folder / "nginx.conf").write_text(settings, "utf-8")
    call = [str(nginx.program()), "-e", "stderr", "-p", str(site.folder), "-c", str(site.folder / "nginx.conf")]
    proxy = subprocess.Popen(call, stdin=subprocess.DEVNULL, stdout=output, stderr=output)
    serving.callback(stop, Server(proxy, site.port))
    return site.port, [psutil.Process(process.pid) for process in started]


def _lives(address: str) -> bool:
    try:
        with urlopen(f"http://{address}:{_PORT}/healthz", timeout=5) as answer:
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False


def _faults(on: Machines, pair: Pair, shortest: float, longest: float) -> list[Fault]:
    def cut(network: str, *among: str):  # type: ignore[no-untyped-def]
        def strike(chance: random.Random) -> None:
            machine = chance.choice(among) if among else pair.primary.machine  # type: ignore[attr-defined]
            on.cut(machine, network)
            sleep(chance.uniform(shortest, longest))
            on.mend(machine, network)

        return strike

    def two_primaries(_: random.Random) -> None:
        old = pair.primary.machine  # type: ignore[attr-defined]
        for network in ("back", "log"):
            on.cut(old, network)
        pair.fail_over()
        sleep(_STAYS_CUT)
        for network in ("back", "log"):
            on.mend(old, network)

    def one_primary() -> None:
        pair.standby.stop()
        pair.standby.follow(pair.primary)
        pair.wait_for_the_standby(synchronous=True)

    return [
        Fault("no network between nginx and a process", cut("front", *_APP)),
        Fault("no network between the processes and the primary", cut("back")),
        Fault(
            "no network between the primary and its standby",
            cut("log"),
            lambda: pair.wait_for_the_standby(synchronous=True),
        ),
        Fault("the primary cut off, its standby promoted, then two primaries", two_primaries, one_primary),
    ]
