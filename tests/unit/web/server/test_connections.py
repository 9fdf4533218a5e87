"""With whom a connection is counted, and how many may wait for the rest of their request."""

from __future__ import annotations

import resource
from dataclasses import dataclass
from typing import Any

import pytest

from pensebete.web.server import connections
from pensebete.web.server.connections import MOST_OF_ONE_ADDRESS, MOST_WAITING, Waiting, allow_many_files, counted_with


@dataclass(eq=False)
class Connection:
    waiting: Waiting
    dropped: bool = False

    def drop(self) -> None:
        self.dropped = True
        self.waiting.leave(self)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("client", "network"),
    [
        (("192.0.2.1", 50), "192.0.2.1"),
        (("::ffff:192.0.2.1", 50), "192.0.2.1"),
        (("2001:db8:1:2:3:4:5:6", 50), "2001:db8:1:2::/64"),
        (("fe80::1%eth0", 50), "fe80::/64"),
        (("", 0), ""),
        (None, ""),
    ],
)
def test_a_subscriber_is_counted_once_whatever_the_address(client, network):
    assert counted_with(client) == network


def entering(networks: list[str]) -> list[Connection]:
    waiting = Waiting()
    found: list[Any] = []
    for network in networks:
        found.append(Connection(waiting))
        waiting.enter(found[-1], network)
    return found


def test_one_too_many_of_an_address_takes_the_place_of_its_oldest():
    found = entering(["other", *["one"] * (MOST_OF_ONE_ADDRESS + 2)])
    assert [one.dropped for one in found] == [False, True, True] + [False] * MOST_OF_ONE_ADDRESS


def test_one_too_many_of_all_takes_the_place_of_the_oldest():
    found = entering([str(number) for number in range(MOST_WAITING + 1)])
    assert [one.dropped for one in found] == [True] + [False] * MOST_WAITING


def test_who_has_asked_something_whole_is_counted_no_longer():
    waiting = Waiting()
    for _ in range(10 * MOST_OF_ONE_ADDRESS):
        one: Any = Connection(waiting)
        waiting.enter(one, "one")
        waiting.leave(one)
        waiting.leave(one)
        assert one not in waiting
        assert not one.dropped


@pytest.mark.parametrize(
    ("allowed", "asked"),
    [((1024, 4096), (4096, 4096)), ((1024, resource.RLIM_INFINITY), (65536, resource.RLIM_INFINITY))],
)
def test_the_limit_of_files_is_raised_as_far_as_allowed(monkeypatch, allowed, asked):
    set_to = []
    monkeypatch.setattr(connections.resource, "getrlimit", lambda _which: allowed)
    monkeypatch.setattr(connections.resource, "setrlimit", lambda _which, limits: set_to.append(limits))
    allow_many_files()
    assert set_to == [asked]
