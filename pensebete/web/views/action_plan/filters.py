"""Which actions of the plan are shown, and in which order; folded, and what is left out is said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from pensebete.assessment.model import STATES, State
from pensebete.checklist.model import Checklist
from pensebete.evaluation.action_plan import Action
from pensebete.evaluation.history_text import state_label
from pensebete.evaluation.plan_text import who_words
from pensebete.text.markdown_escape import plain
from pensebete.web import session
from pensebete.web.layout.late_fold import late_fold
from pensebete.web.views.action_plan.standing import ORDERS, Line, Order, domain_title

_NAMES = ("lead", "domain", "state")


@dataclass(frozen=True, slots=True)
class Shown:
    """What was chosen; None lets everything through."""

    order: Order
    lead: str | None = None
    domain: str | None = None
    state: State | None = None

    @property
    def all(self) -> bool:
        return self.lead is None and self.domain is None and self.state is None

    def lets_through(self, action: Action, checklist: Checklist) -> bool:
        say = session.say()
        return (
            self.lead in (None, who_words(checklist, action, say))
            and self.domain in (None, domain_title(action, checklist, say))
            and self.state in (None, action.state)
        )


def choose_shown(checklist: Checklist, lines: Sequence[Line]) -> Shown:
    """« Filtrer et trier », folded; under it, once something is left out, how much, and the way to see it all."""
    say, actions = session.say(), [line.action for line in lines if not line.action.set_aside]
    fold = late_fold(say("plan.filter"), "filter")
    shown = Shown("date")
    if fold:
        with fold, st.container(key="filters"):
            shown = _chosen(checklist, actions)
    if not shown.all:
        found = sum(shown.lets_through(action, checklist) for action in actions)
        with st.container(horizontal=True, vertical_alignment="center", key="filtered"):
            st.markdown(plain(say("plan.filtered", n=found, of=len(actions))))
            st.button(say("plan.filter.clear"), key=session.key("filter.clear"), on_click=_clear)
    return shown


def _chosen(checklist: Checklist, actions: Sequence[Action]) -> Shown:
    say = session.say()
    leads = sorted({who_words(checklist, action, say) for action in actions})
    titles = {domain_title(action, checklist, say) for action in actions}
    domains = [domain.title[session.language()] for domain in checklist.domains]
    order = st.pills(
        say("plan.sort"),
        ORDERS,
        default="date",
        required=True,
        format_func=lambda order: say(f"plan.sort.{order}"),
        key=session.key("filter.order"),
    )
    lead = st.selectbox(
        say("plan.owner"),
        leads,
        index=None,
        key=session.key("filter.lead"),
        placeholder=say("plan.filter.all"),
    )
    domain = st.selectbox(
        say("plan.domain"),
        [title for title in domains if title in titles],
        index=None,
        key=session.key("filter.domain"),
        placeholder=say("plan.filter.all"),
    )
    state = st.pills(
        say("plan.state"),
        STATES,
        format_func=lambda state: state_label(state, say),
        key=session.key("filter.state"),
    )
    return Shown(order or "date", lead, domain, state)


def _clear() -> None:
    for name in _NAMES:
        session.widget_shows(session.key(f"filter.{name}"), None)
