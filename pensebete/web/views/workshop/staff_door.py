"""The door of the staff: it asks for their key, or says that this browser has given it."""

from __future__ import annotations

import streamlit as st

from pensebete.web import session
from pensebete.web.components.staff_key import staff_key

_KEY = "workshop.key"
# What it says, each a sentence workshop.key.…
_WORDS = (
    "title",
    "field",
    "give",
    "explained",
    "wrong",
    "later",
    "insecure",
    "another_site",
    "failed",
    "given",
    "forget",
)


def staff_door() -> None:
    """Where the server has no key nobody is staff, and none is asked for."""
    if not session.staff_has_a_key():
        return
    say = session.say()
    words = {name: say(f"workshop.key.{name}") for name in _WORDS}
    with st.container(key="staff-door"):
        staff_key(session.is_staff(), words, _KEY, session.take_staff_pass, session.forget_staff_key)
