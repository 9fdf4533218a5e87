"""The action plan: what to do, by whom, for when; then the PDF and the dossier to take away."""

import streamlit as st

from pensebete.web import session
from pensebete.web.views.action_plan.actions import action_list, own_action_form, proposals
from pensebete.web.views.action_plan.downloads import downloads, still_missing

say = session.say()
checklist, today = session.checklist(), session.today()
session.start_plan(today)
actions = session.actions()

st.title(say("plan.title"), anchor=False)
proposals(checklist)
action_list(checklist, actions)
if not session.reading_only():
    own_action_form(checklist)
still_missing(checklist, today)
downloads(checklist, today)
