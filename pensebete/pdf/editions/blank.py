"""The empty checklist to print and fill in by hand: criteria, and five boxes an item."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from pensebete.checklist.model import Checklist, Item, ProfileQuestion
from pensebete.checklist.status import RULES, STATUSES
from pensebete.pdf.layout.canvas import Document, Line, words_height
from pensebete.pdf.layout.last_page import fitted
from pensebete.pdf.layout.style import LABEL, LEFT, QUIET, SMALL, SMALL_STRONG, STRONG, TEXT, TITLE
from pensebete.pdf.layout.symbols import tick_box
from pensebete.pdf.sections.about import contact_line, write_about
from pensebete.pdf.tagging import Element, listing
from pensebete.text.theme import ACCENT
from pensebete.text.wording import wording

_INDENT = LEFT + 34  # where the words of an item begin, after its reference
_BETWEEN = 14  # a question of the profile and its options
_SIGN = 14  # a box, and the space up to its label


class Boxes(NamedTuple):
    """Labels with where their boxes stand, from the top left corner of all of them."""

    placed: list[tuple[float, float, list[Line]]]
    height: float


def blank_checklist_pdf(checklist: Checklist, language: str, today: date, paper: str = "letter") -> bytes:
    """The checklist with no answers. The same four always give the same bytes."""
    say = wording(language, checklist.languages)
    title = checklist.title[say.language]
    author = checklist.contact.name[say.language]

    def written(air: float) -> Document:
        return _written(Document(say, title=title, author=author, today=today, paper=paper, air=air), checklist)

    return fitted(written).finish(header=title, footer=contact_line(checklist, say))


def _written(document: Document, checklist: Checklist) -> Document:
    say = document.say
    _opening(document, checklist)
    if checklist.profile:
        document.heading(say("report.profile"), 0, keep=60, before=18)
        _profile(document, checklist.profile)
    for domain in checklist.domains:
        document.heading(domain.title[say.language], 0, keep=120, before=20)
        if domain.intro:
            document.paragraph(domain.intro[say.language], TEXT, after=4)
        for item in domain.items:
            _item(document, checklist, item)
    title = checklist.title[say.language]
    write_about(document, checklist, say("report.checklist_version", title=title, version=checklist.version), False)
    return document


def _opening(document: Document, checklist: Checklist) -> None:
    say = document.say
    document.y = 48
    document.paragraph(say("report.blank").upper(), LABEL, after=4)
    document.bookmark(say("report.blank"), 0)
    document.flow(document.lines(checklist.title[say.language], TITLE, tag="H1"), after=4)
    document.paragraph(checklist.preface[say.language], TEXT, after=10)
    document.rule(document.y, colour=ACCENT, width=1.2)
    document.y += 18
    for id in ("report.organisation", "report.who", "report.date"):
        words = say(id)
        document.write(LEFT, document.y, words, SMALL_STRONG)
        document.rule(document.y + 11, LEFT + document.width(words, SMALL_STRONG) + 8)
        document.y += 22
    document.heading(say("report.how_to_answer"), 1, keep=60, before=6, tag="H2")
    with document.tags.inside(listing("Disc")):
        for status in STATUSES:
            meant = checklist.statuses[status]
            with document.tags.inside("LI"):
                document.write(LEFT, document.y, meant.label[say.language] + " ", SMALL_STRONG, tag="Lbl")
                lines = document.lines(meant.meaning[say.language], SMALL, document.content_width - 96, tag="LBody")
                document.flow(lines, LEFT + 96, after=2)


def _profile(document: Document, questions: Sequence[ProfileQuestion]) -> None:
    """Each question with its options beside it; the last one is never alone on a page."""
    left, right = document.content_width * 0.47, document.content_width * 0.53
    asked = [_asked(document, question, left - _BETWEEN, right) for question in questions]
    heights = [max(words_height(words), boxes.height) + 7 for words, boxes in asked]
    for n, ((words, boxes), height) in enumerate(zip(asked, heights, strict=True)):
        document.need(height + (heights[-1] if n == len(asked) - 2 else 0))
        document.stack(LEFT, document.y, words)
        _draw(document, boxes, LEFT + left, document.y)
        document.y += height


def _asked(document: Document, question: ProfileQuestion, left: float, right: float) -> tuple[list[Line], Boxes]:
    say = document.say
    hint = f" {say(question.kind.hint)}" if question.kind.hint else ""
    words = document.lines(question.question[say.language] + hint, SMALL_STRONG, left)
    return words, _boxes(document, [option.label[say.language] for option in question.options], right)


def _item(document: Document, checklist: Checklist, item: Item) -> None:
    say = document.say
    width = document.right - _INDENT
    title = document.lines(item.title[say.language], STRONG, width, tag="")
    criteria = [
        (checklist.statuses[status].label, item.criteria[rule.criterion])
        for status, rule in RULES.items()
        if rule.criterion
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
    with document.tags.inside("H3"):
        document.write(LEFT, document.y, item.ref + " ", STRONG, tag="")
        document.flow(title, _INDENT, after=1)
    document.flow(proofs, _INDENT, after=4)
    boxes = _boxes(document, [checklist.statuses[status].label[say.language] for status in STATUSES], width)
    _draw(document, boxes, _INDENT, document.y)
    document.y += boxes.height + 9
    words = say("report.note_line")
    document.write(_INDENT, document.y, words, QUIET)
    document.rule(document.y + 11, _INDENT + document.width(words, QUIET) + 6)
    document.y += 20


def _boxes(document: Document, labels: list[str], width: float) -> Boxes:
    """Boxes to tick side by side, over to the next line where they do not fit."""
    placed: list[tuple[float, float, list[Line]]] = []
    x = y = 0.0
    for label in labels:
        lines = document.lines(label, SMALL, width - _SIGN, tag="LBody")
        needed = _SIGN + max(document.width(line.text, SMALL) for line in lines)
        if x and x + needed > width:
            x, y = 0, max(y + words_height(lines) for _, y, lines in placed) + 2
        placed.append((x, y, lines))
        x += needed + _SIGN
    return Boxes(placed, max(y + words_height(lines) for _, y, lines in placed))


def _draw(document: Document, boxes: Boxes, left: float, top: float) -> None:
    with document.tags.inside(listing("Disc")):
        for x, y, lines in boxes.placed:
            with document.tags.inside("LI"):
                with document.tags.inside(Element("Lbl", actual="☐ "), whole=True):
                    tick_box(document.pdf, left + x, top + y + 2)
                document.stack(left + x + _SIGN, top + y, lines)
