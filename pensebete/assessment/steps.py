"""The way through the questionnaire: its steps, and how far along one is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from pensebete.assessment.item_state import ItemState, of_domain
from pensebete.assessment.profile import questions_deciding
from pensebete.checklist.model import Checklist, Domain, ProfileQuestion

ESSENTIALS_STEP = "essentials.first"  # with a dot, so that no domain can have this id
# What addresses and copies of before name, where there was a toggle for the most urgent.
FORMER_STEP = "urgent.first"
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
    """What the questionnaire asks on one screen: a domain, or (domain None) the essentials of all of them.

    `questions` of the profile are asked above the items that they decide.
    """

    domain: Domain | None
    item_states: tuple[ItemState, ...]
    part: int = 1
    parts: int = 1
    questions: tuple[ProfileQuestion, ...] = ()

    @property
    def numbered_questions(self) -> int:
        """How many there are to a reader: one that belongs with another is a part of it."""
        return sum(question.belongs_with is None for question in self.questions)

    @property
    def id(self) -> str:
        name = self.domain.id if self.domain else ESSENTIALS_STEP
        return name if self.part == 1 else f"{name}.{self.part}"


def progress(states: Iterable[ItemState]) -> Progress:
    applying = [state for state in states if state.applies]
    return Progress(sum(state.answered for state in applying), len(applying))


def steps(checklist: Checklist, states: Iterable[ItemState], most: int = MOST_ON_A_SCREEN) -> tuple[Step, ...]:
    """The steps of the whole questionnaire: a domain each, and every question of the profile.

    A domain of more than `most` items is asked in several steps of about the same length.
    """
    states = tuple(states)
    found = [step for domain in checklist.domains for step in _parts(domain, of_domain(states, domain.id), most)]
    return _with_questions(found, checklist.profile, checklist)


def essential_steps(
    checklist: Checklist, states: Iterable[ItemState], most: int = MOST_ON_A_SCREEN
) -> tuple[Step, ...]:
    """The short way: the essentials alone, with the questions that decide which of them apply; none where it would be
    no shorter."""
    states = tuple(states)
    essential = tuple(state for state in states if checklist.readiness.essential.match(state.item))
    if len(essential) == len(states):
        return ()
    asked = questions_deciding(checklist, (state.item for state in essential))
    return _with_questions(list(_parts(None, essential, most)), asked, checklist)


def _with_questions(
    found: Sequence[Step], questions: Iterable[ProfileQuestion], checklist: Checklist
) -> tuple[Step, ...]:
    """Each question in the first step that has an item it decides; in the first of all where it decides none.

    One that belongs with another is asked where that one is.
    """
    asked: dict[str, list[ProfileQuestion]] = {step.id: [] for step in found}
    place: dict[str, str] = {}
    for question in questions:
        deciding = (
            step.id
            for step in found
            if question in questions_deciding(checklist, (state.item for state in step.item_states))
        )
        beside = place.get(question.belongs_with or "")
        place[question.id] = where = beside or next(deciding, found[0].id)
        asked[where].append(question)
    return tuple(replace(step, questions=tuple(asked[step.id])) for step in found)


def _parts(domain: Domain | None, states: tuple[ItemState, ...], most: int) -> Iterator[Step]:
    parts = -(-len(states) // most)
    for part in range(parts):
        yield Step(domain, states[part * len(states) // parts : (part + 1) * len(states) // parts], part + 1, parts)
