"""The script that every visit runs: language, checklist or its mistakes, then the page asked for."""

import streamlit as st

from pensebete.i18n import LANGUAGES
from pensebete.web import session
from pensebete.web.frame import frame
from pensebete.web.page_html import LANGUAGE_COOKIE, LANGUAGE_PARAMETER
from pensebete.web.published import published
from pensebete.web.unsound import show_mistakes

checklist, mistakes = published()
if checklist is None:
    show_mistakes(mistakes)
    st.stop()
asked = (st.query_params.get(LANGUAGE_PARAMETER), st.context.cookies.get(LANGUAGE_COOKIE))
session.begin(checklist, next((language for language in asked if language in LANGUAGES), LANGUAGES[0]))
frame(checklist)
