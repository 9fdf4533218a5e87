"""Another dossier, which this tab held before and which is saved nowhere."""

from __future__ import annotations

import streamlit as st

from pensebete.assessment.model import Assessment
from pensebete.web.session.state import assessment, saving


def displaced() -> Assessment | None:
    """Another dossier, saved nowhere, that this tab held before."""
    found: Assessment | None = st.session_state.get("aside")
    return found


def displace(dossier: Assessment) -> None:
    st.session_state["aside"] = dossier


def unsaved() -> bool:
    """Whether something was said that only this tab holds."""
    found = saving()
    return assessment().says_something and (found is None or found.waits_for is not None)


def forget_displaced() -> None:
    """Forget the dossier set aside; the next screen has the browser forget it too."""
    st.session_state.pop("aside", None)
    st.session_state["aside_to_forget"] = True


def displaced_to_forget() -> bool:
    return bool(st.session_state.pop("aside_to_forget", False))
