"""What comes first, the same words and the same list on the results page and on that of the plan."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import streamlit as st

from pensebete.assessment.edits import confirmed
from pensebete.assessment.item_state import ItemState
from pensebete.assessment.model import State
from pensebete.checklist.model import Checklist
from pensebete.evaluation.action_plan import Action
from pensebete.evaluation.action_text import action_text
from pensebete.evaluation.evaluation import Evaluation
from pensebete.evaluation.history_text import confirm_label
from pensebete.evaluation.plan_text import unanswered_words, when_words, who_words
from pensebete.evaluation.urgency import urgency_of
from pensebete.text.markdown_escape import plain
from pensebete.web import session
from pensebete.web.components.urgency import urgency_html
from pensebete.web.layout.edit_action import edit_action
from pensebete.web.layout.navigation import open_card

_WITH_BUTTONS = 3  # enough for a day; those after them are folded


def answer_first(evaluation: Evaluation) -> None:
    """While an answer is missing, to answer is the first thing to do."""
    say = session.say()
    said = unanswered_words(evaluation, say)
    if not said:
        return
    with st.container(key="answer-first", gap="xsmall"):
        st.markdown(f"**{plain(said[0])}** {plain(' '.join(said[1:]))}")
        if st.button(say("plan.answer"), key=session.key("answer_first")):
            open_card(evaluation.to_answer[0].item.id)


def first_list(evaluation: Evaluation) -> None:
    """« D’abord »: five at most, the first three with what one can do about them here, the others folded."""
    if firsts := evaluation.first_actions:
        st.header(session.say()("first.title"), anchor=False)
        with st.container(key="first-actions", gap="xsmall"):
            for n, action in enumerate(firsts[:_WITH_BUTTONS], 1):
                _card(evaluation, action, n, buttons=True)
            if after := firsts[_WITH_BUTTONS:]:
                with st.expander(session.say()("first.more", n=len(after)), type="compact"):
                    for n, action in enumerate(after, _WITH_BUTTONS + 1):
                        _card(evaluation, action, n, buttons=False)


def _card(evaluation: Evaluation, action: Action, n: int, buttons: bool) -> None:
    """When, what, about which item and by whom; on the edge the colour of its urgency."""
    say, checklist = session.say(), evaluation.checklist
    urgency = urgency_of(checklist, action)
    about = [action.item.ref] if action.item else []
    about.append(who_words(checklist, action, say))
    with st.container(key=f"ahead-{urgency}-{n}", gap="xsmall"):
        st.html(
            f'<p class="first-when">{urgency_html(urgency, when_words(action, evaluation.today, say))}'
            f' <span class="first-about">{escape(" · ".join(about))}</span></p>'
            f'<h3 class="first-what">{n}. {escape(action_text(action, say))}</h3>'
        )
        if buttons:
            with st.container(horizontal=True, gap="small"):
                _buttons(evaluation, action, n)


def _buttons(evaluation: Evaluation, action: Action, n: int) -> None:
    """The one tap that says it is done, and the way to the help of its item; an item to verify is to be answered."""
    say, item = session.say(), action.item
    if action.kind in ("verify", "verify_together"):
        about = item or next(a.item for a in evaluation.plan if a.open and a.kind == "verify" and a.item)
        if st.button(say("first.answer", ref=plain(about.ref)), key=session.key(f"first.answer.{n}")):
            open_card(about.id)
        return
    if not session.reading_only():
        if action.kind == "reconfirm" and item:
            confirm_button(evaluation.checklist, evaluation.state_of(item.id), "first")
        else:
            st.button(
                say("first.done", ref=plain(item.ref)) if item else say("first.done.own"),
                key=session.key(f"first.done.{action.name}"),
                type="primary",
                on_click=_done,
                args=(action,),
            )
    if item and st.button(say("first.help", ref=plain(item.ref)), key=session.key(f"first.help.{n}")):
        open_card(item.id)


def _done(action: Action) -> None:
    """The action is done; a thumb that slipped takes it back."""
    say, before = session.say(), action.state
    _set_state(action, "done")
    session.notify(say("first.noted"))
    session.offer_undo("action_done", _back(action, before))


def _back(action: Action, before: State) -> Callable[[], None]:
    return lambda: _set_state(action, before)


def _set_state(action: Action, state: State) -> None:
    edit_action(action, state=state)
    session.widget_forgets(f"state.{action.name}")


def confirm_button(checklist: Checklist, state: ItemState, where: str = "") -> None:
    """One tap: it is still so. `where`: which of two on a page."""
    st.button(
        plain(f"{confirm_label(checklist, state, session.say())} · {state.item.ref}"),
        key=session.key(f"reconfirm.{where}{state.item.id}"),
        on_click=session.apply_edit,
        args=(confirmed, state.item.id),
        disabled=session.reading_only(),
    )
