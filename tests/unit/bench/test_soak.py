"""What `make soak` says of faults: their order, what counts as lost, what counts as grown, the report."""

from __future__ import annotations

import json
import random
from collections import Counter
from itertools import islice, pairwise

import pytest

from bench.load import soak
from bench.load.account import Told
from bench.load.outcome import Outcome, Report, as_json, put_in, sentences, table
from bench.load.schedule import ends_of, in_turn
from bench.load.vital_signs import Growth, Signs, growing, growths

FAULTS = ("process", "nginx", "primary", "network")


def told(*answers: tuple[str, str], state: str = "saved", since: Told | None = None) -> Told:
    """A visitor whose answers were each followed by a look."""
    found = since or Told()
    for at, (item, status) in enumerate(answers):
        found.gave(item, status)
        found.run_finished()
        found.looked(state, float(at))
    return found


def test_each_fault_comes_as_often_as_the_others_never_twice_on_end_and_by_the_seed_alone():
    found = list(islice(in_turn(FAULTS, random.Random(3)), 40))
    assert set(Counter(found).values()) == {10}
    assert all(before != after for before, after in pairwise(found))
    assert found == list(islice(in_turn(FAULTS, random.Random(3)), 40))
    assert found != list(islice(in_turn(FAULTS, random.Random(4)), 40))


def test_one_fault_alone_comes_again_and_again():
    assert list(islice(in_turn(("nginx",), random.Random(1)), 3)) == ["nginx"] * 3


def test_each_part_has_its_share_of_the_time():
    assert ends_of([2, 4, 4], 100, 600) == [220, 460, 700]


def test_an_answer_that_is_acknowledged_and_is_not_there_is_lost():
    visitor = told(("cash", "done"), ("staff", "to_do"), ("cash", "to_do"))
    assert visitor.acknowledged == 3
    assert visitor.lost({"cash": "to_do", "staff": "to_do"}, saves=3) == []
    assert visitor.lost({"cash": "done", "staff": "to_do"}, saves=3) == ["cash is done, and not to_do"]
    assert visitor.lost({"cash": "to_do"}, saves=3) == ["staff is None, and not to_do"]


def test_an_answer_whose_save_was_undone_is_lost_though_another_stands_in_its_place():
    visitor = told(("cash", "done"), ("cash", "to_do"))
    assert visitor.lost({"cash": "to_do"}, saves=1) == ["1 saves"]


def test_what_was_sent_and_not_acknowledged_may_be_there_or_not():
    visitor = told(("cash", "done"))
    visitor.gave("cash", "to_do")
    visitor.left()
    visitor.gave("staff", "done")
    visitor.left()
    assert (visitor.acknowledged, visitor.unheard) == (1, 2)
    for there in ({"cash": "done"}, {"cash": "to_do"}, {"cash": "to_do", "staff": "done"}):
        assert visitor.lost(there, saves=1) == []
    assert visitor.lost({"cash": "unknown"}, saves=1) != []


def test_what_waits_is_acknowledged_once_the_page_says_that_all_is_saved_and_may_share_a_save():
    visitor = told(("cash", "done"), ("staff", "done"), state="waits")
    assert (visitor.acknowledged, visitor.looks_that_wait) == (0, 2)
    assert visitor.lost({}, saves=0) == []
    visitor.looked("saved", 9.0)
    assert visitor.acknowledged == 2
    assert visitor.lost({"cash": "done"}, saves=1) == ["staff is None, and not done"]
    assert visitor.lost({"cash": "done", "staff": "done"}, saves=1) == []


def test_of_answers_to_one_item_that_waited_the_last_is_the_one_that_has_to_be_there():
    said = ("to_do", "unknown", "done", "to_do", "done")
    visitor = told(*(("cash", status) for status in said), state="waits")
    visitor.looked("saved", 9.0)
    assert visitor.acknowledged == len(said)
    assert visitor.lost({"cash": "done"}, saves=1) == []
    assert visitor.lost({"cash": "to_do"}, saves=1) == ["cash is to_do, and not done"]


def test_the_time_without_saving_is_the_longest_of_which_a_part_lies_in_the_fault():
    visitor = Told(saved_at=[0, 5, 6, 9, 10, 30])
    assert visitor.longest_without_saving(7, 9.5) == 3
    assert visitor.longest_without_saving(4, 6.5) == 5
    assert visitor.longest_without_saving(40, 47) == 7  # nothing was saved any more


def signs(pid: int, age: float, memory: float = 100, files: int = 20, threads: int = 5, worked: float = 9) -> Signs:
    return Signs(pid, age, worked, memory, files, threads)


def test_a_process_is_compared_with_itself_once_it_is_warm():
    idle = signs(1, 35, memory=50, worked=2)  # started long ago, and nobody has come to it
    looked_at = [idle, signs(1, 40), signs(2, 41), signs(1, 60, memory=103), signs(1, 90, memory=101)]
    assert growths(looked_at, warm=8) == [Growth(signs(1, 40), signs(1, 90, memory=101))]


@pytest.mark.parametrize(
    ("last", "said"),
    [
        (signs(1, 90, memory=120), "memory of a process: 100 MB, then 120 MB after 50 s"),
        (signs(1, 90, files=60), "open files of a process: 20, then 60 after 50 s"),
        (signs(1, 90, threads=12), "threads of a process: 5, then 12 after 50 s"),
    ],
)
def test_what_grows_by_more_than_it_may_is_said(last, said):
    assert growing(Growth(signs(1, 40), last), 15, 24, 6) == [said]
    assert growing(Growth(signs(1, 40), last), 20, 40, 7) == []


def test_what_cannot_be_tried_here_is_left_out_and_said(monkeypatch, tmp_path):
    monkeypatch.setattr(soak, "installed", lambda: True)
    monkeypatch.setattr(soak, "why_not", lambda: "")
    assert [len(one) for one in soak.sites(tmp_path, soak.QUICK)] == [3, 0]
    monkeypatch.setattr(soak, "why_not", lambda: "network namespaces take root")
    tried, left_out = soak.sites(tmp_path, soak.QUICK)
    assert (len(tried), left_out) == (2, ["network namespaces take root: no network was cut"])
    monkeypatch.setattr(soak, "installed", lambda: False)
    tried, [left_out] = soak.sites(tmp_path, soak.QUICK)
    assert len(tried) == 1
    assert "tools/install-postgresql" in left_out


def reports() -> list[Report]:
    killed = [
        Outcome("SQLite", "a process killed", (1.0, 2.0), 10, 0, 0),
        Outcome("SQLite", "nginx killed", (4.0,), 5, 0, 0),
    ]
    again = Outcome("SQLite", "a process killed", (3.0, 6.04), 1_000, 2, 7)
    return [Report("SQLite", [*killed, again], unheard=3, wrong=["dossier 1: cash is None, and not done"])]


def test_the_table_has_a_row_for_each_fault_of_each_database_with_what_was_counted():
    _, _, *rows = table(reports())
    assert rows == [
        "| a process killed | SQLite | 2 | 1,010 | 2 | 2.5 s, 6.0 s | 7 |",
        "| nginx killed | SQLite | 1 | 5 | 0 | 4.0 s, 4.0 s | 0 |",
    ]


def test_what_was_wrong_stands_in_the_report_and_in_the_json():
    assert sentences(reports())[1] == "- **SQLite: dossier 1: cash is None, and not done**"
    told_in_json = json.loads(json.dumps(as_json(reports(), command="x")))
    assert told_in_json["command"] == "x"
    assert told_in_json["sites"][0]["wrong"] == ["dossier 1: cash is None, and not done"]
    assert told_in_json["sites"][0]["outcomes"][2]["lost"] == 2


def test_the_report_takes_the_place_of_the_last_one_and_of_nothing_else():
    page = "# Faults\n\nwords\n\n## What was seen\n\nold\n\n### part\n\n## Faults that are tests\n\nmore\n"
    assert put_in(page, "What was seen", "new\n") == (
        "# Faults\n\nwords\n\n## What was seen\n\nnew\n\n## Faults that are tests\n\nmore\n"
    )
    with pytest.raises(ValueError, match="Elsewhere"):
        put_in(page, "Elsewhere", "new")
