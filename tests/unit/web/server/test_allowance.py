"""What somebody may take within a time."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pensebete.web.server.allowance import Allowance, Rate


class Clock:
    """A time that the test sets."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_much_is_taken_at_once_then_as_it_comes_back(clock):
    allowance = Allowance(Rate(3, 0.5), clock)
    assert [allowance.take("a") for _ in range(4)] == [0, 0, 0, 2]
    clock.now += 2
    assert [allowance.take("a"), allowance.take("a")] == [0, 2]


def test_each_has_its_own(clock):
    allowance = Allowance(Rate(1, 1), clock)
    assert [allowance.take("a"), allowance.take("b"), allowance.take("a")] == [0, 0, 1]


def test_a_refusal_takes_nothing(clock):
    allowance = Allowance(Rate(1, 1), clock)
    allowance.take("a")
    assert [allowance.take("a") for _ in range(50)] == [1] * 50


def test_what_was_used_already_may_go_below_nothing_and_never_far(clock):
    allowance = Allowance(Rate(10, 1), clock)
    allowance.spend("a", 10_000)
    assert allowance.wait("a") == 11


def test_an_amount_larger_than_all_is_taken_from_who_took_nothing(clock):
    assert Allowance(Rate(10, 1), clock).take("a", 50) == 0


def test_of_more_addresses_than_can_be_known_the_one_longest_silent_begins_anew(clock):
    allowance = Allowance(Rate(1, 0.001), clock, most_known=2)
    for name in "abc":
        allowance.take(name)
    assert [allowance.take("c") > 0, allowance.take("a")] == [True, 0]


@given(st.lists(st.tuples(st.floats(0, 100), st.floats(0, 8)), max_size=40), st.floats(1, 20), st.floats(0.01, 5))
def test_never_more_is_taken_than_was_there_and_came_back(asked, at_once, each_second):
    clock = Clock()
    allowance, began, taken = Allowance(Rate(at_once, each_second), clock), clock.now, 0.0
    for later, amount in asked:
        clock.now += later
        if allowance.take("a", amount) == 0:
            taken += min(amount, at_once)
        assert taken <= at_once + (clock.now - began) * each_second + 1e-6
