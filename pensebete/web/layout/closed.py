"""What is shown where no text of the checklist was ever accepted: a word to managers, the workshop to the staff."""

from __future__ import annotations

from functools import cache

import streamlit as st

from pensebete.checklist.validation.placeholders import stand_in_checklist
from pensebete.text.wording import LANGUAGES, wording
from pensebete.web import session
from pensebete.web.layout.browser_bridge import page_script
from pensebete.web.layout.navigation import page
from pensebete.web.server.live import Published


def closed(language: str) -> None:
    """The workshop where the address asks for it, so that the file can be mended; else two sentences."""
    with session.whole_run():
        session.begin(_nothing(), language)
        told = st.Page(_come_back_later, title="Pense-bête", default=True)
        workshop = page("workshop") if session.is_open("workshop") else None
        asked = st.navigation([told, *([workshop] if workshop else [])], position="hidden")
        page_script(session.checklist(), asked.url_path)
        with st.container(key="page"):
            for message in (*session.notices(), *session.notices(in_view=True)):
                st.info(message)
            asked.run()
        if workshop and asked is told:
            st.page_link(workshop, label=session.say()("unsound.to_workshop"))
        session.show_changes()


def _come_back_later() -> None:
    """In both languages: nobody has chosen one yet. What is wrong is for those who can mend it."""
    for language in LANGUAGES:
        say = wording(language)
        st.title(say("unsound.title"), anchor=False)
        st.write(say("unsound.explained"))


@cache
def _nothing() -> Published:
    """In the place of a checklist, so that a visit can begin; nothing of it is shown."""
    return Published(stand_in_checklist(), "")
