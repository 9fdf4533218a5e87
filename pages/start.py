"""The first page: what this is, how long it takes, what happens to the data, the profile, a dossier to resume."""

import streamlit as st

from pensebete.web import session
from pensebete.web.layout.step_bar import way_on_to
from pensebete.web.views.start.introduction import introduction, preface, resources
from pensebete.web.views.start.profile_form import profile_form
from pensebete.web.views.start.resume_form import resume_form

checklist = session.checklist()

introduction(checklist)
with st.container(key="first-folds", horizontal=True):
    preface(checklist)
    resume_form(checklist)
profile_form(checklist)
resources(checklist)
way_on_to("questionnaire", "start.begin")
