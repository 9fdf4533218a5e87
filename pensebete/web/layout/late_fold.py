"""A fold whose content is made once it is opened: a page of many fields is lighter, and comes sooner."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pensebete.web import session


def late_fold(label: str, name: str) -> DeltaGenerator | None:
    """The fold, to be filled; None until it is opened.

    What is in it stays made when it is closed again, until one leaves the screen: the framework forgets what a field
    holds that is not drawn. `label` stays as it is while the page is shown: with another one it is another fold.
    """
    fold = st.expander(label, key=session.key(name), on_change="rerun")
    return fold if session.shown_since_arriving(f"fold.{name}", bool(fold.open)) else None
