"""Which ids of an older version a newer one says nothing of, and which of its new ids they most likely became."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Iterator
from dataclasses import dataclass, field

from pensebete.checklist.full_names import AROUND, ID_KINDS, IdKind, around, full_name, id_in
from pensebete.checklist.model import Checklist, Text


@dataclass(frozen=True, slots=True)
class LostIds:
    """By kind, in reading order. An item that vanished is named without its actions, a question without its options."""

    vanished: dict[IdKind, tuple[str, ...]]  # of the older version: neither there, nor renamed, nor retired
    new: dict[IdKind, tuple[str, ...]]  # of the newer version: what no id of the older one is, or became, or ever was
    became: dict[str, str] = field(default_factory=dict)  # of those vanished, what is new and says the same, there


def lost_ids(older: Checklist, newer: Checklist) -> LostIds:
    found = LostIds(
        {kind: tuple(name for name in older.places[kind] if has_vanished(newer, kind, name)) for kind in ID_KINDS},
        {kind: tuple(_new(older, newer, kind)) for kind in ID_KINDS},
    )
    for kind in sorted(ID_KINDS, key=lambda kind: kind != "domains"):  # the place of an item is its domain
        if not (found.vanished[kind] and found.new[kind]):
            continue
        was = {name: _what_it_says(older, kind, name, found, newer) for name in found.vanished[kind]}
        now = {name: _what_it_says(newer, kind, name) for name in found.new[kind]}
        times, times_now = Counter(was.values()), Counter(now.values())
        said_by = {said: name for name, said in now.items()}
        found.became.update({name: said_by[said] for name, said in was.items() if times[said] == times_now[said] == 1})
    return found


def has_vanished(newer: Checklist, kind: IdKind, name: str) -> bool:
    """Whether the newer version says nothing of an id. One that stood in what is gone as a whole went with it."""
    renames = newer.renames
    if renames.destination(kind, name) or name in newer.renamed or is_retired(newer, kind, name):
        return False
    return kind not in AROUND or renames.destination(AROUND[kind], around(name)) is not None


def is_retired(newer: Checklist, kind: IdKind, name: str) -> bool:
    """Under a name it had, or with the item or question around it."""
    if name in newer.retired_names or newer.renames.end(kind, name) in newer.retired_names:
        return True
    return kind in AROUND and is_retired(newer, AROUND[kind], around(name))


def _new(older: Checklist, newer: Checklist, kind: IdKind) -> Iterator[str]:
    became = {newer.renames.destination(kind, name) for name in older.places[kind]}
    spoken_for: tuple[Collection[str | None], ...] = (older.places[kind], became, older.renamed, older.retired_names)
    return (name for name in newer.places[kind] if not any(name in names for names in spoken_for))


def _what_it_says(
    checklist: Checklist, kind: IdKind, name: str, found: LostIds | None = None, newer: Checklist | None = None
) -> Hashable:
    """What tells a thing from the others of its kind but for its id: its words, and where it stands.

    Of the older version, where it stands as the newer one calls that.
    """
    path = checklist.places[kind][name]
    place = ""
    if kind == "items":
        place = full_name("domains", checklist.domains[int(path[1])].id)
        if found and newer:
            place = newer.renames.destination("domains", place) or found.became.get(place, place)
    elif kind in AROUND:
        place = around(name)
        if newer:
            place = newer.renames.destination(AROUND[kind], place) or place
    return (place, *_words(checklist, kind, name, path))


def _words(checklist: Checklist, kind: IdKind, name: str, path: tuple[str | int, ...]) -> Iterable[Hashable]:
    if kind == "owners":
        return (_text(checklist.owners[id_in(name)]),)
    if kind in ("items", "actions"):
        item = checklist.domains[int(path[1])].items[int(path[3])]
        return (item.ref, _text(item.title)) if kind == "items" else (_text(item.actions[int(path[5])].text),)
    at = int(path[1])
    if kind == "bands":
        return (checklist.bands[at].from_, _text(checklist.bands[at].label))
    if kind == "ranking":
        return (_text(checklist.ranking[at].label),)
    if kind == "domains":
        return (_text(checklist.domains[at].title),)
    asked = checklist.profile[at]
    return (_text(asked.question if kind == "profile" else asked.options[int(path[3])].label),)


def _text(text: Text) -> Hashable:
    return tuple(sorted(text.root.items()))
