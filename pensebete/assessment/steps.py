"""The way through the questionnaire: its steps, and how far along one is."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from pensebete.assessment.item_state import ItemState, of_domain
from pensebete.checklist.model import Checklist, Domain

URGENT_STEP = "urgent.first"  # with a dot, so that no domain can have this id
MOST_ON_A_SCREEN = 9  # items; more would be slow on a phone, and discouraging on any screen


@dataclass(frozen=True, slots=True)
class Progress:
    """How many of the items that apply have an answer."""

    answered: int
    of: int

    @property
    def complete(self) -> bool:
        return self.answered == self.of


@dataclass(frozen=True, slots=True)
class Step:
    """What the questionnaire asks on one screen: a domain, or (domain None) the urgent items of all of them."""

    domain: Domain | None
    item_states: tuple[ItemState, ...]
    part: int = 1
    parts: int = 1

    @property
    def id(self) -> str:
        name = self.domain.id if self.domain else URGENT_STEP
        return name if self.part == 1 else f"{name}.{self.part}"


def progress(states: Iterable[ItemState]) -> Progress:
    applying = [state for state in states if state.applies]
    return Progress(sum(state.answered for state in applying), len(applying))


def steps(
    checklist: Checklist,
    states: Iterable[ItemState],
    urgent: Collection[str] = (),
    most: int = MOST_ON_A_SCREEN,
) -> tuple[Step, ...]:
    """The steps of the questionnaire: a domain each; those items whose ids are `urgent`, of all domains, before them.

    A domain of more than `most` items is asked in several steps of about the same length.
    """
    states = tuple(states)
    first = tuple(s for s in states if s.item.id in urgent)
    rest = tuple(s for s in states if s.item.id not in urgent)
    found = [(None, first), *((domain, of_domain(rest, domain.id)) for domain in checklist.domains)]
    return tuple(step for domain, items in found for step in _parts(domain, items, most))


def _parts(domain: Domain | None, states: tuple[ItemState, ...], most: int) -> Iterator[Step]:
    parts = -(-len(states) // most)
    for part in range(parts):
        yield Step(domain, states[part * len(states) // parts : (part + 1) * len(states) // parts], part + 1, parts)
