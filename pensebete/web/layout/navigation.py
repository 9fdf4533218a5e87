"""The pages, in the order of the journey, and the links to them."""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from pensebete.web import session

PAGES = Path(__file__).parents[3] / "pages"
# In the order of the journey; the first one is shown where the address names none.
JOURNEY = ("start", "questionnaire", "check_answers", "results", "action_plan", "dossier")
# Beside the journey: where an advisor remarked something, or may, there is a way to it.
REMARKS = "remarks"
# Without a way of their own from everywhere: what comes between two of the others.
BETWEEN = ("check_answers",)


def open_card(item: str) -> None:
    """To the card of an item, in the step where this visit meets it."""
    session.go_to_item(item)
    st.switch_page(page("questionnaire"))


def page(name: str) -> StreamlitPage:
    """A page of the journey, or the one of the remarks, for links to it.

    A saved dossier is named in the title, so that the tabs of two of them are told apart. One that is not saved is not:
    the browser would keep the name in its history, and closing the tab erases everything.
    """
    saved = session.assessment().organisation.strip() if session.saving() else ""
    title = " – ".join(filter(None, (session.say()(f"pages.{name}"), saved, "Pense-bête")))
    return st.Page(PAGES / f"{name}.py", title=title, default=name == JOURNEY[0])
