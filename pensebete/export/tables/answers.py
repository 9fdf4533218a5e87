"""Every item with its answer, whether it counts, and what the manager wrote."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pensebete.assessment.item_state import Standing, reasons_set_aside, to_confirm
from pensebete.assessment.model import Assessment
from pensebete.checklist.model import STATUSES, Checklist
from pensebete.evaluation.history_text import confirm_words
from pensebete.evaluation.readiness_text import status_label
from pensebete.export.tables.table import Cell, Column, Table
from pensebete.text.wording import Wording


def answers_table(
    checklist: Checklist, assessment: Assessment, stand: Sequence[Standing], say: Wording, today: date
) -> Table:
    old = {standing.item.id for standing in to_confirm(stand, today)}

    def row(standing: Standing) -> tuple[Cell, ...]:
        item, answer = standing.item, standing.answer
        remarks = _remarks(checklist, assessment, standing, say)
        if item.id in old:
            remarks.append(confirm_words(standing, say))
        return (
            standing.domain.title[say.language],
            item.ref,
            item.title[say.language],
            say("readiness.set_aside") if standing.set_aside else status_label(checklist, standing.status, say),
            say("export.yes") if standing.counts else say("export.no"),
            answer.note,
            answer.reason,
            answer.answered_at.date() if answer.answered_at else None,
            "\n".join(remarks),
        )

    answers = (*(status_label(checklist, status, say) for status in (*STATUSES, None)), say("readiness.set_aside"))
    columns = (
        Column(say("export.domain"), 20),
        Column(say("export.ref"), 7),
        Column(say("export.item"), 40),
        Column(say("export.answer"), 18, answers),
        Column(say("export.counts"), 9, (say("export.yes"), say("export.no"))),
        Column(say("export.note"), 50),
        Column(say("export.reason"), 28),
        Column(say("export.answered_on"), 12),
        Column(say("export.remarks"), 34),
    )
    return Table("answers", say("export.answers"), columns, tuple(map(row, stand)))


def _remarks(checklist: Checklist, assessment: Assessment, standing: Standing, say: Wording) -> list[str]:
    said = []
    if standing.set_aside:
        questions = reasons_set_aside(checklist, assessment, standing.item)
        asked = " ".join(checklist.questions[question].question[say.language] for question in questions)
        said.append(say("export.by_profile", questions=asked))
        if standing.answer.status:
            said.append(say("export.kept_answer", status=status_label(checklist, standing.answer.status, say)))
    if standing.overruled:
        said.append(say("export.overruled"))
    return said
