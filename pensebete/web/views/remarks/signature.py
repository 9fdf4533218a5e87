"""Who remarks by a reading link, as they say themselves: asked once a visit."""

from __future__ import annotations

import streamlit as st

from pensebete.desk.remarking import declared
from pensebete.text.markdown_escape import plain
from pensebete.web import session

_FIELDS = {"name": "name", "role": "organization-title", "organisation": "organization"}  # for the browser to fill in


def signature_fields() -> None:
    say = session.say()
    with st.container(key="advisor-signature", gap="xsmall"):
        for name in _FIELDS:
            written = declared(session.advisor())[name]
            key = session.widget(f"advisor.{name}", written)
            st.text_input(
                say(f"remarks.author.{name}"),
                written,
                key=key,
                max_chars=80,
                autocomplete=_FIELDS[name],
                on_change=_sign,
            )
        st.caption(plain(say("saved.remark.signature")))


def _sign() -> None:
    session.sign(*(str(session.chosen(session.key(f"advisor.{name}")) or "")[:80] for name in _FIELDS))
