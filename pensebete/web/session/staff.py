"""Who has shown, in this visit, that they are of the staff."""

from __future__ import annotations

from hmac import compare_digest
from os import environ

import streamlit as st


def staff_has_a_key() -> bool:
    """Whether PENSEBETE_STAFF_KEY is set; else nobody is staff in a browser."""
    return bool(environ.get("PENSEBETE_STAFF_KEY"))


def is_staff() -> bool:
    """Whether this visit has given the key that is in use now."""
    return staff_has_a_key() and _is_the_key(st.session_state.get("staff_key", ""))


def give_staff_key(given: str) -> bool:
    """Take a key from the visitor; whether it is the right one. A wrong one is not kept."""
    if staff_has_a_key() and _is_the_key(given):
        st.session_state["staff_key"] = given
        return True
    return False


def forget_staff_key() -> None:
    st.session_state.pop("staff_key", None)


def _is_the_key(given: str) -> bool:
    return compare_digest(given.encode("utf-8", "replace"), environ["PENSEBETE_STAFF_KEY"].encode())
