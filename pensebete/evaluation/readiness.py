"""Readiness: the one function behind every number on screen, in the chart, in the PDF and in every export.

The method is that of docs/method.md. Sums are exact decimals: no score depends on the order of the items.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal, NamedTuple

from pensebete.assessment.item_state import ItemState, of_domain
from pensebete.checklist.model import Band, Checklist
from pensebete.checklist.status import CURRENT_STATUSES, CurrentStatus, EssentialReason, rule_of
from pensebete.evaluation.action_plan import Action
from pensebete.evaluation.priority import rank_of

Reason = EssentialReason | Literal["vital_domain_weak", "many_not_applicable", "domain_weak"]
_MANY = 3  # one of so many items said not applicable is not yet too many; more than that are


@dataclass(frozen=True, slots=True)
class HeldBack:
    """Why the overall band is lower than the number alone would have it: one item, one domain, or neither."""

    reason: Reason
    item: str | None = None
    domain: str | None = None


class Essentials(NamedTuple):
    """Of the essential items that apply, those said not applicable included: how many are done and current."""

    done: int
    of: int


@dataclass(frozen=True, slots=True)
class Score:
    """Readiness over some items. score, high: 0 to 100, unrounded; coverage: 0 to 1; None as the method says."""

    score: float | None
    high: float | None
    coverage: float | None
    band: str | None
    provisional: bool
    held_back_by: tuple[HeldBack, ...]
    essentials: Essentials
    rounded: int | None  # once, halves up; so is the one below. What a reader is told is `figure`
    rounded_high: int | None
    counting: int  # how many items count
    by_status: Mapping[CurrentStatus, int]  # how many items have each answer, those set aside left out
    set_aside: int  # how many the profile sets aside
    # Whether it is of a dossier in which nothing but essentials is answered: then readers see those, and no figure.
    essentials_only: bool = False

    @property
    def figure(self) -> int | None:
        """What a reader sees, where a reader sees a figure."""
        return None if self.essentials_only else self.rounded

    @property
    def figure_high(self) -> int | None:
        """How far it may go, where a reader sees a figure."""
        return None if self.essentials_only else self.rounded_high

    @property
    def told_held_back_by(self) -> tuple[HeldBack, ...]:
        """What holds the band back, as a reader is told: nothing where no band is."""
        return () if self.essentials_only else self.held_back_by

    @property
    def done(self) -> int:
        """How many are done and current."""
        return self.by_status["done"]

    @property
    def not_applicable(self) -> int:
        """How many are said not applicable, with the reason."""
        return self.by_status["not_applicable"]

    @property
    def expired(self) -> int:
        return self.by_status["expired"]

    @property
    def unanswered(self) -> int:
        return self.by_status[None]


@dataclass(frozen=True, slots=True)
class Readiness:
    overall: Score
    domains: dict[str, Score]


@dataclass(frozen=True, slots=True)
class Gain:
    """What finishing an item would add to the overall score, in points."""

    state: ItemState
    points: float
    shown: int | None  # what a reader sees; None where it is less than one point


def readiness(checklist: Checklist, states: Sequence[ItemState]) -> Readiness:
    """Readiness of items as they stand; the overall figure pools the items of all domains."""
    domains = {domain.id: _domain_score(checklist, of_domain(states, domain.id)) for domain in checklist.domains}
    overall = _overall(checklist, states, domains)
    if _essentials_only(checklist, states):
        overall = replace(overall, essentials_only=True)
        domains = {id: replace(score, essentials_only=True) for id, score in domains.items()}
    return Readiness(overall=overall, domains=domains)


def _essentials_only(checklist: Checklist, states: Iterable[ItemState]) -> bool:
    """Whether some essentials are answered and nothing else is, of what counts, and there is something else.

    A figure over all items would then say how much was asked, and nothing of the enterprise.
    """
    answered = {True: 0, False: 0}
    others = 0
    for state in states:
        if state.counts:
            essential = checklist.readiness.essential.match(state.item)
            others += not essential
            answered[essential] += state.current is not None
    return answered[True] > 0 and answered[False] == 0 and others > 0


def projection(
    checklist: Checklist, states: Sequence[ItemState], plan: Iterable[Action]
) -> tuple[tuple[str, Score], ...]:
    """For each class of the ranking, where the overall score would stand once its actions and those before are done.

    Empty while something is unanswered, and where there is nothing to do.
    """
    place = {row.class_: rank for rank, row in enumerate(checklist.ranking)}
    left: dict[str, list[int]] = {}  # item -> the places of the actions that were not put aside
    for action in plan:
        if action.kind != "own" and action.item and not action.set_aside and action.state != "dropped":
            # What is done already waits for nothing.
            left.setdefault(action.item.id, []).append(place[action.priority] if action.open else -1)
    complete = all(s.current is not None for s in states if s.counts)
    if not complete or not any(rank >= 0 for ranks in left.values() for rank in ranks):
        return ()
    return tuple(
        (row.class_, readiness(checklist, [_after(s, left.get(s.item.id, ()), rank) for s in states]).overall)
        for rank, row in enumerate(checklist.ranking)
    )


def gains(checklist: Checklist, states: Sequence[ItemState]) -> tuple[Gain, ...]:
    """What moves readiness most: the items of the plan by class, then points gained, then the least effort."""
    weight = sum((s.item.weighs for s in states if s.counts), Decimal(0))
    found = [_gain(s, 100 * s.item.weighs * (1 - s.rule.credit) / weight) for s in states if s.in_plan]
    return tuple(sorted(found, key=lambda g: (rank_of(checklist, g.state.item), -g.points, g.state.item.effort)))


def rounded(number: Decimal) -> int:
    """A figure as readers see it: a whole number, halves up."""
    return int(number.quantize(Decimal(1), ROUND_HALF_UP))


def _gain(state: ItemState, points: Decimal) -> Gain:
    return Gain(state, float(points), rounded(points) if points >= 1 else None)


def _after(state: ItemState, left: Sequence[int], rank: int) -> ItemState:
    """The item once its actions of that class and those before are done; as it is where all were put aside."""
    if not left or all(place > rank for place in left):
        return state
    if all(place <= rank for place in left):
        return replace(state, answer=state.answer.model_copy(update={"status": "done"}), expired=False)
    if state.rule.credit > 0:
        return state
    return replace(state, answer=state.answer.model_copy(update={"status": "in_progress"}))


def _score(checklist: Checklist, states: Sequence[ItemState]) -> Score:
    # What an answer amounts to is asked of each item once: a portfolio has thousands of scores.
    standing = [(s, s.current) for s in states if s.applies]
    counting = [(s, current, rule_of(current)) for s, current in standing if rule_of(current).counts]
    weight = sum((s.item.weighs for s, _, _ in counting), Decimal(0))
    answered = sum((s.item.weighs for s, current, _ in counting if current is not None), Decimal(0))
    credit = sum((s.item.weighs * rule.credit for s, _, rule in counting), Decimal(0))
    open_to_luck = sum((s.item.weighs for s, _, rule in counting if rule.open_to_luck), Decimal(0))

    score = 100 * credit / weight if answered else None
    high = 100 * (credit + open_to_luck) / weight if weight else None
    coverage = answered / weight if weight else None
    band = None if score is None else checklist.band_at(rounded(score))
    essentials = [current for s, current in standing if checklist.readiness.essential.match(s.item)]
    of_status = Counter(current for _, current in standing)
    return Score(
        score=None if score is None else float(score),
        high=None if high is None else float(high),
        coverage=None if coverage is None else float(coverage),
        band=None if band is None else band.id,
        provisional=coverage is not None
        and high is not None
        and (_covers_too_little(checklist, coverage) or band != checklist.band_at(rounded(high))),
        held_back_by=(),
        essentials=Essentials(essentials.count("done"), len(essentials)),
        rounded=None if score is None else rounded(score),
        rounded_high=None if high is None else rounded(high),
        counting=len(counting),
        by_status={status: of_status[status] for status in CURRENT_STATUSES},
        set_aside=len(states) - len(standing),
    )


def _covers_too_little(checklist: Checklist, coverage: Decimal | float) -> bool:
    return coverage < Decimal(str(checklist.readiness.provisional_below))


def _domain_score(checklist: Checklist, states: Sequence[ItemState]) -> Score:
    """A domain with few items has no band, and so none that could turn out to be another."""
    score = _score(checklist, states)
    if score.counting >= checklist.readiness.no_band_below_items:
        return score
    provisional = score.coverage is not None and _covers_too_little(checklist, score.coverage)
    return replace(score, band=None, provisional=provisional)


def _overall(checklist: Checklist, states: Sequence[ItemState], domains: Mapping[str, Score]) -> Score:
    """The score of all items with its band lowered by what holds it back, every reason that does, and the floor."""
    score = _score(checklist, states)
    if score.rounded is None:
        return score
    reached = checklist.band_at(score.rounded)
    caps = checklist.readiness.caps.bands
    reasons = [(why, checklist.band(caps[why.reason])) for why in _reasons(checklist, states, domains)]
    lowering = [(why, cap) for why, cap in reasons if cap.from_ < reached.from_]
    band: Band = min((reached, *(cap for _, cap in lowering)), key=lambda band: band.from_)
    if _essentials_seen_to(checklist, states):
        band = max((band, checklist.floor), key=lambda band: band.from_)
    return replace(score, band=band.id, held_back_by=tuple(why for why, _ in lowering))


def _essentials_seen_to(checklist: Checklist, states: Iterable[ItemState]) -> bool:
    """Whether every essential that counts is done, current or not, and there is one."""
    essentials = [s for s in states if s.counts and checklist.readiness.essential.match(s.item)]
    return bool(essentials) and all(s.status == "done" for s in essentials)


def _reasons(checklist: Checklist, states: Sequence[ItemState], domains: Mapping[str, Score]) -> list[HeldBack]:
    found = [
        HeldBack(reason, item=s.item.id)
        for s in states
        if s.applies and checklist.readiness.essential.match(s.item) and (reason := s.rule.essential) is not None
    ]
    if _many_not_applicable(checklist, states):
        found.append(HeldBack("many_not_applicable"))
    return found + _weak_domains(checklist, states, domains)


def _many_not_applicable(checklist: Checklist, states: Sequence[ItemState]) -> bool:
    """Whether more than a third of all items, or of a vital domain's, are said not to apply, reason or not."""
    vital = [of_domain(states, domain.id) for domain in checklist.domains if domain.vital]
    for some in (states, *vital):
        applying = [s for s in some if s.applies]
        if _MANY * sum(s.status == "not_applicable" for s in applying) > len(applying):
            return True
    return False


def _weak_domains(checklist: Checklist, states: Sequence[ItemState], domains: Mapping[str, Score]) -> list[HeldBack]:
    """Compared as rounded, so that no reader sees « 40 % » called under 40; one with no answer at all shows 0.

    A domain of few items holds nothing back, unless it is vital.
    """
    found = []
    for domain in checklist.domains:
        score = domains[domain.id]
        applying = sum(s.applies for s in of_domain(states, domain.id))
        few = applying < checklist.readiness.no_band_below_items
        if not score.counting or (few and not domain.vital):
            continue
        if (score.rounded or 0) < checklist.readiness.weak_domain_below:
            found.append(HeldBack("vital_domain_weak" if domain.vital else "domain_weak", domain=domain.id))
    return found
