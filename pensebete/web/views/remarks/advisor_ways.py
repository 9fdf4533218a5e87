"""What an advisor who reads by a link does with a remark: replies, settles it, withdraws it."""

from __future__ import annotations

import streamlit as st

from pensebete.assessment.review.file import MOST_OF_A_REMARK
from pensebete.assessment.review.model import Remark
from pensebete.assessment.review.standing import goes_on
from pensebete.desk.remarking import AdvisorEvent
from pensebete.evaluation.review_text import line_words
from pensebete.text.markdown_escape import label, plain
from pensebete.web import session


def advisor_ways(remark: Remark) -> None:
    """Nothing of one that is settled or withdrawn."""
    if not goes_on(remark, session.assessment()):
        return
    say = session.say()
    with st.container(key=f"answering-{remark.id}", horizontal=True, vertical_alignment="center", gap="xsmall"):
        _reply(remark)
        _one_tap(remark, "closed", say("remarks.close"))
        if remark.author == session.advisor():
            _one_tap(remark, "withdrawn", say("remarks.withdraw"))


def _about(words: str, remark: Remark) -> str:
    """What a button says, and for ears which line it is about: many say the same."""
    line = line_words(remark.about, session.checklist(), session.assessment(), session.say())
    return f"{label(words)} *{plain(line)}*"


def _one_tap(remark: Remark, kind: AdvisorEvent, words: str) -> None:
    st.button(_about(words, remark), key=session.key(f"{kind}.{remark.id}"), on_click=_say, args=(remark, kind))


def _say(remark: Remark, kind: AdvisorEvent) -> None:
    session.answer_as_advisor(remark.id, kind)


def _reply(remark: Remark) -> None:
    """The field opens over the page, so that nothing under it moves; it is made only then."""
    say, opened = session.say(), session.key(f"back.{remark.id}")
    over = st.popover(_about(say("remarks.reply"), remark), key=opened, on_change="rerun")
    if over.open:
        with over:
            written = session.reply_being_written(remark.id)
            key = session.widget(f"reply.{remark.id}", written)
            st.text_area(
                say("remarks.form.text"),
                written,
                key=key,
                max_chars=MOST_OF_A_REMARK,
                height=140,
                on_change=_written,
                args=(remark, key),
            )
            st.button(
                say("remarks.form.add"),
                type="primary",
                key=session.key(f"reply.add.{remark.id}"),
                on_click=_replied,
                args=(remark, key, opened),
            )


def _written(remark: Remark, key: str) -> None:
    session.write_reply(remark.id, session.typed(key))


def _replied(remark: Remark, key: str, opened: str) -> None:
    text = str(session.chosen(key) or "").strip()
    if not text:
        session.notify(session.say()("received.detail.empty"), in_view=True)
    elif session.answer_as_advisor(remark.id, "reply", text):
        session.write_reply(remark.id, "")
        session.widget_shows(opened, False)
