"""An assessment as facts, each of which can change by itself: what lets two people write the same dossier at once.

A fact is a key and a value. The key is its place, a tuple of texts, since ids in a file may hold any character:
`("detail", "organisation")`, `("profile", question)`, `("answer", item, "note")`, `("plan", item, action, "due")`,
`("own", uuid)`. The value is the JSON of that part of the dossier file. What has its default value is no fact. A field
that this version does not know is a fact beside the others, whole: `("detail", name)`, `("answer", item, name)`.
Each part of `contact` stands by itself, `("detail", "contact.phone")`: a version that does not know contacts keeps it
as it keeps any detail, and a dossier that such a version saved with a contact has it whole, `("detail", "contact")`.

A status, its date and whether it is to be confirmed are one fact: a status confirmed by one person and changed by
another must not end up as a mix of both. So is an action of one's own, as half of one means nothing. A note, a
reason, an owner stand alone.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Any, Final

from pensebete.assessment.model import Assessment
from pensebete.checklist.model import ChecklistRef

Key = tuple[str, ...]
Json = Any
Facts = dict[Key, Json]
# A new value for each key; None takes the fact away.
Changes = dict[Key, Json | None]


class _Null(Enum):
    NULL = None


# The null that a file gives to a field which this version does not know: a value, where None takes the fact away.
NULL: Final = _Null.NULL

_KINDS = {"profile": "profile", "answers": "answer", "plan": "plan"}
_FIELDS = {kind: field for field, kind in _KINDS.items()}
# How many parts the longest key of a kind has: what lies deeper is one value.
_PARTS = {"profile": 2, "answer": 3, "plan": 4}
_DATED = ("status", "answered_at", "confirm")
# Only there when own actions were put in another order, which loading another file over a dossier can do.
_OWN_ORDER = ("detail", "own_order")
_OF_CONTACT = "contact."


def facts_of(assessment: Assessment) -> Facts:
    """Every fact of an assessment, but when it was last changed. Own actions come in their order."""
    said = assessment.model_dump(mode="json", exclude_defaults=True, exclude={"updated_at"})
    facts: Facts = {}
    for field, value in said.items():
        if field == "own_actions":
            facts |= _own_facts(value)
        elif field == "answers":
            for item, answer in value.items():
                dated = {name: answer.pop(name) for name in _DATED if name in answer}
                facts |= _leaves(("answer", item), {"status": dated, **answer} if dated else answer)
        elif field == "contact":
            facts |= {("detail", _OF_CONTACT + name): _fact(part) for name, part in value.items()}
        elif field in _KINDS:
            facts |= _leaves((_KINDS[field],), value)
        else:
            facts[_detail(field)] = _fact(value)
    return facts


def changes(before: Assessment, after: Assessment) -> Changes:
    """What turns `before` into `after`, fact by fact."""
    old, new = facts_of(before), facts_of(after)
    made: Changes = {key: new.get(key) for key in {**old, **new} if not same(old.get(key), new.get(key))}
    order = [key for key in new if key[0] == "own"]
    if [key for key in {**old, **new} if key[0] == "own" and key in new] != order:
        made[_OWN_ORDER] = [key[1:] for key in order]
    return made


def applied(assessment: Assessment, changes: Mapping[Key, Json | None]) -> Assessment:
    """The assessment with changes made to it. Own actions keep their order, new ones come after.

    Raises ValueError (pydantic's ValidationError is one) where the changes make no assessment.
    """
    facts = {key: value for key, value in {**facts_of(assessment), **changes}.items() if value is not None}
    return assembled(facts, assessment.checklist).model_copy(update={"updated_at": assessment.updated_at})


def assembled(facts: Mapping[Key, Json], checklist: ChecklistRef | None = None) -> Assessment:
    """The assessment that facts make; `checklist` is for facts that do not tell it. Raises ValueError."""
    said: dict[str, Any] = {"checklist": checklist} if checklist else {}
    order = [("own", *place) for place in facts.get(_OWN_ORDER, ())]
    own = {key: value for key, value in facts.items() if key[0] == "own"}
    said["own_actions"] = [own.pop(key) for key in order if key in own] + list(own.values())
    parts: dict[str, Json] = {}
    for key, value in facts.items():
        kind, *path = key
        if kind == "own" or key == _OWN_ORDER:
            continue
        value = _json(value)
        if kind == "detail" and len(path) == 1 and path[0].startswith(_OF_CONTACT):
            parts[path[0].removeprefix(_OF_CONTACT)] = value
        elif kind == "detail" and path and key == _detail(path[-1]):
            said[path[-1]] = value
        elif kind == "answer" and path[1:] == ["status"]:
            _branch(said, ["answers", path[0]]).update(dict(value))
        elif kind in _FIELDS and path:
            _grow(said, [_FIELDS[kind], *path], value)
        else:
            raise ValueError(f"a fact of an unknown kind, {kind!r}")
    if parts:
        said["contact"] = {**_branch(said, ["contact"]), **parts}
    return Assessment.model_validate(said)


def same(one: Json | None, other: Json | None) -> bool:
    """Whether two values are the same JSON: in Python, 1 is true too."""
    return bool(one == other) and (isinstance(one, str) or value_text(one) == value_text(other))


def key_text(key: Key) -> str:
    """A key as one text, whatever its parts hold."""
    return json.dumps(key, ensure_ascii=False, separators=(",", ":"))


def key_of(text: str) -> Key:
    return tuple(json.loads(text))


def value_text(value: Json) -> str:
    """A value as JSON; equal values give equal texts."""
    return json.dumps(_json(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def value_of(text: str | None) -> Json | None:
    """The value in a text of `value_text`; None where there is no text, as for a fact taken away."""
    return None if text is None else _fact(json.loads(text))


def _fact(value: Json) -> Json:
    return NULL if value is None else value


def _json(value: Json) -> Json:
    return None if value is NULL else value


def _detail(field: str) -> Key:
    """The key of a detail; a field of a file that has the name of one of our own keys stands beside it."""
    taken = ("detail", field) == _OWN_ORDER or field.startswith(_OF_CONTACT)
    return ("detail", field, field) if taken else ("detail", field)


def _own_facts(actions: list[dict[str, Json]]) -> Facts:
    """A fact for each own action; a file may hold two with the same id, and both are kept."""
    facts: Facts = {}
    times: Counter[str] = Counter()
    for action in actions:
        id = action["id"]
        times[id] += 1
        facts[("own", id) if times[id] == 1 else ("own", id, str(times[id]))] = action
    return facts


def _leaves(path: Key, value: Json) -> Iterator[tuple[Key, Json]]:
    """The ends of a tree and the way to each; a mapping with nothing in it is an end too, since a file may hold one.

    A field is taken whole: the status of an answer, a mapping only because its date goes with it, or one not known.
    """
    if isinstance(value, dict) and value and len(path) < _PARTS[path[0]]:
        for name, part in value.items():
            yield from _leaves((*path, name), part)
    else:
        yield path, _fact(value)


def _branch(tree: dict[str, Any], path: list[str]) -> dict[str, Any]:
    for name in path:
        tree = tree.setdefault(name, {})
        if not isinstance(tree, dict):
            raise ValueError("a fact inside another fact")
    return tree


def _grow(tree: dict[str, Any], path: list[str], value: Json) -> None:
    """Put a value at the end of a path; an empty mapping gives way to what another fact puts in it."""
    if value == {}:
        _branch(tree, path)
    else:
        _branch(tree, path[:-1])[path[-1]] = value
