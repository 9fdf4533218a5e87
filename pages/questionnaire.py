"""The questionnaire: one step at a time, a card an item."""

import streamlit as st

from pensebete.journey import steps
from pensebete.web import session
from pensebete.web.item_card import item_card, set_aside_items
from pensebete.web.questionnaire_steps import (
    answers_to_confirm,
    choose_mode,
    choose_step,
    current_step,
    next_and_previous,
    progress_shown,
    step_title,
)

say = session.say()
checklist = session.checklist()

st.title(say("questionnaire.title"), anchor=False)
choose_mode()
asked = steps(checklist, session.standings(), session.urgent_first())
step = current_step(asked)
said = progress_shown(step)
answers_to_confirm()
choose_step(asked, step)
step_title(step)
for standing in step.standings:
    if standing.applies:
        item_card(checklist, standing.item, said)
set_aside_items(checklist, tuple(standing for standing in step.standings if standing.set_aside))
said()
next_and_previous(asked, step)
