"""Readiness: the sentence first, then the chart and its table, then what to do with it."""

import streamlit as st

from pensebete.readiness import gains, projection, readiness
from pensebete.web import readiness_view as view
from pensebete.web import session

say = session.say()
checklist, assessment = session.checklist(), session.assessment()
result = readiness(checklist, assessment)

st.title(say("results.title"), anchor=False)
view.verdict(checklist, result)
view.held_back(checklist, result)
view.next_step(result)
view.by_domain(checklist, result)
view.what_moves_most(checklist, gains(checklist, assessment))
view.projected(checklist, result, projection(checklist, assessment))
