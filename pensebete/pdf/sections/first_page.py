"""The first page, enough for a board: who, when, whom to call, how ready, what holds it back, where to begin."""

from __future__ import annotations

from collections.abc import Sequence

from pensebete.assessment.item_state import ItemState
from pensebete.evaluation.evaluation import Evaluation
from pensebete.evaluation.history_text import first_expiry_words
from pensebete.evaluation.plan_text import unanswered_words
from pensebete.evaluation.readiness import Score
from pensebete.evaluation.readiness_text import answer_words, score_words
from pensebete.pdf.edition import Edition
from pensebete.pdf.layout.canvas import Document
from pensebete.pdf.layout.style import QUIET, SMALL, SMALL_STRONG, TEXT
from pensebete.pdf.layout.table import row_height
from pensebete.pdf.sections.numbered_actions import numbered_rows, numbered_table
from pensebete.pdf.sections.readiness_panel import write_held_back, write_overall
from pensebete.pdf.sections.title_block import write_head


def write_first_page(document: Document, evaluation: Evaluation, edition: Edition, beside: Sequence[str] = ()) -> None:
    """`beside` is said at the top right, the first of these words that has room there: it takes none from the rest."""
    say, checklist, result = document.say, evaluation.checklist, evaluation.readiness
    write_head(document, evaluation, say("report.title"), edition, beside)
    document.heading(say("report.readiness"), 1, keep=200, before=12, tag="H2")
    write_overall(document, checklist, result, checklist.domains)
    write_held_back(document, evaluation)
    if words := unanswered_words(evaluation, say):
        document.paragraph(" ".join(words), SMALL_STRONG)
    _first_actions(document, evaluation)
    _late(document, evaluation)
    _essentials(document, evaluation, edition.notes)
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
    late = any(action.late for action in evaluation.plan)
    under = (
        _under(document, evaluation) + late * SMALL.line + (3 * SMALL.line + 6 if _open_essentials(evaluation) else 0)
    )
    # Where not all have room for two lines, the first ones have, and those that are no higher for it.
    short = numbered_rows(document, checklist, firsts, most=1)
    for n in reversed(range(len(rows))):
        if table.head_height + sum(map(row_height, rows)) + under <= document.room:
            break
        if row_height(short[n]) < row_height(rows[n]):
            rows[n] = short[n]
    for row in rows:
        table.row(row)


def _late(document: Document, evaluation: Evaluation) -> None:
    if late := sum(action.late for action in evaluation.plan):
        document.paragraph(document.say("report.late_count", n=late), SMALL_STRONG)


def _essentials(document: Document, evaluation: Evaluation, notes: bool) -> None:
    """The essentials that are not done, with what was noted of them; where there is no room, where that stands."""
    say, checklist = document.say, evaluation.checklist
    still_open = _open_essentials(evaluation)
    if not still_open:
        return
    width, noted = document.content_width - 12, [state for state in still_open if notes and state.answer.note.strip()]

    def quoted(state: ItemState) -> str:
        words = f"{state.item.ref} · {answer_words(checklist, state, say)}"
        if state in noted:
            words += f". {say('report.note', text=state.answer.note)}"
        return words

    texts = [quoted(state) for state in still_open]
    height = 24 + sum(len(document.lines(text, SMALL, width)) for text in texts) * (SMALL.line + 2)
    document.y += 6
    if height + _under(document, evaluation) <= document.room:
        document.paragraph(say("report.essentials_open"), SMALL_STRONG)
        with document.bullets():
            for text in texts:
                document.bullet(text, SMALL)
        return
    refs = say.listing(state.item.ref for state in still_open)
    document.paragraph(say("report.essentials_open.named", n=len(still_open), refs=refs), SMALL_STRONG)
    if noted:
        document.paragraph(say("report.essentials_open.notes", n=len(noted)), QUIET)


def _open_essentials(evaluation: Evaluation) -> list[ItemState]:
    """None where nothing is answered: they all are."""
    if evaluation.readiness.overall.score is None:
        return []
    essential = evaluation.checklist.readiness.essential
    return [s for s in evaluation.item_states if s.counts and s.current != "done" and essential.match(s.item)]


def _under(document: Document, evaluation: Evaluation) -> float:
    """The height of what ends the page: the projection and the caption."""
    caption = document.lines(evaluation.checklist.readiness.caption[document.say.language], QUIET)
    return 16 + len(caption) * QUIET.line + (2 * SMALL.line if evaluation.projection else 0)


def _projection(document: Document, projected: Sequence[tuple[str, Score]]) -> None:
    """« Une fois faites les actions P1 : 71 %; P1 et P2 : 90 %; … »: today's score never counts a plan."""
    say = document.say
    document.y += 8
    if not projected or any(score.rounded is None for _, score in projected):
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
