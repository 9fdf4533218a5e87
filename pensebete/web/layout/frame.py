"""What stands around every page: name, ways to the other pages, language, « Effacer », contact, what is not covered."""

from __future__ import annotations

from html import escape

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.navigation.page import StreamlitPage

from pensebete.checklist.model import Checklist
from pensebete.evaluation.contact_text import ways_words
from pensebete.evaluation.evaluation import Evaluation
from pensebete.text.markdown_escape import plain
from pensebete.text.way_html import way_html
from pensebete.text.wording import own_name
from pensebete.web import session
from pensebete.web.layout.browser_bridge import page_script
from pensebete.web.layout.keep_here import found_here
from pensebete.web.layout.navigation import BETWEEN, JOURNEY, REMARKS, page
from pensebete.web.layout.tab_backup import offer_aside, tab_copy
from pensebete.web.server.known_files import own


def frame(checklist: Checklist) -> None:
    """Show the page that the address asks for, in its frame."""
    pages = {name: page(name) for name in (*JOURNEY, REMARKS)}
    workshop = page("workshop") if session.is_open("workshop") else None
    desk = [page("desk")] if session.is_open("desk") else []
    of_workshop = [workshop, page("draft")] if workshop else []
    asked = st.navigation([*pages.values(), *desk, *of_workshop], position="hidden")
    if asked.url_path not in ("dossier", "workshop"):
        session.forget_links_shown()
    if asked.url_path == "questionnaire":
        session.follow_address()
    session.arrive_at(f"{asked.url_path} {session.place()}")
    status = _header(checklist, pages, workshop)
    _keeps_nothing()
    # In a container of its own: what is told comes and goes, and nothing after it gets another place on the page.
    with st.container(key="told"):
        for message in session.notices():
            st.success(plain(message))
        _in_view()
        _trial()
        _newer_version()
        _undo()
        if session.saving():
            from pensebete.web.layout.save_status import saving_status  # as in router.py

            saving_status(status)
        elif session.unopened():
            from pensebete.web.layout.save_status import waiting_to_open

            waiting_to_open()
        asks_which = session.asks_which() and asked not in of_workshop and not session.trying_out()
        if session.dossier_of_tab() or session.lost_dossier() or session.refused_link() or asks_which:
            from pensebete.web.layout import tab_dossier

            tab_dossier.tell_about_tab()
        offer_aside()
        if asked not in (*desk, *of_workshop) and not asks_which:
            found_here(checklist)
    tab_copy()
    page_script(checklist, asked.url_path)
    with st.container(key="page"):
        if asks_which:
            tab_dossier.choose_dossier()
        else:
            asked.run()
    session.show_changes()
    _footer(checklist, workshop)


def _header(checklist: Checklist, pages: dict[str, StreamlitPage], workshop: StreamlitPage | None) -> DeltaGenerator:
    """One slim row: whose dossier, what is kept of it, the ways to the pages; where it is kept is written later."""
    say = session.say()
    with st.container(key="header", horizontal=True, vertical_alignment="center", gap="small"):
        with st.container(key="whose", horizontal=True, vertical_alignment="center", gap="small"):
            st.html(f'<img src="{own("logo.svg")}" alt="" class="logo" width="32" height="32">', width="content")
            with st.container(key="name", gap=None):
                session.show_changes_in(st.empty(), _name)
                status = st.container(key="saving-status").empty()
                if not session.saving():
                    session.show_changes_in(status, _kept_in_tab)
        with st.container(key="journey", horizontal=True, gap="xxsmall", width="content"):
            _ways(pages)
        # Each named in its own language, for those who do not read this one.
        for language in checklist.languages:
            if language != session.language():
                st.button(
                    own_name(language), key=f"language-{language}", type="tertiary", on_click=_speak, args=(language,)
                )
        with st.container(key="menu", width="content"), st.popover(say("frame.menu")):
            with st.container(key="menu-ways"):
                _ways(pages)
            with st.container(key="menu-last", gap=None):
                _erase("erase_menu")
                _way_to(workshop)
    return status


def _name(evaluation: Evaluation) -> str:
    """Whose dossier it is, on every page; that of the program while nobody said."""
    return f'<p class="brand">{escape(evaluation.assessment.organisation or "Pense-bête")}</p>'


def _kept_in_tab(_: Evaluation) -> str:
    """Where what was typed is, while it is saved nowhere; something is always written, see tab_backup. Whether this
    browser keeps it beyond the tab, the browser alone knows: the style sheet shows one or the other."""
    say = session.say()
    shown = session.unsaved() and not session.trying_out()
    words, kept = (say("saved.tab_only"), say("keep.here")) if shown else ("", "")
    return f'<p class="saved in-tab">{escape(words)}</p><p class="saved in-browser">{escape(kept)}</p>'


def _keeps_nothing() -> None:
    """What it means that this browser refuses its storage, which the browser alone knows: shown by the style sheet."""
    if not session.saving():
        st.html(f'<p class="keeps-nothing-words">{escape(session.say()("frame.keeps_nothing"))}</p>')


def _ways(pages: dict[str, StreamlitPage]) -> None:
    remarked = session.review().remarks or session.reading_only()
    left_out = BETWEEN if remarked else (*BETWEEN, REMARKS)
    for name, where in pages.items():
        if name not in left_out:
            st.page_link(where, label=session.say()(f"pages.{name}"))


def _trial() -> None:
    """A draft is being tried out: nobody may take it for what managers see."""
    if session.trying_out():
        say = session.say()
        with st.container(border=True, key="trial"):
            st.markdown(plain(say("trial.shown", version=session.checklist().version)))
            st.button(say("trial.end"), key=session.key("end_trial"), on_click=_end_trial)


def _end_trial() -> None:
    session.end_trial()
    for view in ("workshop.view", "draft.view"):  # left on the preview, it would begin another trial
        session.unversioned_widget_forgets(view)


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


def _footer(checklist: Checklist, workshop: StreamlitPage | None) -> None:
    """Whom to ask; folded, what this is not. What forgets it all and the workshop are in the menu of a phone."""
    say, language, contact = session.say(), session.language(), checklist.contact
    with st.container(key="footer"):
        ways = [way_html(way, words) for way, words in ways_words(contact, say)]
        st.html(
            f'<p class="ways"><strong>{escape(say("frame.contact"))}</strong> {escape(contact.name[language])}'
            f"{' · ' if ways else ''}{' · '.join(ways)}</p>"
        )
        with st.container(key="last-ways", horizontal=True):
            with st.expander(say("frame.not_covered"), type="compact"):
                if contact.note:
                    st.markdown(plain(contact.note[language]))
                st.markdown(plain(checklist.disclaimer[language]))
                st.markdown("\n".join(f"- {plain(text[language])}" for text in checklist.not_covered))
            with st.container(key="for-few", horizontal=True):
                _erase("erase")
                _way_to(workshop)


def _way_to(workshop: StreamlitPage | None) -> None:
    if workshop:
        st.page_link(workshop, label=session.say()("workshop.link"))


def _erase(key: str) -> None:
    if st.button(session.say()("frame.erase"), key=session.key(key), type="tertiary"):
        _ask_before_erasing()
