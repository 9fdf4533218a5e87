"""What one text of the checklist changes in another, folded under its count where it is long."""

from __future__ import annotations

from itertools import groupby

import streamlit as st

from pensebete.checklist.versions.diff import Change
from pensebete.checklist.versions.diff_text import change_words
from pensebete.text.markdown_escape import plain
from pensebete.web import session

_MOST = 300  # told; who changed more reads « Différences »


def show_changes(title: str, changes: tuple[Change, ...], key: str, open: bool = False) -> None:
    say = session.say()
    with st.expander(f"{title} ({len(changes)})", key=f"changes-{key}", expanded=open):
        if not changes:
            st.write(say("draft.no_change"))
        for about, of_it in groupby(changes[:_MOST], key=lambda change: change.about):
            st.markdown("\n".join([f"**{plain(about)}**\n", *(f"- {plain(change_words(one, say))}" for one in of_it)]))
        if len(changes) > _MOST:
            st.write(say("draft.more_changes", n=len(changes) - _MOST))
