"""The workshop: the staff check, preview and compare a checklist, and publish it where they have given their key."""

import streamlit as st

from pensebete.web import session
from pensebete.web.views.workshop.diagnostics import verdict
from pensebete.web.views.workshop.draft import current_draft, draft_form
from pensebete.web.views.workshop.served import begin_from_published, file_on_disk, which_serves
from pensebete.web.views.workshop.staff_door import staff_door
from pensebete.web.views.workshop.views import choose_view, follow_draft, show_view

say = session.say()

follow_draft()
st.title(say("workshop.title"), anchor=False)
st.write(say("workshop.explained"))
which_serves()
file_on_disk()
begin_from_published()
draft_form()
draft = current_draft()
if draft:
    verdict(draft)
show_view(choose_view(), draft)
staff_door()
