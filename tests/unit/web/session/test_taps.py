"""What is tapped in a component of ours is heard once, in the order of the taps, whatever the browser tells."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
import streamlit as st

from pensebete.web.session.taps import hear_taps, taps_heard


@pytest.fixture
def state(monkeypatch) -> dict[str, Any]:
    found: dict[str, Any] = {}
    monkeypatch.setattr(st, "session_state", found)
    return found


def told(state: dict[str, Any], taps: object) -> list[str]:
    """What is done when the component tells this."""
    done: list[str] = []
    state["table"] = SimpleNamespace(tapped=taps)
    hear_taps("table", done.append)()
    return done


def test_each_tap_is_done_once_however_often_it_is_told(state):
    assert taps_heard("table") == 0
    assert told(state, [[1, "open a"]]) == ["open a"]
    assert told(state, [[1, "open a"], [2, "open b"], [3, "open b"]]) == ["open b", "open b"]
    assert told(state, [[2, "open b"]]) == []
    assert (taps_heard("table"), taps_heard("another")) == (3, 0)


@pytest.mark.parametrize("taps", [None, "open a", {"1": "open a"}, [1], [["1", "open a"]], [[1, 2]], [[1, "a", "b"]]])
def test_what_is_no_tap_does_nothing(state, taps):
    assert told(state, taps) == []
