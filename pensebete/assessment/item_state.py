"""Each item in one assessment: whether it applies, whether it counts, what was answered.

`item_states` is the one place that decides what is set aside and what counts; score, plan, screen and report read it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pensebete.assessment.model import Answer, Assessment
from pensebete.assessment.profile import known_choices
from pensebete.checklist.conditions import choices, holds
from pensebete.checklist.model import Checklist, Domain, Item
from pensebete.checklist.status import Status, rule_of


@dataclass(frozen=True, slots=True)
class ItemState:
    """An item as it stands in one assessment."""

    item: Item
    domain: Domain
    answer: Answer
    set_aside: bool  # by the profile, and the manager did not overrule it
    overruled: bool  # the profile would set it aside, the manager says it applies

    @property
    def status(self) -> Status | None:
        """The answer where it has a meaning: an answer kept behind the profile says nothing."""
        return None if self.set_aside else self.answer.status

    @property
    def applies(self) -> bool:
        return not self.set_aside

    @property
    def counts(self) -> bool:
        return self.applies and rule_of(self.answer.status).counts

    @property
    def without_reason(self) -> bool:
        """Whether it is not applicable by the manager's own word, and no reason is given."""
        return rule_of(self.status).asks_reason and not self.answer.reason.strip()

    @property
    def in_plan(self) -> bool:
        """Whether the item is answered and something is left to do."""
        return rule_of(self.status).gives_plan is not None

    @property
    def answered(self) -> bool:
        """Whether the question of this item is settled for the one who answers: any answer, or set aside."""
        return self.set_aside or self.answer.status is not None


def item_states(checklist: Checklist, assessment: Assessment) -> tuple[ItemState, ...]:
    """Every item of the checklist, in reading order, as it stands."""
    profile = known_choices(checklist, assessment.profile)
    return tuple(
        _item_state(domain, item, assessment, profile) for domain in checklist.domains for item in domain.items
    )


def _item_state(domain: Domain, item: Item, assessment: Assessment, profile: Mapping[str, Sequence[str]]) -> ItemState:
    answer = assessment.answer(item.id)
    excluded = holds(item.applies_when, profile) is False
    return ItemState(
        item=item,
        domain=domain,
        answer=answer,
        set_aside=excluded and not answer.overrule,
        overruled=excluded and answer.overrule,
    )


def of_domain(states: Iterable[ItemState], domain: str) -> tuple[ItemState, ...]:
    return tuple(state for state in states if state.domain.id == domain)


def to_confirm(states: Iterable[ItemState], today: date) -> tuple[ItemState, ...]:
    """The answers that count and are to be confirmed: a proof older than its `valid_days`, or a reworded item.

    An answer without a date, as another program may write it, is not called old.
    """
    return tuple(s for s in states if s.status is not None and (s.answer.confirm or out_of_date(s, today)))


def out_of_date(state: ItemState, today: date) -> bool:
    """Whether the item is answered done and the proof may have had its day."""
    answered_at, valid_days = state.answer.answered_at, state.item.valid_days
    if not rule_of(state.status).expires or answered_at is None or valid_days is None:
        return False
    return (today - answered_at.date()).days > valid_days


def reasons_set_aside(checklist: Checklist, assessment: Assessment, item: Item) -> tuple[str, ...]:
    """The profile questions whose answers set the item aside, in the order they are asked."""
    if item.applies_when is None:
        return ()
    profile = known_choices(checklist, assessment.profile)
    named = {question for question, _ in choices(item.applies_when)}
    # A question alone is the reason where forgetting its answer would bring the item back.
    decisive = {
        question
        for question in named & profile.keys()
        if holds(item.applies_when, {q: c for q, c in profile.items() if q != question}) is not False
    }
    shown = decisive or named & profile.keys()
    return tuple(question.id for question in checklist.profile if question.id in shown)
