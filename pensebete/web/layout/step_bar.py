"""The way on, in the same place on every page: at the bottom of the screen, under the thumb."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pensebete.web import session
from pensebete.web.layout.navigation import page


def ways_on() -> DeltaGenerator:
    """The bar in which a page puts its ways back and on; style/frame.css keeps it in sight."""
    return st.container(key="ways-on", horizontal=True, horizontal_alignment="distribute", vertical_alignment="center")


def way_on_to(name: str, sentence: str) -> None:
    """The bar of a page from which there is one way on, to another page."""
    with ways_on():
        if st.button(session.say()(sentence), type="primary", key=session.key("way_on")):
            st.switch_page(page(name))
