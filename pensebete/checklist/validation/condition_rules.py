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
from pensebete.checklist.validation.other_names import condition_word
from pensebete.checklist.validation.violation import Violation

MOST_TRIED = 4096  # ways to answer; a condition that has more is left alone
MOST_WORK = 1_000_000  # things asked while all of them are tried; a checklist of 500 items takes a fiftieth
_MOST_COMPARED = 100_000  # names compared letter by letter with one that is unknown
_ANY_OTHER = ""  # stands for the options that a condition does not name


def broken_conditions(checklist: Checklist) -> Iterator[Violation]:
    names, trials = _Names(checklist), _Trials(checklist.questions)
    for path, condition, unmet in _conditions(checklist):
        unknown = False
        for violation in _unknown(names, condition, path):
            unknown = True
            yield violation
        if not unknown:
            yield from _foregone(trials, condition, path, unmet)


class _Names:
    """What a condition may name, and where it is written, gathered once for all of them."""

    def __init__(self, checklist: Checklist) -> None:
        self.questions: dict[str, Path] = {
            question.id: ("profile", q, "id") for q, question in enumerate(checklist.profile)
        }
        self.options: dict[str, dict[str, Path]] = {
            question.id: {option.id: ("profile", q, "options", o, "id") for o, option in enumerate(question.options)}
            for q, question in enumerate(checklist.profile)
        }
        self._others = {*checklist.items, *(domain.id for domain in checklist.domains)}
        self._compared = 0

    def means_an_item(self, question: str) -> bool:
        """Whether it is the id of something else, and not nearly that of a question."""
        if question not in self._others:
            return False
        self._compared += len(self.questions)
        return self._compared > _MOST_COMPARED or not get_close_matches(question, self.questions, cutoff=0.8)


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


def _unknown(names: _Names, condition: Condition, path: Path) -> Iterator[Violation]:
    """Questions and options that do not exist."""
    for question, options in condition.choices.items():
        if question not in names.questions:
            if meant := condition_word(question):
                yield Violation("condition-word", (*path, question), {"word": question, "meant": meant})
            elif names.means_an_item(question):
                yield Violation("condition-on-item", (*path, question), {"id": question})
            else:
                yield unknown_id(question, names.questions, (*path, question))
            continue
        known = names.options[question]
        for n, option in enumerate(options):
            if option not in known:
                yield unknown_id(option, known, (*path, question, n))
    for part, at in _parts(condition, path):
        yield from _unknown(names, part, at)


def unknown_id(id: str, known: Mapping[str, Path], path: Path) -> Violation:
    field = str(next(part for part in reversed(path) if isinstance(part, str)))
    return Violation("unknown-id", path, {"id": id, "field": field}, known)


def _parts(condition: Condition, path: Path) -> Iterator[tuple[Condition, Path]]:
    for name, parts in (("any", condition.any), ("all", condition.all)):
        for n, part in enumerate(parts or ()):
            yield part, (*path, name, n)
    if condition.not_ is not None:
        yield condition.not_, (*path, "not")


def _foregone(trials: _Trials, condition: Condition, path: Path, unmet: str = "never-holds") -> Iterator[Violation]:
    """Whether the condition, or else a part of it, comes out the same whatever is answered."""
    outcomes = trials.outcomes(condition)
    if outcomes == {False}:
        yield Violation(unmet, path)
    elif outcomes == {True}:
        yield Violation("always-holds", path)
    elif outcomes:
        alone = len(condition.choices) == 1 and not list(condition.parts)
        for question in () if alone else condition.choices:
            asked = trials.questions[question]
            if {option.id for option in asked.options} <= set(condition.choices[question]):
                yield Violation("always-holds", (*path, question))
        for part, at in _parts(condition, path):
            yield from _foregone(trials, part, at)


class _Trials:
    """What conditions come to, over every way to answer; as long as all of them together take a second."""

    def __init__(self, questions: Mapping[str, ProfileQuestion]) -> None:
        self.questions = questions
        self._left = MOST_WORK

    def outcomes(self, condition: Condition) -> set[bool | None]:
        """Empty where there are too many ways to try."""
        named: dict[str, set[str]] = {}
        for question, option in choices(condition):
            self._left -= 1
            named.setdefault(question, set()).add(option)
        if any(self.questions[id].kind.many and len(options) > 12 for id, options in named.items()):
            return set()
        ways = [_answers(self.questions[id], options) for id, options in named.items()]
        tried = 1
        for way in ways:
            tried *= len(way)
        if tried > MOST_TRIED:
            return set()
        work = size(condition)
        outcomes: set[bool | None] = set()
        for answers in product(*ways):
            if self._left <= 0:
                return set()
            self._left -= work
            outcomes.add(holds(condition, dict(zip(named, answers, strict=True))))
            if len(outcomes) > 1:
                break
        return outcomes


def size(condition: Condition) -> int:
    """How many things a condition asks, at any depth."""
    own = sum(map(len, condition.choices.values()))
    return 1 + own + sum(map(size, condition.parts))


def _answers(question: ProfileQuestion, named: set[str]) -> list[Sequence[str]]:
    """The answers to a question that can make a difference to who names those options of it."""
    told_apart = [option.id for option in question.options if option.id in named]
    if len(told_apart) < len(question.options):
        told_apart.append(_ANY_OTHER)
    return list(question.kind.ways(told_apart))
