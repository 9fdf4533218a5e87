"""What comes first, the same words and the same list on the results page and on that of the plan."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Literal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pensebete.assessment.edits import confirmed
from pensebete.assessment.item_state import ItemState
from pensebete.assessment.model import State
from pensebete.checklist.model import Checklist
from pensebete.evaluation.action_plan import Action
from pensebete.evaluation.action_text import action_text
from pensebete.evaluation.evaluation import Evaluation
from pensebete.evaluation.first_actions import actions_of
from pensebete.evaluation.history_text import confirm_label
from pensebete.evaluation.plan_text import unanswered_words, when_words, who_words
from pensebete.evaluation.urgency import urgency_of
from pensebete.text.markdown_escape import label, plain
from pensebete.web import session
from pensebete.web.components.urgency import urgency_html
from pensebete.web.layout.edit_action import edit_action
from pensebete.web.layout.navigation import open_card

Look = Literal["primary", "secondary", "tertiary"]
_WITH_BUTTONS = 3  # enough for a day; those after them are folded


def answer_first(evaluation: Evaluation, named: bool = True) -> None:
    """While an answer is missing, to answer is the first thing to do: in one line, then which of them are essential.

    Not `named` above the one thing of today, which is to stay in sight: the end of that page says which they are.
    """
    said = unanswered_words(evaluation, session.say())
    if not said:
        return
    with st.container(key="answer-first", gap="xsmall"):
        if st.button(label(said[0].rstrip(".")), key=session.key("answer_first"), width="stretch"):
            open_card(evaluation.to_answer[0].item.id)
        if named and said[1:]:
            st.caption(plain(" ".join(said[1:])))


def first_list(evaluation: Evaluation) -> None:
    """« D’abord »: five at most, the first three with what one can do about them here, the others folded."""
    if firsts := evaluation.first_actions:
        st.header(session.say()("first.title"), anchor=False)
        with st.container(key="first-actions", gap="xsmall"):
            for n, action in enumerate(firsts[:_WITH_BUTTONS], 1):
                _card(evaluation, action, n)
            _folded(evaluation, _WITH_BUTTONS)


def first_list_but_the_first(evaluation: Evaluation) -> None:
    """The same list below the card of the first: the same places, nothing to tap."""
    if evaluation.first_actions[1:]:
        st.header(session.say()("first.title"), anchor=False)
        with st.container(key="first-actions", gap="xsmall"):
            _read(evaluation, 1, _WITH_BUTTONS)
            _folded(evaluation, _WITH_BUTTONS)


def _folded(evaluation: Evaluation, after: int) -> None:
    if rest := evaluation.first_actions[after:]:
        with st.expander(session.say()("first.more", n=len(rest)), type="compact"):
            _read(evaluation, after)


def _read(evaluation: Evaluation, after: int, until: int | None = None) -> None:
    for n, action in enumerate(evaluation.first_actions[after:until], after + 1):
        with ahead(evaluation, action, str(n)):
            st.html(first_html(evaluation, action, n))


def _card(evaluation: Evaluation, action: Action, n: int) -> None:
    with ahead(evaluation, action, str(n)):
        st.html(first_html(evaluation, action, n))
        with st.container(horizontal=True, gap="small"):
            _first_button(evaluation, action, f"first.{n}")
            if not to_verify(action):
                item_button(evaluation, action, f"first.{n}")


def ahead(evaluation: Evaluation, action: Action, name: str) -> DeltaGenerator:
    """What holds an action that comes first; on its edge the colour of its urgency."""
    return st.container(key=f"ahead-{urgency_of(evaluation.checklist, action)}-{name}", gap="xsmall")


def first_html(evaluation: Evaluation, action: Action, n: int) -> str:
    """When, about which item and by whom; then what, under its place in the list."""
    what = f"{n}. {action_text(action, session.say())}"
    return f'{when_html(evaluation, action)}<h3 class="first-what">{escape(what)}</h3>'


def when_html(evaluation: Evaluation, action: Action) -> str:
    say, checklist = session.say(), evaluation.checklist
    about = [action.item.ref] if action.item else []
    about.append(who_words(checklist, action, say))
    when = urgency_html(urgency_of(checklist, action), when_words(action, evaluation.today, say))
    return f'<p class="first-when">{when} <span class="first-about">{escape(" · ".join(about))}</span></p>'


def to_verify(action: Action) -> bool:
    """Whether it is done by answering."""
    return action.kind in ("verify", "verify_together")


def _first_button(evaluation: Evaluation, action: Action, where: str) -> None:
    """The one tap that says it is done, for whoever may write; what is to verify is to be answered."""
    say, item = session.say(), action.item
    if to_verify(action):
        item_button(evaluation, action, where)
    elif session.reading_only():
        return
    elif action.kind == "reconfirm" and item:
        confirm_button(evaluation.checklist, evaluation.state_of(item.id), "first")
    else:
        st.button(
            say("first.done", ref=plain(item.ref)) if item else say("first.done.own"),
            key=session.key(f"first.done.{action.name}"),
            type="primary",
            on_click=_done,
            args=(action,),
        )


def item_button(evaluation: Evaluation, action: Action, where: str, look: Look = "secondary") -> None:
    """The way to the item: to its help, or to answer what is to verify; nothing for an action about no item."""
    item = action.item
    if item is None and to_verify(action):
        item = next(a.item for a in actions_of(evaluation.plan, action))
    if item is None:
        return
    words = session.say()("first.answer" if to_verify(action) else "first.help", ref=plain(item.ref))
    if st.button(words, key=session.key(f"{where}.item"), type=look):
        open_card(item.id)


def _done(action: Action) -> None:
    """The action is done; a thumb that slipped takes it back."""
    say, before = session.say(), action.state
    set_state(action, "done")
    session.notify(say("first.noted"))
    session.offer_undo("action_done", lambda: set_state(action, before))


def set_state(action: Action, state: State) -> None:
    edit_action(action, state=state)
    session.widget_forgets(f"state.{action.name}")


def confirm_button(
    checklist: Checklist, state: ItemState, where: str = "", confirm: Callable[[], None] | None = None
) -> None:
    """One tap: it is still so. `where`: which of two on a page; `confirm`: what does it there, its first button."""
    st.button(
        plain(f"{confirm_label(checklist, state, session.say())} · {state.item.ref}"),
        key=session.key(f"reconfirm.{where}{state.item.id}"),
        type="primary" if confirm else "secondary",
        on_click=confirm or (lambda: session.apply_edit(confirmed, state.item.id)),
        disabled=session.reading_only(),
    )
