"""After a database kept somebody waiting in vain, others do not wait for it, for a while."""

from __future__ import annotations

import pytest

from pensebete.storage import pause
from pensebete.storage.errors import StoreUnavailableError
from pensebete.storage.pause import Pause


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [100.0]
    monkeypatch.setattr(pause, "monotonic", lambda: now[0])
    return now


def refused(found: Pause, writes: bool = True) -> str | None:
    try:
        found.refuse(writes)
    except StoreUnavailableError as error:
        return error.reason
    return None


def test_others_are_told_at_once_for_longer_than_somebody_waited_and_then_one_tries_again(clock):
    found = Pause()
    assert refused(found) is None
    found.after(StoreUnavailableError("unreachable", "Gone"), 1.5)
    assert refused(found) == refused(found, writes=False) == "unreachable"
    clock[0] += 4
    assert refused(found) == "unreachable"
    clock[0] += 1
    assert refused(found) is None


def test_however_long_somebody_waited_it_is_tried_again_within_seconds(clock):
    found = Pause()
    found.after(StoreUnavailableError("unreachable", "Gone"), 60)
    clock[0] += 5.1
    assert refused(found) is None


def test_what_waits_for_a_standby_keeps_nobody_from_reading(clock):
    found = Pause()
    found.after(StoreUnavailableError("unreplicated", "NotReplicatedError"), 2)
    assert refused(found) == "unreplicated"
    assert refused(found, writes=False) is None


def test_what_was_refused_for_another_reason_is_tried_each_time(clock):
    found = Pause()
    for reason in ("locked", "full", "read_only", "fault"):
        found.after(StoreUnavailableError(reason, "Error"), 2)
        assert refused(found) is None
