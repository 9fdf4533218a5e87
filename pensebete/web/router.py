"""The script that every visit runs: language, checklist or its mistakes, then the page asked for."""

import streamlit as st

from pensebete.web import session
from pensebete.web.frame import frame
from pensebete.web.link_exchange import LINK_COOKIE
from pensebete.web.page_html import LANGUAGE_COOKIE, LANGUAGE_PARAMETER, chosen_language
from pensebete.web.published import published
from pensebete.web.unsound import show_mistakes, show_unreadable

try:
    checklist, mistakes = published()
except OSError as error:
    show_unreadable(error)
    st.stop()
if checklist is None:
    show_mistakes(mistakes)
    st.stop()
language = chosen_language(st.query_params.get(LANGUAGE_PARAMETER), st.context.cookies.get(LANGUAGE_COOKIE))
with session.whole_run():
    session.begin(checklist, language)
    if LINK_COOKIE in st.context.cookies:
        # Here, and not above: it brings the database with it, and a first visit should not wait for that.
        from pensebete.web.saved import open_by_cookie

        open_by_cookie()
    frame(checklist)
