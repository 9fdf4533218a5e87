"""Another dossier, which this tab held before and which is saved nowhere."""

from __future__ import annotations

import streamlit as st

from pensebete.assessment.model import Assessment
from pensebete.assessment.review.model import Review
from pensebete.web.session.review import review
from pensebete.web.session.state import assessment, saving
from pensebete.web.session.tab import contradicted


def displaced() -> Assessment | None:
    """Another dossier, saved nowhere, that this tab held before."""
    found: Assessment | None = st.session_state.get("aside")
    return found


def displaced_review() -> Review | None:
    """What was remarked about it; apart from the review of this visit's dossier, which may have the same id."""
    found: Review | None = st.session_state.get("aside_review")
    return found


def displace(dossier: Assessment, remarked: Review | None) -> None:
    st.session_state["aside"] = dossier
    st.session_state["aside_review"] = remarked if remarked and remarked.remarks else None


def unsaved() -> bool:
    """Whether something was said that only this tab holds."""
    found = saving()
    if found is None or found.waits_for is not None:
        return assessment().says_something or bool(review().remarks)
    return contradicted() and found.access == "write" and found.holds_back(assessment())


def forget_displaced() -> None:
    """Forget the dossier set aside; the next screen has the browser forget it too."""
    st.session_state.pop("aside", None)
    st.session_state.pop("aside_review", None)
    st.session_state["aside_to_forget"] = True


def displaced_to_forget() -> bool:
    return bool(st.session_state.pop("aside_to_forget", False))
