"""The way through the questionnaire: how far along one is, which step, the next and the one before."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from pensebete.followup_words import to_confirm_words
from pensebete.journey import Standing, Step, of_domain, progress, to_confirm
from pensebete.web import session
from pensebete.web.frame import page
from pensebete.web.plain import plain

_MOST_SIDE_BY_SIDE = 12  # steps; more are chosen from a list


def choose_mode() -> None:
    """All the items, or the most urgent first."""
    key = session.widget("urgent_first", session.urgent_first())
    st.toggle(
        session.say()("questionnaire.urgent_first"),
        key=key,
        on_change=lambda: session.set_urgent_first(session.typed(key)),
    )


def progress_shown(step: Step) -> Callable[[], None]:
    """A function that shows here how many items have an answer: of this step, of all, and of each domain."""
    slot, domains = st.empty(), st.empty()
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
        domains.caption(plain(_domains(standings)))

    return show


def answers_to_confirm() -> None:
    """How many answers wait for a word, and where."""
    say, found = session.say(), to_confirm(session.standings(), session.today())
    if found:
        refs = ", ".join(standing.item.ref for standing in found)
        st.info(plain(say("questionnaire.to_confirm", count=to_confirm_words(len(found), say), refs=refs)))


def _domains(standings: Sequence[Standing]) -> str:
    """« Communication : 3 sur 6 · Ressources humaines : 0 sur 6 · … »"""
    say, parts = session.say(), []
    for domain in session.checklist().domains:
        of_it = progress(of_domain(standings, domain.id))
        name = domain.title[session.language()]
        parts.append(say("questionnaire.progress.step", step=name, n=of_it.answered, of=of_it.of))
    return " · ".join(parts)


def current_step(steps: tuple[Step, ...]) -> Step:
    """The step one is at; the first one at the beginning, or where that step is no more."""
    return next((step for step in steps if step.id == session.place()), steps[0])


def choose_step(steps: tuple[Step, ...], current: Step) -> None:
    """Any step, in any order."""
    say = session.say()
    key = session.key(f"step.{current.id}.{session.urgent_first()}")
    session.widget_shows(key, current.id)
    by_id = {step.id: step for step in steps}
    if len(steps) > _MOST_SIDE_BY_SIDE:
        st.selectbox(
            say("questionnaire.step"),
            list(by_id),
            format_func=lambda id: _name(by_id[id]),
            key=key,
            on_change=lambda: session.go_to(session.typed(key)),
        )
        return
    st.segmented_control(
        say("questionnaire.step"),
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
    say = session.say()
    name = step.domain.title[session.language()] if step.domain else say("questionnaire.urgent")
    return say("questionnaire.part", step=name, part=step.part, parts=step.parts) if step.parts > 1 else name
