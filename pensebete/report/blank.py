"""The empty checklist to print and fill in by hand: criteria, and five boxes an item."""

from __future__ import annotations

from datetime import date

from pensebete.checklist import STATUSES, Checklist, Item, ProfileQuestion
from pensebete.i18n import wording
from pensebete.report.about import contact_line, write_about
from pensebete.report.page import Document
from pensebete.report.shapes import tick_box
from pensebete.report.style import ACCENT, LABEL, LEFT, QUIET, RIGHT, SMALL, SMALL_STRONG, STRONG, TEXT, TITLE

_INDENT = LEFT + 34  # where the words of an item begin, after its reference


def blank_checklist_pdf(checklist: Checklist, language: str, today: date) -> bytes:
    """The checklist with no answers. The same three always give the same bytes."""
    say = wording(language)
    title = checklist.title[say.language]
    document = Document(say, title=title, author=checklist.contact.name[say.language], today=today)
    _opening(document, checklist)
    if checklist.profile:
        document.heading(say("report.profile"), 0, keep=60, before=18)
        for question in checklist.profile:
            _question(document, question)
    for domain in checklist.domains:
        document.heading(domain.title[say.language], 0, keep=120, before=20)
        if domain.intro:
            document.paragraph(domain.intro[say.language], TEXT, after=4)
        for item in domain.items:
            _item(document, checklist, item)
    write_about(document, checklist, carries_dossier=False)
    return document.finish(header=title, footer=contact_line(checklist, say))


def _opening(document: Document, checklist: Checklist) -> None:
    say = document.say
    document.y = 48
    document.paragraph(say("report.blank").upper(), LABEL, after=4)
    document.bookmark(say("report.blank"), 0)
    document.paragraph(checklist.title[say.language], TITLE, after=4)
    document.paragraph(checklist.preface[say.language], TEXT, after=10)
    document.rule(document.y, colour=ACCENT, width=1.2)
    document.y += 18
    for id in ("report.organisation", "report.who", "report.date"):
        words = say(id)
        document.write(LEFT, document.y, words, SMALL_STRONG)
        document.rule(document.y + 11, LEFT + document.width(words, SMALL_STRONG) + 8)
        document.y += 22
    document.heading(say("report.how_to_answer"), 1, keep=60, before=6)
    for status in STATUSES:
        meant = checklist.statuses[status]
        document.write(LEFT, document.y, meant.label[say.language], SMALL_STRONG)
        document.paragraph(meant.meaning[say.language], SMALL, x=LEFT + 96, after=2)


def _question(document: Document, question: ProfileQuestion) -> None:
    say = document.say
    several = question.choose == "several"
    words = question.question[say.language] + (" " + say("report.several") if several else "")
    lines = document.lines(words, SMALL_STRONG)
    document.need(len(lines) * SMALL.line + 24)
    document.flow(lines, after=1)
    _boxes(document, [option.label[say.language] for option in question.options], LEFT)
    document.y += 5


def _item(document: Document, checklist: Checklist, item: Item) -> None:
    say = document.say
    width = RIGHT - _INDENT
    title = document.lines(item.title[say.language], STRONG, width)
    criteria = [
        (checklist.statuses.done.label, item.criteria.done),
        (checklist.statuses.in_progress.label, item.criteria.in_progress),
    ]
    proofs = [
        line
        for label, text in criteria
        for line in document.lines(
            say("report.criterion", status=label[say.language], text=text[say.language]), QUIET, width
        )
    ]
    document.y += 7
    document.need(len(title) * STRONG.line + len(proofs) * QUIET.line + 60)
    document.write(LEFT, document.y, item.ref, STRONG)
    document.flow(title, _INDENT, after=1)
    document.flow(proofs, _INDENT, after=4)
    _boxes(document, [checklist.statuses[status].label[say.language] for status in STATUSES], _INDENT)
    document.y += 9
    words = say("report.note_line")
    document.write(_INDENT, document.y, words, QUIET)
    document.rule(document.y + 11, _INDENT + document.width(words, QUIET) + 6)
    document.y += 20


def _boxes(document: Document, labels: list[str], left: float) -> None:
    """A row of boxes to tick, over to the next line where they do not fit."""
    x = left
    for label in labels:
        lines = document.lines(label, SMALL, RIGHT - left - 14)
        width = 14 + max(document.width(line, SMALL) for line, _ in lines)
        if x > left and x + width > RIGHT:
            x, document.y = left, document.y + SMALL.line + 2
        tick_box(document.pdf, x, document.y + 2)
        document.y = document.stack(x + 14, document.y, lines) - SMALL.line
        x += width + 14
    document.y += SMALL.line
