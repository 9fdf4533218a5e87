"""The questionnaire: one step at a time, a card an item."""

import streamlit as st

from pensebete.web import session
from pensebete.web.views.questionnaire.view import questionnaire

# For ears alone: what is seen first is the step, then the question.
with st.container(key="page-title"):
    st.title(session.say()("questionnaire.title"), anchor=False)
questionnaire(session.checklist())
