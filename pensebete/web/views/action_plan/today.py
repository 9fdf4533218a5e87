"""« Aujourd’hui, une seule chose »: the first action of the list, large, with what one can do about it in one tap.

What was tapped stays said in its place until one asks for the next: no action comes under a thumb that meant another.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape
from typing import Literal

import streamlit as st

from pensebete.assessment.model import LAST_DAY
from pensebete.evaluation.action_plan import Action
from pensebete.evaluation.action_text import action_text
from pensebete.evaluation.evaluation import Evaluation
from pensebete.evaluation.first_actions import actions_of
from pensebete.evaluation.plan_text import later_words
from pensebete.evaluation.postponing import later_days
from pensebete.text.markdown_escape import plain
from pensebete.web import session
from pensebete.web.layout.edit_action import edit_action, own_action
from pensebete.web.layout.first_things import (
    ahead,
    confirm_button,
    first_html,
    item_button,
    set_state,
    to_verify,
    when_html,
)
from pensebete.web.layout.ready_message import message_fold
from pensebete.web.views.action_plan.lead import lead_fields

Panel = Literal["", "entrust", "later"]


@dataclass(frozen=True, slots=True)
class Noted:
    """What was just said of the first action, and what takes it back."""

    action: str  # its name
    until: date | None  # put off to that day; None: done
    take_back: Callable[[], None] | None


@dataclass(frozen=True, slots=True)
class TodayCard:
    """How the card stands while one stays on the page: what is open in it, for which action; what was just noted."""

    panel: Panel = ""
    of: str = ""
    noted: Noted | None = None


def today_card(evaluation: Evaluation, called: dict[str, str]) -> None:
    """The one thing; what was noted in its place; or a kind word, where nothing is open any more."""
    say, firsts = session.say(), evaluation.first_actions
    first = firsts[0] if firsts else None
    noted = _stands().noted
    with st.container(key="today", gap="xsmall"):
        if noted:
            st.header(say("today.title"), anchor=False)
            _noted(evaluation, noted, first)
        elif first is None:
            st.markdown(f"**{plain(say('today.nothing'))}** {plain(say('today.nothing.next'))}")
            st.html(f'<a class="to-part" href="#part-take-away">{escape(say("download.title"))}</a>')
        else:
            title = say("today.title")
            if first.put_off and first.due:
                title = say("today.title.later", day=say.weekday(first.due, evaluation.today))
            st.header(title, anchor=False)
            with ahead(evaluation, first, "today"):
                _card(evaluation, first, called.get(first.name, ""))


def _card(evaluation: Evaluation, action: Action, called: str) -> None:
    say, panel = session.say(), _panel(action)
    if session.reading_only():
        st.html(first_html(evaluation, action, 1))
        return
    with st.container(horizontal=True, gap="small", key="today-when"):
        st.html(when_html(evaluation, action))
        if not to_verify(action):
            item_button(evaluation, action, "today.help", "tertiary")
    st.html(f'<h3 class="first-what">1. {escape(action_text(action, say))}</h3>')
    with st.container(horizontal=True, gap="xsmall", key="today-taps"):
        if to_verify(action):
            item_button(evaluation, action, "today.answer", "primary")
        elif action.kind == "reconfirm" and action.item:
            state = evaluation.state_of(action.item.id)
            confirm_button(evaluation.checklist, state, "today", lambda: _done(action))
        else:
            st.button(
                say("first.done.own"), key=session.key("today.done"), type="primary", on_click=_done, args=(action,)
            )
        for name, label in (("entrust", "today.entrust"), ("later", "today.later")):
            st.button(say(label), key=session.key(f"today.{name}"), on_click=_toggle, args=(action, name))
    if panel:
        with st.container(key="today-panel", gap="small"):
            (_entrust if panel == "entrust" else _later)(evaluation, action, called)


def _noted(evaluation: Evaluation, noted: Noted, first: Action | None) -> None:
    """What was just said, what comes next, and the way to it: where the thumb is, a button that changes nothing."""
    say = session.say()
    with st.container(key="ahead-done-today", gap="xsmall"):
        words = say("first.noted")
        if noted.until:
            words = say("today.put_off", day=say.weekday(noted.until, evaluation.today))
        st.html(f'<p class="today-noted"><span aria-hidden="true">✓</span> {escape(words)}</p>')
        another = first is not None and first.name != noted.action
        if first is None:
            after = f"{say('today.nothing')} {say('today.nothing.next')}"
        else:
            after = say("today.next", what=action_text(first, say)) if another else say("today.same")
        st.markdown(plain(after))
        with st.container(horizontal=True, gap="small"):
            if another:
                st.button(say("today.see_next"), key=session.key("today.next"), type="primary", on_click=_see_next)
            if noted.take_back:
                st.button(say("today.take_back"), key=session.key("today.take_back"), on_click=_take_back)


def _entrust(evaluation: Evaluation, action: Action, called: str) -> None:
    """A lead, and once there is one the message to send. No answer changes by it."""
    lead_fields(evaluation.checklist, action, lambda owner: _lead(action, owner), "first.")
    if action.owner.strip():
        message_fold(evaluation, action, called, where="first", entrusted=True)


def _later(evaluation: Evaluation, action: Action, called: str) -> None:
    """A few days, one tap each, or any other."""
    say = session.say()
    with st.container(horizontal=True, gap="xsmall"):
        for n, day in enumerate(later_days(evaluation)):
            st.button(
                later_words(day, evaluation, say),
                key=session.key(f"today.later.{n}"),
                on_click=_put_off,
                args=(action, day),
            )
    key = session.key(f"today.day.{action.name}")
    st.date_input(
        say("today.later.other"),
        value=None,
        min_value=evaluation.today + timedelta(days=1),
        max_value=LAST_DAY,
        key=key,
        format="YYYY-MM-DD",
        on_change=_put_off_to,
        args=(action, key),
    )


def _stands() -> TodayCard:
    return session.kept_in_place(TodayCard).get("today", TodayCard())


def _stand(card: TodayCard) -> None:
    session.keep_in_place("today", card, first=False)


def _panel(action: Action) -> Panel:
    """What is open, while the action is the one it was opened for."""
    card = _stands()
    return card.panel if card.of == action.name else ""


def _toggle(action: Action, panel: Panel) -> None:
    _stand(TodayCard("" if _panel(action) == panel else panel, action.name))


def _see_next() -> None:
    _stand(TodayCard())
    session.restore_focus("today.done")


def _take_back() -> None:
    noted = _stands().noted
    _stand(TodayCard())
    if noted and noted.take_back:
        noted.take_back()
    session.restore_focus("today.done")


def _note(noted: Noted) -> None:
    _stand(TodayCard(noted=noted))
    session.restore_focus("today.next")


def _done(action: Action) -> None:
    """As the action is, wherever it is said to be done; to have reconfirmed is an answer, which is given anew."""
    before = action.state
    set_state(action, "done")
    back = None if action.kind == "reconfirm" else lambda: set_state(action, before)
    _note(Noted(action.name, None, back))


def _lead(action: Action, owner: str) -> None:
    for one in actions_of(session.evaluation().plan, action):
        edit_action(one, owner=owner)


def _put_off_to(action: Action, key: str) -> None:
    if day := session.typed(key):
        _put_off(action, day)


def _put_off(action: Action, day: date) -> None:
    lines = actions_of(session.evaluation().plan, action)
    before = [(one, _date_of(one)) for one in lines]
    for one, was in before:
        _date(one, {**dict.fromkeys(was, False), "due": day})  # and no longer « sans échéance »

    def take_back() -> None:
        for one, was in before:
            _date(one, was)

    _note(Noted(action.name, day, take_back))


def _date_of(action: Action) -> dict[str, object]:
    """What was said of its date, nothing included: what puts it back as it was."""
    if action.kind == "own":
        return {"due": own_action(action).due}
    assert action.item is not None
    planned = session.assessment().planned(action.item.id, action.id)
    return {"due": planned.due, "undated": planned.undated}


def _date(action: Action, said: dict[str, object]) -> None:
    edit_action(action, **said)
    session.widget_forgets(f"due.{action.name}")
