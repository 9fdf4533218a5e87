"""The questionnaire, one step at a time, a card an item; beside it, where there is room, the list of the steps."""

from __future__ import annotations

import streamlit as st

from pensebete.checklist.model import Checklist
from pensebete.web import session
from pensebete.web.layout.share_idea import share_idea
from pensebete.web.views.ideas.of_others import ideas_of_others
from pensebete.web.views.questionnaire.item_card import item_card, set_aside_items
from pensebete.web.views.questionnaire.steps import (
    answers_to_confirm,
    next_and_previous,
    step_title,
    steps_beside,
    where_one_is,
)
from pensebete.web.views.remarks.of_item import remarks_by_item
from pensebete.web.views.start.profile_form import questions_of_step


def questionnaire(checklist: Checklist) -> None:
    asked, step = session.asked_steps(), session.current_step()
    with st.container(key="two-columns"):
        steps_beside(asked, step)
        with st.container(key="step"):
            where_one_is(asked, step)
            answers_to_confirm()
            step_title(step)
            questions_of_step(step)
            remarked = remarks_by_item()
            for state in step.item_states:
                if state.applies:
                    item_card(checklist, state.item, remarked.get(state.item.id, ()))
            set_aside_items(checklist, tuple(state for state in step.item_states if state.set_aside))
            if step.domain and step.part == step.parts:
                with st.container(key="idea-lines", horizontal=True):
                    share_idea(checklist, step.domain.id)
                    ideas_of_others(checklist, step.domain.id)
    next_and_previous(asked, step)
