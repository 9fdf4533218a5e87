"""What the shape alone cannot say of a checklist: ids that refer to something, languages complete, bands whole."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from pydantic import BaseModel

from pensebete.checklist.diagnostics.place import Path
from pensebete.checklist.full_names import AROUND, IdKind, around, kind_of, short_name
from pensebete.checklist.inserts import INSERTS, inserts_of, open_brace
from pensebete.checklist.model import GENERATED_ACTIONS, Checklist, Condition, Message, Text
from pensebete.checklist.validation.condition_rules import unknown_id
from pensebete.checklist.validation.violation import Violation
from pensebete.checklist.working_days import has_holidays

MOST_ALIKE = 10  # texts that lack the same thing, named one by one; of more, the first


def broken_rules(checklist: Checklist) -> Iterator[Violation]:
    yield from _languages(checklist)
    yield from _repeated_ids(checklist)
    yield from _references(checklist)
    yield from _renamed(checklist)
    yield from _tables(checklist)
    yield from _messages(checklist)


def _languages(checklist: Checklist) -> Iterator[Violation]:
    if "fr" not in checklist.languages:
        yield Violation("no-french", ("languages",))
    found = list(texts(checklist, ()))
    for n, language in enumerate(checklist.languages):
        if len(found) > 1 and not any(
            language in languages for _, languages in found
        ):  # said once, where the language is named
            yield Violation("language-of-nothing", ("languages", n), {"language": language})
            continue
        # One that is there under a name nobody knows is not missing as well.
        lacking = [
            path
            for path, languages in found
            if language not in languages and not set(languages) - set(checklist.languages)
        ]
        if len(lacking) > MOST_ALIKE:
            values = {"language": language, "count": str(len(lacking))}
            yield Violation("missing-texts", lacking[0], values)
            continue
        for path in lacking:
            yield Violation("missing-language", path, {"field": _field(path), "language": language})
    strangers: dict[str, list[Path]] = {}
    for path, languages in found:
        for language in languages:
            if language not in checklist.languages:
                strangers.setdefault(language, []).append(path)
    known: dict[str, Path] = dict.fromkeys(checklist.languages, ())
    for language, paths in strangers.items():
        if len(paths) > max(1, len(found) // 2):
            yield Violation("unlisted-language", ("languages",), {"language": language})
            continue
        for path in paths:
            yield Violation("unknown-language", (*path, language), {"field": _field(path), "language": language}, known)


def _field(path: Path) -> str:
    return str(next((part for part in reversed(path) if isinstance(part, str)), ""))


def texts(value: Any, path: Path) -> Iterator[tuple[Path, Mapping[str, Any]]]:
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
                yield from texts(inner, (*path, info.alias or name))
    elif isinstance(value, tuple):
        for n, inner in enumerate(value):
            yield from texts(inner, (*path, n))
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from texts(inner, (*path, key))


def each_text(checklist: Checklist) -> Iterator[tuple[Path, str]]:
    """What is written in each language of every text, and each of the examples, with the path of its value."""
    for path, languages in texts(checklist, ()):
        for language, said in languages.items():
            if isinstance(said, str):
                yield (*path, language), said
            else:
                yield from (((*path, language, n), one) for n, one in enumerate(said))


def _repeated_ids(checklist: Checklist) -> Iterator[Violation]:
    """Ids are unique: languages, items across all domains, actions in their item, options in their question."""
    items: list[tuple[str, Path]] = []
    for d, domain in enumerate(checklist.domains):
        for i, item in enumerate(domain.items):
            path: Path = ("domains", d, "items", i)
            items.append((item.id, (*path, "id")))
            actions = [(action.id, (*path, "actions", a, "id")) for a, action in enumerate(item.actions)]
            yield from _repeated(actions)
            for id, at in actions:
                if id in GENERATED_ACTIONS:
                    yield Violation("reserved-id", at, {"id": id})
    yield from _repeated((language, ("languages", n)) for n, language in enumerate(checklist.languages))
    yield from _repeated(items)
    yield from _repeated((domain.id, ("domains", d, "id")) for d, domain in enumerate(checklist.domains))
    yield from _repeated((question.id, ("profile", q, "id")) for q, question in enumerate(checklist.profile))
    for q, question in enumerate(checklist.profile):
        yield from _repeated(
            (option.id, ("profile", q, "options", o, "id")) for o, option in enumerate(question.options)
        )
    yield from _repeated((band.id, ("bands", b, "id")) for b, band in enumerate(checklist.bands))
    yield from _repeated((row.class_, ("ranking", r, "class")) for r, row in enumerate(checklist.ranking))


def _repeated(ids: Iterable[tuple[str, Path]]) -> Iterator[Violation]:
    first: dict[str, Path] = {}
    for id, path in ids:
        if id in first:
            yield Violation("duplicate-id", path, {"id": id}, same_as=first[id])
        else:
            first[id] = path


def _references(checklist: Checklist) -> Iterator[Violation]:
    """Every id that names something names a thing that exists, and what is said to be gone is gone."""
    owners: dict[str, Path] = {owner: ("owners", owner) for owner in checklist.owners}
    for d, domain in enumerate(checklist.domains):
        earlier: dict[str, Path] = {}
        for i, item in enumerate(domain.items):
            path: Path = ("domains", d, "items", i)
            yield from _not_earlier(item.belongs_with, earlier, (*path, "belongs_with"))
            earlier[item.id] = (*path, "id")
            for a, action in enumerate(item.actions):
                if action.owner not in owners:
                    yield unknown_id(action.owner, owners, (*path, "actions", a, "owner"))
            if all(action.applies_when is not None for action in item.actions):
                # Else an item to do would vanish from the plan wherever none of the conditions is known to hold.
                yield Violation("no-sure-action", (*path, "actions"))
    asked: dict[str, Path] = {}
    for q, question in enumerate(checklist.profile):
        yield from _not_earlier(question.belongs_with, asked, ("profile", q, "belongs_with"))
        asked[question.id] = ("profile", q, "id")
    for o, row in enumerate(checklist.owner_instead):
        if row.owner not in owners:
            yield unknown_id(row.owner, owners, ("owner_instead", o, "owner"))
    bands: dict[str, Path] = {band.id: ("bands", b, "id") for b, band in enumerate(checklist.bands)}
    for reason, band in checklist.readiness.caps:
        if band is not None and band not in bands:
            yield unknown_id(band, bands, ("readiness", "caps", reason))
    if checklist.readiness.floor is not None and checklist.readiness.floor not in bands:
        yield unknown_id(checklist.readiness.floor, bands, ("readiness", "floor"))


def _renamed(checklist: Checklist) -> Iterator[Violation]:
    """What is renamed comes, perhaps in several steps, to an id of its kind, there or retired; what is gone is gone.

    An option stays in its question, under whatever name that has now; an action may go to another item.
    """
    retired, circles, options = checklist.retired_names, _on_circles(checklist.renamed), _options(checklist)
    for old, new in checklist.renamed.items():
        kind = kind_of(old)
        if old in checklist.places[kind]:
            yield Violation("still-there", ("renamed", old), _named(kind, old, field="renamed"))
        if kind != kind_of(new) or not (_leads_on(checklist, kind, new, retired) and _stays_in(checklist, old, new)):
            question = checklist.renames.destination("profile", around(old)) if kind == "options" else None
            known = options[question] if question else checklist.places[kind]
            yield unknown_id(new, _Others(known, old), ("renamed", old))
        if old in circles:
            yield Violation("renamed-in-circle", ("renamed", old), {"id": old})
    for n, id in enumerate(checklist.retired):
        kind = kind_of(id)
        if id in checklist.places[kind]:
            yield Violation("still-there", ("retired", n), _named(kind, id, field="retired"))
    items = checklist.places["items"]
    heard_of = items.keys() | checklist.renamed.keys() | retired
    for id, path in items.items():
        origin = checklist.items[id].split_from
        if origin and (origin == id or origin not in heard_of):
            yield unknown_id(origin, _Others(items, id), (*path[:-1], "split_from"))


def _leads_on(checklist: Checklist, kind: IdKind, new: str, retired: Collection[str]) -> bool:
    """Whether something is there under that name, or the file says what became of it."""
    renames = checklist.renames
    if new in checklist.renamed or new in retired or renames.destination(kind, new):
        return True
    return kind in AROUND and renames.end(AROUND[kind], around(new)) in retired


def _stays_in(checklist: Checklist, old: str, new: str) -> bool:
    """Whether an option is still one of its question."""
    ends = (checklist.renames.end("profile", around(name)) for name in (old, new))
    return kind_of(old) != "options" or next(ends) == next(ends)


def _options(checklist: Checklist) -> dict[str, dict[str, Path]]:
    """Question -> its options, by their full names."""
    found: dict[str, dict[str, Path]] = {question: {} for question in checklist.places["profile"]}
    for name, path in checklist.places["options"].items():
        found[around(name)][name] = path
    return found


def _named(kind: IdKind, name: str, **more: str) -> dict[str, str]:
    """The parts that say « l’action « cash/count » »."""
    return {"kind": kind, "id": short_name(kind, name), **more}


def _on_circles(renamed: Mapping[str, str]) -> set[str]:
    """The ids from which the renames lead back to where they began. Each is gone through once."""
    met_from: dict[str, str] = {}
    found: set[str] = set()
    for start in renamed:
        walk, id = [], start
        while id in renamed and id not in met_from:
            met_from[id] = start
            walk.append(id)
            id = renamed[id]
        if met_from.get(id) == start:
            found.update(walk[walk.index(id) :])
    return found


class _Others(Mapping[str, Path]):
    """The names of a table but one, without a copy for each who asks."""

    def __init__(self, names: Mapping[str, Path], but: str) -> None:
        self._names, self._but = names, but

    def __getitem__(self, name: str) -> Path:
        if name == self._but:
            raise KeyError(name)
        return self._names[name]

    def __iter__(self) -> Iterator[str]:
        return (name for name in self._names if name != self._but)

    def __len__(self) -> int:
        return len(self._names) - (self._but in self._names)


class _Earlier(Mapping[str, Path]):
    """The first names of a table that goes on growing, without a copy for each who asks."""

    def __init__(self, names: Mapping[str, Path]) -> None:
        self._names, self._count = names, len(names)

    def __getitem__(self, name: str) -> Path:
        return self._names[name]

    def __iter__(self) -> Iterator[str]:
        return islice(self._names, self._count)

    def __len__(self) -> int:
        return self._count


def _not_earlier(id: str | None, earlier: Mapping[str, Path], path: Path) -> Iterator[Violation]:
    if id is not None and id not in earlier:
        yield Violation("not-earlier", path, {"id": id}, _Earlier(earlier))


def _tables(checklist: Checklist) -> Iterator[Violation]:
    starts: dict[int, int] = {}
    for b, band in enumerate(checklist.bands):
        if band.from_ in starts:
            yield Violation("bands-same-start", ("bands", b, "from"), {"value": str(band.from_)})
        starts.setdefault(band.from_, b)
    if 0 not in starts:
        yield Violation("bands-start", ("bands",))
    if checklist.ranking[-1].when is not None:
        yield Violation("ranking-gap", ("ranking", len(checklist.ranking) - 1, "when"))
    if checklist.calendar is not None and not has_holidays(checklist.calendar):
        yield Violation("unknown-calendar", ("calendar",))


def messages(checklist: Checklist) -> Iterator[tuple[Path, Message]]:
    """Every ready message, with its path in the file."""
    for d, domain in enumerate(checklist.domains):
        for i, item in enumerate(domain.items):
            for a, action in enumerate(item.actions):
                if action.message is not None:
                    yield ("domains", d, "items", i, "actions", a, "message"), action.message


def _messages(checklist: Checklist) -> Iterator[Violation]:
    """What stands between braces is what the dossier can fill, and each brace has its other."""
    known: dict[str, Path] = dict.fromkeys(INSERTS, ())
    listed = ", ".join(f"{{{name}}}" for name in INSERTS)
    for at, message in messages(checklist):
        for field, text in (("subject", message.subject), ("text", message.text)):
            for language, said in text.root.items():
                path = (*at, field, language)
                for name in dict.fromkeys(inserts_of(said)):
                    if name not in known:
                        values = {"field": f"message.{field}", "id": name, "known": listed}
                        yield Violation("unknown-insert", path, values, known)
                if (at_brace := open_brace(said)) is not None:
                    rest = said[at_brace:].partition("\n")[0][:30]
                    yield Violation("open-brace", path, {"field": f"message.{field}", "rest": rest})
