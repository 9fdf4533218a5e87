"""The visits of the week, one by one: when each begins, how long somebody answers, when each answer comes.

Arrivals are a Poisson process whose rate changes by the minute: that of an ordinary week of work, and on the first day,
at the hour of the news, many times as much. numpy is there for the app's own framework.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bench.crisis_week.figures import Assumed

MINUTES = 7 * 24 * 60
_AT_ONCE = 200_000  # visits whose answers are in memory
# When people come, by the hour of the day; and by the day, of which the first is a Monday.
_HOURS = (1, 1, 1, 1, 1, 2, 4, 8, 14, 16, 16, 14, 10, 14, 16, 15, 13, 10, 8, 9, 9, 7, 4, 2)
_DAYS = (1.0, 1.0, 0.9, 0.8, 0.7, 0.35, 0.3)
_NEWS = 13 * 60 + 30  # a press conference of the first day
_FADES_IN = 45  # minutes, to a third
Numbers = NDArray[np.float64]


def shape(peak: float) -> Numbers:
    """How many times the mean of the week people come, minute by minute: its mean is 1, its most is the peak."""
    ordinary = np.outer(_DAYS, np.repeat(_HOURS, 60)).ravel().astype(float)
    ordinary /= ordinary.mean()
    since = np.arange(MINUTES) - _NEWS
    news = np.where(since >= 0, np.exp(-np.maximum(since, 0) / _FADES_IN), 0)
    # `a` of the ordinary and `b` of the news, so that both hold: the mean, and the minute of the news.
    a, b = np.linalg.solve([[1, news.mean()], [ordinary[_NEWS], 1]], [1, peak])
    if a < 0 or b < 0:
        raise ValueError(f"a week cannot be as uneven as that: {peak}")
    return np.asarray(a * ordinary + b * news)


@dataclass(frozen=True)
class Week:
    """All in seconds from the start of the week; one place for each visit."""

    begin: Numbers
    active: Numbers  # how long somebody answers
    open: Numbers  # how long the page is open, that included
    answers: NDArray[np.int64]

    @property
    def visits(self) -> int:
        return len(self.begin)


def simulate(enterprises: int, people: Assumed, seed: int) -> Week:
    chance = np.random.default_rng(seed)
    expected = enterprises * people.come * people.visits_each
    by_minute = chance.poisson(expected / MINUTES * shape(people.peak))
    begin = np.sort(np.repeat(np.arange(MINUTES) * 60.0, by_minute) + chance.uniform(0, 60, by_minute.sum()))
    active = chance.lognormal(np.log(people.minutes * 60), people.spread, len(begin))
    # Who answers longer answers more.
    answers = chance.poisson(people.answers_a_visit * active / (people.minutes * 60 * np.exp(people.spread**2 / 2)))
    return Week(begin, active, active + chance.exponential(people.minutes_left_open * 60, len(begin)), answers)


def answers_of(week: Week, seed: int) -> Iterator[Numbers]:
    """When each answer comes: some visits at a time, for there are many."""
    chance = np.random.default_rng([seed, 1])
    for first in range(0, week.visits, _AT_ONCE):
        which = slice(first, first + _AT_ONCE)
        begin, active = (np.repeat(part[which], week.answers[which]) for part in (week.begin, week.active))
        yield begin + active * chance.uniform(size=len(begin))


def at_once(begin: Numbers, end: Numbers) -> tuple[int, float]:
    """How many are there at most, and on the mean of the time from the first to the last."""
    moments = np.concatenate([begin, end])
    order = np.argsort(moments, kind="stable")
    there = np.cumsum(np.concatenate([np.ones(len(begin), np.int64), -np.ones(len(end), np.int64)])[order])
    if not len(moments):
        return 0, 0.0
    passed = np.diff(moments[order])
    return int(there.max()), float((there[:-1] * passed).sum() / passed.sum())


def each_second(moments: Iterator[Numbers], length: int) -> NDArray[np.int64]:
    """How many come in each second of the week, and after it until all are done."""
    counts = np.zeros(length, np.int64)
    for some in moments:
        counts += np.bincount(some.astype(np.int64), minlength=length)
    return counts


def waits(arrivals: Numbers, service: Numbers) -> Numbers:
    """How long each waits where one is served after the other (Lindley's recursion, all at once)."""
    if not len(arrivals):
        return arrivals
    # The work that came before, less what could be done since; never less than nothing.
    ahead = np.concatenate([[0.0], np.cumsum(service)[:-1]]) - (arrivals - arrivals[0])
    return np.asarray(ahead - np.minimum.accumulate(ahead))
