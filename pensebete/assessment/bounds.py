"""How much an assessment may hold: generous for people, and small enough that one dossier never slows the others.

A bound refuses what is new. A text that was longer before the bound was there is read whole, may be shortened, and is
cut by nobody else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pensebete.assessment.model import Assessment, Contact

MOST_CHARACTERS = {
    "organisation": 120,
    "prepared_by": 120,
    "contact": 120,
    "owner": 120,
    "reason": 500,
    "text": 500,
    "note": 10_000,
    "comment": 10_000,
}
MOST_OWN_ACTIONS = 200
MOST_ANSWERS = 1_000
MOST_BYTES = 500_000  # of the whole, in JSON
# What is read of what was made before there were bounds; a plan of more would take its page seconds.
MOST_OWN_ACTIONS_READ = 500


@dataclass(frozen=True, slots=True)
class Excess:
    """A bound that was passed: a name of MOST_CHARACTERS, or `own_actions`, `answers`, `bytes`."""

    bound: str
    found: int
    most: int


def new_excess(before: Assessment, after: Assessment) -> Excess | None:
    """The bound that a change passes; None where there is none, or where it was passed before and by no less."""
    known = dict(_texts(before, unlike=after))
    for place, text in _texts(after, unlike=before):
        most = MOST_CHARACTERS[place[-1]]
        if len(text) > max(most, len(known.get(place, ""))):
            return Excess(place[-1], len(text), most)
    for bound, found, was, most in (
        ("own_actions", len(after.own_actions), len(before.own_actions), MOST_OWN_ACTIONS),
        ("answers", len(after.answers), len(before.answers), MOST_ANSWERS),
    ):
        if found > max(most, was):
            return Excess(bound, found, most)
    # Counted only where something grew that is counted: a status alone has no length.
    if (found := size(after)) > MOST_BYTES and found > size(before) + _OF_A_STATUS:
        return Excess("bytes", found, MOST_BYTES)
    return None


_OF_A_STATUS = 200  # bytes: what a dossier that is full may still be answered with


def whole_excess(assessment: Assessment) -> Excess | None:
    """What a dossier in a file, of any version, holds more of than is read."""
    for bound, found, most in (
        ("own_actions", len(assessment.own_actions), MOST_OWN_ACTIONS_READ),
        ("answers", max(len(assessment.answers), len(assessment.plan)), MOST_ANSWERS),
        ("bytes", size(assessment), MOST_BYTES),
    ):
        if found > most:
            return Excess(bound, found, most)
    return None


def excess_of_data(said: Mapping[str, Any], length: int) -> Excess | None:
    """The same of what a file says, before any of it is made a model: that takes seconds where there is too much."""
    for bound, name, most in (
        ("own_actions", "own_actions", MOST_OWN_ACTIONS_READ),
        ("answers", "answers", MOST_ANSWERS),
        ("answers", "plan", MOST_ANSWERS),
    ):
        found = said.get(name)
        if isinstance(found, list | dict) and len(found) > most:
            return Excess(bound, len(found), most)
    # What has its default value is left out when it is counted for good.
    return Excess("bytes", length, MOST_BYTES) if length > 2 * MOST_BYTES else None


def size(assessment: Assessment) -> int:
    return len(assessment.model_dump_json(exclude_defaults=True).encode("utf-8", "surrogatepass"))


def _texts(assessment: Assessment, unlike: Assessment) -> Iterator[tuple[tuple[str, ...], str]]:
    """Each text that has a bound, and its place; but for the parts that another assessment shares."""
    yield ("organisation",), assessment.organisation
    yield ("prepared_by",), assessment.prepared_by
    if unlike.contact is not assessment.contact:
        for name, text in assessment.contact:
            if isinstance(text, str) and name in Contact.model_fields:
                yield (name, "contact"), text
    for item, answer in assessment.answers.items():
        if unlike.answers.get(item) is not answer:
            yield (item, "note"), answer.note
            yield (item, "reason"), answer.reason
    for item, actions in assessment.plan.items():
        if unlike.plan.get(item) is not actions:
            for action, planned in actions.items():
                yield (item, action, "owner"), planned.owner or ""
                yield (item, action, "comment"), planned.comment
    if unlike.own_actions is not assessment.own_actions:
        for own in assessment.own_actions:
            yield (str(own.id), "text"), own.text
            yield (str(own.id), "owner"), own.owner
            yield (str(own.id), "comment"), own.comment
