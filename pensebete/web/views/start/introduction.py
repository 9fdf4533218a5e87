"""What a visitor reads first."""

from __future__ import annotations

import streamlit as st

from pensebete.checklist.model import Checklist
from pensebete.text.markdown_escape import plain
from pensebete.web import session
from pensebete.web.views.questionnaire.item_card import listed_html, resource_html

_SECONDS_AN_ITEM = 25  # to read it and say where one stands


def introduction(checklist: Checklist) -> None:
    """What this is in a sentence, how long it takes, what happens to what one types."""
    say, language = session.say(), session.language()
    st.title(plain(checklist.title[language]), anchor=False)
    st.markdown(say("start.what", n=len(checklist.items)))
    with st.container(key="promises"):
        st.markdown(
            f"- {say('start.how_long', n=_minutes(checklist))}\n- {say('start.optional')}\n- {say('start.data')}"
        )


def preface(checklist: Checklist) -> None:
    """What the staff have to say before one begins, folded."""
    with st.expander(session.say()("start.preface"), type="compact"):
        st.markdown(plain(checklist.preface[session.language()]))


def _minutes(checklist: Checklist) -> int:
    return max(1, round(len(checklist.items) * _SECONDS_AN_ITEM / 60))


def resources(checklist: Checklist) -> None:
    """The resources that serve everybody."""
    if checklist.resources:
        with st.expander(session.say()("start.resources"), type="compact"):
            st.html(listed_html(map(resource_html, checklist.resources)))
