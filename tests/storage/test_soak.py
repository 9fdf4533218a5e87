"""`make soak` measured by itself: what it does is whole, and it sees one acknowledged answer that is not there."""

from __future__ import annotations

import random
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from bench.load.crowd import Crowd
from bench.load.machines import machines, why_not
from bench.load.one_machine import on_sqlite
from bench.load.soak import PAUSE, strike
from tools.processes import nginx

pytestmark = [
    pytest.mark.soak,
    pytest.mark.skipif(nginx.program() is None, reason="there is no nginx: tools/install-nginx"),
]

PORT = 9
LISTEN = f"""
import socket
server = socket.create_server(("0.0.0.0", {PORT}))
print("listens")
while True:
    server.accept()
"""


def test_a_killed_process_loses_nothing_and_one_row_that_is_deleted_is_seen(tmp_path):
    with on_sqlite(tmp_path) as site:
        killed = next(fault for fault in site.faults if fault.name == "a process killed")
        with Crowd(site.ground, site.port, PAUSE) as crowd:
            outcome = strike(killed, site, site.ground, crowd, random.Random(1))
            crowd.go_on()
            crowd.finish()
        site.stop()
    assert outcome.acknowledged >= 4 * len(site.ground.told)
    assert (outcome.lost, site.ground.check(), site.look_at_the_end(), site.tracebacks()) == (0, 0, [], [])
    item = next(item for item, sent in site.ground.told[0].sent.items() if len(sent) == 1 and sent[0])
    with closing(sqlite3.connect(Path(site.ground.url.removeprefix("sqlite:///")))) as connection, connection:
        found = connection.execute(
            "DELETE FROM facts WHERE dossier_id = ? AND key LIKE ?",
            (site.ground.kept[0].dossier_id, f'%"{item}"%"status"%'),
        )
        assert found.rowcount == 1
    assert site.ground.check() == 1
    assert site.ground.lost[0].startswith(f"dossier 0: {item} is None")


def test_a_cut_says_nothing_is_of_one_network_alone_and_ends():
    if refusal := why_not():
        pytest.skip(refusal)
    with (
        machines("one", "two") as on,
        subprocess.Popen(
            [*on.within("one"), sys.executable, "-u", "-c", LISTEN], stdout=subprocess.PIPE, text=True
        ) as listening,
    ):
        back, front = ((on.address("one", network), PORT) for network in ("back", "front"))
        try:
            assert listening.stdout
            assert listening.stdout.readline() == "listens\n"
            on.cut("one", "back")
            with pytest.raises(TimeoutError):
                socket.create_connection(back, 0.5)
            socket.create_connection(front, 10).close()
            on.mend("one", "back")
            socket.create_connection(back, 10).close()
        finally:
            listening.kill()
