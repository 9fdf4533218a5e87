"""The private link by which a saved dossier was opened or is to be."""

from __future__ import annotations

import streamlit as st

from pensebete.storage.errors import StoreError
from pensebete.web.session.state import set_saving


def remember_link(token: str) -> None:
    """Have the browser remember a link, or forget it where the token is empty, on the next screen."""
    st.session_state["link_to_remember"] = token


def link_to_remember() -> str | None:
    found: str | None = st.session_state.pop("link_to_remember", None)
    return found


def show_link(token: str) -> None:
    """Show a link just made, for as long as its page stays on screen and never again."""
    st.session_state["link_to_show"] = token


def link_to_show() -> str | None:
    found: str | None = st.session_state.get("link_to_show")
    return found


def forget_link_shown() -> None:
    st.session_state.pop("link_to_show", None)


def unopened() -> StoreError | None:
    """Why the saved dossier of the link that the browser remembers could not be opened so far."""
    found: StoreError | None = st.session_state.get("unopened")
    return found


def set_unopened(error: StoreError | None) -> None:
    st.session_state["unopened"] = error


def leave_saved() -> None:
    """Go on in this tab alone: what is saved stays as it is, under its link."""
    set_saving(None)
    remember_link("")
