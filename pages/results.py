"""Readiness: the sentence first, then the chart and its table, then what to do with it."""

import streamlit as st

from pensebete.web import session
from pensebete.web.views.results.view import readiness_view

st.title(session.say()("results.title"), anchor=False)
readiness_view(session.evaluation())
