"""Where the staff give their key, and have this browser forget it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import streamlit as st

from pensebete.web.components.drawing import DRAWING_SCRIPT

_SCRIPT = DRAWING_SCRIPT + Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
_component = st.components.v2.component("staff_key", js=_SCRIPT, isolate_styles=False)


def staff_key(
    staff: bool, words: Mapping[str, str], key: str, given: Callable[[], None], forgotten: Callable[[], None]
) -> None:
    """`staff`: whether this browser has given it. `given` is called with a pass in the state of that key."""
    data = {"staff": staff, "words": dict(words)}
    _component(key=key, data=data, on_given_change=given, on_forgotten_change=forgotten)
