"""Going on with a dossier: the JSON or PDF file that was downloaded before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Literal

import streamlit as st

from pensebete.assessment import dossier_file
from pensebete.assessment.dossier_file import Problem
from pensebete.assessment.model import Assessment
from pensebete.assessment.profile import unknown_ids
from pensebete.assessment.review.model import Review
from pensebete.assessment.review.standing import asked, goes_on
from pensebete.assessment.same_enterprise import may_be_another_enterprise
from pensebete.assessment.unknown_fields import unknown_fields_words
from pensebete.checklist.model import Checklist
from pensebete.desk.intake import Comment
from pensebete.desk.intake_text import comment_text, refused_lines
from pensebete.desk.opened import Opened
from pensebete.evaluation.review_text import whose_words
from pensebete.text.markdown_escape import label, plain
from pensebete.web import session
from pensebete.web.layout.navigation import page
from pensebete.web.server.live import version_served

_MOST_SAID = 10  # of the files that were refused, of the comments
_MOST_OF_A_COMMENT = 300  # characters
_READING_COMMENTS = timedelta(minutes=3)


def resume_form(checklist: Checklist, title: str = "resume.title") -> None:
    """Take a file; open it at once where nothing would be replaced, else after a word from the manager."""
    say = session.say()
    with st.expander(say(title), type="compact"):
        if session.assessment().says_something:
            st.caption(plain(say("resume.anew")))
        # Of any kind: a dossier is known by its content, whatever mail made of its name.
        file = st.file_uploader(
            say("resume.file"),
            key=session.key("resume"),
            max_upload_size=dossier_file.MAX_BYTES // 1_000_000,
        )
        if session.dropped_is_gone(session.key("resume")):
            st.info(say("resume.upload_gone"))
        if file is None:
            st.caption(plain(say("received.travels")))
            return
        dropped = session.dossiers_in(file, checklist)
        if refused := refused_lines(dropped.refused, dropped.name, say):
            (st.warning if dropped.opened else st.error)("\n\n".join(plain(line) for line in refused[:_MOST_SAID]))
        if (one := _chosen(dropped.opened, file.file_id)) is not None:
            _offer(checklist, one, at_once=len(dropped.opened) == 1 and not (one.notes or refused))


def _chosen(found: tuple[Opened, ...], file_id: str) -> Opened | None:
    """The one dossier of a file; of several, the one that is asked for: none is opened unasked."""
    if len(found) < 2:
        return found[0] if found else None
    say = session.say()
    choices = {str(n): _choice(one) for n, one in enumerate(found)}
    asked = st.radio(
        say("resume.which"),
        list(choices),
        index=None,
        format_func=lambda n: label(choices[n]),
        key=session.key(f"resume.which.{file_id}"),  # what was chosen in another file is no choice here
    )
    return None if asked is None else found[int(asked)]


def _choice(one: Opened) -> str:
    say, told = session.say(), _told_of(one.assessment)
    name, by, answers, when = told["name"], told["by"], told["answers"], told["when"]
    return say("resume.choice", name=name, by=by, answers=answers, when=when, file=one.taken.file)


def _offer(checklist: Checklist, one: Opened, at_once: bool) -> None:
    """Open it where nothing would be replaced and nothing has to be said first, else after a word from the manager."""
    say, found = session.say(), one.assessment
    review = one.review
    problems = [found for found in one.reviews if isinstance(found, Problem)]
    if at_once and not problems and not session.assessment().says_something and not session.saving():
        _open(checklist, one, review)
        st.rerun()
    for note in (*one.notes, *problems):
        st.warning(plain(note.sentence(say)))
    what = compared(found, session.assessment())
    for sentence in _what_would_happen(found):
        st.markdown(sentence)
    if review:
        st.markdown(plain(_told_of_review(review)))
        if what != "another":
            # First, but where the file is what one goes on with: its answers are newer, and nobody else holds others.
            first = what != "newer" or bool(session.saving())
            held = session.assessment()
            if may_be_another_enterprise(found, held):
                first = False
                st.warning(plain(say("received.other_name", name=found.organisation, held=held.organisation)))
            look: Literal["primary", "secondary"] = "primary" if first else "secondary"
            if st.button(
                say("received.take"), type=look, disabled=session.reading_only(), key=session.key("resume.take")
            ):
                _take_remarks(review)
                st.switch_page(page("remarks"))
    st.button(
        say("resume.open.older" if what == "older" else "resume.open"),
        on_click=_open,
        args=(checklist, one, review),
        disabled=session.reading_only() and found.id == session.assessment().id,
        key=session.key("resume.open"),
    )


def _told_of_review(review: Review) -> str:
    say, held = session.say(), session.assessment()
    going = [one for one in asked(review.remarks) if goes_on(one, held)]
    said = going or asked(review.remarks)
    return say("received.in_file", told=whose_words(said, say)) if said else say("received.seen_in_file")


def _take_remarks(review: Review) -> None:
    """And nothing else of the file: the answers of the tab stay as they are."""
    before = session.review()
    if not session.add_to_review(review):
        return  # why is said
    session.begin_edition()  # the file was what it was for
    session.notify(session.say()("received.known" if session.review() == before else "received.taken"))


def compared(file: Assessment, held: Assessment) -> str:
    """What a file is to the dossier that the tab holds: `another`, or the same `older`, `newer`, `same`, `undated`.

    `previous` is the one that this new cycle was copied from.
    """
    if file.id is not None and file.id == held.previous_id != held.id:
        return "previous"
    if file.id is None or file.id != held.id:
        return "another"
    if file.updated_at is None or held.updated_at is None:
        return "undated"
    if file.updated_at == held.updated_at:
        return "same"
    return "older" if file.updated_at < held.updated_at else "newer"


def _what_would_happen(file: Assessment) -> list[str]:
    """Whose file it is and of when, what it is to the tab's dossier, and what opening it would replace."""
    say, held = session.say(), session.assessment()
    told = _told_of(file)
    name, by = plain(told["name"]), plain(told["by"])
    whose = say("resume.whose", name=name, by=by, answers=told["answers"], when=told["when"])
    if not held.says_something and not session.saving():
        return [whose]
    what = compared(file, held)
    if what in ("another", "previous"):
        found = say(f"resume.{what}", held=plain(held.organisation or say("aside.unnamed")))
        return [whose, f"{found} {say('resume.another.saved' if session.saving() else 'resume.another.unsaved')}"]
    found = say(f"resume.{what}", when=_moment(held))
    return [whose, f"{found} {say('resume.saved')}" if session.saving() else found]


def _told_of(file: Assessment) -> dict[str, str]:
    """Whose it is, by whom, how much is in it and of when."""
    say = session.say()
    answers = say("resume.answers", sum(answer.status is not None for answer in file.answers.values()))
    name, by = file.organisation or say("aside.unnamed"), file.prepared_by or say("resume.nobody")
    return {"name": name, "by": by, "answers": answers, "when": _moment(file)}


def _moment(assessment: Assessment) -> str:
    """When it was changed last, by the visitor's clock."""
    say, at = session.say(), assessment.updated_at
    if at is None:
        return say("resume.no_date")
    here = at.astimezone(session.now().tzinfo)
    return say("resume.moment", date=say.date(here.date()), time=say.time(here))


def _open(checklist: Checklist, one: Opened, review: Review | None) -> None:
    found = one.assessment
    session.resume(found, version_served(found.checklist), review)
    session.go_on_as_answered()
    say = session.say()
    session.notify(say("resume.done", n=sum(answer.status is not None for answer in found.answers.values())))
    if strange := unknown_ids(checklist, found):
        session.notify(say("resume.unknown", ids=", ".join(strange)))
    for sentence in unknown_fields_words(found, say):
        session.notify(sentence)
    if one.taken.comments:
        session.notify(_said_on_it(one.taken.comments), _READING_COMMENTS)


def _said_on_it(comments: Sequence[Comment]) -> str:
    """What somebody wrote on the PDF, the first of it: nothing in a dossier says it."""
    say = session.say()
    texts = [comment_text(replace(one, text=_cut(one.text)), say) for one in comments[:_MOST_SAID]]
    if more := len(comments) - len(texts):
        texts.append(say("resume.more_comments", n=more))
    return f"{say('dossier.comments', len(comments))} {' · '.join(texts)}"


def _cut(text: str) -> str:
    return text if len(text) <= _MOST_OF_A_COMMENT else text[: _MOST_OF_A_COMMENT - 1] + "…"
