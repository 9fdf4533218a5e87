"""What one leaves with: the PDF and the dossier, then other PDFs and formats; before them, what is still missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Literal

import streamlit as st

from pensebete.assessment import dossier_file
from pensebete.assessment.edits import with_details
from pensebete.assessment.review.standing import asked
from pensebete.evaluation.action_plan import Action
from pensebete.evaluation.evaluation import Evaluation
from pensebete.export.build import FORMATS, Format, NoDueDateError, export
from pensebete.export.file_name import Kind, file_name
from pensebete.export.size_estimate import about_size, about_size_words, size_words
from pensebete.pdf.build import edition_pdf
from pensebete.pdf.edition import COMPLETE, Edition
from pensebete.text.markdown_escape import plain
from pensebete.text.wording import own_name, wording
from pensebete.web import session
from pensebete.web.components.file_download import hand_over
from pensebete.web.layout.late_fold import late_fold
from pensebete.web.layout.step_bar import ways_on
from pensebete.web.views.action_plan.contact_form import contact_form
from pensebete.web.views.action_plan.edition_picker import edition_choice

# The other files, in the order they are offered: what each is written as, and of which sheet.
OTHERS: Mapping[str, tuple[Format, str]] = {
    "xlsx": ("xlsx", "plan"),
    "ics": ("ics", "plan"),
    "csv": ("csv", "plan"),
    "csv_answers": ("csv", "answers"),
}
# What each is called; the others are a plan, or the edition that was chosen.
_FILE_KINDS: Mapping[str, Kind] = {"json": "dossier", "csv_answers": "answers"}

_MOST_LINES, _MOST_NAMES = 3, 5


def still_missing(evaluation: Evaluation) -> None:
    """A short list of what a reader of the plan would ask for, a line a kind."""
    say, gaps = session.say(), evaluation.missing
    first_class = evaluation.checklist.ranking[0].class_
    kinds = (
        ("missing.owner", _names(gaps.without_owner)),
        ("missing.reason", [state.item.ref for state in gaps.without_reason]),
        ("missing.unanswered", [state.item.ref for state in gaps.unanswered]),
        ("missing.past", _names(gaps.late)),
    )
    st.header(say("missing.title"), anchor=False)
    lines = [
        f"- {plain(say(id, n=len(which), which=_told(which), priority=first_class))}" for id, which in kinds if which
    ][:_MOST_LINES]
    st.markdown("\n".join(lines) or say("missing.nothing"))


def _names(actions: Iterable[Action]) -> list[str]:
    """Each action in a list of many: the reference of its item; nothing for one about no item."""
    return [action.item.ref if action.item else "" for action in actions]


def _told(names: Sequence[str]) -> str:
    """The first references, once each; actions of one's own are counted, since their words would fill the page."""
    say, named, own = session.say(), list(dict.fromkeys(filter(None, names))), names.count("")
    told = named[:_MOST_NAMES]
    if more := len(named) - len(told):
        told.append(say("missing.more", n=more))
    return ", ".join([*told, *([say("missing.own", n=own)] if own else [])])


def downloads(evaluation: Evaluation) -> None:
    """Whose plan it is, then the files, each made when it is asked for."""
    with st.container(key="take-away"):
        _take_away(evaluation)
        with st.container(horizontal=True):
            made = _button("pdf", "download.pdf", evaluation, _language(evaluation), primary=True)
        if made:
            _hand_over(made, evaluation, _language(evaluation))


def take_away(evaluation: Evaluation) -> None:
    """The same without the PDF, which is in the bar."""
    with st.container(key="take-away"):
        _take_away(evaluation)


def download_bar(evaluation: Evaluation) -> None:
    """The PDF at the bottom of the screen, wherever one is."""
    others = session.say()("download.others")
    pdf_bar(evaluation, f'<a class="to-part" href="#part-take-away">{escape(others)}</a>', leads_on=True)


def pdf_bar(evaluation: Evaluation, beside: str = "", leads_on: bool = False) -> None:
    """The PDF at the bottom of the screen; once it is handed over, what happens next. `beside` is HTML.

    `leads_on`: to where what happens next is said (what_next.py); elsewhere it is said here, in a sentence.
    """
    say = session.say()
    with st.container(key="take-away-bar", gap=None):
        after = st.container()
        with ways_on():
            if beside:
                st.html(beside, width="content")
            made = _button("pdf", "download.pdf", evaluation, _language(evaluation), primary=True)
        if made:
            with after, st.container(key="handed-over", gap=None):
                _hand_over(made, evaluation, _language(evaluation))
                if leads_on and not session.reading_only():
                    st.html(f'<a class="to-part" href="#part-what-next">{escape(say("next.title"))}</a>')
                else:
                    steps = "received.send_back" if asked(session.review().remarks) else "download.next.steps"
                    st.markdown(f"**{plain(say('download.next'))}** {plain(say(steps))}")


def _take_away(evaluation: Evaluation) -> None:
    say, checklist = session.say(), evaluation.checklist
    st.header(say("download.title"), anchor=False)
    for what in ("organisation", "prepared_by"):
        value = getattr(evaluation.assessment, what)
        key = session.widget(what, value)
        # Without a most: the framework lets a longer name that was pasted vanish. Too long, it is said to be.
        st.text_input(
            say(f"download.{what}"),
            value,
            key=key,
            on_change=_written,
            args=(what, key),
            autocomplete="off",
            disabled=session.reading_only(),
        )
    contact_form(evaluation.assessment.contact)
    language = _language(evaluation)
    languages = {language: own_name(language) for language in checklist.languages}
    if fold := late_fold(say("download.language"), "languages"):
        fold.radio(
            say("download.language"),
            list(languages),
            index=list(languages).index(session.language()) if session.language() in languages else 0,
            format_func=languages.__getitem__,
            horizontal=True,
            key=session.key("pdf_language"),
            label_visibility="collapsed",
        )
    with st.container(horizontal=True, key="downloads"):
        pressed = [_button("json", "download.dossier", evaluation, language)]
    beside = st.container()
    st.caption(say("download.explained"))
    if session.review().remarks:
        st.caption(plain(f"{say('received.not_in_json')} {say('received.travels')}"))
    if fold := late_fold(say("edition.others"), "edition_downloads"):
        with fold, st.container(key="edition-downloads"):
            edition = edition_choice(evaluation, language)
            if edition:
                _hand_over("pdf", evaluation, language, edition)
    if fold := late_fold(say("export.other_formats"), "other_downloads"):
        with fold, st.container(key="other-downloads"):
            for kind in OTHERS:
                pressed.append(_button(kind, f"export.download.{kind}", evaluation, language))
                st.caption(say(f"export.explained.{kind}"))
    for kind in filter(None, pressed):
        with st.container() if kind in OTHERS else beside:
            _hand_over(kind, evaluation, language)


def _language(evaluation: Evaluation) -> str:
    """That of the files: the one chosen, in a fold; at first that of the page."""
    languages = evaluation.checklist.languages
    page = session.language() if session.language() in languages else next(iter(languages))
    return str(session.chosen(session.key("pdf_language")) or page)


def _button(kind: str, label: str, evaluation: Evaluation, language: str, primary: bool = False) -> str | None:
    """A button that says about how large its file will be; the kind of file, if it was pressed."""
    say = session.say()
    size = about_size_words(about_size(kind, evaluation, language, session.review()), say)
    look: Literal["primary", "secondary"] = "primary" if primary else "secondary"
    key = session.key({"json": "dossier"}.get(kind, kind))
    return kind if st.button(say("export.with_size", what=say(label), size=size), type=look, key=key) else None


def _hand_over(kind: str, evaluation: Evaluation, language: str, edition: Edition = COMPLETE) -> None:
    """Make the file, with all that was typed until the press, and say how large it is."""
    say = session.say()
    try:
        if kind == "pdf":
            remarked = session.review() if session.review().remarks else None
            made, media_type = edition_pdf(edition, evaluation, language, remarked), "application/pdf"
        elif kind == "json":
            made, media_type = dossier_file.dump(evaluation.assessment), "application/json"
        else:
            to, sheet = OTHERS[kind]
            made, media_type = export(to, evaluation, language, sheet), FORMATS[to].media_type
    except NoDueDateError:
        st.info(say("export.no_due_date"))
        return
    extension, called = OTHERS[kind][0] if kind in OTHERS else kind, _FILE_KINDS.get(kind) or edition.file_kind
    of_file = wording(language, evaluation.checklist.languages)
    whose = None if edition.name == "blank" else evaluation.assessment
    name = file_name(called, extension, evaluation.today, of_file, whose)
    hand_over(made, name, media_type)
    if kind == "pdf" and edition.complete:
        session.answers_left()
        session.set_pdf_handed_over(name)
    st.caption(plain(say("export.handed_over", name=name, size=size_words(len(made), say))))


def _written(what: str, key: str) -> None:
    session.apply_edit(with_details, **{what: session.typed(key)})
