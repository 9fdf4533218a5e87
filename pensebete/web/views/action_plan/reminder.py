"""« Revoir mon plan dans 3 semaines »: a reminder for the manager's own calendar."""

from __future__ import annotations

import streamlit as st

from pensebete.evaluation.evaluation import Evaluation
from pensebete.evaluation.looking_again import look_again_on
from pensebete.export.build import FORMATS, export
from pensebete.export.file_name import file_name
from pensebete.text.markdown_escape import plain
from pensebete.web import session
from pensebete.web.components.file_download import hand_over
from pensebete.web.layout.save_status import address_of_app


def reminder(evaluation: Evaluation) -> None:
    """The button, and which day that is; pressed, the file of one event, said in the place of the day."""
    say, day = session.say(), look_again_on(evaluation)
    with st.container(key="reminder", gap=None):
        pressed, said = st.button(say("reminder.add"), key=session.key("reminder")), st.empty()
        said.caption(plain(say("reminder.explained", day=say.weekday(day, evaluation.today))))
        if pressed:
            kind = FORMATS["reminder"]
            name = file_name("reminder", kind.extension, evaluation.today, say)
            address = address_of_app()
            known = address if "://" in address else ""  # without a browser there is none
            made = export("reminder", evaluation, session.language(), address=known)
            hand_over(made, name, kind.media_type)
            said.caption(plain(say("reminder.handed_over", name=name)))
