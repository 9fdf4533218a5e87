"""The questionnaire, one step at a time, a card an item."""

from __future__ import annotations

from pensebete.checklist.model import Checklist
from pensebete.web.views.questionnaire.item_card import item_card, set_aside_items
from pensebete.web.views.questionnaire.steps import (
    answers_to_confirm,
    asked_steps,
    choose_step,
    current_step,
    how_to_stop,
    next_and_previous,
    progress_shown,
    step_title,
)


def questionnaire(checklist: Checklist) -> None:
    asked = asked_steps()
    step = current_step(asked)
    said = progress_shown(step)
    choose_step(asked, step)
    answers_to_confirm()
    step_title(asked, step)
    for state in step.item_states:
        if state.applies:
            item_card(checklist, state.item, said)
    set_aside_items(checklist, tuple(state for state in step.item_states if state.set_aside))
    said()
    how_to_stop()
    next_and_previous(asked, step)
