"""The model of a week of crisis: who comes goes, known laws hold, and what it takes grows with who comes."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from bench.crisis_week.__main__ import ENTERPRISES, SEED, main
from bench.crisis_week.figures import KEPT, Assumed, Machine, Measured, measured_in
from bench.crisis_week.simulation import MINUTES, answers_of, at_once, each_second, shape, simulate, waits
from bench.crisis_week.sizing import needed
from bench.crisis_week.table import marks, table
from tests.builders import ROOT

PEOPLE = Assumed()
WEEK = simulate(20_000, PEOPLE, 7)


@pytest.mark.parametrize("peak", [5, 10, 20])
def test_the_worst_minute_is_so_many_times_the_mean(peak):
    week = shape(peak)
    assert len(week) == MINUTES
    assert week.mean() == pytest.approx(1)
    assert week.max() == pytest.approx(peak)
    assert week.min() >= 0


def test_a_week_that_is_less_uneven_than_its_nights_is_refused():
    with pytest.raises(ValueError, match="uneven"):
        shape(1.5)


def test_as_many_come_as_are_expected():
    expected = 20_000 * PEOPLE.come * PEOPLE.visits_each
    assert abs(WEEK.visits - expected) < 4 * expected**0.5
    assert WEEK.answers.sum() / WEEK.visits == pytest.approx(PEOPLE.answers_a_visit, rel=0.02)
    assert np.median(WEEK.active) / 60 == pytest.approx(PEOPLE.minutes, rel=0.02)


def test_the_same_seed_makes_the_same_week_and_another_one_another():
    again, other = simulate(20_000, PEOPLE, 7), simulate(20_000, PEOPLE, 8)
    assert (again.begin == WEEK.begin).all()
    assert (again.answers == WEEK.answers).all()
    assert other.visits != WEEK.visits


def test_no_answer_is_lost_and_each_comes_while_its_visit_lasts():
    end = int((WEEK.begin + WEEK.active).max()) + 2
    assert each_second(answers_of(WEEK, 7), end).sum() == WEEK.answers.sum()
    some = next(answers_of(WEEK, 7))
    begin = np.repeat(WEEK.begin, WEEK.answers)
    assert (some >= begin).all()
    assert (some <= begin + np.repeat(WEEK.active, WEEK.answers)).all()


def test_how_many_are_there_is_how_often_they_come_times_how_long_they_stay():
    """Little's law, which the model does not use."""
    most, mean = at_once(WEEK.begin, WEEK.begin + WEEK.open)
    first, last = WEEK.begin.min(), (WEEK.begin + WEEK.open).max()
    assert mean == pytest.approx(WEEK.visits / (last - first) * WEEK.open.mean(), rel=1e-9)
    assert most > 5 * mean


def test_of_three_visits_two_are_there_at_once():
    assert at_once(np.array([0.0, 5, 20]), np.array([10.0, 15, 30]))[0] == 2
    assert at_once(np.array([]), np.array([])) == (0, 0.0)


def test_who_comes_while_another_is_served_waits_for_the_rest_of_it():
    assert waits(np.array([0.0, 1, 2, 30]), np.full(4, 3.0)).tolist() == [0, 2, 4, 0]
    # As a loop would have it, one after the other.
    arrivals = np.sort(np.random.default_rng(1).uniform(0, 100, 500))
    work = np.random.default_rng(3).exponential(0.19, 500)
    looped = [0.0]
    for (earlier, later), before in zip(pairwise(arrivals), work, strict=False):
        looped.append(max(0.0, looped[-1] + before - (later - earlier)))
    assert waits(arrivals, work) == pytest.approx(looped)
    # And, where half the time is busy, as theory has it for arrivals by chance and a service of one length (M/D/1).
    many = np.cumsum(np.random.default_rng(2).exponential(1, 400_000))
    assert waits(many, np.full(len(many), 0.5)).mean() == pytest.approx(0.5 * 0.5 / (2 * (1 - 0.5)), rel=0.03)


def test_more_enterprises_take_more_and_a_faster_app_takes_less():
    small, large = (needed(n, Measured(), PEOPLE, Machine(), 7) for n in (1_000, 100_000))
    assert small.processes == 2  # one may die
    for name in ("visits", "open_at_most", "answers", "database_gb", "saves_a_second"):
        assert getattr(large, name) > 10 * getattr(small, name) / 3, name
    slower = replace(Measured(), users_a_process=112, app_ms_an_answer=66.3, saved_app_ms_an_answer=88.6, page_ms=1000)
    slow = needed(100_000, slower, PEOPLE, Machine(), 7)
    assert slow.processes > large.processes
    assert slow.app_cores == pytest.approx(large.app_cores * 10)
    assert slow.machines > large.machines
    assert slow.usd > large.usd


def test_one_process_may_go_and_the_others_have_room_for_its_pages():
    found = needed(100_000, replace(Measured(), pages_a_process=300), PEOPLE, Machine(), 7)
    assert (found.processes - 1) * 300 >= found.open_at_most


def test_measured_figures_are_read_and_a_name_that_means_nothing_is_refused(tmp_path):
    file = tmp_path / "figures.json"
    file.write_text(json.dumps({"users_a_process": 2000}), encoding="utf-8")
    assert measured_in(file) == replace(Measured(), users_a_process=2000)
    for wrong in ({"user": 1}, {"users_a_process": 0}, {"users_a_process": "many"}, [1]):
        file.write_text(json.dumps(wrong), encoding="utf-8")
        with pytest.raises(ValueError, match=r"figures\.json"):
            measured_in(file)


def test_what_the_measure_of_several_processes_writes_is_read(tmp_path):
    file = tmp_path / "processes.json"
    one = {
        "users": 1100,
        "app_ms_an_answer": 6.0,
        "memory_session_kb": 170.0,
        "memory_process_mb": 250.0,
        "page_ms": 80.0,
    }
    two = {**one, "users": 1800, "proxy_ms_an_answer": 0.3, "saved_app_ms_an_answer": 9.0, "proxy_memory_mb": 20.0}
    file.write_text(json.dumps({"one": one, "two_nginx": two, "closed_seconds": {"visits": 300}}), encoding="utf-8")
    found = measured_in(file)
    assert (found.users_a_process, found.app_ms_an_answer, found.proxy_ms_an_answer) == (900, 6.0, 0.3)
    assert (found.memory_process_mb, found.page_ms, found.saved_app_ms_an_answer) == (250.0, 80.0, 9.0)
    assert found.database_ms_an_answer == Measured().database_ms_an_answer


def test_the_table_of_the_guide_is_what_the_model_says():
    guide = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    measured = measured_in(KEPT if KEPT.exists() else None)
    found = [needed(n, measured, PEOPLE, Machine(), SEED) for n in ENTERPRISES[:2]]
    for language in ("fr", "en"):
        begin, end = marks(language)
        said = guide.partition(begin)[2].partition(end)[0].strip().splitlines()
        made = table(found, language).splitlines()
        assert len(said) == len(made)
        for mine, theirs in zip(made, said, strict=True):
            assert theirs.startswith(mine), "run: python -m bench.crisis_week --write"


def test_the_command_says_the_table_and_refuses_what_it_does_not_know(capsys, tmp_path):
    assert main(["--enterprises", "500"]) == 0
    assert "500 enterprises" in capsys.readouterr().out
    with pytest.raises(SystemExit):
        main(["--figures", str(tmp_path / "none.json")])
