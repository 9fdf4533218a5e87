"""The script that every visit runs: language, checklist or its mistakes, then the page asked for."""

import streamlit as st

from pensebete.text.wording import LANGUAGES
from pensebete.web import session
from pensebete.web.layout.closed import closed
from pensebete.web.layout.frame import frame
from pensebete.web.server.index_html import LANGUAGE_COOKIE, LANGUAGE_PARAMETER, chosen_language
from pensebete.web.server.live import look
from pensebete.web.server.taps import give_way

seen = look()
asked, remembered = st.query_params.get(LANGUAGE_PARAMETER), st.context.cookies.get(LANGUAGE_COOKIE)
if seen.serving is None:
    closed(chosen_language(asked, remembered, LANGUAGES))
    give_way()
language = chosen_language(asked, remembered, seen.serving.checklist.languages)
with session.whole_run():
    session.begin(seen.serving, language)
    if not session.trying_out():
        told = session.told_of_link()
        if told or session.said_by_tab() or session.unsorted_link() or session.remembered():
            # Here, and not above: it brings the database with it, and a first visit should not wait for that.
            from pensebete.web.layout.tab_dossier import hear_of_link, open_tab

            open_tab()
            hear_of_link(told)
        session.say_in_address()
    frame(session.checklist())
