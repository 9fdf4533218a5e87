"""How ready the enterprise is, at a glance: figures beside the chart, and what holds the result back."""

from __future__ import annotations

from collections.abc import Sequence

from pensebete.checklist.model import Checklist, Domain
from pensebete.evaluation.evaluation import Evaluation
from pensebete.evaluation.readiness import Readiness, Score
from pensebete.evaluation.readiness_text import (
    advice_words,
    band_words,
    counts,
    held_back_words,
    lift_words,
    range_words,
    score_words,
)
from pensebete.pdf.layout.canvas import Document, Line
from pensebete.pdf.layout.style import FIGURE, HEADING, LEFT, QUIET, SMALL, SMALL_STRONG, TEXT, Style
from pensebete.pdf.sections.chart import draw_chart
from pensebete.pdf.tagging import Element

_SIDE = 168  # the column of figures beside the chart
_GAP = 26
_REASONS = 3  # said in full; the others only named


def write_overall(
    document: Document, checklist: Checklist, result: Readiness, domains: Sequence[Domain], brief: bool = False
) -> None:
    """Figures on the left, the chart of these domains on the right; `brief`: closer together, and no advice."""
    top = document.y
    figures = Element("Div")
    with document.tags.inside(figures):
        pass  # its place: it is read before the chart, and drawn once the chart's height is known
    page = document.pdf.page
    draw_chart(document, checklist, result, domains, LEFT + _SIDE + _GAP, document.content_width - _SIDE - _GAP, brief)
    under_chart = document.y
    with document.tags.inside(figures):
        if document.pdf.page == page:
            document.y = max(_figures(document, checklist, result, top, brief), under_chart)
        else:  # a checklist of more domains than fit on a page
            document.y = _figures(document, checklist, result, under_chart + 10, brief)


def _figures(document: Document, checklist: Checklist, result: Readiness, y: float, brief: bool) -> float:
    say, score = document.say, result.overall

    def lines(text: str, style: Style = TEXT) -> list[Line]:
        return document.lines(text, style, _SIDE) if text else []

    if score.rounded is None:
        y = document.stack(LEFT, y, document.lines(score_words(score, say).capitalize(), HEADING, _SIDE))
        return document.stack(LEFT, y, lines(say("report.no_score") if score.counting else "", QUIET))
    if score.essentials_only:
        return _essentials(document, score, y)
    document.write(LEFT - 1, y - 3, say.percent(score.rounded), FIGURE)
    y += FIGURE.line
    y = document.stack(LEFT, y, document.lines(band_words(checklist, score, say), HEADING, _SIDE)) + 2
    if words := range_words(score, say):
        y = document.stack(LEFT, y, lines(say("report.range", range=words)))
    y = document.stack(LEFT, y, lines(" · ".join(counts(score, say)))) + 2
    if score.provisional:
        y = document.stack(LEFT, y, lines(say("report.provisional"), SMALL_STRONG))
    # While an answer is missing, to give it is the advice.
    advice = "" if brief or score.unanswered else advice_words(checklist, score, say)
    return document.stack(LEFT, y + 2, lines(advice, QUIET)) + 4


def _essentials(document: Document, score: Score, y: float) -> float:
    """« Essentiels », and as large as a figure would be « 5 sur 7 »; how much of the whole has an answer."""
    say, essentials = document.say, score.essentials
    y = document.stack(LEFT, y, document.lines(say("readiness.essentials.heading"), HEADING, _SIDE))
    document.write(LEFT - 1, y - 3, say("readiness.essentials.figure", done=essentials.done, of=essentials.of), FIGURE)
    y += FIGURE.line
    _, *others = counts(score, say)
    return document.stack(LEFT, y, document.lines(" · ".join(others), TEXT, _SIDE)) + 4


def write_held_back(document: Document, evaluation: Evaluation) -> None:
    """What holds the band back, and what would lift it."""
    say, checklist, reasons = document.say, evaluation.checklist, evaluation.readiness.overall.told_held_back_by
    if not reasons:
        return
    document.y += 4
    document.need(60)
    document.paragraph(say("report.held_back"), SMALL_STRONG)
    with document.bullets():
        for why in reasons[:_REASONS]:
            # Where there are many, one line each: the reference is enough to find the item further on.
            words = f"{held_back_words(checklist, why, say)}. {lift_words(evaluation, why, say)}"
            if len(reasons) >= _REASONS:
                words = held_back_words(checklist, why, say)
            document.bullet(words, SMALL, most=3 if len(reasons) < _REASONS else 1)
        if more := reasons[_REASONS:]:
            names = [
                checklist.items[why.item].ref if why.item else checklist.domain(why.domain or "").title[say.language]
                for why in more
            ]
            document.bullet(say("report.held_back_more", n=len(more), names=say.listing(names)), SMALL)
