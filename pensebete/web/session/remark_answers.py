"""What the manager answers to a remark: an event of the review.

An event that left, in a PDF or to the database, is never taken away; until then a slip of the thumb is taken back.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import cast
from uuid import UUID, uuid4

import streamlit as st

from pensebete.assessment.edits import with_answer, with_details
from pensebete.assessment.model import Answer, Assessment
from pensebete.assessment.review.merge import moment_after
from pensebete.assessment.review.model import MANAGER, Author, Event, EventKind, Remark, Review
from pensebete.checklist.status import Status
from pensebete.web.session.edits import apply_edit, count_kept
from pensebete.web.session.review import add_to_review, of_this_dossier, put_review, review, unsent
from pensebete.web.session.state import assessment, now
from pensebete.web.session.widgets import widget_forgets


@dataclass(frozen=True)
class Taken:
    """A status that was taken from a remark: the answer to its item before, and as it is since."""

    item: str
    before: Answer
    after: Answer


def answer_remark(remark: Remark, kind: EventKind, text: str = "", taken: Taken | None = None) -> None:
    """Say it in the manager's name, as of now."""
    here = next((one for one in review().remarks if one.id == remark.id), None)
    if here is None:
        return  # a page that still showed another dossier
    said = assessment()
    author = Author(name=said.prepared_by.strip(), role=MANAGER, organisation=said.organisation.strip())
    event = Event(id=uuid4(), kind=kind, author=author, at=moment_after(remark, now()), text=text)
    unsent()[event.id] = taken
    # That remark alone: one dossier's whole review may be more than is saved, which keeps nobody from an answer.
    answered = here.model_copy(update={"events": (event,)})
    if not add_to_review(Review(dossier=review().dossier, remarks=(answered,))):
        unsent().pop(event.id)
        return
    st.session_state.pop("undo", None)
    if kind == "reply":
        forget_reply(remark.id)
    count_kept()


def take_proposal(remark: Remark) -> None:
    """The status that the remark proposes becomes the manager's answer, and the remark is answered: « Corrigé »."""
    if not any(one.id == remark.id for one in review().remarks):
        return  # a page that still showed another dossier
    item, status = str(remark.about.item), cast(Status, remark.proposed)
    before = assessment().answer(item)
    apply_edit(with_answer, item, status=status)
    after = assessment().answer(item)
    if after.status == status:  # else a bound refused it
        widget_forgets(f"status.{item}")
        answer_remark(remark, "corrected", taken=Taken(item, before, after))


def correct(remark: Remark) -> None:
    """« Corrigé », of a line that one is led to: what was remarked goes along, to be read there."""
    answer_remark(remark, "corrected")
    of_this_dossier("corrected", {})["last"] = remark.id


def being_corrected(remark: UUID) -> bool:
    return bool(of_this_dossier("corrected", {}).get("last") == remark)


def unsent_answers(remark: UUID) -> tuple[Event, ...]:
    """The answers given here to a remark that nobody else can have yet, by time."""
    here = next((one for one in review().remarks if one.id == remark), None)
    return tuple(event for event in here.events if event.id in unsent()) if here else ()


def take_answer_back(remark: UUID, answer: UUID) -> None:
    """With it goes the status that it took, unless that was changed since; its words stay in their field."""
    event = next((one for one in unsent_answers(remark) if one.id == answer), None)
    if event is None:
        return
    known = review()
    put_review(
        known.model_copy(
            update={
                "remarks": tuple(
                    one
                    if one.id != remark
                    else one.model_copy(update={"events": tuple(e for e in one.events if e.id != event.id)})
                    for one in known.remarks
                )
            }
        )
    )
    taken = unsent().pop(event.id)
    if event.text:
        write_reply(remark, event.text)
    if isinstance(taken, Taken) and assessment().answer(taken.item) == taken.after:
        apply_edit(_answered_as_before, taken.item, before=taken.before)
        widget_forgets(f"status.{taken.item}")
    else:
        count_kept()


def reply_being_written(remark: UUID) -> str:
    """What the field of a reply holds: what was typed there, or the reply that can still be taken back."""
    held = [event.text for event in unsent_answers(remark) if event.kind == "reply"]
    return replies_being_written().get(str(remark), held[-1] if held else "")


def write_reply(remark: UUID, text: str) -> None:
    if text:
        replies_being_written()[str(remark)] = text
    else:
        forget_reply(remark)


def forget_reply(remark: UUID) -> None:
    replies_being_written().pop(str(remark), None)
    widget_forgets(f"reply.{remark}")


def replies_being_written() -> dict[str, str]:
    """By the remarks of this dossier."""
    found: dict[str, str] = of_this_dossier("replies", {})
    return found


def _answered_as_before(said: Assessment, item: str, now: datetime, before: Answer) -> Assessment:
    answers = {**said.answers, item: before}
    if before == Answer():
        del answers[item]
    return with_details(said, now, answers=answers)
