"""The answers to look over before the results, each a tap from the card where it is given."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

import streamlit as st

from pensebete.assessment.item_state import ItemState, of_domain, to_confirm
from pensebete.assessment.profile import may_exclude
from pensebete.assessment.steps import progress
from pensebete.checklist.model import Checklist, Item
from pensebete.checklist.status import rule_of
from pensebete.evaluation.evaluation import Evaluation
from pensebete.evaluation.readiness_text import answer_words, answers_words
from pensebete.evaluation.status_icon import sign
from pensebete.text.markdown_escape import label, plain
from pensebete.web import session
from pensebete.web.layout.navigation import open_card, page
from pensebete.web.views.start.profile_form import PROFILE_FOLD

_SHOWN = 140  # characters of a note


def left_to_see(checklist: Checklist, item_states: Sequence[ItemState]) -> None:
    """What a reader of the results would ask about, named, each leading to its field."""
    say, language = session.say(), session.language()
    item_states = _asked_of(item_states)
    overall = progress(item_states)
    st.markdown(plain(say("check.answered", n=overall.answered, of=overall.of)))
    found: list[tuple[str, Item]] = []
    for domain in checklist.domains:
        open_ones = [s for s in of_domain(item_states, domain.id) if not s.answered and not s.without_reason]
        if open_ones:
            words = say("check.unanswered", n=len(open_ones), domain=domain.title[language])
            found.append((words, open_ones[0].item))
    found += [(say("check.reason", ref=s.item.ref), s.item) for s in item_states if s.without_reason]
    found += [(say("check.confirm", ref=s.item.ref), s.item) for s in to_confirm(item_states) if s.applies]
    if not found:
        return
    with st.container(border=True, key="left-to-see", gap="xxsmall"):
        st.header(say("check.left"), anchor=False)
        for n, (words, item) in enumerate(found):
            if st.button(label(words), type="tertiary", key=session.key(f"see.{n}")):
                open_card(item.id)


def _asked_of(item_states: Iterable[ItemState]) -> tuple[ItemState, ...]:
    """Those that this visit asks: what the short way leaves out is no omission."""
    asked = {state.item.id for step in session.asked_steps() for state in step.item_states}
    return tuple(state for state in item_states if state.item.id in asked)


def about_enterprise(evaluation: Evaluation) -> None:
    """What was said of the enterprise, which decides what applies; what the questions left open may still set aside."""
    say, language, profile = session.say(), session.language(), evaluation.profile
    questions = [question for step in session.asked_steps() for question in step.questions]
    if not questions:
        return
    answered = [question for question in questions if profile.get(question.id)]
    with st.container(key="checked-profile"), st.expander(say("check.profile", n=len(answered), of=len(questions))):
        for question in answered:
            labels = {option.id: option.label[language] for option in question.options}
            words = "; ".join(labels[id] for id in profile[question.id])
            st.html(_asked(question.question[language], escape(words)))
        if st.button(say("check.profile.change"), type="tertiary", key=session.key("change_profile")):
            session.widget_shows(session.key(PROFILE_FOLD), True)
            st.switch_page(page("start"))
    if left := len(questions) - len(answered):
        said = [say("check.profile.open", n=left)]
        asked = {state.item.id for state in _asked_of(evaluation.item_states)}
        if excludable := sum(item.id in asked for item in may_exclude(evaluation.checklist, profile)):
            said.append(say("check.profile.may", n=excludable))
        st.caption(plain(" ".join(said)))


def answers_by_domain(evaluation: Evaluation) -> None:
    """A domain a fold with its counts, open where something is left to see; in it each answer and what goes with it."""
    say, language, checklist = session.say(), session.language(), evaluation.checklist
    for domain in checklist.domains:
        states = _asked_of(of_domain(evaluation.item_states, domain.id))
        if not states:
            continue
        done, short = progress(states), session.short_way()
        answers = "" if short else answers_words(checklist, evaluation.readiness.domains[domain.id], say)
        words = say(
            "check.domain.short" if short else "check.domain",
            domain=label(domain.title[language]),
            answered=say.number(done.answered),
            of=say.number(done.of),
            answers=label(answers),
        )
        # One that was not begun is named above, with the way to it.
        begun = 0 < done.answered < done.of
        waiting = begun or any(s.without_reason for s in states) or bool(to_confirm(states))
        with st.container(key=f"checked-{domain.id}"), st.expander(words, expanded=waiting):
            for state in states:
                item = state.item
                with st.container(key=f"line-{item.id}", horizontal=True, vertical_alignment="center", gap="small"):
                    st.html(_line(checklist, state))
                    if st.button(say("check.change", ref=plain(item.ref)), type="tertiary", key=session.key(item.id)):
                        open_card(item.id)


def _line(checklist: Checklist, state: ItemState) -> str:
    """The answer by its sign and its word, then the reason and the beginning of the note."""
    say, item, answer = session.say(), state.item, state.answer
    drawn = sign("not_applicable" if state.set_aside else state.current)
    said = [f"{drawn}<strong>{escape(answer_words(checklist, state, say))}</strong>"]
    if answer.reason.strip() and rule_of(state.status).asks_reason:
        said.append(escape(say("check.reason.given", reason=shortened(answer.reason))))
    if answer.note.strip():
        said.append(escape(say("check.note", note=shortened(answer.note))))
    return _asked(f"{item.ref} · {item.title[say.language]}", *said)


def _asked(question: str, *said: str) -> str:
    """A question, and under it what was said, which is HTML."""
    answers = "".join(f'<p class="line-answer">{one}</p>' for one in said)
    return f'<p class="line-title">{escape(question)}</p>{answers}'


def shortened(text: str) -> str:
    """The beginning of what somebody typed, on one line; « … » where there is more."""
    text = " ".join(text.split())
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN].rstrip()}…"
