"""A text to paste elsewhere: to be read, selected, and copied by one tap where the browser allows it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import streamlit as st

_SCRIPT = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
_component = st.components.v2.component("copy_text", js=_SCRIPT, isolate_styles=False)


def copy_text(text: str, words: Mapping[str, str], key: str) -> None:
    """`words`: `message`, what it is; `copy`, the button; `copied` and `refused`, what came of it."""
    _component(key=key, data={"text": text, "words": dict(words)})
