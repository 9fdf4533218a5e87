"""The way through the questionnaire: by which door one came, its steps, the one where the visitor is, its address.

Which way it is, the place says: a step of the essentials, or of a domain. So a reload, Back, a copy of the dossier in
the tab and an address all lead to it without a word more.
"""

from __future__ import annotations

import streamlit as st

from pensebete.assessment.steps import ESSENTIALS_STEP, FORMER_STEP, Step, essential_steps, steps
from pensebete.web.session.screen import show_item
from pensebete.web.session.state import evaluation

STEP = "step"  # in the address


def asked_steps() -> tuple[Step, ...]:
    """The steps of this visit: those of the essentials by the short way, else those of the domains."""
    return short_way_steps() if short_way() else whole_way_steps()


def short_way() -> bool:
    """Whether this visit answers the essentials alone."""
    return (place() or "").startswith(ESSENTIALS_STEP) and bool(short_way_steps())


def short_way_steps() -> tuple[Step, ...]:
    """What the short way would ask; none where there is no such way: without essentials, or with nothing else."""
    found = evaluation()
    return essential_steps(found.checklist, found.item_states)


def whole_way_steps() -> tuple[Step, ...]:
    """What the way through everything asks."""
    found = evaluation()
    return steps(found.checklist, found.item_states)


def take_short_way() -> None:
    go_to(ESSENTIALS_STEP)


def take_whole_way() -> None:
    go_to(whole_way_steps()[0].id)


def current_step() -> Step:
    """The step one is at; the first one at the beginning, or where that step is no more."""
    asked = asked_steps()
    return next((step for step in asked if step.id == place()), asked[0])


def place() -> str | None:
    """The step of the questionnaire one is at."""
    found: str | None = st.session_state.get("place")
    return found


def go_to(step: str, item: str | None = None) -> None:
    """To a step of the questionnaire: to its top, or to the card of an item."""
    st.session_state["place"] = ESSENTIALS_STEP if step.startswith(FORMER_STEP) else step
    show_item(item)


def go_to_item(item: str) -> None:
    """To the card of an item: in the steps of this visit, else, by the short way, in its domain."""
    for step in (*asked_steps(), *whole_way_steps()):
        if any(state.item.id == item for state in step.item_states):
            go_to(step.id, item)
            return


def go_on_as_answered() -> None:
    """Another dossier has come: one in which nothing but essentials is answered goes on by the short way."""
    if evaluation().essentials_only:
        take_short_way()
    elif short_way():
        take_whole_way()


def follow_address() -> None:
    """Each step has its address: Back, Forward and a reload lead to one, a way on writes its own.

    To be called where the page is the questionnaire; the framework drops the step from the address at each page change.
    """
    said, before = st.query_params.get(STEP), st.session_state.get("step_in_address")
    if said is not None and said != before:
        go_to(said)  # the visitor went there by the browser
    if said is not None:
        st.session_state["step_was_asked"] = True
    now = current_step().id  # what is no step is taken for the first one
    st.session_state["place"] = st.session_state["step_in_address"] = now
    if said != now:
        st.query_params[STEP] = now


def step_was_asked() -> bool:
    """Whether the address asked for a step: it goes before the one that a copy of the dossier remembers."""
    return "step_was_asked" in st.session_state
