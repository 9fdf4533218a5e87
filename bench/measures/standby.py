"""A primary that dies under load and its standby: what of the acknowledged is lost, and seconds until the next save."""

from __future__ import annotations

import time
from contextlib import closing
from dataclasses import dataclass, field
from statistics import median

from bench.figure import Figure, Line
from devtools.postgresql import installed
from devtools.savers import Savers
from devtools.standby import Pair, primary_and_standby
from pensebete.storage.engine import open_store
from pensebete.storage.schema import migrate

PAGES, ANSWERS = 6, 100  # open at once; acknowledged of each before its primary dies
BEHIND = 0.5  # seconds for which the standby hears nothing before


@dataclass
class Found:
    """Over some failovers."""

    acknowledged: int = 0
    lost: int = 0
    lost_behind: int = 0  # where the standby heard nothing for a while
    saves: list[float] = field(default_factory=list)  # milliseconds from one acknowledged answer of a page to its next
    promoting: list[float] = field(default_factory=list)  # seconds, of the command alone
    first: list[float] = field(default_factory=list)  # from the death to the first save
    after: list[float] = field(default_factory=list)  # from the end of the promotion to it


def measure(quick: bool) -> Figure:
    rounds = 2 if quick else 10
    lines: list[Line] = []
    remarks = [
        f"{PAGES} pages save one answer after the other in dossiers of their own; the primary gets kill -9, the "
        "standby is promoted at once, the old primary comes back as its standby (`pg_rewind`), and so on in turns.",
        "What is lost without waiting for the standby is counted once the pages are closed: one that stays open says "
        "again all that it holds.",
        "Both servers are on one machine: between two, a save takes one more way there and back.",
    ]
    if installed():
        with_it, without = _failovers(True, rounds), _failovers(False, rounds)
        told = with_it.acknowledged
        lines = [
            Line(f"lost of {told:,} acknowledged answers", with_it.lost, without.lost, "", limit=0, of_ours=True),
            Line(
                f"the same, the standby cut off for {BEHIND} s before",
                with_it.lost_behind,
                without.lost_behind,
                "",
                limit=0,
                of_ours=True,
            ),
            Line("from one answer to the next of a page", median(with_it.saves), median(without.saves)),
            Line("promotion of the standby", median(with_it.promoting), median(without.promoting), "s"),
            Line("from the death to the first save", median(with_it.first), None, "s", limit=10, of_ours=True),
            Line("from the promotion to the first save", median(with_it.after), None, "s", limit=5, of_ours=True),
        ]
    else:
        remarks.append("No PostgreSQL server was installed.")
    return Figure(
        title="The primary of the database dies",
        yardstick="the same where a commit does not wait for the standby (`synchronous_standby_names` empty)",
        method=f"{rounds} failovers each way, and one more with the standby cut off; `fsync = on`.",
        lines=lines,
        remarks=remarks,
    )


def _failovers(synchronous: bool, rounds: int) -> Found:
    found = Found()
    with primary_and_standby(synchronous, durable=True) as pair:
        url = pair.url(pair.primary.new_database().rpartition("/")[2])
        with closing(open_store(url)) as store:
            migrate(store)
        for _ in range(rounds):
            found.lost += _fail_over(pair, url, synchronous, found)
            _come_back(pair, synchronous)
        found.lost_behind = _fail_over_behind(pair, url)
    return found


def _fail_over(pair: Pair, url: str, stay_open: bool, found: Found) -> int:
    """How many answers are lost; pages that stay open go on with the other server."""
    with closing(open_store(url)) as store, Savers(store, PAGES) as savers:
        savers.save_each(ANSWERS)
        pair.primary.kill()
        died = time.monotonic()
        if not stay_open:
            savers.stop()
        began = time.monotonic()
        pair.fail_over()
        promoted = time.monotonic()
        found.promoting.append(promoted - began)
        if stay_open:
            savers.save_each(2)
            found.first.append(savers.first_after(died))
            found.after.append(max(0.0, died + found.first[-1] - promoted))
    for saver in savers.all:
        gaps = zip(saver.at, saver.at[1:ANSWERS], strict=False)
        found.saves += [1000 * (later - earlier) for earlier, later in gaps]
    found.acknowledged += savers.acknowledged
    return _lost(savers, url)


def _fail_over_behind(pair: Pair, url: str) -> int:
    with closing(open_store(url)) as store, Savers(store, PAGES) as savers:
        savers.save_each(ANSWERS)
        pair.standby.set(primary_conninfo="")
        time.sleep(BEHIND)
        pair.primary.kill()
        savers.stop()
    pair.fail_over()
    return _lost(savers, url)


def _lost(savers: Savers, url: str) -> int:
    """As a process finds it that has just started: the one that was there waits a while before it asks again."""
    with closing(open_store(url)) as store:
        return savers.lost(store)


def _come_back(pair: Pair, synchronous: bool) -> None:
    pair.standby.follow(pair.primary)
    pair.wait_for_the_standby(synchronous)
