"""Going on with a dossier: the JSON or PDF file that was downloaded before."""

from __future__ import annotations

import streamlit as st

from pensebete.assessment import dossier_file
from pensebete.assessment.model import Assessment
from pensebete.assessment.profile import unknown_ids
from pensebete.assessment.unknown_fields import unknown_fields_words
from pensebete.checklist.live import version_served
from pensebete.checklist.model import Checklist
from pensebete.text.markdown_escape import plain
from pensebete.web import session


def resume_form(checklist: Checklist) -> None:
    """Take a file; open it at once where nothing would be replaced, else after a word from the manager."""
    say = session.say()
    with st.expander(say("resume.title")):
        file = st.file_uploader(
            say("resume.file"),
            type=["json", "pdf"],
            key=session.key("resume"),
            max_upload_size=dossier_file.MAX_BYTES // 1_000_000,
        )
        if file is None:
            return
        try:
            found = dossier_file.read(file.getvalue(), checklist)
        except dossier_file.DossierError as error:
            st.error("\n\n".join(plain(sentence) for sentence in error.sentences(say)))
            return
        if not session.assessment().says_something:
            _open(checklist, found)
            st.rerun()
        st.warning(say("resume.replaces"))
        st.button(say("resume.open"), on_click=_open, args=(checklist, found), key=session.key("resume.open"))


def _open(checklist: Checklist, found: Assessment) -> None:
    session.resume(found, version_served(found.checklist))
    say = session.say()
    session.notify(say("resume.done", n=sum(answer.status is not None for answer in found.answers.values())))
    if strange := unknown_ids(checklist, found):
        session.notify(say("resume.unknown", ids=", ".join(strange)))
    for sentence in unknown_fields_words(found, say):
        session.notify(sentence)
