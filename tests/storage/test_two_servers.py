"""Two servers on one database: two real processes write in the same dossier, and nothing acknowledged is lost."""

from __future__ import annotations

import json
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from pensebete.storage.dossiers import keep, open_link
from tests.builders import NOW, ROOT, assess
from tests.sqlite_lock import locked
from tests.storage.visit import rows

# A visit as a page keeps one: it writes in a note of its own, in one that both write in, and looks what the other did.
VISIT = """
import json, sys
from tests.builders import NOW
from tests.storage.visit import Visit
from pensebete.assessment.edits import with_answer
from pensebete.storage.engine import open_store
from pensebete.text.wording import wording
url, token, name, times = sys.argv[1:]
store = open_store(url)
visit = Visit.by(store, token)
print("open", flush=True)
sys.stdin.readline()
for number in range(int(times)):
    for item in (f"{name}-{number % 7}", "shared"):
        note = f"{name} {number}"
        visit.assessment = with_answer(visit.assessment, item, NOW, note=note)
        visit.assessment = visit.saving.push(visit.assessment, NOW)
        waits = visit.saving.waits_for
        said = waits.sentence(wording("fr")) if waits else ""
        print(json.dumps([item, note, not waits, said]), flush=True)
    if number % 5 == 0:
        visit.look()
for _ in range(100):
    visit.look()
    if not visit.saving.waits_for:
        break
store.close()
"""


def start(url: str, token: str, name: str, times: int) -> subprocess.Popen[str]:
    call = [sys.executable, "-c", VISIT, url, token, name, str(times)]
    process = subprocess.Popen(call, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "open\n"
    return process


def acknowledged(lines: str) -> list[tuple[str, str]]:
    said = [json.loads(line) for line in lines.splitlines()]
    assert all(done or sentence.endswith(".") for _, _, done, sentence in said)
    return [(item, note) for item, note, done, _ in said if done]


def losses(store, kept, done: dict[str, list[tuple[str, str]]]) -> list[str]:
    """What was acknowledged and neither stands in the dossier, nor was followed by its author's own, nor is told."""
    assessment = open_link(store, kept.token, NOW).assessment
    told = {json.loads(row.value) for row in rows(store)["overwritten"] if row.value}
    found = []
    for said in done.values():
        for item, note in dict(said).items():
            stands = assessment.answer(item).note
            if stands != note and not (item == "shared" and (note in told or stands.split()[0] != note.split()[0])):
                found.append(f"{item}: {note!r}, and there is {stands!r}")
    return found


def run_two(store, url, times: int) -> None:
    kept = keep(store, assess(), "the checklist", NOW)
    both = {name: start(url, kept.token, name, times) for name in ("one", "other")}
    for process in both.values():
        process.stdin.write("\n")
        process.stdin.flush()
    done = {name: acknowledged(process.communicate(timeout=300)[0]) for name, process in both.items()}
    assert all(process.returncode == 0 for process in both.values())
    # The last words of each are there: what waited for the other was sent again.
    last = {f"{name}-{number % 7}": f"{name} {number}" for name in both for number in range(times)}
    assessment = open_link(store, kept.token, NOW).assessment
    assert {item: assessment.answer(item).note for item in last} == last
    assert losses(store, kept, done) == []
    assert sum(map(len, done.values())) > times
    if store.file:
        with closing(sqlite3.connect(store.file)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_two_servers_that_write_in_the_same_dossier_lose_nothing_acknowledged(store, url):
    run_two(store, url, 25)


@pytest.mark.soak
def test_two_servers_that_write_for_long_lose_nothing_acknowledged(store, url):
    run_two(store, url, 400)


def test_a_server_killed_beside_another_takes_nothing_from_either(sqlite_store, sqlite_url):
    store, url = sqlite_store, sqlite_url
    kept = keep(store, assess(), "the checklist", NOW)
    victim, other = start(url, kept.token, "victim", 100_000), start(url, kept.token, "other", 25)
    for process in (victim, other):
        process.stdin.write("\n")
        process.stdin.flush()
    first = [victim.stdout.readline() for _ in range(20)]
    victim.send_signal(signal.SIGKILL)
    done = {"victim": acknowledged("".join(first) + victim.communicate()[0].rpartition("\n")[0])}
    done["other"] = acknowledged(other.communicate(timeout=300)[0])
    assert other.returncode == 0
    own = [(item, note) for item, note in done["victim"] if item != "shared"]
    assessment = open_link(store, kept.token, NOW).assessment
    # At most the answer that was on its way is newer than the last acknowledged.
    for item, note in dict(own).items():
        assert int(assessment.answer(item).note.split()[1]) >= int(note.split()[1])
    assert losses(store, kept, {"other": done["other"]}) == []


def test_a_file_that_another_program_holds_is_said_and_what_waited_is_saved_after(sqlite_store, sqlite_url):
    kept = keep(sqlite_store, assess(), "the checklist", NOW)
    one = start(sqlite_url, kept.token, "one", 3)
    with locked(sqlite_store.file, "IMMEDIATE"):
        one.stdin.write("\n")
        one.stdin.flush()
        _, note, done, said = json.loads(one.stdout.readline())
        assert (done, note) == (False, "one 0")
        assert said.startswith("La base des dossiers est occupée.")
    one.communicate(timeout=300)
    assert one.returncode == 0
    assessment = open_link(sqlite_store, kept.token, NOW).assessment
    assert [assessment.answer(f"one-{n}").note for n in range(3)] == ["one 0", "one 1", "one 2"]
    assert assessment.answer("shared").note == "one 2"
