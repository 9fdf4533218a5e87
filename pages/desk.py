"""The desk of an advisor: the dossiers of many enterprises, in the order in which to call. Nothing is kept here."""

import streamlit as st

from pensebete.web import session
from pensebete.web.session import desk
from pensebete.web.views.desk.intake_form import about_desk, erase_desk, intake_form, refused_files
from pensebete.web.views.desk.row_details import row_details
from pensebete.web.views.desk.take_away import take_away
from pensebete.web.views.desk.triage import triage

desk.begin_desk()
with st.container(key="desk"):
    if entry := desk.desk_entry():
        with st.container(key="page-title"):
            st.title(session.say()("desk.title"), anchor=False)
        row_details(entry)
    else:
        st.title(session.say()("desk.title"), anchor=False)
        about_desk()
        intake_form()
        refused_files()
        triage()
        take_away()
        erase_desk()
