"""What changes between two versions of a checklist, thing by thing and in words.

Each thing (an item, a question, a band…) is a list of facts; what is compared is their values, what is told their
words. So a question asked otherwise is one change, and not one more for each condition that names it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pensebete.checklist.full_names import ID_KINDS, IdKind, around, full_name, id_in, short_name
from pensebete.checklist.model import Checklist
from pensebete.checklist.versions.lost_ids import is_retired
from pensebete.checklist.versions.renames import Carried
from pensebete.checklist.versions.snapshot import Facts, Thing, things
from pensebete.text.wording import Wording

Kind = Literal[
    "new",
    "retired",
    "vanished",
    "renamed",
    "moved",
    "reordered",
    "reworded",
    "weights",
    "conditions",
    "actions",
    "bands",
    "settings",
]
Fate = Literal["", "new", "renamed", "retired", "vanished"]
# Parts whose things hold others that have ids.
_KIND_INSIDE: dict[str, IdKind] = {"items": "actions", "profile": "options"}
_REFERENCES = {"condition", "owner_instead", "owner", "belongs_with", "class", "cap", "floor"}
_WEIGHTS = {"urgency", "impact", "effort", "weight", "class", "essential", "quick_win"}


@dataclass(frozen=True, slots=True)
class Change:
    """One change. `inside` names the action or option concerned; `field` is empty where the whole thing is.

    `fate` says what became of an id, of a thing or of what is inside it.
    """

    part: str  # items, domains, profile, bands, ranking, texts
    id: str
    about: str
    kind: Kind
    inside: str = ""
    field: str = ""
    language: str = ""  # of a text
    before: str = ""
    after: str = ""
    fate: Fate = ""


def diff(older: Checklist, newer: Checklist, say: Wording) -> tuple[Change, ...]:
    """Every change, in the order of the newer version, what is gone after the rest of its part."""
    carried = Carried(newer)
    was, now = things(older, say, carried), things(newer, say, carried)
    return tuple(change for part in now for change in _part_changes(part, was[part], now[part], newer))


def _part_changes(part: str, was: Mapping[str, Thing], now: Mapping[str, Thing], newer: Checklist) -> Iterator[Change]:
    # Several old things may have become one: it is compared with the one that had its id, else with the first of them.
    stands_for = {id: _destination(newer, part, id, now) for id in was}
    sources = _sources(stands_for)
    common = {old: new for new, old in sources.items()}
    reordered = _out_of_order([common[old] for old in was if old in common], [new for new in now if new in sources])
    inside = _Inside(part, was, now, newer) if part in _KIND_INSIDE else None
    for id, thing in now.items():
        if id not in sources:
            yield Change(part, id, thing.about, "new", after=thing.under, fate="new")
            continue
        before = was[sources[id]]
        for old, new in stands_for.items():
            if new == id != old:
                former = id_in(_named(part, old)[1])
                yield Change(part, id, thing.about, "renamed", before=was[old].about, after=former, fate="renamed")
        if before.under_id != thing.under_id:
            yield Change(part, id, thing.about, "moved", before=before.under, after=thing.under)
        elif id in reordered:
            yield Change(part, id, thing.about, "reordered")
        yield from _fact_changes(part, id, thing.about, "", before.facts, thing.facts)
        if inside:
            yield from inside.changes(sources[id], id)
    for id, thing in was.items():
        if stands_for[id] is None:
            retired = is_retired(newer, *_named(part, id))
            gone: Literal["retired", "vanished"] = "retired" if retired else "vanished"
            yield Change(part, id, thing.about, gone, before=thing.under, fate=gone)


def _named(part: str, id: str) -> tuple[IdKind, str]:
    """The kind and the full name of a thing of a part."""
    if part == "texts":
        return "owners", id.replace("owners.", "owners/", 1)
    kind = next(kind for kind in ID_KINDS if kind == part)
    return kind, full_name(kind, id)


def _destination(newer: Checklist, part: str, id: str, now: Mapping[str, Thing]) -> str | None:
    """What the thing of an older version is called in the newer one; None where it is no more."""
    if id in now or (part == "texts" and not id.startswith("owners.")):
        return id if id in now else None
    found = newer.renames.destination(*_named(part, id))
    new = found and (f"owners.{id_in(found)}" if part == "texts" else id_in(found))
    return new if new in now else None


def _sources(stands_for: Mapping[str, str | None]) -> dict[str, str]:
    """What is there -> the one it is compared with: that of its id, else the first that became it."""
    sources: dict[str, str] = {}
    for old, new in stands_for.items():
        if new is not None and (new not in sources or old == new):
            sources[new] = old
    return sources


class _Inside:
    """The actions of all items, or the options of all questions: one that moved is compared with what it was."""

    def __init__(self, part: str, was: Mapping[str, Thing], now: Mapping[str, Thing], newer: Checklist) -> None:
        self._part, self._kind_inside, self._was_around, self._now_around = part, _KIND_INSIDE[part], was, now
        self._kind: Kind = "actions" if part == "items" else _kind(part, "", "")
        self._newer = newer
        self._was, self._now = self._named(was), self._named(now)
        self._stands_for = {name: newer.renames.destination(self._kind_inside, name) for name in self._was}
        self._sources = _sources(self._stands_for)
        self._became: dict[str, list[str]] = {}
        for old, new in self._stands_for.items():
            if new is not None:
                self._became.setdefault(new, []).append(old)

    def _named(self, things: Mapping[str, Thing]) -> dict[str, Thing]:
        return {self._name(id, inner): thing for id, of in things.items() for inner, thing in of.inside.items()}

    def _name(self, around_id: str, id: str) -> str:
        return full_name(self._kind_inside, id, around_id)

    def changes(self, old: str, new: str) -> Iterator[Change]:
        """Of what stands in one thing, that had the id `old` and has the id `new`."""
        part, kind, about = self._part, self._kind, self._now_around[new].about
        for inner, thing in self._now_around[new].inside.items():
            name = self._name(new, inner)
            if name not in self._sources:
                yield Change(part, new, about, kind, inside=thing.about, after=thing.about, fate="new")
                continue
            for former in self._became[name]:
                if former != self._name(old, inner):
                    ids = (id_in(former), inner)
                    if around(former) != around(self._name(old, inner)):  # it moved, too
                        ids = (short_name(self._kind_inside, former), short_name(self._kind_inside, name))
                    yield Change(part, new, about, kind, thing.about, "id", "", *ids, fate="renamed")
            was = self._was[self._sources[name]]
            yield from _fact_changes(part, new, about, thing.about, was.facts, thing.facts)
        stayed: list[str] = []
        for inner, thing in self._was_around[old].inside.items():
            name = self._name(old, inner)
            now = self._stands_for[name]
            if now is None:
                gone: Literal["retired", "vanished"] = "vanished"
                if is_retired(self._newer, self._kind_inside, name):
                    gone = "retired"
                yield Change(part, new, about, kind, inside=thing.about, before=thing.about, fate=gone)
            elif now != self._name(new, id_in(now)):
                elsewhere = self._now_around[id_in(around(now))].about
                moved = self._now[now].about
                yield Change(part, new, about, kind, moved, "place", before=about, after=elsewhere, fate="renamed")
            elif self._sources[now] == name:
                stayed.append(id_in(now))
        there = self._now_around[new].inside
        for inner in _out_of_order(stayed, [id for id in there if id in stayed]):
            yield Change(part, new, about, kind, inside=there[inner].about, field="order")


def _fact_changes(part: str, id: str, about: str, inside: str, was: Facts, now: Facts) -> Iterator[Change]:
    for key in dict.fromkeys((*now, *was)):
        before, after = was.get(key), now.get(key)
        if (before and before.value) == (after and after.value):
            continue
        field, language = key
        # A condition that asks another question, or names another role, of the same words: that one is told.
        if field.partition(".")[0] in _REFERENCES and before and after and before.words == after.words:
            continue
        kind = "actions" if inside and part == "items" else _kind(part, field, language)
        words = (before.words if before else "", after.words if after else "")
        yield Change(part, id, about, kind, inside, field, language, *words)


def _kind(part: str, field: str, language: str) -> Kind:
    if part in ("bands", "ranking"):
        return "bands"
    if field in _WEIGHTS:
        return "weights"
    if field == "condition":
        return "conditions"
    return "reworded" if language else "settings"


def _out_of_order(was: Sequence[str], now: Iterable[str]) -> set[str]:
    """The fewest that one has to move to bring the first order to the second."""
    place = {id: n for n, id in enumerate(was)}
    lines: list[list[str]] = []  # for each length, the line of that length in the old order that ends earliest
    ends: list[int] = []
    for id in now:
        at = bisect_left(ends, place[id])
        line = [*(lines[at - 1] if at else []), id]
        lines[at : at + 1], ends[at : at + 1] = [line], [place[id]]
    return set(place) - set(lines[-1] if lines else [])
