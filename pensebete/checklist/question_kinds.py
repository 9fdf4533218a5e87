"""The kinds of profile questions: how each is asked, checked, conditioned, printed and exported. One row each.

Whatever its kind, an answer ends as options of the question: what conditions read is always the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, combinations
from typing import Any, Literal

Kind = Literal["one", "several"]
Choice = str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QuestionKind:
    """`read`: the options that count, of those offered and what was given; none where nobody knows which is meant."""

    read: Callable[[Sequence[str], Choice], tuple[str, ...]]
    # Every way to answer with some of these options, for those who try a condition over all of them.
    ways: Callable[[Sequence[str]], Iterable[tuple[str, ...]]]
    # How it is asked on screen: the framework's widget, its arguments, the name by which it is given its value.
    widget: str
    arguments: Mapping[str, Any] = field(default_factory=dict)
    value_argument: str = "default"
    as_value: Callable[[str], Any] = str  # what the widget holds of what was given
    offers_options: bool = True  # whether the widget is given the options to choose from
    many: bool = False  # whether the value of the widget is several options
    # The sentences of a condition on it: « la réponse à … est … », « … comprend … ».
    holds: str = "outline.is"
    holds_not: str = "outline.is_not"
    hint: str = ""  # what the empty checklist on paper says beside the question


def given(choice: Choice) -> tuple[str, ...]:
    """What was given, written as one or as a list."""
    return (choice,) if isinstance(choice, str) else choice


def _offered(options: Sequence[str], choice: Choice) -> tuple[str, ...]:
    """Those of the choice that the question offers, in its order."""
    chosen = given(choice)
    return tuple(option for option in options if option in chosen)


def _only_one(options: Sequence[str], choice: Choice) -> tuple[str, ...]:
    """Several options for a question that takes one are no answer: nobody knows which of them is meant."""
    known = _offered(options, choice)
    return known if len(known) == 1 else ()


KINDS: dict[Kind, QuestionKind] = {
    "one": QuestionKind(
        read=_only_one,
        ways=lambda options: ((option,) for option in options),
        widget="pills",
        arguments={"selection_mode": "single"},
    ),
    "several": QuestionKind(
        read=_offered,
        ways=lambda options: chain.from_iterable(combinations(options, n) for n in range(1, len(options) + 1)),
        widget="pills",
        arguments={"selection_mode": "multi"},
        many=True,
        holds="outline.with",
        holds_not="outline.without",
        hint="report.several",
    ),
}
