"""« Remarquer », of a line, by a reading link: made only when it is unfolded, for a page has many lines."""

from __future__ import annotations

from html import escape

import streamlit as st

from pensebete.assessment.review.file import MOST_OF_A_REMARK
from pensebete.assessment.review.model import About
from pensebete.assessment.review.standing import asked
from pensebete.desk.phrases import phrases
from pensebete.desk.remarking import as_typed, kinds_of, phrased, says_something, statuses_to_propose
from pensebete.evaluation.review_text import author_words, by_and_when, remark_words
from pensebete.text.markdown_escape import label, plain
from pensebete.text.wording import wording
from pensebete.web import session
from pensebete.web.views.remarks.signature import signature_fields


def remark_fold(about: About, ref: str) -> None:
    """`ref`: which line it is about, for who hears one fold after the other; seen, it stands beside its line."""
    if not session.reading_only():
        return
    name = _name("fold", about)
    with st.container(key=f"say-about-{_token(about)}"):
        fold = st.expander(
            f"{session.say()('remarks.remark')} *{plain(ref)}*",
            key=session.key(name),
            type="compact",
            on_change="rerun",
        )
        if fold.open:
            with fold:
                _form(about)


def _form(about: About) -> None:
    say, checklist, draft = session.say(), session.checklist(), session.remark_draft(about)
    if not about.of_item:
        _made(about)  # those of an item stand on its card
    kind = session.widget(_name("kind", about), draft.kind)
    st.pills(
        say("remarks.form.kind"),
        kinds_of(about),
        format_func=lambda one: say(f"remarks.form.kind.{one}"),
        default=draft.kind,
        required=True,
        key=kind,
        on_change=_written,
        args=(about,),
    )
    if draft.kind == "status" and about.item:
        proposed = session.widget(_name("proposed", about), draft.proposed)
        st.pills(
            say("remarks.form.proposed"),
            statuses_to_propose(session.assessment(), about.item),
            format_func=lambda status: label(checklist.statuses[status].label[say.language]),
            default=draft.proposed,
            key=proposed,
            on_change=_written,
            args=(about,),
        )
    language, phrase = _language(), session.key(_name("phrase", about))
    st.selectbox(
        say("remarks.form.phrase"),
        phrases(draft.kind, (), wording(language, checklist.languages)),
        index=None,
        key=phrase,
        format_func=label,
        placeholder=say("remarks.form.phrase.choose"),
        on_change=_phrase,
        args=(about, phrase),
    )
    text = session.widget(_name("text", about), draft.text)
    st.text_area(
        say("remarks.form.text"),
        draft.text,
        key=text,
        max_chars=MOST_OF_A_REMARK,
        height=100,
        on_change=_written,
        args=(about,),
    )
    if language != say.language:
        st.caption(plain(say("remarks.form.language", language=say.language_name(language))))
    if session.has_remarked():
        st.caption(plain(say("saved.remark.signed", author=author_words(session.advisor(), say))))
    else:
        signature_fields()
    with st.container(key=f"say-refused-{_token(about)}"):
        if refused := session.chosen(session.key(_name("refused", about))):
            st.error(plain(refused))
    st.button(
        say("remarks.form.add"), type="primary", key=session.key(_name("add", about)), on_click=_add, args=(about,)
    )


def _language() -> str:
    """That of whoever keeps the dossier, and reads the remark."""
    found = session.saving()
    return found.known.language if found else session.language()


def _made(about: About) -> None:
    """What was remarked of the line so far."""
    say, checklist, zone = session.say(), session.checklist(), session.zone()
    lines = [
        f"<li>{escape(remark_words(remark, checklist, say))} "
        f'<span class="remark-by">{escape(by_and_when(remark.author, remark.at, zone, say))}</span></li>'
        for remark in asked(session.shown_review().remarks)
        if remark.about == about
    ]
    if lines:
        st.html(f'<ul class="remark-said">{"".join(lines)}</ul>')


def _token(about: About) -> str:
    return "-".join(part or "" for part in ("line", about.item, about.action, about.question))


def _name(what: str, about: About) -> str:
    return f"say.{what}.{_token(about)}"


def _written(about: About) -> None:
    """What the widgets hold is what is being written."""
    kind, proposed, text = (session.chosen(session.key(_name(what, about))) for what in ("kind", "proposed", "text"))
    session.set_remark_draft(about, as_typed(session.remark_draft(about), kind, proposed, text))
    _refuse(about, "")


def _phrase(about: About, key: str) -> None:
    if chosen := session.typed(key):
        draft = phrased(session.remark_draft(about), chosen)
        session.widget_shows(session.key(_name("text", about)), draft.text)
        session.set_remark_draft(about, draft)
    session.widget_shows(key, None)


def _add(about: About) -> None:
    _written(about)  # the framework may tell of the button before it tells of the field
    say, draft = session.say(), session.remark_draft(about)
    if not says_something(draft.kind, draft.text, draft.proposed):
        status = draft.kind == "status"
        _refuse(about, say("remarks.form.no_status" if status else "remarks.form.no_text"))
        session.restore_focus(_name("proposed" if status else "text", about), even_from=_name("add", about))
    elif session.add_remark(about, draft):
        for name in ("kind", "proposed", "text"):
            session.widget_forgets(_name(name, about))
        session.widget_shows(session.key(_name("fold", about)), False)
        session.restore_focus(_name("fold", about))
        found = session.saving()
        if found and found.waits_for is None:  # else it is said why saving waits
            session.notify(say("saved.remark.added"))


def _refuse(about: About, sentence: str) -> None:
    session.widget_shows(session.key(_name("refused", about)), sentence)
