"""Who has shown, in this visit, that they are of the staff."""

from __future__ import annotations

from hmac import compare_digest
from os import environ
from typing import Literal

import streamlit as st

from pensebete.web.server.allowance import Allowance, Rate
from pensebete.web.server.network import network_of_visit

# Wrong keys from one address; then one each six minutes. Who is staff types it once, a robot tries a dictionary.
_WRONG_KEYS = Allowance(Rate(10, 10 / 3600))


def staff_has_a_key() -> bool:
    """Whether PENSEBETE_STAFF_KEY is set; else nobody is staff in a browser."""
    return bool(environ.get("PENSEBETE_STAFF_KEY"))


def is_staff() -> bool:
    """Whether this visit has given the key that is in use now."""
    return staff_has_a_key() and _is_the_key(st.session_state.get("staff_key", ""))


def give_staff_key(given: str) -> Literal["right", "wrong", "later"]:
    """Take a key from the visitor. A wrong one is not kept; after too many, none is looked at for a while."""
    if not staff_has_a_key():
        return "wrong"
    network = network_of_visit()
    if _WRONG_KEYS.wait(network):
        return "later"
    if _is_the_key(given):
        st.session_state["staff_key"] = given
        return "right"
    _WRONG_KEYS.take(network)
    return "wrong"


def forget_staff_key() -> None:
    st.session_state.pop("staff_key", None)


def _is_the_key(given: str) -> bool:
    return compare_digest(given.encode("utf-8", "replace"), environ["PENSEBETE_STAFF_KEY"].encode())
