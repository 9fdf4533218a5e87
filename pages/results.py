"""Readiness: the figure and what comes first, then what holds it back, the domains, and the rest folded."""

import streamlit as st

from pensebete.web import session
from pensebete.web.views.results.view import readiness_view

with st.container(key="results-title"):
    st.title(session.say()("results.title"), anchor=False)
readiness_view(session.evaluation())
