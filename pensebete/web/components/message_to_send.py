"""A ready message, to be mended, copied, shared, or handed to the program that sends emails or text messages.

It is mended in the browser alone: what one copies is what is in the field at that moment, and no server hears of it.
"""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from pensebete.web.components.sending import sending_script

_component = st.components.v2.component("message_to_send", js=sending_script("message_to_send"), isolate_styles=False)


def message_to_send(name: str, subject: str, text: str, address: str, words: Mapping[str, str], key: str) -> None:
    """`name` is what its mended words are known by while the page is there; `address`, whom an email goes to."""
    data = {"name": name, "subject": subject, "text": text, "address": address, "words": dict(words)}
    _component(key=key, data=data)
