"""What an advisor would ask, shown to managers before their PDF leaves: folded, and in the way of nothing."""

from __future__ import annotations

import streamlit as st

from pensebete.desk.checks import checks_for_manager
from pensebete.desk.desk_text import check_words
from pensebete.evaluation.evaluation import Evaluation
from pensebete.text.markdown_escape import plain
from pensebete.web import session

_MOST = 6


def questions_before_pdf(evaluation: Evaluation) -> None:
    """The first questions in order of worth; nothing where there is none."""
    say = session.say()
    asked = checks_for_manager(evaluation)[:_MOST]
    if not asked:
        return
    with st.expander(say("desk.before_pdf", n=len(asked)), key=session.key("before_pdf")):
        st.caption(say("desk.before_pdf.explained"))
        st.markdown(
            "\n".join(f"{n}. {plain(check_words(one, evaluation.checklist, say))}" for n, one in enumerate(asked, 1))
        )
