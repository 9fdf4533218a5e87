"""The call sheet: what an advisor reads of one enterprise while its phone rings. Private notes are no part of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pensebete.assessment.dossier_file import assessment_in
from pensebete.assessment.item_state import ItemState
from pensebete.assessment.local_time import local_date
from pensebete.assessment.model import FIRST_DAY
from pensebete.checklist.model import Checklist
from pensebete.desk.checks import Check
from pensebete.desk.portfolio import Entry
from pensebete.desk.questions import Question, is_essential, is_open, questions
from pensebete.desk.rounds import moment_of
from pensebete.desk.row import Asked, Row, evaluated, zone_and_day
from pensebete.evaluation.action_plan import Action
from pensebete.evaluation.comparison import Comparison, Moment, compare
from pensebete.evaluation.evaluation import Evaluation


@dataclass(frozen=True, slots=True)
class CallSheet:
    """`entry` says whom to call and why, and what somebody wrote into the PDF; the rest is read from the dossier."""

    entry: Entry
    evaluation: Evaluation | None  # None where the checklist that it answers is not at hand
    heard_on: date | None  # the last day on which the dossier changed
    questions: tuple[Question, ...]
    # Those still open, those begun or to reconfirm, then those that are done or set aside and say something.
    essentials: tuple[ItemState, ...]
    late: tuple[Action, ...]  # in the order of the plan
    since: Comparison | None  # from the dossier before it, each as of the day of its last change

    @property
    def row(self) -> Row:
        return self.entry.row

    @property
    def checklist(self) -> Checklist | None:
        return self.evaluation.checklist if self.evaluation else None

    @property
    def other_checks(self) -> tuple[Check, ...]:
        """Those that are not among the questions."""
        asked = {question.check for question in self.questions}
        return tuple(check for check in self.row.checks if check not in asked)


def call_sheet(entry: Entry, dossier: bytes, before: bytes | None, asked: Asked) -> CallSheet:
    """`dossier` is that of the row of the entry, `before` that of the latest of its earlier rows."""
    assessment, row = assessment_in(dossier), entry.row
    evaluation = evaluated(assessment, asked)
    heard_on = local_date(row.last_said_at, zone_and_day(assessment, asked)[0])
    return CallSheet(
        entry=entry,
        evaluation=evaluation,
        heard_on=heard_on if heard_on >= FIRST_DAY else None,
        questions=questions(evaluation, row.why, row.checks),
        essentials=_essentials(evaluation) if evaluation else (),
        late=tuple(action for action in evaluation.plan if action.late) if evaluation else (),
        since=_since(evaluation, before, asked) if evaluation and before is not None else None,
    )


def _essentials(evaluation: Evaluation) -> tuple[ItemState, ...]:
    def place(state: ItemState) -> int:
        return 0 if is_open(state) else 1 if state.counts and state.current != "done" else 2

    found = [state for state in evaluation.item_states if is_essential(evaluation, state)]
    told = [s for s in found if place(s) < 2 or s.answer.note.strip() or s.answer.reason.strip()]
    return tuple(sorted(told, key=place))


def _since(evaluation: Evaluation, before: bytes, asked: Asked) -> Comparison | None:
    """Both read with the checklist of today, as all that stands on a sheet; None where they answer two checklists."""
    was = evaluated(assessment_in(before), asked)
    if was is None or was.checklist.id != evaluation.checklist.id:
        return None
    return compare(_moment(was), _moment(evaluation))


def _moment(one: Evaluation) -> Moment:
    return moment_of(one.assessment, one.checklist, one.zone, one.today)
