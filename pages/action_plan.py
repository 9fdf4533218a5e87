"""The action plan: what to do, by whom, for when; then the PDF and the dossier to take away."""

import streamlit as st

from pensebete.action_plan import action_plan, missing
from pensebete.web import session
from pensebete.web.action_card import action_list, own_action_form
from pensebete.web.downloads import downloads, still_missing

say = session.say()
checklist, today = session.checklist(), session.today()
session.start_plan(today)
actions = action_plan(checklist, session.assessment(), today)

st.title(say("plan.title"), anchor=False)
action_list(checklist, actions)
own_action_form(checklist)
still_missing(checklist, missing(checklist, session.assessment(), actions, today))
downloads(checklist, today)
