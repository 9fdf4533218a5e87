"""The action plan: what to do, by whom, for when; then the PDF and the dossier to take away."""

import streamlit as st

from pensebete.web import session
from pensebete.web.layout.call_pole import call_pole
from pensebete.web.layout.remarks_waiting import remarks_waiting
from pensebete.web.views.action_plan.actions import action_list
from pensebete.web.views.action_plan.before_pdf import questions_before_pdf
from pensebete.web.views.action_plan.downloads import download_bar, still_missing, take_away
from pensebete.web.views.action_plan.what_next import what_next

say = session.say()
session.start_plan(session.today())
evaluation = session.evaluation()

st.title(say("plan.title"), anchor=False)
remarks_waiting()
action_list(evaluation)
with st.container(key="plan-end"):
    still_missing(evaluation)
    questions_before_pdf(evaluation)
    take_away(evaluation)
    call_pole(evaluation)
    next_steps = st.container(key="what-next", gap="small")
download_bar(evaluation)
with next_steps:  # it is known by then whether the PDF was handed over
    what_next(evaluation)
