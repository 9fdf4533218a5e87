"""Another dossier, which this tab held before and which is saved nowhere."""

from __future__ import annotations

import streamlit as st

from pensebete.assessment.model import Assessment
from pensebete.assessment.review.model import Review
from pensebete.web.session.review import keep_reviews_of, put_review, review
from pensebete.web.session.state import assessment, saving
from pensebete.web.session.tab import contradicted


def displaced() -> Assessment | None:
    """Another dossier, saved nowhere, that this tab held before."""
    found: Assessment | None = st.session_state.get("aside")
    return found


def displace(dossier: Assessment, remarked: Review | None = None) -> None:
    """Set it aside with what was remarked about it, which is given where this visit does not know it."""
    st.session_state["aside"] = dossier
    if remarked and remarked.dossier == dossier.id:
        put_review(remarked)


def unsaved() -> bool:
    """Whether something was said that only this tab holds."""
    found = saving()
    if found is None or found.waits_for is not None:
        return assessment().says_something or bool(review().remarks)
    return contradicted() and found.access == "write" and found.holds_back(assessment())


def forget_displaced() -> None:
    """Forget the dossier set aside; the next screen has the browser forget it too."""
    st.session_state.pop("aside", None)
    st.session_state["aside_to_forget"] = True
    keep_only_own_reviews()


def displaced_to_forget() -> bool:
    return bool(st.session_state.pop("aside_to_forget", False))


def keep_only_own_reviews() -> None:
    """Whatever was remarked about a dossier goes with it: only this one's stays, and that of the one set aside."""
    aside = displaced()
    current: Assessment | None = st.session_state.get("assessment")
    keep_reviews_of([one.id for one in (current, aside) if one])
