"""Each item in one assessment: whether it applies, whether it counts, what was answered.

`item_states` is the one place that decides what is set aside and what counts; score, plan, screen and report read it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta, tzinfo

from pensebete.assessment.local_time import local_date
from pensebete.assessment.model import LAST_DAY, NOT_ANSWERED, Answer, Assessment
from pensebete.assessment.profile import known_choices
from pensebete.checklist.conditions import choices, holds
from pensebete.checklist.model import Checklist, Domain, Item
from pensebete.checklist.status import CurrentStatus, Status, StatusRule, rule_of


@dataclass(frozen=True, slots=True)
class ItemState:
    """An item as it stands in one assessment, on one day."""

    item: Item
    domain: Domain
    answer: Answer
    set_aside: bool  # by the profile, and the manager did not overrule it
    overruled: bool  # the profile would set it aside, the manager says it applies
    answered_on: date | None = None  # by local date
    expired: bool = False  # done, and its proof is older than `valid_days`

    @property
    def status(self) -> Status | None:
        """The answer that was given; an answer kept behind the profile says nothing."""
        return None if self.set_aside else self.answer.status

    @property
    def current(self) -> CurrentStatus:
        """What that answer amounts to: one that lacks its reason is none yet, a done may have had its day."""
        if self.without_reason:
            return None
        return "expired" if self.expired else self.status

    @property
    def rule(self) -> StatusRule:
        return rule_of(self.current)

    @property
    def applies(self) -> bool:
        return not self.set_aside

    @property
    def counts(self) -> bool:
        return self.applies and self.rule.counts

    @property
    def without_reason(self) -> bool:
        """Whether it is not applicable by the manager's own word, and no reason is given."""
        return rule_of(self.status).asks_reason and not self.answer.reason.strip()

    @property
    def in_plan(self) -> bool:
        """Whether the item is answered and something is left to do."""
        return self.rule.gives_plan is not None

    @property
    def answered(self) -> bool:
        """Whether the question of this item is settled for the one who answers: a whole answer, or set aside."""
        return self.set_aside or self.current is not None

    @property
    def expires_on(self) -> date | None:
        """The first day on which a done is to be reconfirmed; None where it never is."""
        if not rule_of(self.status).expires or self.answered_on is None:
            return None
        return min(self.answered_on, LAST_DAY) + timedelta(days=self.item.valid_days + 1)


def answer_dates(states: Iterable[ItemState]) -> tuple[date, date] | None:
    """The first and the last day on which an answer that stands was given; None where none has a date.

    When the dossier was last changed says nothing of it: a comment may be edited months later.
    """
    days = [state.answered_on for state in states if state.status and state.answered_on]
    return (min(days), max(days)) if days else None


def item_states(checklist: Checklist, assessment: Assessment, today: date, zone: tzinfo) -> tuple[ItemState, ...]:
    """Every item of the checklist, in reading order, as it stands on that day."""
    profile = known_choices(checklist, assessment.profile)
    return tuple(
        _item_state(domain, item, assessment.answer(item.id), profile, today, zone)
        for domain in checklist.domains
        for item in domain.items
    )


def item_states_after(
    before: Sequence[ItemState],
    assessment: Assessment,
    profile: Mapping[str, Sequence[str]],
    today: date,
    zone: tzinfo,
) -> tuple[ItemState, ...]:
    """What `item_states` gives, from what it gave `before` on the same day, where the profile is the same, and read as
    `profile`: an item whose answer is the very same stands as it stood."""
    said = assessment.answers.get
    return tuple(
        [
            state
            if (answer := said(state.item.id, NOT_ANSWERED)) is state.answer
            else _item_state(state.domain, state.item, answer, profile, today, zone)
            for state in before
        ]
    )


def unanswered(checklist: Checklist, assessment: Assessment) -> tuple[str, ...]:
    """The ids of the items that apply and have no answer at all."""
    profile = known_choices(checklist, assessment.profile)
    return tuple(
        id
        for id, item in checklist.items.items()
        if assessment.answer(id).status is None and not _set_aside(item, assessment.answer(id), profile)
    )


def _item_state(
    domain: Domain, item: Item, answer: Answer, profile: Mapping[str, Sequence[str]], today: date, zone: tzinfo
) -> ItemState:
    aside = _set_aside(item, answer, profile)
    answered_on = local_date(answer.answered_at, zone) if answer.answered_at else None
    return ItemState(
        item=item,
        domain=domain,
        answer=answer,
        set_aside=aside,
        overruled=not aside and answer.overrule and holds(item.applies_when, profile) is False,
        answered_on=answered_on,
        # A done without a date, as another program may write it, is not called old.
        expired=not aside
        and rule_of(answer.status).expires
        and answered_on is not None
        and (today - answered_on).days > item.valid_days,
    )


def _set_aside(item: Item, answer: Answer, profile: Mapping[str, Sequence[str]]) -> bool:
    """Whether the profile excludes the item; "not applicable" says of such an item nothing that the profile does not.

    So an overrule is none as long as the item is said not to apply.
    """
    heeded = answer.overrule and not rule_of(answer.status).asks_reason
    return not heeded and holds(item.applies_when, profile) is False


def of_domain(states: Iterable[ItemState], domain: str) -> tuple[ItemState, ...]:
    return tuple(state for state in states if state.domain.id == domain)


def to_confirm(states: Iterable[ItemState]) -> tuple[ItemState, ...]:
    """The answers that count and are to be confirmed: a proof older than its `valid_days`, or a reworded item."""
    return tuple(s for s in states if s.status is not None and (s.answer.confirm or s.expired))


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
