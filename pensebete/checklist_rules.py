"""What the shape alone cannot say of a checklist: ids that refer to something, languages complete, bands whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from pensebete.checklist import GENERATED_ACTIONS, Checklist, Condition, Text
from pensebete.yaml_tree import Path


@dataclass(frozen=True, slots=True)
class BrokenRule:
    """A code of mistakes.py, where in the file, and the words of its sentence."""

    code: str
    path: Path
    values: dict[str, str] = field(default_factory=dict)
    known: tuple[str, ...] = ()  # what could have stood there
    same_as: Path | None = None  # the earlier place it repeats


def broken_rules(checklist: Checklist) -> Iterator[BrokenRule]:
    yield from _languages(checklist)
    yield from _repeated_ids(checklist)
    yield from _references(checklist)
    yield from _tables(checklist)


def broken_promises(older: Checklist, newer: Checklist) -> Iterator[BrokenRule]:
    """What a newer version may not do to the dossiers made with an older one: lose an item without saying where."""
    for id in older.items:
        if id not in newer.items and id not in newer.renamed and id not in newer.retired:
            yield BrokenRule("vanished-id", ("domains",), {"id": id}, tuple(newer.items))
    if older.version == newer.version and older != newer:
        yield BrokenRule("same-version", ("version",), {"version": newer.version})


def _languages(checklist: Checklist) -> Iterator[BrokenRule]:
    if "fr" not in checklist.languages:
        yield BrokenRule("no-french", ("languages",))
    for path, languages in _texts(checklist, ()):
        where = {"field": str(next((part for part in reversed(path) if isinstance(part, str)), ""))}
        for language in checklist.languages:
            if language not in languages:
                yield BrokenRule("missing-language", path, {**where, "language": language})
        for language in languages:
            if language not in checklist.languages:
                yield BrokenRule("unknown-language", (*path, language), {**where, "language": language})


def _texts(value: Any, path: Path) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """Every text of the checklist, with its path in the file."""
    if isinstance(value, Text):
        yield path, value.root
    elif isinstance(value, Condition):
        return
    elif isinstance(value, BaseModel):
        for name, info in type(value).model_fields.items():
            inner = getattr(value, name)
            if name == "examples" and inner:
                yield (*path, name), inner
            else:
                yield from _texts(inner, (*path, info.alias or name))
    elif isinstance(value, tuple):
        for n, inner in enumerate(value):
            yield from _texts(inner, (*path, n))
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _texts(inner, (*path, key))


def _repeated_ids(checklist: Checklist) -> Iterator[BrokenRule]:
    """Ids are unique: items across all domains, actions in their item, options in their question."""
    items: list[tuple[str, Path]] = []
    for d, domain in enumerate(checklist.domains):
        for i, item in enumerate(domain.items):
            path: Path = ("domains", d, "items", i)
            items.append((item.id, (*path, "id")))
            actions = [(action.id, (*path, "actions", a, "id")) for a, action in enumerate(item.actions)]
            yield from _repeated(actions)
            for id, at in actions:
                if id in GENERATED_ACTIONS:
                    yield BrokenRule("reserved-id", at, {"id": id})
    yield from _repeated(items)
    yield from _repeated((domain.id, ("domains", d, "id")) for d, domain in enumerate(checklist.domains))
    yield from _repeated((question.id, ("profile", q, "id")) for q, question in enumerate(checklist.profile))
    for q, question in enumerate(checklist.profile):
        yield from _repeated(
            (option.id, ("profile", q, "options", o, "id")) for o, option in enumerate(question.options)
        )
    yield from _repeated((band.id, ("bands", b, "id")) for b, band in enumerate(checklist.bands))
    yield from _repeated((row.class_, ("ranking", r, "class")) for r, row in enumerate(checklist.ranking))


def _repeated(ids: Iterable[tuple[str, Path]]) -> Iterator[BrokenRule]:
    first: dict[str, Path] = {}
    for id, path in ids:
        if id in first:
            yield BrokenRule("duplicate-id", path, {"id": id}, same_as=first[id])
        else:
            first[id] = path


def _references(checklist: Checklist) -> Iterator[BrokenRule]:
    """Every id that names something names a thing that exists, and what is said to be gone is gone."""
    for d, domain in enumerate(checklist.domains):
        for i, item in enumerate(domain.items):
            path: Path = ("domains", d, "items", i)
            if item.belongs_with is not None:
                earlier = tuple(other.id for other in domain.items[:i])
                yield from _not_earlier(item.belongs_with, earlier, (*path, "belongs_with"))
            yield from _condition(checklist, item.applies_when, (*path, "applies_when"))
            for a, action in enumerate(item.actions):
                yield from _unknown(action.owner, checklist.owners, (*path, "actions", a, "owner"))
                yield from _condition(checklist, action.applies_when, (*path, "actions", a, "applies_when"))
            if all(action.applies_when is not None for action in item.actions):
                # Else an item to do would vanish from the plan wherever none of the conditions is known to hold.
                yield BrokenRule("no-sure-action", (*path, "actions"))
    for q, question in enumerate(checklist.profile):
        if question.belongs_with is not None:
            earlier = tuple(other.id for other in checklist.profile[:q])
            yield from _not_earlier(question.belongs_with, earlier, ("profile", q, "belongs_with"))
    for o, row in enumerate(checklist.owner_instead):
        yield from _unknown(row.owner, checklist.owners, ("owner_instead", o, "owner"))
        yield from _condition(checklist, row.applies_when, ("owner_instead", o, "applies_when"))
    bands = tuple(band.id for band in checklist.bands)
    for reason, band in checklist.readiness.caps.model_dump().items():
        yield from _unknown(band, bands, ("readiness", "caps", reason))
    for old, new in checklist.renamed.items():
        yield from _unknown(new, checklist.items, ("renamed", old))
        if old in checklist.items:
            yield BrokenRule("still-there", ("renamed", old), {"id": old, "field": "renamed"})
    for n, id in enumerate(checklist.retired):
        if id in checklist.items:
            yield BrokenRule("still-there", ("retired", n), {"id": id, "field": "retired"})


def _condition(checklist: Checklist, condition: Condition | None, path: Path) -> Iterator[BrokenRule]:
    if condition is None:
        return
    for question, options in condition.choices.items():
        if question not in checklist.questions:
            yield from _unknown(question, checklist.questions, (*path, question))
            continue
        known = tuple(option.id for option in checklist.questions[question].options)
        for n, option in enumerate(options):
            yield from _unknown(option, known, (*path, question, n))
    for name, parts in (("any", condition.any), ("all", condition.all)):
        for n, part in enumerate(parts or ()):
            yield from _condition(checklist, part, (*path, name, n))
    yield from _condition(checklist, condition.not_, (*path, "not"))


def _not_earlier(id: str, earlier: tuple[str, ...], path: Path) -> Iterator[BrokenRule]:
    if id not in earlier:
        yield BrokenRule("not-earlier", path, {"id": id}, earlier)


def _unknown(id: str, known: Iterable[str], path: Path) -> Iterator[BrokenRule]:
    known = tuple(known)
    if id not in known:
        field = str(next(part for part in reversed(path) if isinstance(part, str)))
        yield BrokenRule("unknown-id", path, {"id": id, "field": field, "known": ", ".join(known)}, known)


def _tables(checklist: Checklist) -> Iterator[BrokenRule]:
    starts: dict[int, int] = {}
    for b, band in enumerate(checklist.bands):
        if band.from_ in starts:
            yield BrokenRule("bands-same-start", ("bands", b, "from"), {"value": str(band.from_)})
        starts.setdefault(band.from_, b)
    if 0 not in starts:
        yield BrokenRule("bands-start", ("bands",))
    if checklist.ranking[-1].when is not None:
        yield BrokenRule("ranking-gap", ("ranking", len(checklist.ranking) - 1, "when"))
