"""The profile: nine short questions, all optional, that decide which items apply."""

from __future__ import annotations

import streamlit as st

from pensebete.assessment.edits import with_choice
from pensebete.assessment.profile import options_in
from pensebete.checklist.model import Checklist, ProfileQuestion
from pensebete.text.markdown_escape import label, plain
from pensebete.web import session


def profile_form(checklist: Checklist) -> None:
    """The questions in order; one that belongs with another stands under it, without a number of its own."""
    say = session.say()
    if not checklist.profile:
        return
    numbered = [question.id for question in checklist.profile if question.belongs_with is None]
    st.header(say("profile.title", n=len(numbered)), anchor=False)
    st.write(say("profile.explained"))
    for question in checklist.profile:
        number = f"{numbered.index(question.id) + 1}. " if question.id in numbered else ""
        _ask(question, number)
    aside = sum(state.set_aside for state in session.evaluation().item_states)
    if aside:
        st.info(say("profile.set_aside", n=aside))


def _ask(question: ProfileQuestion, number: str) -> None:
    language = session.language()
    several = question.choose == "several"
    chosen = session.assessment().profile.get(question.id)
    known = {option.id: option.label[language] for option in question.options}
    picked = [id for id in known if id in options_in(chosen or ())]
    value = picked if several else next(iter(picked), None)
    key = session.widget(f"profile.{question.id}", value)
    with st.container(key=f"profile-{question.id}", gap=None):
        st.pills(
            label(number + question.question[language]),
            list(known),
            selection_mode="multi" if several else "single",
            format_func=lambda id: plain(known[id]),
            default=value,
            key=key,
            on_change=_chosen,
            args=(question.id, key),
            disabled=session.reading_only(),
        )
        if question.help:
            st.caption(plain(question.help[language]))


def _chosen(question: str, key: str) -> None:
    choice = session.typed(key)
    session.apply_edit(with_choice, question, tuple(choice) if isinstance(choice, list) else choice)
