"""The first page, enough for a board: who, when, how ready, what holds it back, where to begin."""

from __future__ import annotations

from collections.abc import Sequence

from pensebete.evaluation.evaluation import Evaluation
from pensebete.evaluation.history_text import first_expiry_words
from pensebete.evaluation.readiness import Score
from pensebete.evaluation.readiness_text import score_words
from pensebete.pdf.layout.canvas import Document
from pensebete.pdf.layout.style import QUIET, SMALL_STRONG, TEXT
from pensebete.pdf.layout.table import row_height
from pensebete.pdf.sections.numbered_actions import numbered_rows, numbered_table
from pensebete.pdf.sections.readiness_panel import write_held_back, write_overall
from pensebete.pdf.sections.title_block import write_head


def write_first_page(document: Document, evaluation: Evaluation) -> None:
    say, checklist, result = document.say, evaluation.checklist, evaluation.readiness
    write_head(document, evaluation, say("report.title"))
    document.heading(say("report.readiness"), 1, keep=200, before=12, tag="H2")
    write_overall(document, checklist, result, checklist.domains)
    write_held_back(document, checklist, result.overall.held_back_by)
    _first_actions(document, evaluation)
    _projection(document, evaluation.projection)
    document.paragraph(checklist.readiness.caption[say.language], QUIET)


def _first_actions(document: Document, evaluation: Evaluation) -> None:
    say, checklist, firsts = document.say, evaluation.checklist, evaluation.first_actions
    document.heading(say("report.first_actions"), 1, keep=80, before=12, tag="H2")
    if not firsts:
        kept = any(not action.set_aside for action in evaluation.plan)
        document.paragraph(say("report.nothing_open" if kept else "report.no_actions"), TEXT, after=8)
        if not evaluation.plan and (expiry := first_expiry_words(evaluation.first_expiry, say)):
            document.paragraph(expiry, TEXT, after=8)
    table = numbered_table(document)
    rows = numbered_rows(document, checklist, firsts, most=2)
    under = 24 + len(document.lines(checklist.readiness.caption[say.language], QUIET)) * QUIET.line
    if table.head_height + sum(map(row_height, rows)) + under > document.room:
        rows = numbered_rows(document, checklist, firsts, most=1)
    for row in rows:
        table.row(row)


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
