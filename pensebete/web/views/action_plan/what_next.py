"""« Et maintenant? »: to whom the plan goes, when to look at it again, how to come back, an idea to share.

Open once the PDF was handed over, folded before. Nothing but an idea is sent from here: the manager sends.
"""

from __future__ import annotations

from html import escape

import streamlit as st

from pensebete.assessment.review.standing import asked
from pensebete.evaluation.evaluation import Evaluation
from pensebete.evaluation.plan_message import plan_message
from pensebete.text.markdown_escape import plain
from pensebete.text.way_html import way_html
from pensebete.web import session
from pensebete.web.layout.keep_here import keep_here
from pensebete.web.layout.navigation import page
from pensebete.web.layout.ready_message import message_to_mend
from pensebete.web.layout.share_idea import share_idea
from pensebete.web.views.action_plan.reminder import reminder


def what_next(evaluation: Evaluation) -> None:
    """Nothing for an advisor who reads; what was opened by the PDF stays until one leaves the page."""
    say, name = session.say(), session.pdf_handed_over()
    if session.reading_only():
        return
    if session.shown_since_arriving("what-next", name is not None):
        st.header(say("next.title"), anchor=False)
        _steps(evaluation, name)
        return
    fold = st.expander(say("next.title"), key=session.key("next"), type="compact", on_change="rerun")
    if fold.open:
        with fold:
            _steps(evaluation, None)


def _steps(evaluation: Evaluation, name: str | None) -> None:
    _send(evaluation, name)
    reminder(evaluation)
    _come_back()
    share_idea(evaluation.checklist)


def _send(evaluation: Evaluation, name: str | None) -> None:
    """Which file, to whom; then a message to go with it."""
    say, email = session.say(), evaluation.checklist.contact.email
    if asked(session.review().remarks):
        st.markdown(plain(say("received.send_back")))
    file = say("next.this_file", name=name) if name else say("next.the_pdf")
    # As HTML: an address that is copied has nothing hidden in it.
    before, _, after = (say("next.send.to", file=file, email="\n") if email else say("next.send", file=file)).partition(
        "\n"
    )
    st.html(f'<p class="next-step">{escape(before)}{way_html(email or "")}{escape(after)}</p>')
    fold = st.expander(say("next.message"), key=session.key("next.message"), type="compact", on_change="rerun")
    if fold.open:
        with fold:
            message_to_mend("plan", plan_message(evaluation, say), say("next.message"))


def _come_back() -> None:
    say = session.say()
    if session.saving():
        st.markdown(plain(say("next.back.saved")))
        st.page_link(page("dossier"), label=say("pages.dossier"))
    else:
        st.markdown(plain(say("next.back", resume=say("resume.title"))))
        fold = st.expander(say("next.keep"), key=session.key("next.keep"), type="compact", on_change="rerun")
        if fold.open:
            with fold:
                keep_here()
