"""The way through the questionnaire: how far along one is, which step, the next and the one before."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pensebete.journey import Step, progress
from pensebete.web import session
from pensebete.web.frame import page
from pensebete.web.page_focus import start_at_the_top
from pensebete.web.plain import plain


def choose_mode() -> None:
    """All the items, or the most urgent first."""
    key = session.widget("urgent_first", session.urgent_first())
    st.toggle(
        session.say()("questionnaire.urgent_first"),
        key=key,
        on_change=lambda: session.set_urgent_first(session.typed(key)),
    )


def progress_shown_in(slot: DeltaGenerator, step: Step) -> Callable[[], None]:
    """A function that shows in `slot` how many items have an answer, of this step and of all."""
    of_step = {standing.item.id for standing in step.standings}

    def show() -> None:
        say, standings = session.say(), session.standings()
        here = progress(standing for standing in standings if standing.item.id in of_step)
        overall = progress(standings)
        text = " · ".join(
            (
                say("questionnaire.progress.step", step=_name(step), n=here.answered, of=here.of),
                say("questionnaire.progress", n=overall.answered, of=overall.of),
            )
        )
        slot.progress(overall.answered / overall.of if overall.of else 1.0, text=plain(text))

    return show


def current_step(steps: tuple[Step, ...]) -> Step:
    """The step one is at; the first one at the beginning, or where that step is no more."""
    return next((step for step in steps if step.id == session.place()), steps[0])


def choose_step(steps: tuple[Step, ...], current: Step) -> None:
    """Any step, in any order."""
    key = session.key(f"step.{current.id}.{session.urgent_first()}")
    session.widget_shows(key, current.id)
    by_id = {step.id: step for step in steps}
    st.segmented_control(
        session.say()("questionnaire.step"),
        list(by_id),
        format_func=lambda id: plain(_name(by_id[id])),
        key=key,
        required=True,
        label_visibility="collapsed",
        on_change=lambda: session.go_to(session.typed(key)),
    )


def step_title(step: Step) -> None:
    """The heading of the step, and what it is about."""
    language = session.language()
    with st.container(key="step-title"):
        st.header(plain(_name(step)), anchor=False)
    if step.domain is None:
        st.write(session.say()("questionnaire.urgent.intro"))
    elif step.domain.intro:
        st.markdown(plain(step.domain.intro[language]))
    start_at_the_top(step.id)


def next_and_previous(steps: tuple[Step, ...], current: Step) -> None:
    """The ways on: after the last step, to the results."""
    say = session.say()
    place = steps.index(current)
    with st.container(horizontal=True, key="ways-on", horizontal_alignment="distribute"):
        if place > 0:
            before = steps[place - 1]
            st.button(
                say("questionnaire.previous", step=plain(_name(before))),
                key=session.key("previous"),
                on_click=session.go_to,
                args=(before.id,),
            )
        if place + 1 < len(steps):
            after = steps[place + 1]
            st.button(
                say("questionnaire.next", step=plain(_name(after))),
                key=session.key("next"),
                type="primary",
                on_click=session.go_to,
                args=(after.id,),
            )
        elif st.button(say("questionnaire.to_results"), key=session.key("to_results"), type="primary"):
            st.switch_page(page("results"))


def _name(step: Step) -> str:
    return step.domain.title[session.language()] if step.domain else session.say()("questionnaire.urgent")
