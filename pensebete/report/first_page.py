"""The first page, enough for a board: who, when, how ready, what holds it back, where to begin."""

from __future__ import annotations

from collections.abc import Sequence

from pensebete.action_plan import Action, first_actions
from pensebete.action_wording import action_text, owner_label
from pensebete.assessment import Assessment
from pensebete.checklist import Checklist
from pensebete.readiness import HeldBack, Readiness, Score
from pensebete.readiness_words import (
    advice_words,
    band_words,
    coverage_words,
    essentials_words,
    held_back_words,
    range_words,
    score_words,
)
from pensebete.report.chart import draw_chart
from pensebete.report.page import Document, Line
from pensebete.report.style import (
    ACCENT,
    ACROSS,
    BOTTOM,
    FIGURE,
    HEADING,
    LABEL,
    LEFT,
    QUIET,
    RIGHT,
    SMALL,
    SMALL_STRONG,
    TEXT,
    TITLE,
    Style,
)
from pensebete.report.table import Column, Table, row_height

_SIDE = 168  # the column of figures beside the chart
_GAP = 26
_REASONS = 3  # said in full; the others only named


def write_first_page(
    document: Document,
    checklist: Checklist,
    assessment: Assessment,
    result: Readiness,
    projected: Sequence[tuple[str, Score]],
    actions: Sequence[Action],
) -> None:
    say = document.say
    _who(document, checklist, assessment)
    document.heading(say("report.readiness"), 1, keep=200, before=12)
    top = document.y
    page = document.pdf.page
    draw_chart(document, checklist, result, LEFT + _SIDE + _GAP, ACROSS - _SIDE - _GAP, BOTTOM)
    under_chart = document.y
    if document.pdf.page == page:
        document.y = max(_figures(document, checklist, result, top), under_chart)
    else:  # a checklist of more domains than fit on a page
        document.y = _figures(document, checklist, result, under_chart + 10)
    _held_back(document, checklist, result.overall.held_back_by)
    _first_actions(document, checklist, actions)
    _projection(document, projected)
    document.paragraph(checklist.readiness.caption[say.language], QUIET)


def _who(document: Document, checklist: Checklist, assessment: Assessment) -> None:
    say = document.say
    document.y = 48
    document.write(LEFT, document.y, say("report.title").upper(), LABEL)
    document.y += 16
    name = assessment.organisation.strip() or say("report.no_organisation")
    document.bookmark(say("report.first_page"), 0)
    document.y = document.stack(LEFT, document.y, document.lines(name, TITLE, most=3)) + 2
    document.flow(document.lines(checklist.title[say.language], TEXT, most=2))
    who = assessment.prepared_by.strip()
    updated = assessment.updated_at
    parts = [say("report.answered_on", date=say.date(updated.date()))] if updated else []
    parts.append(say("report.made_on", date=say.date(document.today)))
    parts += [say("report.prepared_by", who=who)] if who else []
    document.flow(document.lines(" · ".join(parts), QUIET, most=2), after=8)
    document.rule(document.y, colour=ACCENT, width=1.2)


def _figures(document: Document, checklist: Checklist, result: Readiness, y: float) -> float:
    say, score = document.say, result.overall

    def lines(text: str, style: Style = TEXT) -> list[Line]:
        return document.lines(text, style, _SIDE) if text else []

    if score.shown is None:
        y = document.stack(LEFT, y, document.lines(score_words(score, say).capitalize(), HEADING, _SIDE))
        return document.stack(LEFT, y, lines(say("report.no_score") if score.counting else "", QUIET))
    document.write(LEFT - 1, y - 6, say.percent(score.shown), FIGURE)
    y += FIGURE.line
    y = document.stack(LEFT, y, document.lines(band_words(checklist, score, say), HEADING, _SIDE)) + 2
    if words := range_words(score, say):
        y = document.stack(LEFT, y, lines(say("report.range", range=words)))
    if result.essentials:
        y = document.stack(LEFT, y, lines(essentials_words(result, say)))
    y = document.stack(LEFT, y, lines(coverage_words(score, say))) + 2
    if score.provisional:
        y = document.stack(LEFT, y, lines(say("report.provisional"), SMALL_STRONG))
    return document.stack(LEFT, y + 2, lines(advice_words(checklist, score, say), QUIET)) + 4


def _held_back(document: Document, checklist: Checklist, reasons: Sequence[HeldBack]) -> None:
    if not reasons:
        return
    say = document.say
    document.y += 4
    document.need(60)
    document.paragraph(say("report.held_back"), SMALL_STRONG)
    for why in reasons[:_REASONS]:
        # Where there are many, one line each: the reference is enough to find the item further on.
        document.bullet(held_back_words(checklist, why, say), SMALL, most=2 if len(reasons) < _REASONS else 1)
    if more := reasons[_REASONS:]:
        names = [
            checklist.items[why.item].ref if why.item else checklist.domain(why.domain or "").title[say.language]
            for why in more
        ]
        document.bullet(say("report.held_back_more", n=len(more), names=say.listing(names)), SMALL)


def _first_actions(document: Document, checklist: Checklist, actions: Sequence[Action]) -> None:
    say = document.say
    document.heading(say("report.first_actions"), 1, keep=80, before=12)
    firsts = first_actions(actions)
    if not firsts:
        kept = any(not action.set_aside for action in actions)
        document.paragraph(say("report.nothing_open" if kept else "report.no_actions"), TEXT, after=8)
    table = Table(
        document,
        [
            Column("", LEFT + 6, 14),
            Column(say("report.action"), LEFT + 24, 312),
            Column(say("report.owner"), LEFT + 346, 84),
            Column(say("report.due"), LEFT + 438, RIGHT - LEFT - 440),
        ],
    )
    rows = [_first_action(document, checklist, n, action, most=2) for n, action in enumerate(firsts, 1)]
    under = 24 + len(document.lines(checklist.readiness.caption[say.language], QUIET)) * QUIET.line
    if table.head_height + sum(map(row_height, rows)) + under > document.room:
        rows = [_first_action(document, checklist, n, action, most=1) for n, action in enumerate(firsts, 1)]
    for row in rows:
        table.row(row)


def _first_action(document: Document, checklist: Checklist, n: int, action: Action, most: int) -> list[list[Line]]:
    say = document.say
    ref = f"{action.item.ref} · " if action.item else ""
    owner = owner_label(checklist, action.owner, say.language).strip() or say("report.no_owner")
    return [
        document.lines(say.number(n), SMALL_STRONG, 14),
        document.lines(ref + action_text(action, say), SMALL, 312, most=most),
        document.lines(owner, SMALL, 84, most=most),
        document.lines(say.short_date(action.due) if action.due else "–", SMALL, 58),
    ]


def _projection(document: Document, projected: Sequence[tuple[str, Score]]) -> None:
    """« Une fois faites les actions P1 : 71 %; P1 et P2 : 90 %; … »: today's score never counts a plan."""
    say = document.say
    document.y += 8
    if not projected or any(score.shown is None for _, score in projected):
        return
    stages = []
    for n, (_, score) in enumerate(projected):
        names = say.listing([class_ for class_, _ in projected[: n + 1]])
        last = n == len(projected) - 1 and n > 0
        stages.append(
            say(
                "report.projection_all" if last else "report.projection_stage",
                names=names,
                score=score_words(score, say),
            )
        )
    document.paragraph(say("report.projection", stages="; ".join(stages)), SMALL_STRONG, after=4)
