"""Every item with its answer, whether it counts, and what the manager wrote."""

from __future__ import annotations

from pensebete.assessment.item_state import ItemState, reasons_set_aside, to_confirm
from pensebete.checklist.status import STATUSES
from pensebete.evaluation.evaluation import Evaluation
from pensebete.evaluation.history_text import confirm_words
from pensebete.evaluation.readiness_text import status_label
from pensebete.export.tables.table import Cell, Column, Table
from pensebete.text.wording import Wording


def answers_table(evaluation: Evaluation, say: Wording) -> Table:
    checklist, states = evaluation.checklist, evaluation.item_states
    old = {state.item.id for state in to_confirm(states)}

    def row(state: ItemState) -> tuple[Cell, ...]:
        item, answer = state.item, state.answer
        remarks = _remarks(evaluation, state, say)
        if item.id in old:
            remarks.append(confirm_words(state, say))
        return (
            state.domain.title[say.language],
            item.ref,
            item.title[say.language],
            say("readiness.set_aside") if state.set_aside else status_label(checklist, state.status, say),
            say("export.yes") if state.counts else say("export.no"),
            answer.note,
            answer.reason,
            state.answered_on,
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
    return Table("answers", say("export.answers"), columns, tuple(map(row, states)))


def _remarks(evaluation: Evaluation, state: ItemState, say: Wording) -> list[str]:
    checklist = evaluation.checklist
    said = []
    if state.set_aside:
        questions = reasons_set_aside(checklist, evaluation.assessment, state.item)
        asked = " ".join(checklist.questions[question].question[say.language] for question in questions)
        said.append(say("export.by_profile", questions=asked))
        if state.answer.status:
            said.append(say("export.kept_answer", status=status_label(checklist, state.answer.status, say)))
    if state.overruled:
        said.append(say("export.overruled"))
    return said
