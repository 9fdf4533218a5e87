"""« Avis »: who saw what and when, what was remarked of each line and answered; whose figure is whose."""

from __future__ import annotations

from collections.abc import Sequence

from pensebete.assessment.model import Answer
from pensebete.assessment.review.digest import changed_since
from pensebete.assessment.review.model import About, Remark, Review
from pensebete.assessment.review.standing import Standing, asked, standing
from pensebete.evaluation.evaluation import Evaluation
from pensebete.evaluation.line_answer_text import line_answer_words
from pensebete.evaluation.proposals import proposals
from pensebete.evaluation.review_text import (
    author_words,
    by_and_when,
    by_line,
    event_words,
    if_accepted_words,
    is_known,
    line_words,
    remark_words,
    seen_words,
    standing_words,
    whose_words,
    worded,
)
from pensebete.pdf.layout.canvas import Document, words_height
from pensebete.pdf.layout.style import LEFT, QUIET, SMALL, SMALL_STRONG, STRONG
from pensebete.pdf.tagging import listing
from pensebete.text.wording import Wording

_REMARK, _EVENT = LEFT + 12, LEFT + 24
_STANDING = 96  # the column at the right that says where a remark stands
_GAP = 10
_OF_A_NOTE = 2  # lines: it is whole among the answers
# What is written within bounds is shown whole. A file made to harm is not: it would take minutes, and it is attached.
_MOST_SHOWN = 20_000  # characters of one text; ten times what a new one may have
_MOST_PAGES = 500


def write_review(document: Document, evaluation: Evaluation, review: Review) -> None:
    """`review` is as carried to the checklist."""
    say = document.say
    document.heading(say("report.review"), 0, keep=80)
    document.paragraph(say("report.review.explained"), QUIET, after=4)
    document.paragraph(say("review.declared"), QUIET, after=6)
    if seen := list(seen_words(review, evaluation.assessment, evaluation.zone, say)):
        with document.bullets():
            for words in seen:
                document.bullet(_shown(words), SMALL)
        document.y += 6
    _if_accepted(document, evaluation, review)
    last_page = document.pages + _MOST_PAGES
    for about, remarks in by_line(worded(review.remarks), evaluation.checklist).items():
        if document.pages <= last_page:
            _line(document, evaluation, about, remarks, last_page)
    if document.pages > last_page:
        document.y += 10
        document.paragraph(say("report.review.rest"), SMALL_STRONG)


def review_line_words(review: Review, page: int, say: Wording) -> tuple[str, str]:
    """« 3 remarques de Marie Roy, CDR de Québec : page 2 »; the same without a name, where there is no room for one.

    `review` is not empty.
    """
    if remarks := asked(review.remarks):
        told = say("report.review.page", told=whose_words(remarks, say), page=page)
        return told, say("report.review.remarks", n=len(remarks), page=page)
    who = author_words(review.remarks[-1].author, say)
    return say("report.review.seen_by", who=who, page=page), say("report.review.seen", page=page)


def _if_accepted(document: Document, evaluation: Evaluation, review: Review) -> None:
    """What the figure would be with the answers that are proposed: theirs who propose it, and said to be."""
    say = document.say
    if words := if_accepted_words(evaluation, review, say):
        refs = (evaluation.checklist.items[item].ref for item in proposals(evaluation, review))
        lines = document.lines(words, STRONG)
        under = document.lines(say("report.review.if_accepted", refs=say.listing(refs)), QUIET)
        document.need(words_height(lines) + 2 * QUIET.line)
        document.flow(lines)
        document.flow(under, after=4)


def _shown(text: str) -> str:
    return text if len(text) <= _MOST_SHOWN else text[:_MOST_SHOWN] + "…"


def _line(document: Document, evaluation: Evaluation, about: About, remarks: Sequence[Remark], last_page: int) -> None:
    """A line, what the manager said there, and under it the remarks."""
    say, checklist, assessment = document.say, evaluation.checklist, evaluation.assessment
    title = document.lines(line_words(about, checklist, assessment, say), STRONG, tag="H3")
    said = []
    if answer := line_answer_words(about, evaluation, say):
        words = say("report.review.answer" if about.action is None else "report.review.planned", answer=answer)
        said += document.lines(words, QUIET)
    if not is_known(about, checklist, assessment):
        said += document.lines(say("report.review.unknown"), QUIET)
    if about.item and about.of_item:
        for id, text in _written(assessment.answer(about.item)):
            words = say(id, text=text)
            said += document.lines(words, QUIET, most=_OF_A_NOTE, lang=document.input_language)
    document.y += 10
    document.need(words_height(title[:4]) + words_height(said[:4]) + 3 * SMALL.line)
    document.flow(title)
    document.flow(said, after=2)
    with document.tags.inside(listing("None")):
        for remark in remarks:
            if document.pages <= last_page:
                with document.tags.inside("LI"), document.tags.inside("LBody"):
                    _remark(document, evaluation, remark, last_page)
    document.y += 4
    document.rule(document.y)


def _written(answer: Answer) -> list[tuple[str, str]]:
    return [(id, text) for id, text in (("report.reason", answer.reason), ("report.note", answer.note)) if text.strip()]


def _remark(document: Document, evaluation: Evaluation, remark: Remark, last_page: int) -> None:
    """Where it stands at the right, what was remarked, by whom; then what became of it."""
    say, assessment = document.say, evaluation.assessment
    stands: Standing | None = None if remark.kind == "seen" else standing(remark, assessment)
    is_open = stands == "open"
    label = document.lines(standing_words(stands, say), SMALL_STRONG if is_open else QUIET, _STANDING) if stands else []
    style = QUIET if stands in ("closed", "withdrawn") else SMALL
    width = document.right - _REMARK - _STANDING - _GAP
    words = document.lines(_shown(remark_words(remark, evaluation.checklist, say)), style, width)
    document.y += 4
    document.need(max(words_height(words if len(words) <= 3 else words[:2]), words_height(label)))
    top = document.y
    with document.tags.inside("P"):
        for n, line in enumerate(label):
            document.write(document.right, top + n * SMALL.line, line.text, line.style, align=1, tag="")
    document.flow(words, _REMARK)
    document.paragraph(_shown(by_and_when(remark.author, remark.at, evaluation.zone, say)), QUIET, _REMARK)
    if changed_since(assessment, remark) and stands == "answered":
        document.paragraph(say("report.review.changed"), QUIET, _REMARK)
    for event in remark.events:
        if document.pages <= last_page:
            document.paragraph(_shown(event_words(event, evaluation.zone, say)), SMALL, _EVENT)
