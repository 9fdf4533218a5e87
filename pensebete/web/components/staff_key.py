"""Where the staff give their key, and have this browser forget it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import streamlit as st

from pensebete.web import session
from pensebete.web.components.drawing import DRAWING_SCRIPT
from pensebete.web.components.taps import TAPS_SCRIPT

_SCRIPT = TAPS_SCRIPT + DRAWING_SCRIPT + Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
_component = st.components.v2.component("staff_key", js=_SCRIPT, isolate_styles=False)


def staff_key(
    staff: bool, words: Mapping[str, str], key: str, given: Callable[[str], None], forgotten: Callable[[], None]
) -> None:
    """`staff`: whether this browser has given it. `given` is called with the pass that came back for it."""

    def told(what: str) -> None:
        how, _, said = what.partition(" ")
        if how == "given":
            given(said)
        elif how == "forgotten":
            forgotten()

    data = {"staff": staff, "words": dict(words), "heard": session.taps_heard(key)}
    _component(key=key, data=data, on_tapped_change=session.hear_taps(key, told))
