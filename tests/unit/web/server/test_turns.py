"""Whose page is made next."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Event, Thread

from pensebete.web.server.turns import PEOPLE, Served, Turns

PATIENCE = 60  # seconds: longer than the slowest machine takes, so that what is waited for came about by itself


def test_what_was_served_is_forgotten_by_half_every_five_seconds():
    served = Served()
    served.add("a", 8, now=0)
    assert [served.of("a", 0), served.of("a", 5), served.of("a", 15)] == [8, 4, 1]
    served.tidy(1000)
    assert served._pages == {}


def making(turns: Turns, visit: str, network: str, done: list[str], until: Event | None = None) -> Thread:
    """A page that is being made, or waits for its turn."""

    def make() -> None:
        with turns.turn(visit, network):
            if until:
                until.wait(PATIENCE)
            done.append(visit)

    thread = Thread(target=make)
    thread.start()
    return thread


def settled(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end


def order_of(turns: Turns, asked: list[tuple[str, str]]) -> list[str]:
    """Who is served in which order, where all of them ask while a page is being made."""
    done: list[str] = []
    let_go = Event()
    threads = [making(turns, "first", "elsewhere", done, let_go)]
    settled(lambda: len(turns._made) == 1)
    for n, (visit, network) in enumerate(asked, 1):
        threads.append(making(turns, visit, network, done))
        settled(lambda n=n: len(turns._waiting) == n)
    let_go.set()
    for thread in threads:
        thread.join(PATIENCE)
    return done[1:]


def stopped() -> float:
    """A clock that stands still: nothing is forgotten, and no run is too long."""
    return 0.0


def test_those_that_were_served_nothing_come_in_the_order_they_asked():
    assert order_of(Turns(1, stopped), [("a", "n"), ("b", "n"), ("c", "n")]) == ["a", "b", "c"]


def test_a_newcomer_comes_before_visits_that_were_served_much():
    turns = Turns(1, stopped)
    for visit in ("a", "b"):
        turns._visits.add(visit, 3, 0)
    assert order_of(turns, [("a", "n"), ("b", "n"), ("new", "m")]) == ["new", "a", "b"]


def test_what_a_tab_kept_is_drawn_before_the_first_page_of_another_and_what_is_tapped_then_is_not():
    turns = Turns(1, stopped)
    with turns.turn("a", "n"):
        pass
    assert order_of(turns, [("b", "m"), ("a", "n"), ("c", "o")]) == ["a", "b", "c"]
    assert order_of(turns, [("d", "p"), ("a", "n")]) == ["a", "d"]
    assert order_of(turns, [("a", "n"), ("e", "q")]) == ["e", "a"]


def test_who_opens_many_visits_at_one_address_has_no_second_page_before_somebody_elses_first():
    turns = Turns(1, stopped)
    with turns.turn("r1", "robot"):
        pass
    turns._networks.add("robot", 2 * PEOPLE, 0)
    assert order_of(turns, [("r1", "robot"), ("new", "elsewhere")]) == ["new", "r1"]


def test_who_opens_one_visit_after_the_other_is_no_newcomer_each_time():
    turns = Turns(1, stopped)
    turns._networks.add("robot", 20, 0)
    assert order_of(turns, [("r1", "robot"), ("r2", "robot"), ("new", "elsewhere")])[0] == "new"


def test_a_room_of_thirty_behind_one_address_weighs_as_thirty_people_do():
    turns = Turns(1, stopped)
    turns._networks.add("room", PEOPLE * 1.0, 0)
    turns._visits.add("alone", 1.5, 0)
    turns._networks.add("home", 1.5, 0)
    assert order_of(turns, [("alone", "home"), ("one of them", "room")]) == ["one of them", "alone"]


def test_a_page_that_waits_for_a_database_stands_in_nobodys_way():
    turns, done, never = Turns(1), [], Event()
    slow = making(turns, "slow", "n", done, never)
    settled(lambda: len(turns._made) == 1)
    making(turns, "quick", "n", done).join(PATIENCE)
    assert done == ["quick"]
    never.set()
    slow.join(PATIENCE)


def test_a_page_that_fails_gives_its_turn_back():
    turns = Turns(1, stopped)
    for _ in range(3):
        try:
            with turns.turn("a", "n"):
                raise RuntimeError
        except RuntimeError:
            pass
    assert (turns._made, turns._waiting) == ([], [])
