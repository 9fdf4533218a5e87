"""Whose remarks wait for the manager's answer, and the way to them: the same on each page that tells it."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from pensebete.assessment.review.standing import asked, has_answer, standing
from pensebete.evaluation.review_text import seen_words, whose_words
from pensebete.text.markdown_escape import plain
from pensebete.web import session
from pensebete.web.layout.navigation import page


def remarks_waiting() -> None:
    """Nothing, where none waits."""
    if session.open_remarks():
        remarks_here()


def remarks_here(way_in_bar: bool = False) -> None:
    """What was remarked, answered or not; nothing where nothing was. The way to those that wait may be in the bar."""
    shown = session.shown_review()
    if not shown.remarks:
        return
    say, waiting = session.say(), session.open_remarks()
    with st.container(key="remarks-here", gap="xsmall"):
        if waiting:
            words = f"**{plain(whose_words(waiting, say))}**"
        else:
            seen = list(seen_words(shown, session.assessment(), session.zone(), say))
            words = plain(seen[0] if seen else none_waits_words())
        st.markdown(words)
        if not (waiting and way_in_bar):
            way_to_remarks(waiting=bool(waiting))


def none_waits_words() -> str:
    """That each has its answer, where that was said of each."""
    going = [
        remark
        for remark in asked(session.shown_review().remarks)
        if standing(remark, session.assessment()) == "answered"
    ]
    return session.say()("received.answered" if all(map(has_answer, going)) else "received.none_waits")


def way_to_remarks(waiting: bool) -> None:
    look: Literal["primary", "secondary"] = "primary" if waiting else "secondary"
    if st.button(session.say()("received.see"), type=look, key=session.key("received.see")):
        st.switch_page(page("remarks"))
