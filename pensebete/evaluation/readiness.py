"""Readiness: the one function behind every number on screen, in the chart, in the PDF and in every export.

The method is that of docs/method.md. Sums are exact decimals: no score depends on the order of the items.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from pensebete.assessment.item_state import ItemState, of_domain
from pensebete.checklist.model import Band, Checklist
from pensebete.checklist.status import STATUSES, EssentialReason, Status, rule_of
from pensebete.evaluation.priority import rank_of

Reason = EssentialReason | Literal["vital_domain_weak", "domain_weak"]


@dataclass(frozen=True, slots=True)
class HeldBack:
    """Why the overall band is lower than the number alone would have it; about one item or one domain."""

    reason: Reason
    item: str | None = None
    domain: str | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """Readiness over some items. score, low, high: 0 to 100, unrounded; coverage: 0 to 1; None as the method says."""

    score: float | None
    low: float | None
    high: float | None
    coverage: float | None
    band: str | None
    provisional: bool
    held_back_by: tuple[HeldBack, ...]
    shown: int | None  # what a reader sees: rounded once, halves up; so are the two below
    shown_low: int | None
    shown_high: int | None
    counting: int  # how many items count
    by_status: dict[Status | None, int]  # how many items have each answer (None: unanswered), not set aside
    set_aside: int  # how many the profile sets aside

    @property
    def done(self) -> int:
        return sum(count for status, count in self.by_status.items() if rule_of(status).credit == 1)


@dataclass(frozen=True, slots=True)
class Readiness:
    overall: Score
    domains: dict[str, Score]
    essentials_done: int
    essentials: int  # how many essential items count


@dataclass(frozen=True, slots=True)
class Gain:
    """What finishing an item would add to the overall score, in points."""

    state: ItemState
    points: float
    shown: int | None  # what a reader sees; None where it is less than one point


def readiness(checklist: Checklist, states: Sequence[ItemState]) -> Readiness:
    """Readiness of items as they stand; the overall figure pools the items of all domains."""
    domains = {domain.id: _domain_score(checklist, of_domain(states, domain.id)) for domain in checklist.domains}
    pooled = _score(checklist, states)
    essentials = [s for s in states if s.counts and checklist.readiness.essential.match(s.item)]
    return Readiness(
        overall=_held_back(checklist, pooled, states, domains),
        domains=domains,
        essentials_done=sum(rule_of(s.status).credit == 1 for s in essentials),
        essentials=len(essentials),
    )


def projection(checklist: Checklist, states: Sequence[ItemState]) -> tuple[tuple[str, Score], ...]:
    """For each class of the ranking, where the overall score would stand once its actions and those before are done."""
    stages = []
    for rank, row in enumerate(checklist.ranking):
        done = [_finished(s) if s.in_plan and rank_of(checklist, s.item) <= rank else s for s in states]
        stages.append((row.class_, readiness(checklist, done).overall))
    return tuple(stages)


def gains(checklist: Checklist, states: Sequence[ItemState]) -> tuple[Gain, ...]:
    """What moves readiness most: the items of the plan by class, then points gained, then the least effort."""
    answered = sum((s.item.weighs for s in states if s.counts and s.status), Decimal(0))
    found = [
        _gain(s, 100 * s.item.weighs * (1 - rule_of(s.status).credit) / answered)
        for s in states
        if s.in_plan and s.status is not None
    ]
    return tuple(sorted(found, key=lambda g: (rank_of(checklist, g.state.item), -g.points, g.state.item.effort)))


def shown(number: Decimal) -> int:
    """A figure as readers see it: a whole number, halves up."""
    return int(number.quantize(Decimal(1), ROUND_HALF_UP))


def _gain(state: ItemState, points: Decimal) -> Gain:
    return Gain(state, float(points), shown(points) if points >= 1 else None)


def _finished(state: ItemState) -> ItemState:
    return replace(state, answer=state.answer.model_copy(update={"status": "done"}))


def _score(checklist: Checklist, states: Sequence[ItemState]) -> Score:
    counting = [s for s in states if s.counts]
    weight = sum((s.item.weighs for s in counting), Decimal(0))
    answered = sum((s.item.weighs for s in counting if s.status), Decimal(0))
    credit = sum((s.item.weighs * rule_of(s.status).credit for s in counting if s.status), Decimal(0))
    open_to_luck = sum((s.item.weighs for s in counting if rule_of(s.status).open_to_luck), Decimal(0))

    score = 100 * credit / answered if answered else None
    low = 100 * credit / weight if weight else None
    high = 100 * (credit + open_to_luck) / weight if weight else None
    coverage = answered / weight if weight else None
    band = None if score is None else checklist.band_at(shown(score)).id
    return Score(
        score=None if score is None else float(score),
        low=None if low is None else float(low),
        high=None if high is None else float(high),
        coverage=None if coverage is None else float(coverage),
        band=band,
        provisional=low is not None
        and high is not None
        and coverage is not None
        and (
            coverage < Decimal(str(checklist.readiness.provisional_below))
            or checklist.band_at(shown(low)) != checklist.band_at(shown(high))
        ),
        held_back_by=(),
        shown=None if score is None else shown(score),
        shown_low=None if low is None else shown(low),
        shown_high=None if high is None else shown(high),
        counting=len(counting),
        by_status={status: sum(s.applies and s.status == status for s in states) for status in (*STATUSES, None)},
        set_aside=sum(s.set_aside for s in states),
    )


def _domain_score(checklist: Checklist, states: Sequence[ItemState]) -> Score:
    score = _score(checklist, states)
    return replace(score, band=None) if score.counting < checklist.readiness.no_band_below_items else score


def _held_back(checklist: Checklist, score: Score, states: Sequence[ItemState], domains: dict[str, Score]) -> Score:
    """The overall score with its band lowered by what holds it back, and every reason that does."""
    if score.shown is None:
        return score
    reached = checklist.band_at(score.shown)
    reasons = [
        (why, checklist.band(getattr(checklist.readiness.caps, why.reason)))
        for why in (*_essential_reasons(checklist, states), *_weak_domains(checklist, domains))
    ]
    lowering = [(why, cap) for why, cap in reasons if cap.from_ < reached.from_]
    lowest: Band = min((reached, *(cap for _, cap in lowering)), key=lambda band: band.from_)
    return replace(score, band=lowest.id, held_back_by=tuple(why for why, _ in lowering))


def _essential_reasons(checklist: Checklist, states: Sequence[ItemState]) -> list[HeldBack]:
    return [
        HeldBack(reason, item=s.item.id)
        for s in states
        if s.applies
        and checklist.readiness.essential.match(s.item)
        and (reason := rule_of(s.status).essential) is not None
    ]


def _weak_domains(checklist: Checklist, domains: dict[str, Score]) -> list[HeldBack]:
    """Compared as shown, so that no reader sees « 40 % » called under 40."""
    return [
        HeldBack("vital_domain_weak" if domain.vital else "domain_weak", domain=domain.id)
        for domain in checklist.domains
        if (number := domains[domain.id].shown) is not None and number < checklist.readiness.weak_domain_below
    ]
