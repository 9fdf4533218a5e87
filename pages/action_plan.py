"""The action plan: what to do, by whom, for when; then the PDF and the dossier to take away."""

import streamlit as st

from pensebete.web import session
from pensebete.web.views.action_plan.actions import action_list, proposals
from pensebete.web.views.action_plan.downloads import downloads, still_missing
from pensebete.web.views.action_plan.own_action import own_action_form

say = session.say()
session.start_plan(session.today())
evaluation = session.evaluation()

st.title(say("plan.title"), anchor=False)
proposals(evaluation)
action_list(evaluation)
if not session.reading_only():
    own_action_form(evaluation.checklist)
still_missing(evaluation)
downloads(evaluation)
