"""Two doors on the first page: what cannot wait, or all of it. Each says how long it takes and what it asks."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from pensebete.assessment.steps import Step, progress
from pensebete.checklist.model import Checklist
from pensebete.text.markdown_escape import label
from pensebete.web import session
from pensebete.web.layout.navigation import page
from pensebete.web.layout.step_bar import way_on_to, ways_on
from pensebete.web.views.start.introduction import minutes


def doors(checklist: Checklist) -> None:
    """The ways on. Where all is essential, or nothing is, there is one way, and no word of another."""
    if not session.short_way_steps():
        way_on_to("questionnaire", "start.begin")
        return
    short, whole = door_words()
    with ways_on(), st.container(key="doors", gap="xsmall"):
        if st.button(short, type="primary", key=session.key("door.short"), width="stretch"):
            session.take_short_way()
            st.switch_page(page("questionnaire"))
        if st.button(whole, key=session.key("door.whole"), width="stretch"):
            session.take_whole_way()
            st.switch_page(page("questionnaire"))


def door_words() -> tuple[str, str]:
    """« 4 minutes : ce qui ne peut pas attendre », « 12 minutes : tout », each with what is asked under it."""
    return (
        _door("start.door.short", "start.door.essentials", session.short_way_steps()),
        _door("start.door.whole", "start.door.items", session.whole_way_steps()),
    )


def _door(name: str, counted: str, steps: Sequence[Step]) -> str:
    say = session.say()
    items = progress(state for step in steps for state in step.item_states).of
    questions = sum(step.numbered_questions for step in steps)
    asked = [say("start.door.questions", n=questions)] if questions else []
    asked.append(say(counted, n=items))
    return f"**{label(say(name, n=minutes(items, questions)))}** :small[{label(', '.join(asked))}]"
