"""`make soak`: saved dossiers under load while the server is killed and the database taken away; memory over time.

Real servers of the app, and visitors who speak with them as browsers do, each on a saved dossier of its own opened by
its link. An answer is acknowledged when the run of the script that it caused has finished: the page saves before it
draws. What was acknowledged is then looked for in the database, past the app.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sqlite3
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from tempfile import TemporaryDirectory

import psutil

from devtools.postgresql import DatabaseServer, installed, postgresql
from devtools.server import OURS, ROOT, Server, start, wait_until_it_answers
from pensebete.assessment.model import Assessment
from pensebete.checklist.loading import load, published_path
from pensebete.checklist.model import ChecklistRef
from pensebete.storage.dossiers import Kept, keep, open_link
from pensebete.storage.engine import Store, open_store
from pensebete.storage.schema import migrate

VISITORS = 6
PATIENCE = 90  # seconds after which a round that does not come to its end is given up


@dataclass(frozen=True)
class Size:
    """How much is done."""

    kills: int
    answers_a_kill: int
    seconds_away: float
    answers_for_memory: int


FULL = Size(kills=25, answers_a_kill=60, seconds_away=10, answers_for_memory=10_000)
QUICK = Size(kills=5, answers_a_kill=50, seconds_away=4, answers_for_memory=1000)


@dataclass
class Dossier:
    """A saved dossier, and what a visitor knows of its answers."""

    kept: Kept
    given: int = 0
    acknowledged: int = 0
    answers: dict[str, str] = field(default_factory=dict)  # item -> the last status acknowledged
    pending: tuple[str, str] | None = None  # an answer sent, and nothing heard yet


@dataclass
class Ground:
    """A database with some dossiers, and what is found wrong in it."""

    url: str
    store: Store
    dossiers: list[Dossier]
    lost: list[str] = field(default_factory=list)
    unsound: list[str] = field(default_factory=list)

    @property
    def acknowledged(self) -> int:
        return sum(dossier.acknowledged for dossier in self.dossiers)

    @property
    def given(self) -> int:
        return sum(dossier.given for dossier in self.dossiers)

    def check(self, one_save_each: bool = True) -> None:
        """Look for every answer acknowledged so far; answers that waited for the database may share a save."""
        for n, dossier in enumerate(self.dossiers):
            opened = open_link(self.store, dossier.kept.token, datetime.now(UTC))
            if opened is None:
                self.lost.append(f"dossier {n}")
                continue
            # Each answer differed from the one before, so each made a save, and a save counts one revision.
            if one_save_each and opened.revision - 1 < dossier.acknowledged:
                self.lost.append(f"dossier {n}: {dossier.acknowledged - opened.revision + 1} saves")
            for item, status in dossier.answers.items():
                there = opened.assessment.answer(item).status
                if there != status and (item, there) != dossier.pending:
                    self.lost.append(f"dossier {n}: {item} is {there}, and not {status}")
        if self.store.file:
            with closing(sqlite3.connect(self.store.file)) as connection:
                found = connection.execute("PRAGMA integrity_check").fetchall()
                if found != [("ok",)]:
                    self.unsound.append(str(found))
        for dossier in self.dossiers:
            dossier.pending = None


@contextmanager
def ground(url: str) -> Iterator[Ground]:
    """New dossiers, one for each visitor, in a database without tables yet."""
    checklist, text = load(published_path()), published_path().read_text(encoding="utf-8")
    assessment = Assessment(checklist=ChecklistRef(id=checklist.id, version=checklist.version))
    with closing(open_store(url)) as store:
        migrate(store)
        now = datetime.now(UTC)
        yield Ground(url, store, [Dossier(keep(store, assessment, text, now)) for _ in range(VISITORS)])


class Crowd:
    """The process of the visitors, and the account of what they gave and were told."""

    def __init__(self, of: Ground, server: Server, pause: float) -> None:
        self.of = of
        self.states: Counter[str] = Counter()
        self.strange: list[str] = []
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bench.load.saved_visits", str(server.port)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        tokens = [dossier.kept.token for dossier in of.dossiers]
        assert self.process.stdin
        order = {"tokens": tokens, "given": [dossier.given for dossier in of.dossiers], "pause": pause}
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        self._listening = threading.Thread(target=self._listen)
        self._listening.start()

    def finish(self) -> None:
        """Have each look once more and leave, where the server is still there, and hear all they said."""
        assert self.process.stdin
        self.process.stdin.close()
        self._listening.join(PATIENCE)
        if self._listening.is_alive():
            self.process.kill()
            raise RuntimeError("the visitors did not come to an end")
        self.process.wait()
        if self.strange:
            raise RuntimeError("; ".join(self.strange))

    def _listen(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            match json.loads(line):
                case {"gave": n, "item": item, "status": status}:
                    dossier = self.of.dossiers[n]
                    dossier.given += 1
                    dossier.pending = (item, status)
                case {"told": n}:
                    dossier = self.of.dossiers[n]
                    assert dossier.pending
                    dossier.answers |= [dossier.pending]
                    dossier.acknowledged += 1
                    dossier.pending = None
                case {"looked": _, "state": state}:
                    self.states[state] += 1
                case {"strange": what}:
                    self.strange.append(what)


@contextmanager
def serving(url: str) -> Iterator[Server]:
    os.environ["PENSEBETE_DATABASE_URL"] = url
    server = start(OURS)
    try:
        wait_until_it_answers(server)
        yield server
    finally:
        server.process.kill()
        server.process.wait()


def wait_for(what: str, done: Callable[[], bool], crowd: Crowd, seconds: float = PATIENCE) -> None:
    deadline = time.monotonic() + seconds
    while not done():
        if time.monotonic() > deadline or crowd.process.poll() is not None:
            crowd.process.kill()
            raise RuntimeError(f"{what}: not within {seconds:.0f} s; {crowd.strange}")
        time.sleep(0.002)


def killed(of: Ground, size: Size) -> None:
    """Again and again: start the server, have everybody answer, kill -9 at some moment, look into the database."""
    chance = random.Random(1)
    for turn in range(size.kills):
        with serving(of.url) as server:
            crowd = Crowd(of, server, pause=0)
            enough = of.acknowledged + chance.randint(size.answers_a_kill * 3 // 4, size.answers_a_kill * 5 // 4)
            wait_for("answers", lambda: of.acknowledged >= enough, crowd)  # noqa: B023 (called in this turn)
            time.sleep(chance.uniform(0, 0.05))
            server.process.kill()
            server.process.wait()
            crowd.finish()
        of.check()
        say(f"kill {turn + 1}: {of.acknowledged} acknowledged, {len(of.lost)} lost, {len(of.unsound)} unsound")


def taken_away(of: Ground, database: DatabaseServer, size: Size) -> tuple[int, Counter[str], Counter[str]]:
    """Stop PostgreSQL while everybody answers, start it again; what was answered meanwhile, what pages said."""
    with serving(of.url) as server:
        crowd = Crowd(of, server, pause=0.2)
        wait_for("answers", lambda: of.acknowledged >= 2 * VISITORS, crowd)
        database.stop()
        before = of.acknowledged
        time.sleep(size.seconds_away)
        meanwhile, said_meanwhile = of.acknowledged - before, Counter(crowd.states)
        database.start()
        crowd.states.clear()
        # Two looks and some; the last one comes with the end.
        time.sleep(4)
        crowd.states.clear()
        crowd.finish()
    of.check(one_save_each=False)
    return meanwhile, said_meanwhile, crowd.states


def memory(of: Ground, size: Size) -> list[tuple[int, float]]:
    """The memory of a server, in megabytes, after so many answers."""
    found = []
    with serving(of.url) as server:
        process = psutil.Process(server.process.pid)
        crowd = Crowd(of, server, pause=0)
        for part in range(1, 6):
            wanted = part * size.answers_for_memory // 5
            wait_for("answers", lambda: of.acknowledged >= wanted, crowd, 3 * PATIENCE)  # noqa: B023
            found.append((of.acknowledged, process.memory_info().rss / 1e6))
            say(f"{found[-1][0]} answers: {found[-1][1]:.0f} MB")
        crowd.finish()
    of.check()
    return found


def say(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.load.soak", description=__doc__, allow_abbrev=False)
    parser.add_argument("--quick", action="store_true", help="fewer kills and answers, about two minutes")
    size = QUICK if parser.parse_args(arguments).quick else FULL
    began = time.monotonic()
    lines: list[tuple[str, str, str]] = []
    wrong = 0

    def account(what: str, of: Ground, more: str) -> None:
        nonlocal wrong
        wrong += len(of.lost) + len(of.unsound)
        for line in (*of.lost, *of.unsound):
            say(line)
        lines.append((what, f"{of.acknowledged:,} acknowledged, {len(of.lost)} lost", more))

    def kill(kind: str, url: str) -> None:
        with ground(url) as of:
            killed(of, size)
            unheard = of.given - of.acknowledged
            sound = "not looked at" if not of.store.file else "ok" if not of.unsound else "BROKEN"
            more = f"{size.kills} kills; {unheard} answers were on their way; integrity_check {sound}"
            account(f"kill -9 of the server, {kind}", of, more)

    with TemporaryDirectory() as folder:
        kill("SQLite", f"sqlite:///{folder}/killed.sqlite3")
        if installed():
            with postgresql(durable=True) as database:
                kill("PostgreSQL", database.new_database())
                with ground(database.new_database()) as of:
                    meanwhile, during, after = taken_away(of, database, size)
                    told = f"{meanwhile} answers in {size.seconds_away:.0f} s without it; looks then: {shown(during)}"
                    account("PostgreSQL stopped, started", of, f"{told}; last look of each: {shown(after)}")
                    wrong += after["saved"] != VISITORS or not during["waits"]
        else:
            say("no PostgreSQL server to try: run tools/install-postgresql")
        with ground(f"sqlite:///{folder}/memory.sqlite3") as of:
            found = memory(of, size)
            account("Memory of one server", of, ", ".join(f"{mb:.0f} MB at {n:,}" for n, mb in found))
    rows = [("what", "answers", "what was seen"), ("---", "---", "---"), *lines]
    print("\n".join("| " + " | ".join(row) + " |" for row in rows))
    print(f"{time.monotonic() - began:.0f} s, {VISITORS} visitors; {'nothing lost' if not wrong else 'FAILED'}")
    return 1 if wrong else 0


def shown(states: Counter[str]) -> str:
    return ", ".join(f"{n} {state or 'silent'}" for state, n in states.items()) or "none"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
