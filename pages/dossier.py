"""The dossier: kept with the manager's consent, shared by links, frozen at milestones, deleted."""

import streamlit as st

from pensebete.web import session
from pensebete.web.layout.keep_here import keep_here, others_kept
from pensebete.web.views.dossier.calendar import calendar_addresses
from pensebete.web.views.dossier.consent import changes_of_others, deletion, keeping, overwritten_values
from pensebete.web.views.dossier.links import links
from pensebete.web.views.dossier.milestones import milestones, new_cycle_form
from pensebete.web.views.dossier.older_plan import older_plan

say = session.say()

st.title(say("saved.title"), anchor=False)
if session.trying_out():
    st.info(say("trial.nothing_kept"))
elif saving := session.saving():
    overwritten_values(saving)
    changes_of_others(saving)
    links(saving)
    calendar_addresses(saving)
    milestones(saving)
    keep_here()
    others_kept(session.checklist())
    older_plan()
    deletion(saving)
else:
    keeping()
    keep_here()
    others_kept(session.checklist())
    older_plan()
if not session.reading_only() and not session.trying_out():
    new_cycle_form()
