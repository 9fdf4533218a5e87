"""An advisor who reads the dossier by a private link: who they say they are, and what they remark."""

from __future__ import annotations

from uuid import UUID, uuid4

import streamlit as st

from pensebete.assessment.review.merge import moment_after
from pensebete.assessment.review.model import About, Author, Remark, Review
from pensebete.desk.remarking import (
    AdvisorEvent,
    Draft,
    advisor_event,
    has_room,
    new_remark,
    seen_of_all,
    signed,
)
from pensebete.web.session.review import add_to_review, of_this_dossier, review, shown_review
from pensebete.web.session.screen import notify
from pensebete.web.session.state import assessment, evaluation, now, reading_only, saving, say


def advisor() -> Author:
    """What this visitor says of themselves, once for all that they remark; at first, what was said by this link."""
    found: Author | None = st.session_state.get("advisor")
    return found or _before() or signed()


def sign(name: str, role: str, organisation: str) -> None:
    st.session_state["advisor"] = signed(name, role, organisation)


def has_remarked() -> bool:
    """Whether this visitor has said something already: who they are is then asked no more."""
    return "advisor_remarked" in st.session_state or _before() is not None


def _before() -> Author | None:
    found = saving()
    return found.author if found else None


def remark_draft(about: About) -> Draft:
    """What is being written about a line."""
    return _drafts().get(about, Draft())


def set_remark_draft(about: About, draft: Draft) -> None:
    _drafts()[about] = draft


def add_remark(about: About, draft: Draft) -> bool:
    """Whether it was taken; why not is said."""
    said = new_remark(assessment(), about, draft.kind, draft.text, advisor(), now(), uuid4(), draft.proposed)
    if not _add([said]):
        return False
    _drafts().pop(about, None)
    return True


def see_all() -> bool:
    """« Vu », of each line that applies; whether it was taken."""
    return _add(list(seen_of_all(evaluation(), shown_review(), advisor(), now(), uuid4)))


def answer_as_advisor(remark: UUID, kind: AdvisorEvent, text: str = "") -> bool:
    """Reply to a remark, settle or withdraw it; whether it was taken."""
    here = next((one for one in review().remarks if one.id == remark), None)
    if here is None or not reading_only():
        return False
    event = advisor_event(kind, advisor(), moment_after(here, now()), uuid4(), text)
    return _taken([here.model_copy(update={"events": (event,)})])


def _add(remarks: list[Remark]) -> bool:
    if not reading_only():  # a page that still showed another dossier
        return False
    if not has_room(review(), len(remarks)):
        notify(say()("store.review_full"), in_view=True)
        return False
    return _taken(remarks)


def _taken(remarks: list[Remark]) -> bool:
    if not add_to_review(Review(dossier=review().dossier, remarks=tuple(remarks))):
        return False
    st.session_state["advisor_remarked"] = True
    return True


def _drafts() -> dict[About, Draft]:
    found: dict[About, Draft] = of_this_dossier("remark_drafts", {})
    return found
