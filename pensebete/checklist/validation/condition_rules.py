"""What can be wrong with `applies_when`: it asks for what does not exist, or its answer is known beforehand.

Whether a condition can hold is found by trying: every way to answer the questions it names, and no others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from itertools import product

from pensebete.checklist.conditions import choices, holds
from pensebete.checklist.diagnostics.place import Path
from pensebete.checklist.model import Checklist, Condition, ProfileQuestion
from pensebete.checklist.validation.violation import Violation

MOST_TRIED = 4096  # ways to answer; a condition that has more is left alone
_ANY_OTHER = ""  # stands for the options that a condition does not name


def broken_conditions(checklist: Checklist) -> Iterator[Violation]:
    for path, condition, unmet in _conditions(checklist):
        unknown = list(_unknown(checklist, condition, path))
        yield from unknown or _foregone(checklist, condition, path, unmet)


def _conditions(checklist: Checklist) -> Iterator[tuple[Path, Condition, str]]:
    """Each condition of the checklist, its path, and the code of one that never holds there."""
    for o, row in enumerate(checklist.owner_instead):
        yield ("owner_instead", o, "applies_when"), row.applies_when, "never-holds"
    for d, domain in enumerate(checklist.domains):
        for i, item in enumerate(domain.items):
            if item.applies_when is not None:
                yield ("domains", d, "items", i, "applies_when"), item.applies_when, "unreachable-item"
            for a, action in enumerate(item.actions):
                if action.applies_when is not None:
                    path = ("domains", d, "items", i, "actions", a, "applies_when")
                    yield path, action.applies_when, "never-holds"


def _unknown(checklist: Checklist, condition: Condition, path: Path) -> Iterator[Violation]:
    """Questions and options that do not exist."""
    places = {question.id: q for q, question in enumerate(checklist.profile)}
    for question, options in condition.choices.items():
        if question not in places:
            other = question in checklist.items or any(domain.id == question for domain in checklist.domains)
            if other and not get_close_matches(question, places, cutoff=0.8):  # else a question by nearly the same name
                yield Violation("condition-on-item", (*path, question), {"id": question})
            else:
                known: dict[str, Path] = {id: ("profile", q, "id") for id, q in places.items()}
                yield unknown_id(question, known, (*path, question))
            continue
        q = places[question]
        known = {option.id: ("profile", q, "options", o, "id") for o, option in enumerate(checklist.profile[q].options)}
        for n, option in enumerate(options):
            if option not in known:
                yield unknown_id(option, known, (*path, question, n))
    for part, at in _parts(condition, path):
        yield from _unknown(checklist, part, at)


def unknown_id(id: str, known: Mapping[str, Path], path: Path) -> Violation:
    field = str(next(part for part in reversed(path) if isinstance(part, str)))
    return Violation("unknown-id", path, {"id": id, "field": field, "known": ", ".join(known)}, known)


def _parts(condition: Condition, path: Path) -> Iterator[tuple[Condition, Path]]:
    for name, parts in (("any", condition.any), ("all", condition.all)):
        for n, part in enumerate(parts or ()):
            yield part, (*path, name, n)
    if condition.not_ is not None:
        yield condition.not_, (*path, "not")


def _foregone(
    checklist: Checklist, condition: Condition, path: Path, unmet: str = "never-holds"
) -> Iterator[Violation]:
    """Whether the condition, or else a part of it, comes out the same whatever is answered."""
    outcomes = _outcomes(checklist.questions, condition)
    if outcomes == {False}:
        yield Violation(unmet, path)
    elif outcomes == {True}:
        yield Violation("always-holds", path)
    elif outcomes:
        alone = len(condition.choices) == 1 and not list(condition.parts)
        for question in () if alone else condition.choices:
            asked = checklist.questions[question]
            if {option.id for option in asked.options} <= set(condition.choices[question]):
                yield Violation("always-holds", (*path, question))
        for part, at in _parts(condition, path):
            yield from _foregone(checklist, part, at)


def _outcomes(questions: Mapping[str, ProfileQuestion], condition: Condition) -> set[bool | None]:
    """What the condition comes to, over every way to answer; empty where there are too many to try."""
    named: dict[str, set[str]] = {}
    for question, option in choices(condition):
        named.setdefault(question, set()).add(option)
    if any(questions[id].kind.many and len(options) > 12 for id, options in named.items()):
        return set()
    ways = [_answers(questions[id], options) for id, options in named.items()]
    tried = 1
    for way in ways:
        tried *= len(way)
    if tried > MOST_TRIED:
        return set()
    outcomes: set[bool | None] = set()
    for answers in product(*ways):
        outcomes.add(holds(condition, dict(zip(named, answers, strict=True))))
        if len(outcomes) > 1:
            break
    return outcomes


def _answers(question: ProfileQuestion, named: set[str]) -> list[Sequence[str]]:
    """The answers to a question that can make a difference to who names those options of it."""
    told_apart = [option.id for option in question.options if option.id in named]
    if len(told_apart) < len(question.options):
        told_apart.append(_ANY_OTHER)
    return list(question.kind.ways(told_apart))
