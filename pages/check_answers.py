"""Every answer on one page, before the results: what is left to see, then each answer with the way to change it."""

import streamlit as st

from pensebete.web import session
from pensebete.web.layout.step_bar import way_on_to
from pensebete.web.views.check_answers.view import answers_by_domain, left_to_see

say = session.say()
checklist, item_states = session.checklist(), session.evaluation().item_states

st.title(say("check.title"), anchor=False)
left_to_see(checklist, item_states)
answers_by_domain(checklist, item_states)
way_on_to("results", "questionnaire.to_results")
