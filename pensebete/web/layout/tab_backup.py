"""A copy of the dossier in the browser tab, so that a reload or a lost connection loses nothing.

It lies in the tab's sessionStorage: the browser drops it with the tab, no other tab sees it, « Effacer » empties it
and the server keeps nothing. Who asks for it has it kept beyond the tab too (keep_here.py). Here it is written into a
hidden element, which a card can do on its own; browser_bridge/ moves it to the storage, and hands it back to a visit
in which nothing was said yet.

What advisors remarked about the dossier lies in the copy beside it.

Another dossier may come into the tab: by a private link, from a file, as a new cycle. One that was saved nowhere is
then set aside in the same storage, and offered.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from html import escape
from uuid import UUID

import streamlit as st

from pensebete.assessment import dossier_file
from pensebete.assessment.field_map import Key
from pensebete.assessment.model import Assessment
from pensebete.assessment.review import file as review_file
from pensebete.assessment.review.model import Review
from pensebete.assessment.same_enterprise import may_be_another_enterprise
from pensebete.checklist.model import Checklist
from pensebete.evaluation.evaluation import Evaluation
from pensebete.text.markdown_escape import plain
from pensebete.text.typed_number import number_in
from pensebete.web import session
from pensebete.web.server.live import version_served

_LONGEST_REPLY = 5 * review_file.MOST_OF_A_REMARK
_WEEKS: Key = ("detail", "contact.weeks_of_money")
_STRAND = re.compile(r"[0-9a-f-]{36}")


@dataclass(frozen=True)
class Copy:
    """What a copy holds: the dossier, what was remarked about it, replies being written, the place in the
    questionnaire."""

    dossier: Assessment
    review: Review | None
    replies: dict[UUID, str]
    place: str | None
    strand: str | None
    idea: object = None  # being written to the staff, as session/idea.py keeps it
    handed_over: object = None  # the PDF that was handed over, as session/handed_over.py keeps it


def tab_copy() -> None:
    """Keep the copy true from here on."""
    with st.container(key="tab-copy"):
        session.show_changes_in(st.empty(), copy_html, seen=False)


def take_back(checklist: Checklist, copy: str) -> None:
    """Go on from a copy. It was in the visitor's hands: it is read as any file, and left alone if it is no dossier."""
    if session.said_something() or (read := _read(checklist, copy)) is None:
        return
    found = read.dossier
    if found.language in checklist.languages:
        session.set_language(found.language)
    _go_on_with(read)
    if found.says_something or read.review:
        session.notify(session.say()("frame.taken_back"))


def take_kept(checklist: Checklist, told: str) -> None:
    """Go on with what this browser kept beyond a tab, as its visitor chose; what this tab held is set aside.

    It is read as any file. `nothing_new`: all that this tab held is in it already, so there is nothing to set aside.
    """
    if session.trying_out():
        return
    try:
        asked = json.loads(told)
        copy, nothing_new = str(asked["copy"]), asked["nothing_new"] is True
    except (ValueError, KeyError, TypeError, RecursionError):
        copy, nothing_new = "", False
    say = session.say()
    if (read := _read(checklist, copy)) is None:
        session.notify(say("keep.unreadable"), timedelta(minutes=1))
        return
    before = session.displaced()
    _go_on_with(read)
    session.leave_saved()  # as what is taken up: it never goes into what is saved
    session.set_asks_which(False)
    session.set_lost_dossier(None)
    if nothing_new and before is None:
        session.forget_displaced()
    name = read.dossier.organisation
    session.notify(say("keep.resumed", name=name) if name else say("keep.resumed.unnamed"))


def _go_on_with(read: Copy) -> None:
    session.resume(read.dossier, version_served(read.dossier.checklist), read.review)
    if read.strand:
        session.go_on_with_strand(read.strand)
    for remark, words in read.replies.items():
        session.write_reply(remark, words)
    session.take_back_idea(read.idea)
    session.hear_of_handed_over(read.handed_over)
    if not session.step_was_asked():
        if read.place is not None:
            session.go_to(read.place)
        else:
            session.go_on_as_answered()


def take_drafts(checklist: Checklist, told: str) -> None:
    """Keep the words that a reload cut off while they were typed: of this dossier, in fields that it has."""
    try:
        drafts = json.loads(told)
        of, fields = drafts["of"], dict(drafts["fields"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return
    own = str(session.assessment().id) if session.said_something() else None
    if of != own or session.reading_only() or session.trying_out() or session.contradicted():
        return
    for remark in session.review().remarks:
        words = fields.get(f"reply-{remark.id}")
        if isinstance(words, str) and len(words) <= _LONGEST_REPLY:
            session.write_reply(remark.id, words)
    session.take_back_idea({name: fields.get(f"idea-{name}") for name in session.IDEA_FIELDS})
    for fact in _typed_facts(checklist):
        words = fields.get(str(session.widget_of(fact)).replace(".", "-"))
        if isinstance(words, str):
            with suppress(ValueError):  # weeks that are no number: to be typed again
                session.restore_field(fact, number_in(words) if fact == _WEEKS else words)


def _typed_facts(checklist: Checklist) -> Iterator[Key]:
    """What is typed in a field of its own, and kept when that is left."""
    yield from (("detail", "organisation"), ("detail", "prepared_by"), _WEEKS)
    yield from (("detail", f"contact.{name}") for name in ("name", "phone", "when", "email", "municipality"))
    for item in checklist.items.values():
        yield from (("answer", item.id, "note"), ("answer", item.id, "reason"))
        yield from (("plan", item.id, action.id, "comment") for action in item.actions)


def hear_of_aside(checklist: Checklist, copy: str) -> None:
    """Take note of what the browser set aside; what is no dossier is forgotten."""
    if read := _read(checklist, copy):
        session.displace(read.dossier, read.review)
    else:
        session.forget_displaced()


def hear_of_remarks(checklist: Checklist, copy: str) -> None:
    """Take in what was remarked and answered in this tab before its saved dossier was opened anew."""
    session.set_copy_heard()
    read, held = _read(checklist, copy), session.assessment()
    if read is None or read.review is None or session.saving() is None:
        return
    if read.dossier.id != held.id or may_be_another_enterprise(read.dossier, held):
        return
    session.take_in_copy(read.review)
    for remark, words in read.replies.items():
        if not session.reply_being_written(remark):
            session.write_reply(remark, words)


def offer_aside() -> None:
    """Say what was set aside, and take it up again or forget it, as the visitor chooses."""
    found, say = session.displaced(), session.say()
    if found is None or session.trying_out():
        return
    answered = sum(answer.status is not None for answer in found.answers.values())
    with st.container(border=True, key="aside"):
        st.markdown(plain(say("aside.explained", answered, name=found.organisation or say("aside.unnamed"))))
        with st.container(horizontal=True):
            st.button(say("aside.take_up"), on_click=_take_up, args=(found,), key=session.key("aside.take_up"))
            st.button(say("aside.forget"), on_click=session.forget_displaced, key=session.key("aside.forget"))


def _take_up(found: Assessment) -> None:
    remarked = session.displaced_review()
    session.forget_displaced()
    session.resume(found, version_served(found.checklist), remarked)
    session.go_on_as_answered()
    session.leave_saved()


def hear_of_handed_over(checklist: Checklist, copy: str) -> None:
    """Take note of the PDF that was handed over of this saved dossier in this tab, before it was opened anew."""
    read = _read(checklist, copy)
    session.hear_of_handed_over(read.handed_over if read and read.dossier.id == session.assessment().id else None)


def _read(checklist: Checklist, copy: str) -> Copy | None:
    """None where it is no dossier of this checklist; what stands beside one and cannot be read is left out."""
    try:
        parts = json.loads(copy)
        dossier, place = dossier_file.read_json(parts["dossier"].encode(), checklist), parts.get("place")
        review = _review_in(parts, dossier)
        replies = _replies_in(parts.get("replies"), review) if review else {}
        strand = parts.get("strand")
        return Copy(
            dossier,
            review,
            replies,
            place if isinstance(place, str) else None,
            strand if isinstance(strand, str) and _STRAND.fullmatch(strand) else None,
            parts.get("idea"),
            parts.get("handed_over"),
        )
    except (dossier_file.DossierError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _review_in(parts: dict[str, object], dossier: Assessment) -> Review | None:
    """Bounded and checked as that of any file; never that of another dossier."""
    try:
        found = review_file.read_review(str(parts["review"]).encode())
    except (KeyError, ValueError, RecursionError, review_file.ReviewError):
        return None
    return found if found.remarks and found.dossier == dossier.id else None


def _replies_in(said: object, review: Review) -> dict[UUID, str]:
    """To the remarks that are there; what is longer than one may say stays in its field, to be shortened."""
    found = said if isinstance(said, dict) else {}
    written = {remark.id: found.get(str(remark.id)) for remark in review.remarks}
    return {id: words for id, words in written.items() if isinstance(words, str) and len(words) <= _LONGEST_REPLY}


def copy_html(evaluation: Evaluation) -> str:
    """What the browser finds in the page, and keeps in the tab."""
    # During a trial the copy stays as it is: what is put aside does not change.
    if not session.said_something() or session.trying_out():
        return "<p hidden></p>"
    assessment, remarked = evaluation.assessment, session.review()
    copy = {
        "id": str(assessment.id),
        "strand": session.strand(),
        "unsaved": session.unsaved(),
        "saved": session.saving() is not None,
        "visit": session.edition(),
        "waits_to_open": session.unopened() is not None,
        "dossier": dossier_file.dump(assessment).decode(),
        "place": session.place(),
        "times_kept": session.times_kept(),
    }
    if handed_over := session.handed_over_as_kept():
        copy["handed_over"] = handed_over
    if idea := session.idea_as_kept():
        copy["idea"] = idea
    if remarked.remarks:
        copy["review"] = review_file.dump(remarked).decode()
        copy["replies"] = session.replies_being_written()
    # After « Effacer » what was kept goes too.
    text = "" if session.erased() else json.dumps(copy, ensure_ascii=False)
    return f"<pre hidden>{escape(text)}</pre>"
