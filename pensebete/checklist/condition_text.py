"""A condition of the checklist as a reader says it: « la réponse à « … » est « De 1 à 9 personnes » »."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pensebete.checklist.model import Checklist, Condition, Levels
from pensebete.checklist.question_kinds import KINDS
from pensebete.text.wording import Wording


class _Said(NamedTuple):
    words: str
    compound: bool  # of several parts: inside another condition it stands in parentheses


def condition_words(checklist: Checklist, condition: Condition, say: Wording) -> str:
    """The condition in words of the questions and options it names; one it does not know is said by its id.

    A `not` is carried down to the answers themselves: « la réponse n’est pas « Non » » is read at once, « il n’est pas
    vrai que l’une des réponses soit… » is not.
    """
    return _said(checklist, condition, say, denied=False).words


def levels_words(levels: Levels, say: Wording) -> str:
    """« urgence 3 et impact 2 ou 3 »; « toute valeur » where nothing is asked."""
    asked = (("urgency", levels.urgency), ("impact", levels.impact), ("effort", levels.effort))
    found = [say(f"outline.level.{mark}", level=say.either(map(str, allowed))) for mark, allowed in asked if allowed]
    return say.listing(found) if found else say("outline.level.any")


def _said(checklist: Checklist, condition: Condition, say: Wording, denied: bool) -> _Said:
    def inner(conditions: Iterable[Condition]) -> list[_Said]:
        return [_said(checklist, part, say, denied) for part in conditions]

    parts = [_choice(checklist, question, options, say, denied) for question, options in condition.choices.items()]
    if condition.any is not None:
        parts.append(_joined(inner(condition.any), say, each=denied))
    if condition.all is not None:
        parts.append(_joined(inner(condition.all), say, each=not denied))
    if condition.not_ is not None:
        parts.append(_said(checklist, condition.not_, say, not denied))
    return _joined(parts, say, each=not denied)


def _joined(parts: Sequence[_Said], say: Wording, each: bool) -> _Said:
    if len(parts) == 1:
        return parts[0]
    words = [f"({part.words})" if part.compound else part.words for part in parts]
    return _Said((say.listing if each else say.either)(words), compound=True)


def _choice(checklist: Checklist, question: str, options: Sequence[str], say: Wording, denied: bool) -> _Said:
    asked = checklist.questions.get(question)
    labels = {option.id: option.label[say.language] for option in asked.options} if asked else {}
    answers = say.either(say("outline.quoted", text=labels.get(option, option)) for option in options)
    kind = asked.kind if asked else KINDS["one"]
    id = kind.holds_not if denied else kind.holds
    return _Said(say(id, question=asked.question[say.language] if asked else question, answers=answers), False)
