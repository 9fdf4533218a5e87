"""The form of one remark, or of a reply: what is typed is kept at once, wherever one goes before it is added."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from typing import Any
from uuid import UUID

import streamlit as st

from pensebete.assessment.review.file import MOST_OF_A_REMARK, MOST_REMARKS
from pensebete.assessment.review.model import About
from pensebete.desk.phrases import phrases, with_phrase
from pensebete.desk.portfolio import Entry
from pensebete.desk.remarking import (
    Draft,
    Target,
    as_typed,
    kinds_of,
    phrased,
    says_something,
    statuses_to_propose,
)
from pensebete.evaluation.evaluation import Evaluation
from pensebete.evaluation.review_text import line_words
from pensebete.text.markdown_escape import label, plain
from pensebete.text.wording import wording
from pensebete.web import session
from pensebete.web.session import desk, desk_reviews
from pensebete.web.views.desk.remark_lines import token_of

_FIELDS = ("kind", "proposed", "text")
_REFUSED = "desk.remark.refused"

Done = Callable[[], None]


def form_focus(entry: Entry, target: Target) -> str:
    """Where the keyboard goes when the form opens."""
    return _name("text" if isinstance(target, UUID) else "kind", entry, target)


def show_draft(entry: Entry, target: Target, draft: Draft | None) -> None:
    """Have the form hold this from now on, whatever it held."""
    desk.set_desk_draft(entry, target, draft)
    for what in (*_FIELDS, "phrase"):
        session.unversioned_widget_forgets(_key(what, entry, target))
    session.unversioned_widget_forgets(_REFUSED)


def remark_form(entry: Entry, evaluation: Evaluation, about: About, done: Done) -> None:
    """`done` is called once it is added or left."""
    say, draft = session.say(), desk.desk_draft(entry, about)
    line = line_words(about, evaluation.checklist, evaluation.assessment, say)
    with st.container(border=True, key="desk-remark-form"):
        st.markdown(f"**{plain(say('remarks.form', line=line))}**")
        _field(
            st.pills,
            "kind",
            entry,
            about,
            draft.kind,
            say("remarks.form.kind"),
            kinds_of(about),
            required=True,
            format_func=lambda kind: say(f"remarks.form.kind.{kind}"),
        )
        with st.container(key="desk-remark-status"):
            if draft.kind == "status" and about.item:
                _field(
                    st.pills,
                    "proposed",
                    entry,
                    about,
                    draft.proposed,
                    say("remarks.form.proposed"),
                    statuses_to_propose(evaluation.assessment, about.item),
                    format_func=lambda status: label(evaluation.checklist.statuses[status].label[say.language]),
                )
        language = evaluation.assessment.language
        ready = phrases(draft.kind, desk.desk_phrases(), wording(language, evaluation.checklist.languages))
        phrase = _key("phrase", entry, about)
        st.selectbox(
            say("remarks.form.phrase"),
            ready,
            index=None,
            key=phrase,
            format_func=label,
            placeholder=say("remarks.form.phrase.choose"),
            on_change=_phrase,
            args=(phrase, entry, about),
        )
        _text(entry, about, draft, say("remarks.form.text"))
        if language != say.language:
            st.caption(plain(say("remarks.form.language", language=say.language_name(language))))
        _refused(entry, about)
        with st.container(horizontal=True):
            st.button(
                say("remarks.form.add"),
                key=session.key(_tapped("add", entry)),
                type="primary",
                on_click=_add,
                args=(entry, about, done),
            )
            st.button(
                say("remarks.form.leave"),
                key=session.key(_tapped("leave", entry)),
                on_click=_leave,
                args=(entry, about, done),
            )
            st.button(
                say("remarks.form.keep"),
                key=session.key(_tapped("keep", entry)),
                on_click=_keep_phrase,
                args=(entry, about),
            )


def reply_form(entry: Entry, remark: UUID, done: Done) -> None:
    say, draft = session.say(), desk.desk_draft(entry, remark)
    with st.container(border=True, key="desk-remark-form"):
        _text(entry, remark, draft, say("remarks.reply"))
        _refused(entry, remark)
        with st.container(horizontal=True):
            st.button(
                say("remarks.form.add"),
                key=session.key(_tapped("add", entry)),
                type="primary",
                on_click=_reply,
                args=(entry, remark, done),
            )
            st.button(
                say("remarks.form.leave"),
                key=session.key(_tapped("leave", entry)),
                on_click=_leave,
                args=(entry, remark, done),
            )


def _key(what: str, entry: Entry, target: Target) -> str:
    return session.key(_name(what, entry, target))


def _tapped(what: str, entry: Entry) -> str:
    """A button of its own for each enterprise: a tap on a screen that is being replaced is never one on the next."""
    return f"desk.remark.{what}.{entry.row.digest[:16]}"


def _name(what: str, entry: Entry, target: Target) -> str:
    """A widget of its own for each line of each enterprise: none ever shows what was typed in another."""
    return f"desk.remark.{what}.{sha256(f'{entry.key} {token_of(target)}'.encode()).hexdigest()[:12]}"


def _field(
    make: Callable[..., Any], what: str, entry: Entry, target: Target, value: Any, words: str, *args: Any, **more: Any
) -> None:
    key = session.unversioned_widget(_key(what, entry, target), value)
    make(words, *args, key=key, on_change=_typed, args=(entry, target), **more)


def _text(entry: Entry, target: Target, draft: Draft, words: str) -> None:
    _field(st.text_area, "text", entry, target, draft.text, words, max_chars=MOST_OF_A_REMARK, height=100)


def _typed(entry: Entry, target: Target) -> None:
    """What the widgets of the form hold is what was begun."""
    kind, proposed, text = (session.chosen(_key(what, entry, target)) for what in _FIELDS)
    desk.set_desk_draft(entry, target, as_typed(desk.desk_draft(entry, target), kind, proposed, text))
    session.unversioned_widget_forgets(_REFUSED)


def _phrase(key: str, entry: Entry, target: Target) -> None:
    if chosen := session.typed(key):
        draft = phrased(desk.desk_draft(entry, target), chosen)
        session.widget_shows(_key("text", entry, target), draft.text)
        desk.set_desk_draft(entry, target, draft)
    session.widget_shows(key, None)
    session.unversioned_widget_forgets(_REFUSED)


def _refused(entry: Entry, target: Target) -> None:
    """What was asked for and could not be done, beside it."""
    where, sentence = session.chosen(_REFUSED) or ("", "")
    with st.container(key="desk-remark-refused"):
        if where == _key("text", entry, target):
            st.error(plain(sentence))


def _refuse(entry: Entry, target: Target, sentence: str) -> None:
    session.widget_shows(_REFUSED, (_key("text", entry, target), sentence))


def _add(entry: Entry, about: About, done: Done) -> None:
    _typed(entry, about)  # the framework may tell of the button before it tells of the field
    say, draft = session.say(), desk.desk_draft(entry, about)
    if not says_something(draft.kind, draft.text, draft.proposed):
        status = draft.kind == "status"
        _refuse(entry, about, say("remarks.form.no_status" if status else "remarks.form.no_text"))
        session.restore_focus(_name("proposed" if status else "text", entry, about), even_from=_tapped("add", entry))
    elif desk_reviews.add_remark(entry, about, draft):
        _clear(entry, about, done)
    else:
        _refuse(entry, about, say("remarks.full", most=MOST_REMARKS))


def _reply(entry: Entry, remark: UUID, done: Done) -> None:
    _typed(entry, remark)
    draft = desk.desk_draft(entry, remark)
    if draft.text.strip():
        desk_reviews.answer_remark(entry, remark, "reply", draft.text)
        _clear(entry, remark, done)
    else:
        _refuse(entry, remark, session.say()("remarks.reply.no_text"))


def _clear(entry: Entry, target: Target, done: Done) -> None:
    """It was added, or is given up."""
    show_draft(entry, target, None)
    desk.write_at_desk(entry, None)
    done()


def _leave(entry: Entry, target: Target, done: Done) -> None:
    """What was typed stays, and its line says so."""
    _typed(entry, target)
    desk.write_at_desk(entry, None)
    session.unversioned_widget_forgets(_REFUSED)
    done()


def _keep_phrase(entry: Entry, about: About) -> None:
    _typed(entry, about)
    draft, before = desk.desk_draft(entry, about), desk.desk_phrases()
    desk.set_desk_phrases(with_phrase(before, draft.kind, draft.text))
    if desk.desk_phrases() != before:
        session.notify(session.say()("remarks.form.kept"), in_view=True)
