"""What goes back to enterprises: the PDF with the dossier as it came and its remarks, a message; a zip for many."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from pensebete.assessment.review.model import Review
from pensebete.desk.desk_text import name_words
from pensebete.desk.message import message_words
from pensebete.desk.portfolio import Entry
from pensebete.evaluation.evaluation import Evaluation
from pensebete.export.file_name import SHORT_ID, file_name
from pensebete.export.zip_file import names_apart, zip_file
from pensebete.pdf.build import edition_pdf
from pensebete.pdf.edition import COMPLETE
from pensebete.text.markdown_escape import label, plain
from pensebete.text.wording import Wording, wording
from pensebete.web import session
from pensebete.web.components.copy_text import copy_text
from pensebete.web.components.file_download import hand_over
from pensebete.web.layout.save_status import address_of_app
from pensebete.web.session import desk, desk_reviews
from pensebete.web.session.desk_reviews import Made

_ONLY = "remarks.only"
MOST_AT_ONCE = 200  # of one zip: a minute of a server that others wait for; those that are left go with the next one


def send_back(entry: Entry, evaluation: Evaluation, review: Review) -> None:
    """For one enterprise."""
    say = session.say()
    with st.container(key="remarks-back"):
        st.html(f"<h4>{escape(say('remarks.back'))}</h4>")
        if not review.remarks:
            st.caption(plain(say("remarks.back.nothing")))
            return
        st.caption(plain(say("remarks.back.explained")))
        if begun := len(desk.desk_begun(entry)):
            st.warning(plain(say("remarks.begun", n=begun)))
        left = entry.remarked.to_send
        st.markdown(plain(say("remarks.back.left") if left else say("remarks.back.sent")))
        st.button(
            say("remarks.back.pdf"),
            key=session.key(f"remarks.pdf.{entry.row.digest[:16]}"),
            type="primary" if left else "secondary",
            on_click=_make_one,
            args=(entry,),
        )
        _handed()
        copy_text(
            message_of(evaluation, review),
            {name: say(f"remarks.back.{name}") for name in ("message", "copy", "copied", "refused")},
            key="remarks.message",
        )


def send_all() -> None:
    """For many: a zip, of those with something new, or of those that are chosen."""
    say, entries = session.say(), desk.desk_portfolio().entries
    remarked = [entry for entry in entries if desk_reviews.was_remarked(entry)]
    if not remarked:
        return
    new = desk_reviews.to_send(entries)
    with st.expander(label(say("remarks.back.all", n=len(new))), key="remarks.back.all"):
        st.caption(plain(say("remarks.back.all.explained")))
        by_key = {entry.key: entry for entry in remarked}
        only: list[str] = st.multiselect(
            say("remarks.back.only"),
            list(by_key),
            format_func=lambda key: label(name_words(by_key[key], say)) if key in by_key else "",
            key=_ONLY,
            placeholder=say("remarks.back.only.all"),
        )
        chosen = ([by_key[key] for key in only if key in by_key] or new)[:MOST_AT_ONCE]
        if chosen:
            st.button(
                say("remarks.back.zip", n=len(chosen)),
                key=session.key("remarks.zip"),
                type="primary",
                on_click=desk_reviews.begin_sending,
                args=(tuple(entry.key for entry in chosen),),
            )
        else:
            st.markdown(plain(say("remarks.back.none")))
        _make_all()
        _handed()


def message_of(evaluation: Evaluation, review: Review) -> str:
    author, say = desk_reviews.desk_author(), _theirs(evaluation)
    return message_words(review, evaluation.assessment, author, address_of_app(), say)


def _theirs(evaluation: Evaluation) -> Wording:
    return wording(evaluation.assessment.language, evaluation.checklist.languages)


def _made(entry: Entry) -> Made:
    """The dossier in it is the one that came, byte for byte; the remarks are as they were written."""
    evaluation, review = desk_reviews.desk_evaluation(entry), desk_reviews.desk_review(entry)
    assert evaluation is not None
    assessment, say = evaluation.assessment, _theirs(evaluation)
    names = (
        file_name("reviewed", "pdf", evaluation.today, say, assessment, letters).removesuffix(".pdf")
        for letters in (SHORT_ID, 8, 32)
    )
    return Made(
        names=tuple(dict.fromkeys(names)),
        pdf=edition_pdf(COMPLETE, evaluation, assessment.language, review, desk.desk_dossier(entry)),
        message=message_of(evaluation, desk_reviews.shown_review(entry)),
    )


def _make_one(entry: Entry) -> None:
    """Made before the page is drawn, which then says that it has left."""
    made = _made(entry)
    desk_reviews.was_sent(entry)
    desk_reviews.hand(made.pdf, f"{made.names[0]}.pdf", "application/pdf")


def _make_all() -> None:
    """One after the other, telling how far it is; a run that is cut short goes on with the rest."""
    say, asked = session.say(), desk_reviews.asked_to_send()
    if not asked:
        return
    with st.container(key="desk-sending"):
        bar = st.progress(0.0, say("remarks.back.making", made=0, of=len(asked)))
        st.button(say("desk.stop"), key=session.key("remarks.stop"), on_click=desk_reviews.end_sending)
        for n, entry in enumerate(asked):
            bar.progress(n / len(asked), say("remarks.back.making", made=n, of=len(asked)))
            try:
                desk_reviews.made_for(entry, _made)
            except Exception:  # or each time this page is drawn it would fail again
                desk_reviews.end_sending()
                raise
    _hand_all(asked)
    session.draw_again()


def _hand_all(entries: Sequence[Entry]) -> None:
    every = [desk_reviews.made_for(entry, _made) for entry in entries]
    members: list[tuple[str, bytes]] = []
    for name, made in zip(names_apart(made.names for made in every), every, strict=True):
        members += [(f"{name}.pdf", made.pdf), (f"{name}.txt", made.message.encode())]
    for entry in entries:
        desk_reviews.was_sent(entry)
    desk_reviews.end_sending()
    name = f"{session.say()('remarks.back.zip.file_name')}_{session.today().isoformat()}.zip"
    desk_reviews.hand(zip_file(members), name, "application/zip")


def _handed() -> None:
    """What was just made goes to the visitor, once."""
    with st.container(key="remarks-handed"):
        if handed := desk_reviews.take_handed():
            hand_over(*handed)
            st.caption(plain(session.say()("desk.handed_over", name=handed[1])))
