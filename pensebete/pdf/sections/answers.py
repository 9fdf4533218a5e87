"""What was answered, domain by domain; and apart, what is not applicable and what is still to answer."""

from __future__ import annotations

from pensebete.assessment.item_state import ItemState, of_domain, reasons_set_aside
from pensebete.assessment.model import Answer
from pensebete.checklist.model import Checklist
from pensebete.evaluation.evaluation import Evaluation
from pensebete.evaluation.readiness_text import about_domain, answer_words, status_label
from pensebete.pdf.edition import Edition
from pensebete.pdf.layout.canvas import Document, Line
from pensebete.pdf.layout.style import LEFT, QUIET, SMALL, SMALL_STRONG, STRONG, TEXT
from pensebete.pdf.layout.symbols import status_sign

_INDENT = LEFT + 20
_SHORT = 8  # this many lines of notes stay with their item
_STATUS = 132  # the column of the answer, at the right
_GAP = 10


def write_answers(document: Document, evaluation: Evaluation, edition: Edition) -> None:
    say, checklist, states = document.say, evaluation.checklist, evaluation.item_states
    if any(s.counts and s.current for s in states):
        document.heading(say("report.answers"), 0, keep=110, before=20)
    for domain in checklist.domains:
        if not any(s.counts and s.current for s in states):
            break
        score = evaluation.readiness.domains[domain.id]
        answered = [s for s in of_domain(states, domain.id) if s.counts and s.current]
        document.heading(domain.title[say.language], 1, keep=70)
        document.paragraph(about_domain(checklist, score, say), QUIET, after=4)
        for state in answered:
            _item(document, checklist, state, [], "H4", edition.notes)
    aside = [s for s in states if not s.counts and edition.not_applicable]
    if aside:
        document.heading(say("report.not_applicable"), 0, keep=60, before=20)
    for state in aside:
        why = [_why_set_aside(document, evaluation, state)] if state.set_aside else []
        _item(document, checklist, state, why, "H3", edition.notes)
    for unanswered, title, explained in (
        (evaluation.to_answer, "report.unanswered", "report.unanswered_explained"),
        (evaluation.the_rest if evaluation.essentials_only else (), "report.the_rest", "report.the_rest_explained"),
    ):
        if unanswered:
            document.heading(say(title), 0, keep=60, before=20)
            document.paragraph(say(explained), TEXT, after=4)
            for state in unanswered:
                _item(document, checklist, state, [], "H3", edition.notes)


def _why_set_aside(document: Document, evaluation: Evaluation, state: ItemState) -> str:
    say, checklist = document.say, evaluation.checklist
    questions = reasons_set_aside(checklist, evaluation.assessment, state.item)
    asked = " ".join(checklist.questions[question].question[say.language] for question in questions)
    words = say("report.by_profile", questions=asked)
    if state.answer.status:
        kept = status_label(checklist, state.answer.status, say)
        words += " " + say("report.kept_answer", status=kept)
    return words


def _item(document: Document, checklist: Checklist, state: ItemState, more: list[str], tag: str, notes: bool) -> None:
    """The item with its answer, and under it what the manager wrote."""
    say, item, answer = document.say, state.item, state.answer
    shown = "not_applicable" if state.set_aside else state.current
    width = document.right - _INDENT  # of what is under the title, which has the answer beside it
    title = document.lines(f"{item.ref} · {item.title[say.language]}", STRONG, width - _STATUS - _GAP, tag=tag)
    label = say("report.set_aside") if state.set_aside else answer_words(checklist, state, say)
    answered_on = say.short_date(state.answered_on) if state.status and state.answered_on else ""
    if state.overruled:
        more = [*more, say("report.overruled")]
    said = [line for text in more for line in document.lines(text, QUIET, width)]
    said += _written(document, answer, width) if notes else []
    if notes and state.without_reason:
        said += document.lines(say("report.no_reason"), QUIET, width)

    beside = f" · {answered_on}" if answered_on else ""
    room = _STATUS - document.width(beside, QUIET)
    answered = document.lines(label, SMALL_STRONG, room, most=2, tag="")
    height = max(len(title) * STRONG.line, len(answered) * SMALL.line)
    document.y += 6
    document.need(height + (len(said) if len(said) <= _SHORT else 2) * SMALL.line + 6)
    top = document.y
    with document.tags.artifact():  # the words of the answer are beside the title
        status_sign(document.pdf, shown, LEFT, top + 2.5)
    document.stack(_INDENT, top, title)
    with document.tags.inside("P"):
        for n, line in enumerate(answered):
            y = top + 0.8 + n * SMALL.line
            document.write(document.right - _STATUS + room, y, line.text, line.style, align=1, tag="")
        document.write(document.right, top + 0.8, beside, QUIET, align=1, tag="")
    document.y = top + height + (2 if said else 0)
    document.flow(said, _INDENT, after=6)
    document.rule(document.y)


def _written(document: Document, answer: Answer, width: float) -> list[Line]:
    """The reason and the note of an answer, as they were typed."""
    lines: list[Line] = []
    for id, text in (("report.reason", answer.reason), ("report.note", answer.note)):
        if text.strip():
            lines += document.lines(document.say(id, text=text), SMALL, width, lang=document.input_language)
    return lines
