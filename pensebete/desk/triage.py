"""Whom to call first: reasons one after the other, each told on the row. docs/method.md has the table.

Never by the overall figure, which hides what is urgent, and never by words in notes, which the loudest would win.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from pensebete.assessment.item_state import answer_dates
from pensebete.assessment.model import Assessment, Contact
from pensebete.desk.checks import OLD_DAYS
from pensebete.evaluation.evaluation import Evaluation

ReasonCode = Literal[
    "call_wanted",
    "payroll_not_assured",
    "payroll_unknown",
    "few_weeks",
    "vital_domain_weak",
    "essential_open",
    "coverage_low",
    "answers_old",
    "another_checklist",
    "late_first_class",
]
FEW_WEEKS = 4
LOW_COVERAGE = 0.5
# The reasons of each level, the first level deciding before the next; where it counts, more come first.
LEVELS: tuple[tuple[tuple[ReasonCode, ...], bool], ...] = (
    (("call_wanted",), False),
    (("payroll_not_assured", "payroll_unknown", "few_weeks"), False),
    (("vital_domain_weak",), False),
    (("essential_open",), True),
    (("coverage_low", "answers_old", "another_checklist"), False),
    (("late_first_class",), True),
)


@dataclass(frozen=True, slots=True)
class Why:
    """One reason to call, and what its sentence names."""

    reason: ReasonCode
    n: int = 1  # how many: essentials, late actions, days
    when: str = ""  # to call, as the manager wrote it
    weeks: float | None = None  # of money
    domain: str = ""
    items: tuple[str, ...] = ()
    coverage: float | None = None
    day: date | None = None


Urgency = tuple[int, ...]


def urgency(why: tuple[Why, ...]) -> Urgency:
    """The place in the order that reasons give; the smaller, the sooner."""
    most = {reason: 0 for reasons, _ in LEVELS for reason in reasons}
    for one in why:
        most[one.reason] += one.n
    return tuple(
        -(sum(most[reason] for reason in reasons) if counted else any(most[reason] for reason in reasons))
        for reasons, counted in LEVELS
    )


def reasons(evaluation: Evaluation) -> tuple[Why, ...]:
    """Every reason to call, in the order of the levels."""
    return (*_of_contact(evaluation.assessment.contact), *_of_answers(evaluation))


def reasons_without_checklist(assessment: Assessment) -> tuple[Why, ...]:
    """What is known of a dossier whose checklist is not at hand: what it says of the call, and that it is not read."""
    return (*_of_contact(assessment.contact), Why("another_checklist"))


def _of_contact(contact: Contact) -> Iterator[Why]:
    if contact.call_wanted:
        yield Why("call_wanted", when=contact.when.strip())
    if contact.next_pay == "no":
        yield Why("payroll_not_assured")
    elif contact.next_pay == "unknown":
        yield Why("payroll_unknown")
    if contact.weeks_of_money is not None and contact.weeks_of_money < FEW_WEEKS:
        yield Why("few_weeks", weeks=contact.weeks_of_money)


def _of_answers(evaluation: Evaluation) -> Iterator[Why]:
    checklist, result = evaluation.checklist, evaluation.readiness
    for domain in checklist.domains:
        score = result.domains[domain.id]
        shown = score.rounded or 0  # where something counts and nothing is answered, it shows 0
        # Of a dossier of essentials alone, it is weak by them: the others were not asked.
        seen_to = score.essentials_only and score.essentials.done == score.essentials.of > 0
        if domain.vital and score.counting and shown < checklist.readiness.weak_domain_below and not seen_to:
            yield Why("vital_domain_weak", domain=domain.id)
    essential = checklist.readiness.essential
    is_open = [
        state.item.id
        for state in evaluation.item_states
        if state.counts and state.rule.essential == "essential_open" and essential.match(state.item)
    ]
    if is_open:
        yield Why("essential_open", len(is_open), items=tuple(is_open))
    coverage = result.overall.coverage
    if coverage is not None and coverage < LOW_COVERAGE:
        yield Why("coverage_low", coverage=coverage)
    days = answer_dates(evaluation.item_states)
    if days and (age := (evaluation.today - days[1]).days) > OLD_DAYS:
        yield Why("answers_old", n=age, day=days[1])
    first = checklist.ranking[0].class_
    if late := sum(action.late and action.priority == first for action in evaluation.plan):
        yield Why("late_first_class", late)
