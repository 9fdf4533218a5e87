"""The way through the questionnaire: how far along one is, which step, the next and the one before."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pensebete.assessment.item_state import ItemState, to_confirm
from pensebete.assessment.steps import Progress, Step, progress
from pensebete.evaluation.domain_icon import domain_icon
from pensebete.evaluation.evaluation import Evaluation
from pensebete.evaluation.history_text import to_confirm_words
from pensebete.evaluation.step_html import progress_html, state_html, step_intro, step_name
from pensebete.text.markdown_escape import label, plain
from pensebete.web import session
from pensebete.web.layout.navigation import page
from pensebete.web.layout.step_bar import ways_on
from pensebete.web.layout.the_rest import the_rest


def where_one_is(asked: tuple[Step, ...], current: Step) -> None:
    """Which step of how many, and how many answers of how many."""
    with st.container(key="where", horizontal=True, vertical_alignment="center"):
        choose_step(asked, current)
        places = session.evaluation().places
        each = [_Counted(step.item_states, places) for step in asked]
        here = each[asked.index(current)]
        session.show_changes_in(
            st.empty(),
            lambda evaluation: (here.now(evaluation), _together(each, evaluation)),
            partial(_show_count, current),
        )


class _Counted:
    """How many of some items have an answer, as they stand; counted anew where one of them stands otherwise."""

    def __init__(self, states: Sequence[ItemState], places: Mapping[str, int]) -> None:
        self._places = [places[state.item.id] for state in states]
        self._states, self._progress = tuple(states), progress(states)

    def now(self, evaluation: Evaluation) -> Progress:
        states = tuple([evaluation.item_states[place] for place in self._places])
        if states != self._states:
            self._states, self._progress = states, progress(states)
        return self._progress


def _together(each: Iterable[_Counted], evaluation: Evaluation) -> Progress:
    found = [counted.now(evaluation) for counted in each]
    return Progress(sum(one.answered for one in found), sum(one.of for one in found))


def _show_count(step: Step, slot: DeltaGenerator, counts: tuple[Progress, Progress]) -> None:
    slot.html(progress_html(step, *counts, session.say()))


def answers_to_confirm() -> None:
    """How many answers wait for a word, and where."""
    say, found = session.say(), to_confirm(session.evaluation().item_states)
    if found:
        refs = ", ".join(state.item.ref for state in found)
        st.info(plain(say("questionnaire.to_confirm", count=to_confirm_words(len(found), say), refs=refs)))


def choose_step(asked: tuple[Step, ...], current: Step) -> None:
    """Which step of how many; unfolded, the list of them. Made when opened."""
    say = session.say()
    opened = session.key("all_steps")
    at = say("questionnaire.at", step=asked.index(current) + 1, of=len(asked))
    with st.container(key="all-steps", width="content"):
        fold = st.expander(at, key=opened, type="compact", on_change="rerun")
    if fold.open:
        with fold, st.container(key="task-list", gap="xxsmall"):
            _introduce(current)
            _tasks("task", asked, current)
            if session.short_way():
                the_rest("tasks")


def steps_beside(asked: tuple[Step, ...], current: Step) -> None:
    """The same list, on a screen that has room for it beside the questions."""
    with st.container(key="tasks-beside", gap="xxsmall"):
        _tasks("beside", asked, current)
        if session.short_way():
            the_rest("beside")


def _tasks(kind: str, asked: tuple[Step, ...], current: Step) -> None:
    places = session.evaluation().places
    for n, step in enumerate(asked):
        here = "-here" if step == current else ""
        with st.container(key=f"{kind}-{n}{here}", horizontal=True, vertical_alignment="center", gap="small"):
            st.html(domain_icon(step.domain.id if step.domain else ""), width="content")
            st.button(
                label(step_name(step, session.say())),
                type="tertiary",
                key=session.key(f"{kind}.{step.id}"),
                on_click=_go,
                args=(step.id,),
            )
            session.show_changes_in(st.empty(), _Counted(step.item_states, places).now, _shows_state(step == current))


def _go(step: str) -> None:
    session.go_to(step)
    session.widget_shows(session.key("all_steps"), False)


def _shows_state(is_current: bool) -> Callable[[DeltaGenerator, Progress], object]:
    return lambda slot, of_it: slot.html(state_html(of_it, is_current, session.say()))


def step_title(step: Step) -> None:
    """The heading of a step; and what it is about, while nothing is answered: after that, in the fold of the steps."""
    with st.container(key="step-title", gap=None):
        st.header(plain(step_name(step, session.say())), anchor=False)
        begun = any(state.answered for state in session.evaluation().item_states)
        if session.shown_since_arriving("intro", not begun):
            _introduce(step)


def _introduce(step: Step) -> None:
    if intro := step_intro(step, session.say()):
        st.markdown(plain(intro))


def next_and_previous(asked: tuple[Step, ...], current: Step) -> None:
    """The ways on: after the last step, to the answers given; from the essentials, few as they are, to the results."""
    say = session.say()
    place = asked.index(current)
    with ways_on():
        if place > 0:
            st.button(
                say("questionnaire.previous"),
                key=session.key(f"previous.{current.id}"),
                on_click=session.go_to,
                args=(asked[place - 1].id,),
            )
        if place + 1 < len(asked):
            after = asked[place + 1]
            st.button(
                say("questionnaire.next", step=plain(step_name(after, session.say()))),
                key=session.key(f"next.{current.id}"),  # one of its own: a second tap leads no further
                type="primary",
                on_click=session.go_to,
                args=(after.id,),
            )
        elif session.short_way():
            if st.button(say("questionnaire.to_results"), key=session.key("to_results"), type="primary"):
                st.switch_page(page("results"))
        elif st.button(say("questionnaire.to_check"), key=session.key("to_check"), type="primary"):
            st.switch_page(page("check_answers"))
