"""The first page: what this is, how long it takes, what happens to the data, the profile, a dossier to resume."""

import streamlit as st

from pensebete.web import session
from pensebete.web.frame import page
from pensebete.web.introduction import introduction, resources
from pensebete.web.profile_form import profile_form
from pensebete.web.resume import resume_form

say = session.say()
checklist = session.checklist()

introduction(checklist)
if st.button(say("start.begin"), type="primary", key=session.key("begin")):
    st.switch_page(page("questionnaire"))
if checklist.profile:
    st.write(say("start.profile_below"))
resume_form(checklist)
profile_form(checklist)
if st.button(say("start.go_on"), type="primary", key=session.key("go_on")):
    st.switch_page(page("questionnaire"))
resources(checklist)
