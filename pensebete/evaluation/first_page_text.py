"""What the first page says to a newcomer: for the page, and for what stands in its place until it has come."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pensebete.assessment.item_state import ItemState
from pensebete.assessment.steps import Step, essential_steps, progress, steps
from pensebete.checklist.model import Checklist
from pensebete.text.wording import Wording

_SECONDS_AN_ITEM = 25  # to read it and say where one stands
_SECONDS_A_QUESTION = 8  # of the profile: what one knows by heart


@dataclass(frozen=True)
class Door:
    """A way into the questionnaire: its name, and what is asked behind it. `step`: where it leads."""

    name: str
    asks: str
    step: str


@dataclass(frozen=True)
class FirstPage:
    """What this is, in a sentence; what is promised, with **marks** around what weighs; two doors, or none where there
    is but one way."""

    what: str
    promises: tuple[str, ...]
    doors: tuple[Door, ...]


def first_page(checklist: Checklist, states: Iterable[ItemState], say: Wording) -> FirstPage:
    states = tuple(states)
    short, whole = essential_steps(checklist, states), steps(checklist, states)
    if not short:
        how_long = say("start.how_long", n=minutes(len(checklist.items), len(checklist.profile)))
        promises = (how_long, say("start.optional"), say("start.data"))
        return FirstPage(say("start.what", n=len(checklist.items)), promises, ())
    return FirstPage(say("start.what.doors"), (say("start.at_your_pace"), say("start.data")), _doors(short, whole, say))


def _doors(short: Sequence[Step], whole: Sequence[Step], say: Wording) -> tuple[Door, ...]:
    asks = _asked(short), _asked(whole)
    how_long = about_minutes(minutes(*asks[0]), minutes(*asks[1]))
    return (
        Door(say("start.door.short", n=how_long[0]), _asks(asks[0], "start.door.essentials", say), short[0].id),
        Door(say("start.door.whole", n=how_long[1]), _asks(asks[1], "start.door.items", say), whole[0].id),
    )


def minutes(items: int, questions: int) -> int:
    """How long it takes to answer so many of each."""
    return max(1, round((items * _SECONDS_AN_ITEM + questions * _SECONDS_A_QUESTION) / 60))


def about_minutes(short: int, whole: int) -> tuple[int, int]:
    """As people say them, by fives: « 4 minutes » and « 12 minutes » promise what nobody measured. Where the two would
    be the same, as they are."""
    rounded = tuple(max(5, 5 * round(minutes / 5)) for minutes in (short, whole))
    return (short, whole) if rounded[0] == rounded[1] else (rounded[0], rounded[1])


def _asked(way: Sequence[Step]) -> tuple[int, int]:
    """How many items, and questions of the profile, a way asks."""
    items = progress(state for step in way for state in step.item_states).of
    return items, sum(step.numbered_questions for step in way)


def _asks(asked: tuple[int, int], counted: str, say: Wording) -> str:
    """« 4 questions sur l’entreprise, 8 essentiels »"""
    items, questions = asked
    said = [say("start.door.questions", n=questions)] if questions else []
    return ", ".join((*said, say(counted, n=items)))
