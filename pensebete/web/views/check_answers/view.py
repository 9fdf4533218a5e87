"""The answers to look over before the results, each a tap from the card where it is given."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from pensebete.assessment.item_state import ItemState, of_domain, to_confirm
from pensebete.assessment.steps import progress
from pensebete.checklist.model import Checklist, Item
from pensebete.evaluation.readiness_text import answer_words
from pensebete.text.markdown_escape import label, plain
from pensebete.web import session
from pensebete.web.components.status_icon import sign
from pensebete.web.layout.navigation import page


def left_to_see(checklist: Checklist, item_states: Sequence[ItemState]) -> None:
    """What a reader of the results would ask about, named, each leading to its field."""
    say, language = session.say(), session.language()
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
                show(item)


def answers_by_domain(checklist: Checklist, item_states: Sequence[ItemState]) -> None:
    """Each answer by its sign and its word."""
    say, language = session.say(), session.language()
    for domain in checklist.domains:
        st.header(plain(domain.title[language]), anchor=False)
        for state in of_domain(item_states, domain.id):
            item = state.item
            with st.container(key=f"line-{item.id}", horizontal=True, vertical_alignment="center", gap="small"):
                st.html(_line(checklist, state))
                if st.button(say("check.change", ref=plain(item.ref)), type="tertiary", key=session.key(item.id)):
                    show(item)


def _line(checklist: Checklist, state: ItemState) -> str:
    say, item = session.say(), state.item
    words = answer_words(checklist, state, say)
    drawn = sign("not_applicable" if state.set_aside else state.current)
    return (
        f'<p class="line-title">{escape(item.ref)} · {escape(item.title[say.language])}</p>'
        f'<p class="line-answer">{drawn}<strong>{escape(words)}</strong></p>'
    )


def show(item: Item) -> None:
    """Open the questionnaire at the card of an item."""
    session.go_to_item(item.id)
    st.switch_page(page("questionnaire"))
