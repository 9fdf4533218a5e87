"""What advisors remarked about the dossier of this visit, and what was answered.

It is found by the id of the dossier alone, so that no dossier which comes into the tab has the remarks of another one.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

import streamlit as st

from pensebete.assessment.review.carried import carried
from pensebete.assessment.review.merge import merged
from pensebete.assessment.review.model import Remark, Review
from pensebete.assessment.review.standing import still_open
from pensebete.web.session.state import assessment, checklist

NO_DOSSIER = UUID(int=0)  # of answers that are no dossier yet, as in a trial


def review() -> Review:
    """All that is known here about this visit's dossier, as it was written; empty where nothing was remarked."""
    return review_of(assessment().id or NO_DOSSIER)


def review_of(dossier: UUID) -> Review:
    return _reviews().get(dossier) or Review(dossier=dossier)


def shown_review() -> Review:
    """The same as this visit's version of the checklist calls its lines."""
    return carried(review(), checklist())


def open_remarks() -> tuple[Remark, ...]:
    """Those that wait for an answer of the manager's, as shown."""
    return still_open(shown_review().remarks, assessment())


def add_to_review(more: Review) -> None:
    """The union with what is known of this visit's dossier. ValueError where it is about another one."""
    before = review()
    after = merged(before, more)
    if after != before:
        put_review(after)
        st.session_state["said_something"] = True
        _grew(after)


def put_review(known: Review) -> None:
    """Hold it, whichever dossier it is about: that of the visit, or one set aside."""
    _reviews()[known.dossier] = known


def keep_reviews_of(dossiers: Collection[UUID | None]) -> None:
    """Forget what is about any other dossier: one that has left the visit takes its remarks along."""
    for dossier in _reviews().keys() - set(dossiers):
        del _reviews()[dossier]


def unsent() -> dict[UUID, object]:
    """The answers given in this visit that nobody else can have yet: event -> what goes with it, should it be taken
    back (remark_answers.py)."""
    found: dict[UUID, object] = of_this_dossier("unsent", {})
    return found


def answers_left() -> None:
    """What was answered is in a PDF that was handed over, or in the database: it stays."""
    unsent().clear()


def _grew(known: Review) -> None:
    """Called whenever the review of this visit's dossier has more in it than before: here it is saved, where the
    dossier is and its tab does not contradict it, and `answers_left` is said."""


def of_this_dossier(name: str, nothing: Any) -> Any:
    """What this visit keeps beside the review of its dossier, and of no other."""
    whose, found = st.session_state.get("beside_review", (None, {}))
    if whose != assessment().id:
        found = {}
        st.session_state["beside_review"] = (assessment().id, found)
    return found.setdefault(name, nothing)


def _reviews() -> dict[UUID, Review]:
    found: dict[UUID, Review] = st.session_state.setdefault("reviews", {})
    return found
