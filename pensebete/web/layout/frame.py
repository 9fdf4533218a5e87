"""What stands around every page: name, ways to the other pages, language, « Effacer », contact, what is not covered."""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from pensebete.checklist.model import Checklist
from pensebete.text.markdown_escape import plain
from pensebete.text.wording import own_name
from pensebete.web import session
from pensebete.web.components.ways import ways_html
from pensebete.web.layout.browser_bridge import page_script
from pensebete.web.layout.navigation import BETWEEN, JOURNEY, page
from pensebete.web.layout.tab_backup import offer_aside, tab_copy

STYLE = Path(__file__).parents[1] / "static" / "style.css"


def frame(checklist: Checklist) -> None:
    """Show the page that the address asks for, in its frame."""
    pages = {name: page(name) for name in JOURNEY}
    workshop = page("workshop")
    asked = st.navigation([*pages.values(), workshop], position="hidden")
    if asked.url_path != "dossier":
        session.forget_link_shown()
    st.html(STYLE)
    _header(checklist, pages)
    for message in session.notices():
        st.success(plain(message))
    _in_view()
    _trial()
    _newer_version()
    _undo()
    if session.saving():
        from pensebete.web.layout.save_status import saving_status  # as in router.py

        saving_status()
    elif session.unopened():
        from pensebete.web.layout.save_status import waiting_to_open

        waiting_to_open()
    asks_which = session.asks_which() and asked is not workshop and not session.trying_out()
    if session.dossier_of_tab() or session.lost_dossier() or session.refused_link() or asks_which:
        from pensebete.web.layout import tab_dossier

        tab_dossier.tell_about_tab()
    offer_aside()
    tab_copy()
    page_script(checklist, asked.url_path)
    if asks_which:
        tab_dossier.choose_dossier()
    else:
        asked.run()
    session.show_changes()
    _footer(checklist)
    st.page_link(workshop, label=session.say()("workshop.link"))


def _header(checklist: Checklist, pages: dict[str, StreamlitPage]) -> None:
    say = session.say()
    with st.container(key="header", horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.html('<p class="brand"><img src="./app/static/logo.svg" alt="" class="logo">Pense-bête</p>')
        with st.container(key="header-actions", horizontal=True, width="content", gap="small"):
            # Each named in its own language, for those who do not read this one.
            for language in checklist.languages:
                if language != session.language():
                    st.button(
                        own_name(language),
                        key=f"language-{language}",
                        type="tertiary",
                        on_click=_speak,
                        args=(language,),
                    )
    with st.container(key="journey", horizontal=True, gap="small"):
        for name, where in pages.items():
            if name not in BETWEEN:
                st.page_link(where, label=say(f"pages.{name}"))


def _trial() -> None:
    """A draft is being tried out: nobody may take it for what managers see."""
    if session.trying_out():
        say = session.say()
        with st.container(border=True, key="trial"):
            st.markdown(plain(say("trial.shown", version=session.checklist().version)))
            st.button(say("trial.end"), key=session.key("end_trial"), on_click=_end_trial)


def _end_trial() -> None:
    session.end_trial()
    session.unversioned_widget_forgets("workshop.view")  # left on the preview, it would begin another trial


def _in_view() -> None:
    """What another device or person changed: it stays before the eyes of one who has scrolled down."""
    if messages := session.notices(in_view=True):
        with st.container(key="in-view"):
            st.info("\n\n".join(plain(message) for message in messages))
            st.button(session.say()("frame.seen"), key=session.key("in-view.seen"), on_click=session.dismiss_notices)


def _newer_version() -> None:
    """Another version was published during this visit: a word about it, and the way to it."""
    newer = session.newer_version()
    if newer is None:
        return
    say = session.say()
    with st.container(border=True, key="newer-version"):
        if newer.id != session.checklist().id:
            st.markdown(plain(say("reload.another")))
            return
        st.markdown(plain(say("reload.newer", version=newer.version)))
        st.button(say("reload.take"), key=session.key("take_newer_version"), on_click=session.take_newer_version)


def _speak(language: str) -> None:
    session.set_language(language)


def _ask_before_erasing() -> None:
    say = session.say()

    @st.dialog(say("frame.erase.title"))
    def ask() -> None:
        st.write(say("frame.erase.saved" if session.saving() else "frame.erase.explained"))
        with st.container(horizontal=True):
            if st.button(say("frame.erase.no"), type="primary", key="erase.no"):
                st.rerun()
            if st.button(say("frame.erase.yes"), key="erase.yes"):
                session.erase()
                session.notify(say("frame.erased"))
                st.switch_page(page(JOURNEY[0]))

    ask()


def _undo() -> None:
    """For two minutes, unless something else is said: a thumb slips in a bad week."""
    if offered := session.offered_undo():
        with st.container(key="take-back"):
            st.button(session.say()(f"undo.{offered.what}"), key=session.key("take_back"), on_click=_bring_back)


def _bring_back() -> None:
    say = session.say()
    if offered := session.offered_undo():
        offered.restore()
        session.notify(say(f"undo.{offered.what}.done"))
    else:
        session.notify(say("undo.too_late"))


def _footer(checklist: Checklist) -> None:
    say, language, contact = session.say(), session.language(), checklist.contact
    st.divider()
    with st.container(key="footer"):
        st.markdown(f"**{plain(say('frame.contact'))}** {plain(contact.name[language])}")
        ways = [way for way in (contact.phone, contact.email, contact.url) if way]
        if ways:
            st.html(ways_html(ways))
        if contact.note:
            st.markdown(plain(contact.note[language]))
        st.caption(plain(checklist.disclaimer[language]))
        with st.expander(say("frame.not_covered")):
            st.markdown("\n".join(f"- {plain(text[language])}" for text in checklist.not_covered))
        if st.button(say("frame.erase"), key=session.key("erase"), type="tertiary"):
            _ask_before_erasing()
