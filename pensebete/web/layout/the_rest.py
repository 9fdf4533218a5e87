"""From the essentials to everything else: one tap, wherever only those are asked or told."""

from __future__ import annotations

import streamlit as st

from pensebete.web import session
from pensebete.web.layout.navigation import page


def the_rest(key: str) -> None:
    """« Répondre au reste : 19 éléments », to the first of them; nothing where none is left. `key`: where it stands."""
    waiting = session.evaluation().the_rest
    if not waiting or session.reading_only():
        return
    with st.container(key=f"the-rest-{key}"):
        if st.button(session.say()("the_rest.answer", n=len(waiting)), key=session.key(f"the_rest.{key}")):
            go_to_the_rest()


def go_to_the_rest() -> None:
    """By the whole way, from its first step that leaves something to answer; what was given stays."""
    waiting = {state.item.id for state in session.evaluation().the_rest}
    steps = session.whole_way_steps()
    session.go_to(next(step.id for step in steps if any(state.item.id in waiting for state in step.item_states)))
    st.switch_page(page("questionnaire"))
