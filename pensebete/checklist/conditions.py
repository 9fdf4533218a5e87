"""Conditions on the profile, in three values as in Kleene's logic: true, false, and not known yet (None).

Only *false* sets an item aside and only *true* unlocks a conditional action,
so a question without an answer changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from pensebete.checklist.model import Condition


def holds(condition: Condition | None, profile: Mapping[str, Sequence[str]]) -> bool | None:
    """Whether the condition holds for a profile (question id -> the options chosen); None where it is not known.

    No condition at all always holds.
    """
    if condition is None:
        return True
    values = [
        any(option in options for option in profile[question]) if profile.get(question) else None
        for question, options in condition.choices.items()
    ]
    if condition.any is not None:
        values.append(_some(holds(part, profile) for part in condition.any))
    if condition.all is not None:
        values.append(_every(holds(part, profile) for part in condition.all))
    if condition.not_ is not None:
        inner = holds(condition.not_, profile)
        values.append(None if inner is None else not inner)
    return _every(values)


def choices(condition: Condition) -> Iterator[tuple[str, str]]:
    """Each (question, option) that the condition names, at any depth."""
    for question, options in condition.choices.items():
        for option in options:
            yield question, option
    for part in condition.parts:
        yield from choices(part)


def _every(values: Iterable[bool | None]) -> bool | None:
    seen = set(values)
    return False if False in seen else None if None in seen else True


def _some(values: Iterable[bool | None]) -> bool | None:
    seen = set(values)
    return True if True in seen else None if None in seen else False
