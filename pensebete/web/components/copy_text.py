"""A text to paste elsewhere: to be read, selected, and copied by one tap where the browser allows it."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from pensebete.web.components.sending import sending_script

_component = st.components.v2.component("copy_text", js=sending_script("copy_text"), isolate_styles=False)


def copy_text(text: str, words: Mapping[str, str], key: str) -> None:
    """`words`: `message`, what it is; `copy`, the button; `copied` and `refused`, what came of it."""
    _component(key=key, data={"text": text, "words": dict(words)})
