"""What came and was said at this desk about each enterprise, and who speaks here. It goes with the visit.

What is said is kept by the key of the row, so that no two rows share a word, though they have one dossier id.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import reduce
from uuid import UUID, uuid4

import streamlit as st

from pensebete.assessment.dossier_file import assessment_in
from pensebete.assessment.review.carried import carried
from pensebete.assessment.review.merge import merged, moment_after
from pensebete.assessment.review.model import About, Author, Remark, Review
from pensebete.desk.portfolio import Entry
from pensebete.desk.remarked import NOTHING
from pensebete.desk.remarking import (
    AdvisorEvent,
    Draft,
    advisor_event,
    has_room,
    new_remark,
    seen_of,
    seen_of_all,
    signed,
)
from pensebete.desk.row import evaluated, review_in
from pensebete.desk.said import Said, all_sent, unsent, with_answer, with_said, without
from pensebete.evaluation.evaluation import Evaluation
from pensebete.web.session import desk


@dataclass(frozen=True, slots=True)
class _Looked:
    """What a page needs of one enterprise; an entry is another object once anything of it changed."""

    entry: Entry
    evaluation: Evaluation | None
    came: Review | None


def takes_remarks(entry: Entry) -> bool:
    """Without an id a dossier would not know its remarks again; of another checklist no line is known here."""
    return bool(entry.row.id) and bool(entry.row.read_with)


def desk_evaluation(entry: Entry) -> Evaluation | None:
    """What follows from its dossier today; None where its checklist is not at hand."""
    return _looked(entry).evaluation


def desk_review(entry: Entry) -> Review | None:
    """All that came in its files and was said here, as it was written; None of a dossier without an id."""
    if not entry.row.id:
        return None
    known = [review for review in (_looked(entry).came, _said(entry).review) if review]
    return reduce(merged, known)


def shown_review(entry: Entry) -> Review:
    """The same, as its lines are called now: to be shown beside the evaluation."""
    evaluation, review = desk_evaluation(entry), desk_review(entry)
    assert evaluation is not None
    assert review is not None
    return carried(review, evaluation.checklist)


def review_of_past(cycle: Entry) -> Review | None:
    """What came and was said of a past cycle of an enterprise (`Entry.cycles_before`), as it was written."""
    said = desk.desk_said().get(cycle.key)
    known = [*_came(cycle), *([said.review] if said else [])]
    return reduce(merged, known) if known else None


def desk_author() -> Author:
    """Who speaks here: what they say of themselves, and an advisor in any case."""
    author = desk.desk_author()
    return signed(author.name, author.role, author.organisation)


def has_left(entry: Entry, id: UUID) -> bool:
    """Whether a remark or an event has left this desk, or came to it."""
    return id not in unsent_of(entry)


def unsent_of(entry: Entry) -> frozenset[UUID]:
    return unsent(_said(entry), _looked(entry).came)


def add_remark(entry: Entry, about: About, draft: Draft) -> bool:
    """Whether there was room for it."""
    evaluation = desk_evaluation(entry)
    assert evaluation is not None
    said = (draft.kind, draft.text, desk_author(), _now(), uuid4(), draft.proposed)
    return _add(entry, new_remark(evaluation.assessment, about, *said))


def see(entry: Entry, item: str) -> bool:
    evaluation = desk_evaluation(entry)
    assert evaluation is not None
    return _add(entry, seen_of(evaluation.assessment, item, desk_author(), _now(), uuid4()))


def unsee(entry: Entry, item: str) -> None:
    """« Vu » that has not left is taken back."""
    unsent = unsent_of(entry)
    for remark in _said(entry).review.remarks:
        if remark.kind == "seen" and remark.about == About(item=item) and remark.id in unsent:
            take_back(entry, remark.id)


def see_all(entry: Entry) -> bool:
    evaluation = desk_evaluation(entry)
    assert evaluation is not None
    return _add(entry, *seen_of_all(evaluation, shown_review(entry), desk_author(), _now(), uuid4))


def answer_remark(entry: Entry, id: UUID, kind: AdvisorEvent, text: str = "") -> None:
    review = desk_review(entry)
    remark = next((one for one in review.remarks if one.id == id), None) if review else None
    if remark is not None:
        event = advisor_event(kind, desk_author(), moment_after(remark, _now()), uuid4(), text)
        desk.say_at_desk(entry.key, with_answer(_said(entry), remark, event))


def take_back(entry: Entry, id: UUID) -> None:
    """A remark or an event that has not left yet; what has left stays."""
    if id in unsent_of(entry):
        desk.say_at_desk(entry.key, without(_said(entry), id))


def was_sent(entry: Entry) -> None:
    """A PDF with all of it was made."""
    if entry.key in desk.desk_said():
        desk.say_at_desk(entry.key, all_sent(_said(entry)))


def to_send(entries: tuple[Entry, ...]) -> list[Entry]:
    """Those of which something was said here that has not left."""
    return [entry for entry in entries if entry.remarked.to_send]


def was_remarked(entry: Entry) -> bool:
    """Whether there is anything to send back, though it may have left before."""
    return takes_remarks(entry) and (entry.remarked != NOTHING or entry.key in desk.desk_said())


# PDFs that are being made, for many


@dataclass(frozen=True, slots=True)
class Made:
    names: tuple[str, ...]  # that it may have, the shortest first
    pdf: bytes
    message: str


def begin_sending(keys: tuple[str, ...]) -> None:
    st.session_state["desk_sending"] = (keys, {})


def end_sending() -> None:
    st.session_state.pop("desk_sending", None)


def asked_to_send() -> list[Entry]:
    """In the order of the desk."""
    keys = st.session_state.get("desk_sending", ((), {}))[0]
    return [entry for entry in desk.desk_portfolio().entries if entry.key in keys and takes_remarks(entry)]


def made_for(entry: Entry, make: Callable[[Entry], Made]) -> Made:
    """Made once, for a run that was cut short not to begin anew; anew where something was said since."""
    known: dict[str, tuple[Entry, Made]] = st.session_state.get("desk_sending", ((), {}))[1]
    if entry.key not in known or known[entry.key][0] is not entry:
        known[entry.key] = (entry, make(entry))
    return known[entry.key][1]


def hand(content: bytes, name: str, type: str) -> None:
    """To be given to the visitor by the next screen."""
    st.session_state["desk_handed"] = (content, name, type)


def take_handed() -> tuple[bytes, str, str] | None:
    found: tuple[bytes, str, str] | None = st.session_state.pop("desk_handed", None)
    return found


def _now() -> datetime:
    """To the millionth of a second: what is said in one second keeps its order."""
    return datetime.now(UTC)


def _add(entry: Entry, *remarks: Remark) -> bool:
    review = desk_review(entry)
    assert review is not None
    more = Review(dossier=review.dossier, remarks=remarks)
    if not has_room(review, len(remarks)) or not desk.desk_has_room_for(more):
        return False
    if remarks:
        desk.say_at_desk(entry.key, with_said(_said(entry), remarks))
    return True


def _said(entry: Entry) -> Said:
    return desk.desk_said().get(entry.key) or Said(Review(dossier=UUID(entry.row.id)))


def _looked(entry: Entry) -> _Looked:
    known: _Looked | None = st.session_state.get("desk_looked")
    if known is None or known.entry is not entry:
        evaluation = evaluated(assessment_in(desk.desk_dossier(entry)), desk.read_with())
        came = _came(entry)
        known = _Looked(entry, evaluation, reduce(merged, came) if came else None)
        st.session_state["desk_looked"] = known
    return known


def _came(entry: Entry) -> list[Review]:
    """The reviews in the files of its dossier."""
    id = UUID(entry.row.id) if entry.row.id else None
    found = [review_in(taken, id) for taken in desk.desk_files(entry)] if id else []
    return [review for review in found if isinstance(review, Review)]
