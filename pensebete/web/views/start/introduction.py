"""What a visitor reads first."""

from __future__ import annotations

import streamlit as st

from pensebete.checklist.model import Checklist
from pensebete.evaluation.first_page_text import FirstPage, first_page
from pensebete.evaluation.item_html import listed_html, resource_html
from pensebete.text.markdown_escape import plain
from pensebete.web import session


def said_first() -> FirstPage:
    """What the first page says, as things stand in this visit."""
    return first_page(session.checklist(), session.evaluation().item_states, session.say())


def introduction(checklist: Checklist) -> None:
    """What this is in a sentence, what happens to what one types; how long it takes, where no door says it."""
    st.title(plain(checklist.title[session.language()]), anchor=False)
    said = said_first()
    st.markdown(said.what)
    with st.container(key="promises"):
        st.markdown("\n".join(f"- {line}" for line in said.promises))


def preface(checklist: Checklist) -> None:
    """What the staff have to say before one begins, folded."""
    with st.expander(session.say()("start.preface"), type="compact"):
        st.markdown(plain(checklist.preface[session.language()]))


def resources(checklist: Checklist) -> None:
    """The resources that serve everybody."""
    if checklist.resources:
        with st.expander(session.say()("start.resources"), type="compact"):
            st.html(listed_html(resource_html(one, session.say()) for one in checklist.resources))
