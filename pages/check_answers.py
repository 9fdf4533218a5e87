"""Every answer on one page, before the results: what is left to see, then each answer with the way to change it."""

import streamlit as st

from pensebete.web import session
from pensebete.web.layout.remarks_waiting import remarks_waiting
from pensebete.web.layout.step_bar import way_on_to
from pensebete.web.layout.the_rest import the_rest
from pensebete.web.views.check_answers.view import about_enterprise, answers_by_domain, left_to_see

say, evaluation = session.say(), session.evaluation()

st.title(say("check.title"), anchor=False)
remarks_waiting()
left_to_see(evaluation.checklist, evaluation.item_states)
about_enterprise(evaluation)
answers_by_domain(evaluation)
if session.short_way():
    the_rest("checked")
way_on_to("results", "questionnaire.to_results")
