"""An error that comes again and again is logged once a minute."""

from __future__ import annotations

import logging
from itertools import chain, repeat

import pytest

from pensebete.web.server.log_repeats import SILENCE, OnceAMinute


@pytest.fixture
def log(caplog):
    found = logging.getLogger("tests.repeats")
    yield found
    found.filters.clear()


def test_an_error_is_said_once_a_minute_with_the_number_of_those_left_unsaid(log, caplog):
    log.addFilter(OnceAMinute(chain(repeat(0.0, 1000), [SILENCE]).__next__))
    for number in range(1001):
        log.warning("client %d sent nonsense", number)
    assert caplog.messages == ["client 0 sent nonsense", "client 1000 sent nonsense (+999)"]


def test_another_error_and_what_is_no_error_are_not_kept_back(log, caplog):
    log.addFilter(OnceAMinute(lambda: 0.0))
    log.setLevel(logging.INFO)
    for error in (OSError("full"), OSError("full"), ValueError("no")):
        try:
            raise error
        except (OSError, ValueError):
            log.exception("it failed")
    for _ in range(3):
        log.info("started")
    assert caplog.messages == ["it failed"] * 2 + ["started"] * 3
