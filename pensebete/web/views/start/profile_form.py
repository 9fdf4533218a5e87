"""The profile: ten short questions, all optional, that decide which items apply; all of them, or those of a step."""

from __future__ import annotations

import streamlit as st

from pensebete.assessment.edits import with_choice
from pensebete.assessment.profile import may_exclude, settled
from pensebete.assessment.review.model import About
from pensebete.assessment.steps import Step
from pensebete.checklist.model import Checklist, ProfileQuestion
from pensebete.checklist.question_kinds import given
from pensebete.text.markdown_escape import label, plain
from pensebete.web import session
from pensebete.web.views.remarks.advisor_form import remark_fold

PROFILE_FOLD = "profile_fold"


def _title(checklist: Checklist, asked: int) -> str:
    """« Votre entreprise : 9 questions, jusqu’à 14 éléments de moins », so that nobody passes over them unknowingly."""
    say, excludable = session.say(), len(may_exclude(checklist, {}))
    title = say("profile.title", n=asked)
    return plain(say("profile.title.less", title=title, n=excludable) if excludable else title)


def profile_form(checklist: Checklist) -> None:
    """The questions in order; one that belongs with another stands under it, without a number of its own."""
    say = session.say()
    if not checklist.profile:
        return
    numbered = [question.id for question in checklist.profile if question.belongs_with is None]
    with st.container(key="profile", gap=None):
        st.header(_title(checklist, len(numbered)), anchor=False)
        st.markdown(plain(say("profile.explained")))
        for question in checklist.profile:
            number = f"{numbered.index(question.id) + 1}. " if question.id in numbered else ""
            _ask(question, number)
    aside = sum(state.set_aside for state in session.evaluation().item_states)
    if aside:
        st.info(say("profile.set_aside", n=aside))


def folded_profile(checklist: Checklist) -> None:
    """The same, folded, for who has begun already; open where one was sent here to change it."""
    if not checklist.profile:
        return
    say = session.say()
    with st.expander(say("welcome.profile"), type="compact", key=session.key(PROFILE_FOLD), on_change="rerun"):
        profile_form(checklist)


def questions_of_step(step: Step) -> None:
    """Those that decide what the step asks, above it; folded where one comes back and all have their answer."""
    questions = step.questions
    if not questions:
        return
    say, chosen = session.say(), session.evaluation().profile
    title = say("profile.of_step")
    if session.shown_since_arriving("profile", any(question.id not in chosen for question in questions)):
        with st.container(key="profile", gap=None):
            st.subheader(title, anchor=False)
            for question in questions:
                _ask(question, "")
    else:
        with (
            st.expander(title, type="compact", key=session.key("profile_of_step")),
            st.container(key="profile", gap=None),
        ):
            for question in questions:
                _ask(question, "")


def _ask(question: ProfileQuestion, number: str) -> None:
    language = session.language()
    kind, chosen = question.kind, given(session.assessment().profile.get(question.id, ()))
    known = {option.id: option.label[language] for option in question.options}
    picked = [id for id in known if id in chosen] if kind.offers_options else list(chosen)
    value = picked if kind.many else next(map(kind.as_value, picked), None)
    key = session.widget(f"profile.{question.id}", value)
    offered = {"options": list(known), "format_func": lambda id: plain(known[id])} if kind.offers_options else {}
    ask = getattr(st, kind.widget)
    with st.container(key=f"profile-{question.id}", gap=None):
        ask(
            label(number + question.question[language]),
            **offered,
            **kind.arguments,
            **{kind.value_argument: value},
            key=key,
            on_change=_chosen,
            args=(question, key),
            disabled=session.reading_only(),
            help=plain(question.help[language]) if question.help else None,
        )
        remark_fold(About(question=question.id), question.question[language])


def _chosen(question: ProfileQuestion, key: str) -> None:
    choice = session.typed(key)
    if isinstance(choice, list):
        choice = settled(question, session.assessment().profile.get(question.id, ()), tuple(choice))
    elif choice is not None:
        choice = str(choice)
    session.apply_edit(with_choice, question.id, choice)
