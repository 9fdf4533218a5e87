"""What advisors remarked about the dossier, line by line, and the manager's answers; then the PDF to send back."""

import streamlit as st

from pensebete.web import session
from pensebete.web.views.action_plan.downloads import pdf_bar
from pensebete.web.views.remarks.advisor_panel import advisor_panel
from pensebete.web.views.remarks.view import all_remarks, nothing_remarked

with st.container(key="remarks"):
    st.title(session.say()("received.title"), anchor=False)
    if session.reading_only():
        advisor_panel()
    if session.review().remarks:
        all_remarks(session.evaluation())
    elif not session.reading_only():
        nothing_remarked()
if session.review().remarks and not session.reading_only():
    pdf_bar(session.evaluation())
