"""A draft of the checklist, tried out by the whole app in this visit alone."""

from __future__ import annotations

import streamlit as st

from pensebete.assessment.migration import migrate
from pensebete.assessment.model import Assessment
from pensebete.web.server.live import Published
from pensebete.web.session.lifecycle import _new_assessment
from pensebete.web.session.state import assessment, checklist, language, trying_out
from pensebete.web.session.widgets import begin_edition

# What a trial puts aside, and gives back as it was.
_OWN = (
    "assessment",
    "strand",
    "published",
    "saving",
    "unopened",
    "said_something",
    "erased",
    "place",
    "reviews",
    "beside_review",
)


def try_out(draft: Published, with_dossier: Assessment | None = None) -> None:
    """Show the whole app with a draft of the checklist, in this visit alone, and answers of the trial's own.

    What the visit said is put aside until `end_trial`. Tried out again after a change, the draft keeps the answers.
    """
    tried = st.session_state["assessment"] if trying_out() else None
    before, spoken = checklist(), language()
    if not trying_out():
        st.session_state["put_aside"] = {k: st.session_state.pop(k) for k in _OWN if k in st.session_state}
    st.session_state["published"] = draft
    st.session_state["said_something"] = True  # no copy or link of the visit's own is to be taken up now
    spoken = spoken if spoken in draft.checklist.languages else draft.checklist.languages[0]
    if with_dossier is None and tried is not None and before.id == draft.checklist.id:
        with_dossier = migrate(tried, draft.checklist, before).assessment
    st.session_state["assessment"] = (with_dossier or _new_assessment(draft.checklist, spoken)).model_copy(
        update={"language": spoken}
    )
    begin_edition()


def end_trial() -> None:
    """Go back to what the visit said, on its own version of the checklist."""
    if not trying_out():
        return
    spoken = language()
    for name in _OWN:
        st.session_state.pop(name, None)
    st.session_state.update(st.session_state.pop("put_aside"))
    if spoken in checklist().languages and spoken != language():
        st.session_state["assessment"] = assessment().model_copy(update={"language": spoken})
    begin_edition()
