"""Going on with a dossier: the JSON or PDF file that was downloaded before."""

from __future__ import annotations

import streamlit as st

from pensebete.assessment import dossier_file
from pensebete.assessment.model import Assessment
from pensebete.assessment.profile import unknown_ids
from pensebete.assessment.unknown_fields import unknown_fields_words
from pensebete.checklist.model import Checklist
from pensebete.text.markdown_escape import plain
from pensebete.web import session
from pensebete.web.server.live import version_served


def resume_form(checklist: Checklist, title: str = "resume.title") -> None:
    """Take a file; open it at once where nothing would be replaced, else after a word from the manager."""
    say = session.say()
    with st.expander(say(title), type="compact"):
        if session.assessment().says_something:
            st.caption(plain(say("resume.anew")))
        file = st.file_uploader(
            say("resume.file"),
            type=["json", "pdf"],
            key=session.key("resume"),
            max_upload_size=dossier_file.MAX_BYTES // 1_000_000,
        )
        if session.dropped_is_gone(session.key("resume")):
            st.info(say("resume.upload_gone"))
        if file is None:
            return
        try:
            found = session.dossier_in(file, checklist)
        except dossier_file.DossierError as error:
            st.error("\n\n".join(plain(sentence) for sentence in error.sentences(say)))
            return
        if not session.assessment().says_something and not session.saving():
            _open(checklist, found)
            st.rerun()
        older = compared(found, session.assessment()) == "older"
        for sentence in _what_would_happen(found):
            st.markdown(sentence)
        st.button(
            say("resume.open.older" if older else "resume.open"),
            on_click=_open,
            args=(checklist, found),
            disabled=session.reading_only() and found.id == session.assessment().id,
            key=session.key("resume.open"),
        )


def compared(file: Assessment, held: Assessment) -> str:
    """What a file is to the dossier that the tab holds: `another`, or the same `older`, `newer`, `same`, `undated`."""
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
    name, by = plain(file.organisation or say("aside.unnamed")), plain(file.prepared_by or say("resume.nobody"))
    answers = say("resume.answers", sum(answer.status is not None for answer in file.answers.values()))
    whose = say("resume.whose", name=name, by=by, answers=answers, when=_moment(file))
    what = compared(file, held)
    if what == "another":
        found = say("resume.another", held=plain(held.organisation or say("aside.unnamed")))
        return [whose, f"{found} {say('resume.another.saved' if session.saving() else 'resume.another.unsaved')}"]
    found = say(f"resume.{what}", when=_moment(held))
    return [whose, f"{found} {say('resume.saved')}" if session.saving() else found]


def _moment(assessment: Assessment) -> str:
    """When it was changed last, by the visitor's clock."""
    say, at = session.say(), assessment.updated_at
    if at is None:
        return say("resume.no_date")
    here = at.astimezone(session.now().tzinfo)
    return say("resume.moment", date=say.date(here.date()), time=say.time(here))


def _open(checklist: Checklist, found: Assessment) -> None:
    session.resume(found, version_served(found.checklist))
    say = session.say()
    session.notify(say("resume.done", n=sum(answer.status is not None for answer in found.answers.values())))
    if strange := unknown_ids(checklist, found):
        session.notify(say("resume.unknown", ids=", ".join(strange)))
    for sentence in unknown_fields_words(found, say):
        session.notify(sentence)
