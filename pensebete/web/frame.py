"""What stands around every page: name, ways to the other pages, language, « Effacer », contact, what is not covered."""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from pensebete.checklist import Checklist
from pensebete.i18n import LANGUAGES, wording
from pensebete.web import session
from pensebete.web.page_script import page_script
from pensebete.web.plain import plain
from pensebete.web.tab_copy import tab_copy

PAGES = Path(__file__).parents[2] / "pages"
STYLE = Path(__file__).with_name("style.css")
# In the order of the journey; the first one is shown where the address names none.
JOURNEY = ("start", "questionnaire", "results", "action_plan", "dossier")


def page(name: str) -> StreamlitPage:
    """A page of the journey, for links to it."""
    title = f"{session.say()(f'pages.{name}')} – Pense-bête"
    return st.Page(PAGES / f"{name}.py", title=title, default=name == JOURNEY[0])


def frame(checklist: Checklist) -> None:
    """Show the page that the address asks for, in its frame."""
    pages = {name: page(name) for name in JOURNEY}
    asked = st.navigation(list(pages.values()), position="hidden")
    st.html(STYLE)
    _header(checklist, pages)
    for message in session.told():
        st.success(plain(message))
    if session.saving():
        from pensebete.web.saved import saving_status  # as in router.py

        saving_status()
    tab_copy()
    page_script(checklist, asked.url_path)
    asked.run()
    session.show_changes()
    _footer(checklist)


def _header(checklist: Checklist, pages: dict[str, StreamlitPage]) -> None:
    say = session.say()
    with st.container(key="header", horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.markdown("**Pense-bête**")
        with st.container(key="header-actions", horizontal=True, width="content", gap="small"):
            for language in LANGUAGES:
                if language != session.language():
                    # Named in its own language, for those who do not read this one.
                    name = wording(language)("frame.language")
                    st.button(name, key="language", on_click=_speak, args=(language,))
            if st.button(say("frame.erase"), key=session.key("erase")):
                _ask_before_erasing(checklist)
    with st.container(key="journey", horizontal=True, gap="small"):
        for name, where in pages.items():
            st.page_link(where, label=say(f"pages.{name}"))


def _speak(language: str) -> None:
    session.set_language(language)


def _ask_before_erasing(checklist: Checklist) -> None:
    say = session.say()

    @st.dialog(say("frame.erase.title"))
    def ask() -> None:
        st.write(say("frame.erase.explained"))
        with st.container(horizontal=True):
            if st.button(say("frame.erase.no"), type="primary", key="erase.no"):
                st.rerun()
            if st.button(say("frame.erase.yes"), key="erase.yes"):
                session.erase(checklist)
                session.tell(say("frame.erased"))
                st.switch_page(page(JOURNEY[0]))

    ask()


def _footer(checklist: Checklist) -> None:
    say, language, contact = session.say(), session.language(), checklist.contact
    st.divider()
    with st.container(key="footer"):
        st.markdown(f"**{plain(say('frame.contact'))}** {plain(contact.name[language])}")
        ways = [way for way in (contact.phone, contact.email, contact.url) if way]
        if ways:
            st.markdown(" · ".join(plain(way) for way in ways))
        if contact.note:
            st.markdown(plain(contact.note[language]))
        st.caption(plain(checklist.disclaimer[language]))
        with st.expander(say("frame.not_covered")):
            st.markdown("\n".join(f"- {plain(text[language])}" for text in checklist.not_covered))
