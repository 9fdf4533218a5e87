"""What advisors remarked about the dossier of this visit, and what was answered.

It is found by the id of the dossier alone, so that no dossier which comes into the tab has the remarks of another one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

import streamlit as st

from pensebete.assessment.review.carried import carried
from pensebete.assessment.review.merge import merged
from pensebete.assessment.review.model import Remark, Review
from pensebete.assessment.review.standing import still_open
from pensebete.storage.errors import LinkGoneError, StoreError
from pensebete.web.session.link import drop_link, leave_saved
from pensebete.web.session.screen import notify
from pensebete.web.session.state import assessment, checklist, now, saving, say
from pensebete.web.session.tab import contradicted

if TYPE_CHECKING:  # as in state.py
    from pensebete.storage.sync import Saving

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


def add_to_review(more: Review) -> bool:
    """The union with what is known of this visit's dossier, saved where the dossier is; whether it was taken, and why
    not is said. ValueError where it is about another one."""
    before = review()
    after = merged(before, more)
    if after == before:
        return True
    if not _saved(more):
        return False
    put_review(after)
    st.session_state["said_something"] = True
    return True


def take_in_saved(found: Saving) -> None:
    """A saved dossier came into this visit, or was just kept: what the tab and the database know of it becomes one.

    By a reading link, what the tab alone knows stays in the tab.
    """
    known = review_of(found.review.dossier)
    whole = merged(known, found.review)
    if whole.remarks:
        put_review(whole)
    if whole != found.review and found.access == "write" and not _saved(known):
        notify(say()("saved.remarks_not_kept"), in_view=True)


def take_in_copy(kept: Review) -> None:
    """What the tab held of this visit's saved dossier before it was opened anew. What did not come to the database yet
    is saved; by a reading link, what advisors said alone, and the rest stays in the tab."""
    found = saving()
    if not add_to_review(_of_advisors(kept) if found and found.access == "read" else kept):
        notify(say()("saved.remarks_not_kept"), in_view=True)
    put_review(merged(review(), kept))


def copy_heard() -> bool:
    """Whether the tab has handed over the remarks that it held before this visit."""
    return "copy_heard" in st.session_state


def set_copy_heard() -> None:
    st.session_state["copy_heard"] = True


def _of_advisors(known: Review) -> Review:
    return known.model_copy(
        update={
            "remarks": tuple(
                one.model_copy(update={"events": tuple(said for said in one.events if not said.author.is_manager)})
                for one in known.remarks
                if not one.author.is_manager
            )
        }
    )


def hear_review(found: Saving) -> bool:
    """Whether others have remarked or answered something, which is known here from now on; what was refused is said."""
    if refused := found.refused:
        found.refused = None
        notify(refused.sentence(say()), in_view=True)
    before = review()
    after = merged(before, found.review)
    if after != before:
        put_review(after)
    return after != before


def _saved(more: Review) -> bool:
    """Have it saved, where the dossier is: whether it may be shown as said."""
    found = saving()
    if found is None:
        return True
    if contradicted():
        # As with an answer: nothing is written before it is known which dossier the tab is about.
        notify(say()("saved.which_first"), in_view=True)
        return False
    try:
        found.add(more, now())
    except LinkGoneError as gone:
        # As with an answer: it stays in the tab, and is saved no more.
        drop_link(found.dossier)
        leave_saved()
        notify(gone.sentence(say()))
    except StoreError as refused:
        notify(refused.sentence(say()), in_view=True)
        return False
    answers_left()
    return True


def put_review(known: Review) -> None:
    """Hold what is known of this visit's dossier."""
    _reviews()[known.dossier] = known


def forget_review() -> None:
    """What was remarked about a dossier leaves with it."""
    st.session_state.pop("reviews", None)
    st.session_state.pop("beside_review", None)


def unsent() -> dict[UUID, object]:
    """The answers given in this visit that nobody else can have yet: event -> what goes with it, should it be taken
    back (remark_answers.py)."""
    found: dict[UUID, object] = of_this_dossier("unsent", {})
    return found


def answers_left() -> None:
    """What was answered is in a PDF that was handed over, or on its way to the database: it stays."""
    unsent().clear()


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
