"""What comes first, the same words and the same list on the results page and on that of the plan."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from pensebete.assessment.edits import confirmed
from pensebete.assessment.item_state import ItemState
from pensebete.checklist.model import Checklist
from pensebete.evaluation.action_plan import Action
from pensebete.evaluation.action_text import action_text
from pensebete.evaluation.evaluation import Evaluation
from pensebete.evaluation.history_text import confirm_label
from pensebete.evaluation.plan_text import unanswered_words, when_words, who_words
from pensebete.text.markdown_escape import plain
from pensebete.web import session
from pensebete.web.layout.navigation import page


def answer_first(evaluation: Evaluation) -> None:
    """While an answer is missing, to answer is the first thing to do."""
    say = session.say()
    said = unanswered_words(evaluation, say)
    if not said:
        return
    with st.container(border=True, key="answer-first"):
        st.markdown(f"**{plain(said[0])}** {plain(' '.join(said[1:]))}")
        if st.button(say("plan.answer"), key=session.key("answer_first")):
            waiting = evaluation.unanswered[0]
            session.go_to(waiting.domain.id, waiting.item.id)
            st.switch_page(page("questionnaire"))


def first_list(evaluation: Evaluation) -> None:
    """« D’abord »: five lines at most."""
    if firsts := evaluation.first_actions:
        st.header(session.say()("first.title"), anchor=False)
        with st.container(key="first-actions"):
            st.markdown(_lines(evaluation, firsts))


def week_list(evaluation: Evaluation) -> None:
    """What else is late or due within seven days: with « D’abord », seven lines at most."""
    named = [action for action in evaluation.this_week if action not in evaluation.first_actions]
    if named:
        st.header(session.say()("week.title"), anchor=False)
        with st.container(key="this-week"):
            st.markdown(_lines(evaluation, named, len(evaluation.first_actions) + 1))


def _lines(evaluation: Evaluation, actions: Iterable[Action], first: int = 1) -> str:
    say, today = session.say(), evaluation.today
    lines = []
    for n, action in enumerate(actions, first):
        about = [action.item.ref] if action.item else []
        about += [who_words(evaluation.checklist, action, say), when_words(action, today, say)]
        # Two spaces: the rest stands under the action.
        lines.append(f"{n}. **{plain(action_text(action, say))}**  \n   {plain(' · '.join(about))}")
    return "\n".join(lines)


def confirm_button(checklist: Checklist, state: ItemState) -> None:
    """One tap: it is still so."""
    st.button(
        plain(f"{confirm_label(checklist, state, session.say())} · {state.item.ref}"),
        key=session.key(f"reconfirm.{state.item.id}"),
        on_click=session.apply_edit,
        args=(confirmed, state.item.id),
        disabled=session.reading_only(),
    )
