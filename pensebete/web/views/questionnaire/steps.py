"""The way through the questionnaire: how far along one is, which step, the next and the one before."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import streamlit as st

from pensebete.assessment.item_state import to_confirm
from pensebete.assessment.steps import Step, progress, steps
from pensebete.checklist.status import Status
from pensebete.evaluation.history_text import to_confirm_words
from pensebete.evaluation.priority import most_urgent
from pensebete.text.markdown_escape import label, plain
from pensebete.web import session
from pensebete.web.components.status_icon import sign
from pensebete.web.layout.navigation import page
from pensebete.web.layout.step_bar import ways_on


def asked_steps() -> tuple[Step, ...]:
    """The steps of this visit, which may have asked for the most urgent items first."""
    evaluation = session.evaluation()
    urgent = most_urgent(evaluation.checklist, evaluation.item_states) if session.urgent_first() else ()
    return steps(evaluation.checklist, evaluation.item_states, urgent)


def progress_shown(step: Step) -> Callable[[], None]:
    """A function that shows here how many items have an answer: of this step, and of all."""
    slot = st.empty()
    of_step = {state.item.id for state in step.item_states}

    def show() -> None:
        say, item_states = session.say(), session.evaluation().item_states
        here = progress(state for state in item_states if state.item.id in of_step)
        overall = progress(item_states)
        text = " · ".join(
            (
                say("questionnaire.progress.step", step=_name(step), n=here.answered, of=here.of),
                say("questionnaire.progress", n=overall.answered, of=overall.of),
            )
        )
        slot.progress(overall.answered / overall.of if overall.of else 1.0, text=plain(text))

    return show


def answers_to_confirm() -> None:
    """How many answers wait for a word, and where."""
    say, found = session.say(), to_confirm(session.evaluation().item_states)
    if found:
        refs = ", ".join(state.item.ref for state in found)
        st.info(plain(say("questionnaire.to_confirm", count=to_confirm_words(len(found), say), refs=refs)))


def current_step(asked: tuple[Step, ...]) -> Step:
    """The step one is at; the first one at the beginning, or where that step is no more."""
    return next((step for step in asked if step.id == session.place()), asked[0])


def choose_step(asked: tuple[Step, ...], current: Step) -> None:
    """The list of the steps with the state of each, and the most urgent first for those who wish. Made when opened."""
    say = session.say()
    opened = session.key("all_steps")
    fold = st.expander(say("questionnaire.all_steps"), key=opened, type="compact", on_change="rerun")
    if not fold.open:
        return
    with fold, st.container(key="task-list", gap="xxsmall"):
        for n, step in enumerate(asked):
            with st.container(key=f"task-{n}", horizontal=True, vertical_alignment="center", gap="small"):
                st.button(
                    label(_name(step)),
                    type="tertiary",
                    key=session.key(f"task.{step.id}"),
                    on_click=_go,
                    args=(step.id, opened),
                )
                st.html(_state(step, step == current))
        key = session.widget("urgent_first", session.urgent_first())
        st.toggle(
            say("questionnaire.urgent_first"),
            session.urgent_first(),
            key=key,
            on_change=lambda: session.set_urgent_first(session.typed(key)),
        )


def _go(step: str, opened: str) -> None:
    session.go_to(step)
    session.widget_shows(opened, False)


def _state(step: Step, is_current: bool) -> str:
    """« Terminé · 6 sur 6 », with its sign, and whether one is there."""
    say, of_it = session.say(), progress(step.item_states)
    kind: Status = "done" if of_it.complete else "in_progress" if of_it.answered else "to_do"
    words = say(f"questionnaire.state.{kind}", answered=of_it.answered, of=of_it.of)
    here = f" · {say('questionnaire.here')}" if is_current else ""
    return f'<p class="line-answer">{sign(kind)}<span>{escape(words + here)}</span></p>'


def step_title(asked: tuple[Step, ...], step: Step) -> None:
    """Which step of how many, its heading, and what it is about."""
    say, language = session.say(), session.language()
    with st.container(key="step-title", gap=None):
        st.html(
            f'<p class="above-title">{escape(say("questionnaire.at", step=asked.index(step) + 1, of=len(asked)))}</p>'
        )
        st.header(plain(_name(step)), anchor=False)
    if step.domain is None:
        st.write(say("questionnaire.urgent.intro"))
    elif step.domain.intro:
        st.markdown(plain(step.domain.intro[language]))


def how_to_stop() -> None:
    """That one may stop, and what then becomes of the answers."""
    say = session.say()
    st.caption(plain(say("questionnaire.stop_saved") if session.saving() else say("questionnaire.stop")))


def next_and_previous(asked: tuple[Step, ...], current: Step) -> None:
    """The ways on: after the last step, to the answers given."""
    say = session.say()
    place = asked.index(current)
    with ways_on():
        if place > 0:
            st.button(
                say("questionnaire.previous"),
                key=session.key("previous"),
                on_click=session.go_to,
                args=(asked[place - 1].id,),
            )
        if place + 1 < len(asked):
            after = asked[place + 1]
            st.button(
                say("questionnaire.next", step=plain(_name(after))),
                key=session.key("next"),
                type="primary",
                on_click=session.go_to,
                args=(after.id,),
            )
        elif st.button(say("questionnaire.to_check"), key=session.key("to_check"), type="primary"):
            st.switch_page(page("check_answers"))


def _name(step: Step) -> str:
    say = session.say()
    name = step.domain.title[session.language()] if step.domain else say("questionnaire.urgent")
    return say("questionnaire.part", step=name, part=step.part, parts=step.parts) if step.parts > 1 else name
