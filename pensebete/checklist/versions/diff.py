"""What changes between two versions of a checklist, thing by thing and in words.

Each thing (an item, a question, a band…) is a list of facts; what is compared is their values, what is told their
words. So a question asked otherwise is one change, and not one more for each condition that names it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pensebete.checklist.model import Checklist
from pensebete.checklist.versions.renames import destination
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
_WEIGHTS = {"urgency", "impact", "effort", "weight", "class", "essential", "quick_win"}


@dataclass(frozen=True, slots=True)
class Change:
    """One change. `inside` names the action or option concerned; `field` is empty where the whole thing is."""

    part: str  # items, domains, profile, bands, ranking, texts
    id: str
    about: str
    kind: Kind
    inside: str = ""
    field: str = ""
    language: str = ""  # of a text
    before: str = ""
    after: str = ""


def diff(older: Checklist, newer: Checklist, say: Wording) -> tuple[Change, ...]:
    """Every change, in the order of the newer version, what is gone after the rest of its part."""
    was, now = things(older, say), things(newer, say)
    return tuple(change for part in now for change in _part_changes(part, was[part], now[part], newer))


def _part_changes(part: str, was: Mapping[str, Thing], now: Mapping[str, Thing], newer: Checklist) -> Iterator[Change]:
    # Several old items may have become one: it is compared with the one that had its id, else with the first of them.
    stands_for = {id: (destination(newer, id) if part == "items" else id if id in now else None) for id in was}
    sources: dict[str, str] = {}
    for old, new in stands_for.items():
        if new is not None and (new not in sources or old == new):
            sources[new] = old
    common = {old: new for new, old in sources.items()}
    reordered = _out_of_order([common[old] for old in was if old in common], [new for new in now if new in sources])
    for id, thing in now.items():
        if id not in sources:
            yield Change(part, id, thing.about, "new", after=thing.under)
            continue
        before = was[sources[id]]
        for old, new in stands_for.items():
            if new == id != old:
                yield Change(part, id, thing.about, "renamed", before=was[old].about, after=old)
        if before.under_id != thing.under_id:
            yield Change(part, id, thing.about, "moved", before=before.under, after=thing.under)
        elif id in reordered:
            yield Change(part, id, thing.about, "reordered")
        yield from _thing_changes(part, id, before, thing)
    for id, thing in was.items():
        if stands_for[id] is None:
            gone: Kind = "vanished" if part == "items" and id not in newer.retired else "retired"
            yield Change(part, id, thing.about, gone, before=thing.under)


def _thing_changes(part: str, id: str, was: Thing, now: Thing) -> Iterator[Change]:
    yield from _fact_changes(part, id, now.about, "", was.facts, now.facts)
    kind: Kind = "actions" if part == "items" else _kind(part, "", "")
    for inner, thing in now.inside.items():
        if inner in was.inside:
            yield from _fact_changes(part, id, now.about, thing.about, was.inside[inner].facts, thing.facts)
        else:
            yield Change(part, id, now.about, kind, inside=thing.about, after=thing.about)
    for inner, thing in was.inside.items():
        if inner not in now.inside:
            yield Change(part, id, now.about, kind, inside=thing.about, before=thing.about)
    reordered = _out_of_order(*([i for i in one if i in other] for one, other in _both_ways(was.inside, now.inside)))
    for inner in reordered:
        yield Change(part, id, now.about, kind, inside=now.inside[inner].about, field="order")


def _both_ways(one: Mapping[str, Thing], other: Mapping[str, Thing]) -> tuple[tuple[Mapping[str, Thing], ...], ...]:
    return (one, other), (other, one)


def _fact_changes(part: str, id: str, about: str, inside: str, was: Facts, now: Facts) -> Iterator[Change]:
    for key in dict.fromkeys((*now, *was)):
        before, after = was.get(key), now.get(key)
        if (before and before.value) == (after and after.value):
            continue
        field, language = key
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
