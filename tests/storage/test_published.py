"""What staff publish goes into the log whole or not at all, over the entry that they saw and no other."""

from __future__ import annotations

import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import text

from pensebete.checklist.model import ChecklistRef
from pensebete.storage.accepted import entries, log, newest, publish, text_of, whole_log
from pensebete.storage.engine import Store, open_store, reading
from pensebete.storage.errors import PublishedMeanwhileError, StoreUnavailableError
from pensebete.text.wording import wording
from tests.builders import NOW, ROOT

FILE = Path("/srv/checklist.yaml")
REF = ChecklistRef(id="small", version="2")


def published(store: Store, text: str, over, who="Ana", why="a typo", **details):  # type: ignore[no-untyped-def]
    return publish(store, FILE, REF, text, NOW, over=over, who=who, why=why, **details)


def test_an_entry_says_its_number_who_and_why_from_which_and_by_which_way(store):
    log(store, FILE, REF, "a", NOW)
    log(store, Path("/other.yaml"), REF, "elsewhere", NOW)
    [first] = entries(store, FILE)
    assert (first.number, first.source, first.who) == (1, "file", "")
    second = published(store, "b", first, based_on=first)
    assert (second.number, second.source, second.who, second.why, second.based_on) == (
        2,
        "published",
        "Ana",
        "a typo",
        1,
    )
    third = published(store, "a", second, source="reverted", based_on=first)
    assert (third.number, third.source, third.based_on) == (3, "reverted", 1)
    assert entries(store, FILE) == (first, second, third)
    assert newest(store, FILE) == (third.id, third.digest)
    assert text_of(store, second.digest) == "b"
    assert whole_log(store, FILE) == ((first, second, third), ("a",))


def test_what_another_published_meanwhile_is_not_replaced_and_that_is_said(store):
    log(store, FILE, REF, "a", NOW)
    [seen] = entries(store, FILE)
    theirs = published(store, "b", seen, who="Bo")
    with pytest.raises(PublishedMeanwhileError) as refused:
        published(store, "c", seen)
    assert refused.value.newest == theirs
    assert "n°\u00a02" in refused.value.sentence(wording("fr"))
    assert entries(store, FILE)[-1] == theirs


def test_the_same_text_published_twice_is_in_the_log_once(store):
    first = published(store, "b", None)
    assert published(store, "b", None) == first
    assert len(entries(store, FILE)) == 1


def test_of_two_that_publish_at_once_one_wins_and_the_other_is_told(store, url):
    log(store, FILE, REF, "a", NOW)
    [seen] = entries(store, FILE)
    start = Barrier(2)

    def one(name: str) -> str:
        with closing(open_store(url)) as own:
            entries(own, FILE)  # connected
            start.wait()
            try:
                return published(own, name, seen, who=name).who
            except PublishedMeanwhileError:
                return "told"

    with ThreadPoolExecutor(2) as both:
        said = sorted(both.map(one, ("Ana", "Bo")))
    assert len(entries(store, FILE)) == 2
    assert said == sorted([entries(store, FILE)[-1].who, "told"])


def test_a_server_of_the_version_before_adds_an_entry_that_is_read_as_one_of_a_file(store):
    log(store, FILE, REF, "a", NOW)
    with store.engine.begin() as connection:
        row = "INSERT INTO accepted (path, checklist_id, checklist_sha256, accepted_at) "
        connection.execute(text(f"{row} SELECT path, checklist_id, checklist_sha256, accepted_at FROM accepted"))
    assert [(one.number, one.source, one.who) for one in entries(store, FILE)] == [(1, "file", ""), (2, "file", "")]


def test_where_there_is_no_room_nothing_is_published(store, monkeypatch):
    monkeypatch.setenv("PENSEBETE_FREE_MEGABYTES", str(10**9))
    monkeypatch.setenv("PENSEBETE_DATABASE_MEGABYTES", "0" if store.file else "1")
    with pytest.raises(StoreUnavailableError):
        published(store, "b", None)
    assert entries(store, FILE) == ()


KILLED = """
import os, signal, sys
from pathlib import Path
from pensebete.checklist.model import ChecklistRef
from pensebete.storage import accepted
from pensebete.storage.engine import open_store
from tests.builders import NOW
add = accepted._add
def add_and_die(*given, **told):
    add(*given, **told)
    os.kill(os.getpid(), signal.SIGKILL)
accepted._add = add_and_die
ref = ChecklistRef(id="small", version="2")
accepted.publish(open_store(sys.argv[1]), Path("/srv/checklist.yaml"), ref, "b", NOW, over=None, who="Ana", why="x")
"""


def test_a_server_killed_while_it_publishes_leaves_nothing_half_done(store, url):
    died = subprocess.run([sys.executable, "-c", KILLED, url], cwd=ROOT, check=False)
    assert died.returncode == -signal.SIGKILL
    assert entries(store, FILE) == ()
    with reading(store) as connection:
        assert connection.scalar(text("SELECT count(*) FROM checklists")) == 0
    assert published(store, "b", None).number == 1  # and nobody waits for it
