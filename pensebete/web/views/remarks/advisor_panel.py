"""On the page of the remarks, for an advisor who reads by a link: what the link allows, who they are, « vu » of all."""

from __future__ import annotations

import streamlit as st

from pensebete.text.markdown_escape import plain
from pensebete.web import session
from pensebete.web.layout.navigation import page
from pensebete.web.views.remarks.signature import signature_fields


def advisor_panel() -> None:
    say = session.say()
    with st.container(key="advisor-panel", gap="xsmall"):
        st.markdown(plain(say("saved.remark.explained")))
        st.page_link(page("questionnaire"), label=say("saved.remark.where"))
        unsigned = not session.advisor().name
        fold = session.widget("advisor.fold", unsigned)
        with st.expander(say("remarks.author"), unsigned, key=fold, type="compact", on_change="rerun"):
            signature_fields()
        st.button(say("remarks.see_all"), key=session.key("advisor.see_all"), on_click=_see_all)
        st.caption(plain(say("remarks.seen_is_not_verified")))


def _see_all() -> None:
    if session.see_all():
        session.notify(session.say()("saved.remark.seen"))
