"""The way through the questionnaire: its steps, the one where the visitor is, its address."""

from __future__ import annotations

import streamlit as st

from pensebete.assessment.steps import Step, steps
from pensebete.evaluation.priority import most_urgent
from pensebete.web.session.screen import show_item
from pensebete.web.session.state import evaluation

STEP = "step"  # in the address


def asked_steps() -> tuple[Step, ...]:
    """The steps of this visit, which may have asked for the most urgent items first."""
    found = evaluation()
    urgent = most_urgent(found.checklist, found.item_states) if urgent_first() else ()
    return steps(found.checklist, found.item_states, urgent)


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
    st.session_state["place"] = step
    show_item(item)


def go_to_item(item: str) -> None:
    """To the card of an item, in whatever step it is asked."""
    step = next(step for step in asked_steps() if any(state.item.id == item for state in step.item_states))
    go_to(step.id, item)


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


def urgent_first() -> bool:
    return bool(st.session_state.get("urgent_first", False))


def set_urgent_first(value: bool) -> None:
    st.session_state["urgent_first"] = value
    st.session_state.pop("place", None)
