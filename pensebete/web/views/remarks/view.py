"""The page of the remarks: who saw the dossier, then line by line what was remarked, beside the manager's answer."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from pensebete.assessment.review.model import About, Remark, Review
from pensebete.assessment.review.standing import asked, standing
from pensebete.evaluation.evaluation import Evaluation
from pensebete.evaluation.line_answer_text import line_answer_words
from pensebete.evaluation.proposals import if_accepted
from pensebete.evaluation.readiness_text import score_words
from pensebete.evaluation.review_text import (
    by_line,
    if_accepted_words,
    line_words,
    seen_words,
    whose_words,
    worded,
)
from pensebete.text.markdown_escape import plain
from pensebete.web import session
from pensebete.web.layout.navigation import page
from pensebete.web.layout.remarks_waiting import none_waits_words
from pensebete.web.views.check_answers.view import shortened
from pensebete.web.views.remarks.remark import ended_remark, one_remark

_MOST_LINES = 60  # with their buttons; a round of an advisor is some thirty remarks
_TODAY = {False: "received.your_answer", True: "saved.remark.answer"}


def nothing_remarked() -> None:
    say = session.say()
    st.markdown(plain(say("received.none")))
    st.page_link(page("start"), label=say("pages.start"))


def all_remarks(evaluation: Evaluation) -> None:
    shown = session.shown_review()
    _introduction(evaluation)
    ended: list[Remark] = []
    others: list[Remark] = []
    for remark in worded(shown.remarks):
        over = standing(remark, evaluation.assessment) in ("closed", "withdrawn")
        (ended if over else others).append(remark)
    lines = list(by_line(others, evaluation.checklist).items())
    _lines(evaluation, lines[:_MOST_LINES])
    if later := lines[_MOST_LINES:]:
        fold = st.expander(
            session.say()("received.later", n=len(later)), key=session.key("remarks.later"), on_change="rerun"
        )
        if fold.open:
            with fold:
                _lines(evaluation, later)
    if ended:
        with (
            st.container(key="remarks-ended"),
            st.expander(session.say()("received.ended", n=len(ended)), key=session.key("received.ended")),
        ):
            for about, remarks in by_line(ended, evaluation.checklist).items():
                st.html(_heading(evaluation, about))
                for remark in remarks:
                    ended_remark(remark)
    st.caption(plain(session.say()("received.travels")))


def _lines(evaluation: Evaluation, lines: Sequence[tuple[About, Sequence[Remark]]]) -> None:
    for about, remarks in lines:
        _line(evaluation, about, remarks)


def _introduction(evaluation: Evaluation) -> None:
    """Whose remarks, how many wait, who saw what; whose figure is whose; then what one does here."""
    say, shown = session.say(), session.shown_review()
    parts = []
    stood = {remark.id: standing(remark, evaluation.assessment) for remark in shown.remarks}
    if said := [remark for remark in asked(shown.remarks) if stood[remark.id] in ("open", "answered")]:
        waiting = len(session.open_remarks())
        left = say("received.waiting", n=waiting) if waiting else none_waits_words()
        parts.append(f'<p class="remarks-whose"><strong>{escape(whose_words(said, say))}.</strong> {escape(left)}</p>')
    if seen := list(seen_words(shown, evaluation.assessment, evaluation.zone, say)):
        parts.append(f'<ul class="remarks-seen">{"".join(f"<li>{escape(words)}</li>" for words in seen)}</ul>')
    if words := _if_accepted(evaluation, shown):
        parts.append(f'<p class="remarks-figure">{escape(words)}</p>')
    told = [say("review.declared")]
    if not session.reading_only():
        told.insert(0, say("received.yours"))
        if said:
            parts.append(f"<p>{escape(say('saved.remark.how' if session.saving() else 'received.how'))}</p>")
    parts.append(f'<p class="remarks-told">{escape(" ".join(told))}</p>')
    st.html("".join(parts))


def _if_accepted(evaluation: Evaluation, shown: Review) -> str:
    """The figure with what advisors propose: said to the manager, or of the manager's to an advisor."""
    say = session.say()
    if not session.reading_only():
        return if_accepted_words(evaluation, shown, say)
    accepted = if_accepted(evaluation, shown)
    if accepted is None:
        return ""
    theirs, yours = (score_words(one.readiness.overall, say) for one in (accepted, evaluation))
    return say("saved.remark.if_accepted", theirs=theirs, yours=yours)


def _line(evaluation: Evaluation, about: About, remarks: Sequence[Remark]) -> None:
    first = remarks[0].id
    with st.container(key=f"remarked-{first}", gap="xsmall"):
        st.html(_heading(evaluation, about) + _answer_today(evaluation, about))
        for remark in remarks:
            one_remark(remark, "list")


def _heading(evaluation: Evaluation, about: About) -> str:
    words = line_words(about, evaluation.checklist, evaluation.assessment, session.say())
    return f'<h2 class="remarks-line">{escape(words)}</h2>'


def _answer_today(evaluation: Evaluation, about: About) -> str:
    """What the manager says of that line now, with the beginning of the reason and of the note."""
    say = session.say()
    words = line_answer_words(about, evaluation, say)
    if not words:
        return ""
    parts = [f'<p class="remarks-today">{escape(say(_TODAY[session.reading_only()], answer=words))}</p>']
    if about.item and about.of_item:
        answer = evaluation.assessment.answer(about.item)
        if answer.reason.strip():
            parts.append(_quiet(say("check.reason.given", reason=shortened(answer.reason))))
        if answer.note.strip():
            parts.append(_quiet(say("check.note", note=shortened(answer.note))))
    return "".join(parts)


def _quiet(words: str) -> str:
    return f'<p class="remarks-today quiet">{escape(words)}</p>'
