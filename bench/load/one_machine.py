"""Two processes behind nginx on one machine (`WORKERS=2 make run`), on either database, and what is done to them."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from bench.load.account import new_ground
from bench.load.site import Fault, Site, wait_for
from devtools.processes import Several, several
from devtools.standby import Pair, primary_and_standby

NAMES = ("1", "2")


@contextmanager
def on_sqlite(folder: Path) -> Iterator[Site]:
    with _serving("SQLite", f"sqlite:///{folder}/soak.sqlite3", folder / "sqlite.log") as (site, server):
        site.faults = _faults(server)
        yield site


@contextmanager
def on_postgresql(folder: Path) -> Iterator[Site]:
    with primary_and_standby(synchronous=True, durable=True) as pair:
        url = pair.url(pair.primary.new_database().rpartition("/")[2])
        with _serving("PostgreSQL", url, folder / "postgresql.log") as (site, server):
            site.pair = pair
            site.faults = [
                *_faults(server),
                Fault("the primary killed, its standby promoted", lambda _: _die(pair), lambda: _come_back(pair)),
            ]
            yield site


@contextmanager
def _serving(name: str, url: str, log: Path) -> Iterator[tuple[Site, Several]]:
    with ExitStack() as stack:
        ground = new_ground(url)
        output = stack.enter_context(log.open("wb"))
        serving = ExitStack()
        server = serving.enter_context(several(2, output=output, PENSEBETE_DATABASE_URL=url))
        stack.callback(serving.close)
        yield Site(name, ground, server.port, (), server.processes, serving.close, log), server


def _faults(server: Several) -> list[Fault]:
    whole = lambda: _is_whole(server)  # noqa: E731
    return [
        Fault("a process killed", lambda chance: server.kill(chance.choice(NAMES)), whole),
        Fault("nginx killed", lambda _: server.proxy()[0].kill(), whole),
        Fault("processes renewed (SIGHUP)", lambda _: _renew(server)),
    ]


def _is_whole(server: Several) -> None:
    assert wait_for(lambda: all(server.is_ready(name) for name in NAMES)), "a process did not come back"


def _renew(server: Several) -> None:
    before = {one.pid for one in server.processes()}
    server.process.send_signal(signal.SIGHUP)
    assert wait_for(lambda: not before & {one.pid for one in server.processes()}), "a process was not renewed"
    _is_whole(server)


def _die(pair: Pair) -> None:
    pair.primary.kill()
    pair.fail_over()


def _come_back(pair: Pair) -> None:
    """The old primary: by itself, as one that was started by its system, then as the standby of its successor."""
    pair.standby.start()
    pair.standby.stop()
    pair.standby.follow(pair.primary)
    pair.wait_for_the_standby(synchronous=True)
