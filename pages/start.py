"""The first page: to a newcomer, what this is and what happens to the data; to who comes back, their dossier."""

import streamlit as st

from pensebete.web import session
from pensebete.web.layout.remarks_waiting import remarks_here
from pensebete.web.views.start.doors import doors
from pensebete.web.views.start.introduction import introduction, preface, resources
from pensebete.web.views.start.profile_form import folded_profile
from pensebete.web.views.start.resume_form import resume_form
from pensebete.web.views.start.welcome_back import comes_back, ways_back, welcome_back, whose

checklist = session.checklist()

if comes_back():
    whose()
    remarks_here(way_in_bar=True)
    welcome_back(session.evaluation())
    folded_profile(checklist)
    with st.container(key="first-folds", horizontal=True):
        resume_form(checklist, "welcome.other")
        resources(checklist)
    ways_back(session.evaluation())
else:
    introduction(checklist)
    with st.container(key="first-folds", horizontal=True):
        preface(checklist)
        resume_form(checklist)
        resources(checklist)
    doors()
