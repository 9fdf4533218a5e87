"""Readiness by domain as vectors: a bar split by answer, with its score and range, as on the screen."""

from __future__ import annotations

from collections.abc import Sequence

from pensebete.checklist.model import Checklist, Domain
from pensebete.checklist.status import CHARTED, rule_of
from pensebete.evaluation.readiness import Readiness, Score
from pensebete.evaluation.readiness_text import (
    domain_band_words,
    domain_score_words,
    readiness_in_words,
    status_label,
)
from pensebete.pdf.layout.canvas import Document
from pensebete.pdf.layout.style import QUIET, SMALL, SMALL_STRONG, Style
from pensebete.pdf.layout.symbols import bar_part
from pensebete.pdf.tagging import figure, place_figure

_BAR = 11
_ROWS = 190  # what all the bars should take, with their words
_ON_BAR = Style(8, bold=True, leading=_BAR)


def draw_chart(
    document: Document,
    checklist: Checklist,
    result: Readiness,
    domains: Sequence[Domain],
    left: float,
    width: float,
    brief: bool = False,
) -> None:
    """A row for each of these domains, from document.y down, and over to the next page where there is no more room.

    For a reader who does not see it, it is one picture that its words stand for.
    """
    picture = figure(document.clean(readiness_in_words(checklist, result, document.say, domains)))
    page, above = document.pdf.page, document.y
    with document.tags.inside(picture, whole=True):
        _legend(document, checklist, [result.domains[domain.id] for domain in domains], left, width)
        height = 30.0 if brief else min(35.0, max(27.0, _ROWS / len(domains)))
        for domain in domains:
            if document.y + height > document.bottom:
                document.new_page()
            top = document.y
            _row(document, checklist, domain, result.domains[domain.id], left, width)
            document.y = top + height
    if document.pdf.page == page:
        place_figure(picture, left, document.pdf.h - document.y, left + width, document.pdf.h - above)


def _row(document: Document, checklist: Checklist, domain: Domain, score: Score, left: float, width: float) -> None:
    say = document.say
    words = domain_score_words(checklist, score, say)
    about = "" if score.rounded is None else domain_band_words(checklist, score, say)
    rest = f" · {about}" if about else ""
    room = width - document.width(rest, QUIET) - document.width(words, SMALL_STRONG) - 8
    document.stack(left, document.y, document.lines(domain.title[say.language], SMALL_STRONG, room, most=1))
    document.write(left + width - document.width(rest, QUIET), document.y, words, SMALL_STRONG, align=1)
    document.write(left + width, document.y, rest, QUIET, align=1)
    document.y += 14
    if score.counting:
        _bar(document, score, left, width)
    else:
        document.rule(document.y + _BAR / 2, left, left + width)


def _bar(document: Document, score: Score, left: float, width: float) -> None:
    x = left
    for status in CHARTED:
        count = score.by_status[status]
        if not count:
            continue
        part = width * count / score.counting
        bar_part(document.pdf, status, x, document.y, part, _BAR)
        words = document.say.number(count)
        space = document.width(words, _ON_BAR) + 5
        if not rule_of(status).dark and part > space:  # a clear ground under the number
            document.pdf.set_fill_color("#ffffff")
            document.pdf.rect(x + (part - space) / 2, document.y + 1, space, _BAR - 2, style="F")
        if part > space:
            style = Style(8, bold=True, colour="#ffffff", leading=_BAR) if rule_of(status).dark else _ON_BAR
            document.write(x + part / 2, document.y, words, style, align=0.5)
        x += part


def _legend(document: Document, checklist: Checklist, scores: Sequence[Score], left: float, width: float) -> None:
    x = left
    for status in (status for status in CHARTED if any(score.by_status[status] for score in scores)):
        words = status_label(checklist, status, document.say)
        needed = 16 + document.width(words, SMALL) + 12
        if x + needed - 12 > left + width and x > left:
            x, document.y = left, document.y + SMALL.line + 1
        bar_part(document.pdf, status, x, document.y + 2.5, 12, 8)
        document.write(x + 16, document.y, words, SMALL)
        x += needed
    document.y += SMALL.line + 8
