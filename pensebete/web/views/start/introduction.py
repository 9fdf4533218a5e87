"""What a visitor reads first."""

from __future__ import annotations

import streamlit as st

from pensebete.checklist.model import Checklist
from pensebete.text.markdown_escape import plain
from pensebete.web import session
from pensebete.web.views.questionnaire.item_card import listed_html, resource_html

_SECONDS_AN_ITEM = 25  # to read it and say where one stands
_SECONDS_A_QUESTION = 8  # of the profile: what one knows by heart


def introduction(checklist: Checklist) -> None:
    """What this is in a sentence, what happens to what one types; how long it takes, where no door says it."""
    say, language = session.say(), session.language()
    st.title(plain(checklist.title[language]), anchor=False)
    doors = bool(session.short_way_steps())
    st.markdown(say("start.what.doors") if doors else say("start.what", n=len(checklist.items)))
    with st.container(key="promises"):
        if doors:
            lines = [say("start.at_your_pace")]
        else:
            lines = [
                say("start.how_long", n=minutes(len(checklist.items), len(checklist.profile))),
                say("start.optional"),
            ]
        st.markdown("\n".join(f"- {line}" for line in (*lines, say("start.data"))))


def preface(checklist: Checklist) -> None:
    """What the staff have to say before one begins, folded."""
    with st.expander(session.say()("start.preface"), type="compact"):
        st.markdown(plain(checklist.preface[session.language()]))


def minutes(items: int, questions: int) -> int:
    """How long it takes to answer so many of each."""
    return max(1, round((items * _SECONDS_AN_ITEM + questions * _SECONDS_A_QUESTION) / 60))


def resources(checklist: Checklist) -> None:
    """The resources that serve everybody."""
    if checklist.resources:
        with st.expander(session.say()("start.resources"), type="compact"):
            st.html(listed_html(map(resource_html, checklist.resources)))
