"""The dossiers that one enterprise sent before, at the end of its call sheet."""

from __future__ import annotations

from html import escape

import streamlit as st

from pensebete.desk.desk_text import figure_words
from pensebete.desk.portfolio import Entry
from pensebete.desk.row import Row
from pensebete.text.wording import Wording
from pensebete.web import session


def history_section(entry: Entry) -> None:
    say = session.say()
    items = "".join(f"<li>{escape(_dossier(row, say))}</li>" for row in entry.earlier)
    with st.container(key="desk-history"):
        if items:
            st.html(f"<h3>{escape(say('desk.details.history'))}</h3><ul>{items}</ul>")


def _dossier(row: Row, say: Wording) -> str:
    day = say.date(row.updated_at.astimezone(session.now().tzinfo).date()) if row.updated_at else ""
    return " · ".join(filter(None, (day, figure_words(row.result, say) if row.result else "", row.file)))
