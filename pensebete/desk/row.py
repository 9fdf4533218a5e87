"""One dossier as a row of the portfolio: what an advisor reads of it, and no more, so that thousands fit in memory.

A row is made from a dossier, the checklist it answers, a day and a zone; the Evaluation it comes from is let go.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from hashlib import sha256
from uuid import UUID

from pensebete.assessment.dossier_file import DossierError, Problem, assessment_in
from pensebete.assessment.item_state import answer_dates
from pensebete.assessment.local_time import local_date, with_zone, zone_for
from pensebete.assessment.migration import migrate
from pensebete.assessment.model import Assessment, Contact
from pensebete.assessment.review import carried as to_checklist
from pensebete.assessment.review.file import ReviewError, read_review
from pensebete.assessment.review.model import Review
from pensebete.assessment.review.standing import asked as asked_in
from pensebete.checklist.model import Checklist
from pensebete.checklist.status import CurrentStatus
from pensebete.desk.checks import Check, checks
from pensebete.desk.intake import Comment, Refused, Taken
from pensebete.desk.remarked import Digests, digests
from pensebete.desk.rounds import last_said_at
from pensebete.desk.triage import Why, reasons, reasons_without_checklist
from pensebete.evaluation.action_plan import Action, Kind
from pensebete.evaluation.evaluation import Evaluation
from pensebete.evaluation.readiness import Score

MOST_COMMENTS = 20  # kept of one PDF
_LONG_AGO = with_zone(datetime.min)  # when a dossier that does not say was last changed


@dataclass(frozen=True, slots=True)
class Asked:
    """What dossiers are read with; the day and the zone that are not asked for are each dossier's own."""

    checklists: Mapping[str, Checklist]  # by id
    now: datetime
    today: date | None = None
    zone: tzinfo | None = None
    answers: bool = False  # whether rows keep every answer, with its note
    dossiers: bool = False  # whether rows keep the dossier itself, as call sheets are made of it


@dataclass(frozen=True, slots=True)
class LateAction:
    """An action that is due before today and left to do; its words are the checklist's, but for one's own."""

    item: str | None
    action: str
    kind: Kind
    own_text: str
    priority: str
    owner: str
    due: date


@dataclass(frozen=True, slots=True)
class AnswerLine:
    item: str
    current: CurrentStatus
    set_aside: bool
    answered_on: date | None
    note: str
    reason: str


@dataclass(frozen=True, slots=True)
class Result:
    """What follows from the answers, today and on the day they were given."""

    overall: Score
    domains: Mapping[str, Score]
    then: Score  # the overall figure as it was
    then_on: date  # the day of the last answer; today where none has a date
    late: tuple[LateAction, ...]
    late_first_class: int
    answers: tuple[AnswerLine, ...]


@dataclass(frozen=True, slots=True)
class Row:
    file: str
    digest: str  # of the dossier: two files that carry the same one are one row
    id: str  # empty where the dossier has none
    previous_id: str  # of the dossier that it was copied from; empty where it does not say
    organisation: str
    prepared_by: str
    language: str
    contact: Contact
    updated_at: datetime | None
    last_said_at: datetime  # by which the latest of several is known
    answered: tuple[date, date] | None
    today: date
    checklist: str
    version: str  # with which the dossier was made; empty where it does not say
    read_with: str  # the version it was read with; empty where that checklist is not at hand
    result: Result | None  # None where that checklist is not at hand
    why: tuple[Why, ...]
    checks: tuple[Check, ...]
    comments: tuple[Comment, ...] = ()  # that somebody added in a PDF reader, the first ones
    commented: int = 0  # how many there are in all
    notes: tuple[Problem, ...] = ()  # what there is to say of its file, though it opens
    review: Review | None = None  # what its file asks about it, as carried to the checklist: without « vu »
    lines: Digests = field(default_factory=dict)
    dossier: bytes = b""  # only where it was asked for

    @property
    def reread(self) -> bool:
        """Whether its figures are those of another version than the one that asked the questions."""
        return bool(self.read_with) and self.version not in ("", self.read_with)

    @property
    def to_verify(self) -> bool:
        return any(check.high for check in self.checks)


def review_in(taken: Taken, dossier: UUID | None) -> Review | Problem | None:
    """The review that came with a dossier, as it was written; a problem where it is broken, or another dossier's."""
    if taken.review is None:
        return None
    try:
        review = read_review(taken.review)
    except ReviewError as error:
        return error.problem
    return review if review.dossier == dossier else Problem("review.another_dossier")


def row_of(taken: Taken, asked: Asked) -> Row | Refused:
    """The row of a dossier, whichever checklist it answers; refused where it is none."""
    try:
        assessment = assessment_in(taken.dossier)
    except DossierError as error:
        return Refused(taken.file, error.problems)
    digest = sha256(taken.dossier).hexdigest()
    version = assessment.checklist.version
    found: Result | None = None
    asks: tuple[Check, ...] = ()
    zone, today = zone_and_day(assessment, asked)
    came = review_in(taken, assessment.id)
    review, notes = (None, (*taken.notes, came)) if isinstance(came, Problem) else (came, taken.notes)
    evaluation = evaluated(assessment, asked)
    if evaluation is None:
        days = [local_date(a.answered_at, zone) for a in assessment.answers.values() if a.status and a.answered_at]
        answered = (min(days), max(days)) if days else None
        why = reasons_without_checklist(assessment)
    else:
        assessment = evaluation.assessment
        answered = answer_dates(evaluation.item_states)
        found = _result(evaluation, answered[1] if answered else today, asked.answers)
        why, asks = reasons(evaluation), checks(evaluation)
        review = to_checklist.carried(review, evaluation.checklist) if review else None
    if review:
        review = review.model_copy(update={"remarks": asked_in(review.remarks)})
    return Row(
        file=taken.file,
        digest=digest,
        id=str(assessment.id) if assessment.id else "",
        previous_id=str(assessment.previous_id) if assessment.previous_id else "",
        organisation=assessment.organisation.strip(),
        prepared_by=assessment.prepared_by,
        language=assessment.language,
        contact=assessment.contact,
        updated_at=assessment.updated_at,
        last_said_at=last_said_at(assessment) or _LONG_AGO,
        answered=answered,
        today=today,
        checklist=assessment.checklist.id,
        version=version,
        read_with=evaluation.checklist.version if evaluation else "",
        result=found,
        why=why,
        checks=asks,
        comments=taken.comments[:MOST_COMMENTS],
        commented=len(taken.comments),
        notes=notes,
        review=review if review and review.remarks else None,
        lines=digests(assessment),
        dossier=taken.dossier if asked.dossiers else b"",
    )


def zone_and_day(assessment: Assessment, asked: Asked) -> tuple[tzinfo, date]:
    """Where and when a dossier is read."""
    zone = zone_for(asked.zone, assessment.timezone)
    return zone, asked.today or local_date(asked.now, zone)


def evaluated(assessment: Assessment, asked: Asked) -> Evaluation | None:
    """What follows from it, by the checklist as it is now; None where that checklist is not at hand."""
    checklist = asked.checklists.get(assessment.checklist.id)
    if checklist is None:
        return None
    carried = migrate(assessment, checklist, None)
    zone, today = zone_and_day(assessment, asked)
    return Evaluation(checklist, carried.assessment if carried.carried_something else assessment, today, zone)


def _result(evaluation: Evaluation, answered_on: date, with_answers: bool) -> Result:
    day = min(answered_on, evaluation.today)
    overall = then = evaluation.readiness.overall
    # A day changes a figure by what expired since, and by nothing else.
    if any(state.expired for state in evaluation.item_states):
        then = Evaluation(evaluation.checklist, evaluation.assessment, day, evaluation.zone).readiness.overall
    late = [action for action in evaluation.plan if action.late]
    first = evaluation.checklist.ranking[0].class_
    return Result(
        overall=overall,
        domains=evaluation.readiness.domains,
        then=then,
        then_on=day,
        late=tuple(_late(action, action.due) for action in late if action.due),
        late_first_class=sum(action.priority == first for action in late),
        answers=_answers(evaluation) if with_answers else (),
    )


def _late(action: Action, due: date) -> LateAction:
    text = action.text if isinstance(action.text, str) else ""
    item = action.item.id if action.item else None
    return LateAction(item, action.id, action.kind, text, action.priority, action.owner, due)


def _answers(evaluation: Evaluation) -> tuple[AnswerLine, ...]:
    """Those of items that apply, and what was said of those that the profile sets aside."""
    return tuple(
        AnswerLine(s.item.id, s.current, s.set_aside, s.answered_on, s.answer.note, s.answer.reason)
        for s in evaluation.item_states
        if s.applies or s.answer.note or s.answer.reason
    )
