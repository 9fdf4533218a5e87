"""Two doors on the first page: what cannot wait, or all of it. Each says how long it takes and what it asks."""

from __future__ import annotations

import streamlit as st

from pensebete.evaluation.first_page_text import Door
from pensebete.text.markdown_escape import label
from pensebete.web import session
from pensebete.web.layout.navigation import page
from pensebete.web.layout.step_bar import way_on_to, ways_on
from pensebete.web.views.start.introduction import said_first


def doors() -> None:
    """The ways on. Where all is essential, or nothing is, there is one way, and no word of another."""
    words = door_words()
    if not words:
        way_on_to("questionnaire", "start.begin")
        return
    short, whole = words
    with ways_on(), st.container(key="doors", gap="xsmall"):
        if st.button(short, type="primary", key=session.key("door.short"), width="stretch"):
            session.take_short_way()
            st.switch_page(page("questionnaire"))
        if st.button(whole, key=session.key("door.whole"), width="stretch"):
            session.take_whole_way()
            st.switch_page(page("questionnaire"))


def door_words() -> tuple[str, ...]:
    """« 5 minutes : ce qui ne peut pas attendre », « 10 minutes : tout », each with what is asked under it."""
    return tuple(map(_words, said_first().doors))


def _words(door: Door) -> str:
    return f"**{label(door.name)}** :small[{label(door.asks)}]"
