"""How an edition begins: what it is, whose it is, of when; where it tells that, whom to call."""

from __future__ import annotations

from collections.abc import Sequence

from pensebete.assessment.model import Assessment
from pensebete.evaluation.contact_text import contact_words
from pensebete.evaluation.evaluation import Evaluation
from pensebete.evaluation.provenance_text import answered_words
from pensebete.pdf.edition import Edition
from pensebete.pdf.fonts.typeface import readable
from pensebete.pdf.layout.canvas import Document
from pensebete.pdf.layout.style import LABEL, LEFT, LONG_TITLE, QUIET, SMALL_STRONG, TEXT, TITLE
from pensebete.text.theme import ACCENT
from pensebete.text.wording import Wording

_GAP = 24  # between what names the edition and what is said beside it


def name_of(assessment: Assessment, say: Wording) -> str:
    return assessment.organisation.strip() or say("report.no_organisation")


def new_document(say: Wording, title: str, evaluation: Evaluation, edition: Edition, air: float = 1) -> Document:
    """The document of an edition, with nothing on it yet."""
    assessment = evaluation.assessment
    name = name_of(assessment, say)
    # What leaves the house does not name, where nobody looks, the person who filled it in.
    author = assessment.prepared_by.strip() or name if edition.name == "full" else name
    return Document(
        say,
        title=title,
        author=author,
        today=evaluation.today,
        paper=edition.paper,
        input_language=assessment.language or "",
        air=air,
    )


def write_head(
    document: Document, evaluation: Evaluation, what: str, edition: Edition, beside: Sequence[str] = ()
) -> None:
    """`what` names it. A long name is set smaller, and cut where it would take more than four lines.

    At the right of `what`, on its line, stands the first of the words `beside` that has room there.
    """
    say, checklist, assessment = document.say, evaluation.checklist, evaluation.assessment
    document.y = 48
    document.write(LEFT, document.y, what.upper(), LABEL)
    room = document.content_width - document.width(what.upper(), LABEL) - _GAP
    on_a_line = (" ".join(words.splitlines()) for words in map(readable, beside))
    if words := next((words for words in on_a_line if document.width(words, SMALL_STRONG) <= room), ""):
        document.write(document.right, document.y, words, SMALL_STRONG, align=1)
    document.y += 16
    name = name_of(assessment, say)
    document.bookmark(say("report.first_page"), 0)
    lines = document.lines(name, TITLE, tag="H1")
    if len(lines) > 2:
        lines = document.lines(name, LONG_TITLE, most=4, tag="H1")
    document.y = document.stack(LEFT, document.y, lines) + 2
    document.flow(document.lines(checklist.title[say.language], TEXT, most=2))
    who = assessment.prepared_by.strip()
    parts = [answered_words(evaluation.item_states, say)]
    parts.append(say("report.made_on", date=say.date(document.today)))
    parts += [say("report.prepared_by", who=who)] if who else []
    document.flow(document.lines(" · ".join(filter(None, parts)), QUIET, most=2), after=8)
    if edition.tells_contact and (words := contact_words(assessment.contact, say)):
        # Whole in the profile of the full edition, should it be longer than there is room for here.
        document.flow(document.lines(words, SMALL_STRONG, most=3), after=8)
    document.rule(document.y, colour=ACCENT, width=1.2)
