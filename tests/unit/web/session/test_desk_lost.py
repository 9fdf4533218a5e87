"""A desk whose process is gone says that its files are, until files are dropped again."""

from __future__ import annotations

import pytest
import streamlit as st

from pensebete.web.session import desk


@pytest.fixture(autouse=True)
def _visit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(st, "session_state", {})


def test_it_is_said_once_it_was_heard_and_what_the_field_held_of_the_visit_before_takes_it_away_no_more():
    assert not desk.lost_desk_heard()
    desk.hear_of_lost_desk()
    assert desk.lost_desk_heard()
    assert desk.desk_was_lost()
    desk.desk_takes([])
    assert desk.desk_was_lost()
