"""The three questions to ask first in a call: by what is known, never by how loud a note is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from pensebete.assessment.item_state import ItemState
from pensebete.checklist.conditions import choices
from pensebete.desk.checks import STAFF, Check
from pensebete.desk.triage import Why
from pensebete.evaluation.action_plan import Action
from pensebete.evaluation.evaluation import Evaluation

QuestionKind = Literal["check", "payroll", "few_weeks", "essential", "late"]
MOST_QUESTIONS = 3
_CHECKS_FIRST = 2  # a third one waits for what holds the money or the staff back


@dataclass(frozen=True, slots=True)
class Question:
    """What to ask about; its words are in call_sheet_text.py."""

    kind: QuestionKind
    check: Check | None = None
    why: Why | None = None  # of the payroll and of the money
    state: ItemState | None = None  # of an essential
    action: Action | None = None


def questions(
    evaluation: Evaluation | None, why: Iterable[Why], checks: Iterable[Check], most: int = MOST_QUESTIONS
) -> tuple[Question, ...]:
    """At most so many, the most useful first.

    Checks, in their order of worth; the payroll, or the money; essentials that are open, those of a vital domain and
    then those about the staff first, then those that nobody knows about; late actions of the first class, and
    essentials that are begun. One question an item, but for the checks.
    """
    asked = [Question("check", check=check) for check in checks]
    ranked = [*asked[:_CHECKS_FIRST], *_money(why), *_essentials(evaluation), *asked[_CHECKS_FIRST:]]
    return tuple(islice(_once((*ranked, *_late(evaluation), *_begun(evaluation))), most))


def _once(ranked: Iterable[Question]) -> Iterator[Question]:
    seen: set[str] = set()
    for question in ranked:
        item = question.state.item if question.state else question.action.item if question.action else None
        if item is None or item.id not in seen:
            yield question
        if item is not None:
            seen.add(item.id)


def is_essential(evaluation: Evaluation, state: ItemState) -> bool:
    return evaluation.checklist.readiness.essential.match(state.item)


def is_open(state: ItemState) -> bool:
    """Whether nothing of it is known to be done: to do, « je ne sais pas », unanswered."""
    return state.counts and state.rule.essential == "essential_open"


def _money(why: Iterable[Why]) -> Iterator[Question]:
    """One question: who has no money for the payroll has few weeks of it."""
    said = {one.reason: one for one in why}
    if found := said.get("payroll_not_assured") or said.get("payroll_unknown"):
        yield Question("payroll", why=found)
    elif few := said.get("few_weeks"):
        yield Question("few_weeks", why=few)


def _essentials(evaluation: Evaluation | None) -> Iterator[Question]:
    if evaluation is None:
        return
    still_open = [s for s in evaluation.item_states if is_open(s) and is_essential(evaluation, s)]
    for state in sorted(still_open, key=_of_money_or_staff):
        yield Question("essential", state=state)


def _of_money_or_staff(state: ItemState) -> tuple[int, int]:
    if state.domain.vital:
        return 0, 0
    if state.item.applies_when is not None and any(
        question == STAFF for question, _ in choices(state.item.applies_when)
    ):
        return 1, 0
    return 2, int(state.current != "unknown")


def _late(evaluation: Evaluation | None) -> Iterator[Question]:
    if evaluation is None:
        return
    first = evaluation.checklist.ranking[0].class_
    for action in evaluation.plan:
        if action.late and action.priority == first:
            yield Question("late", action=action)


def _begun(evaluation: Evaluation | None) -> Iterator[Question]:
    """Essentials of which something is done; a proof that had its day is asked about by its check."""
    if evaluation is None:
        return
    for state in sorted(evaluation.item_states, key=_of_money_or_staff):
        if state.current == "in_progress" and is_essential(evaluation, state):
            yield Question("essential", state=state)
