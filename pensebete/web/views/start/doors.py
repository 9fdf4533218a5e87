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
    """« 5 minutes : ce qui ne peut pas attendre », « 10 minutes : tout », each with what is asked under it."""
    short, whole = _asked(session.short_way_steps()), _asked(session.whole_way_steps())
    how_long = about_minutes(minutes(*short), minutes(*whole))
    return (
        _door("start.door.short", "start.door.essentials", short, how_long[0]),
        _door("start.door.whole", "start.door.items", whole, how_long[1]),
    )


def about_minutes(short: int, whole: int) -> tuple[int, int]:
    """As people say them, by fives: « 4 minutes » and « 12 minutes » promise what nobody measured. Where the two would
    be the same, as they are."""
    rounded = tuple(max(5, 5 * round(minutes / 5)) for minutes in (short, whole))
    return (short, whole) if rounded[0] == rounded[1] else (rounded[0], rounded[1])


def _asked(steps: Sequence[Step]) -> tuple[int, int]:
    """How many items, and questions of the profile, a way asks."""
    items = progress(state for step in steps for state in step.item_states).of
    return items, sum(step.numbered_questions for step in steps)


def _door(name: str, counted: str, asks: tuple[int, int], how_long: int) -> str:
    say, (items, questions) = session.say(), asks
    asked = [say("start.door.questions", n=questions)] if questions else []
    asked.append(say(counted, n=items))
    return f"**{label(say(name, n=how_long))}** :small[{label(', '.join(asked))}]"
