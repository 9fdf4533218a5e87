"""Whose dossiers are whose: the dossiers of one enterprise, the one to call about first.

One id is one enterprise, and so is a new cycle with the dossier that it was copied from (`previous_id`); but under one
name alone. A dossier that another enterprise began from is another row, or one of the two would never be called; one
from before there was a name is of the name that says much the same. What follows is the same in whatever order the
files came, and whatever a forger wrote in them.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from pensebete.desk.remarked import said_on
from pensebete.desk.row import Row
from pensebete.text.folded import folded

T = TypeVar("T")
_Name = tuple[str, ...]
_Said = frozenset[tuple[str, str]]
_MOST_NAMES = 20  # told of one dossier: of thousands that one was copied for, each would name all the others


@dataclass(frozen=True, slots=True)
class Enterprise:
    copies: tuple[tuple[Row, ...], ...]  # of each dossier the files that carry it; the dossier to call about first
    other_names: tuple[str, ...]  # of organisations that have dossiers of the same id, or of one that it leads to


def enterprises(rows: Iterable[Row]) -> Iterator[Enterprise]:
    by_id = grouped(rows, lambda row: row.id or row.digest)
    for cycles in _linked(by_id):
        copies = {
            same[0].digest: tuple(sorted(same, key=lambda row: row.file))
            for same in grouped((row for same_id in cycles for row in same_id), lambda row: row.digest)
        }
        by_name: dict[_Name, list[Row]] = {}
        for same_id in cycles:
            for name, same_name in _by_name(same_id).items():
                by_name.setdefault(name, []).extend(same_name)
        latest = [_latest_first(same_name) for same_name in by_name.values()]
        called = [_called(dossiers) for dossiers in latest]
        first_names = sorted({*called} - {""})[: _MOST_NAMES + 1]
        for own, dossiers in zip(called, latest, strict=True):
            others = [name for name in first_names if name != own][:_MOST_NAMES]
            yield Enterprise(tuple(copies[row.digest] for row in dossiers), tuple(others))


def grouped(some: Iterable[T], key: Callable[[T], Hashable]) -> list[list[T]]:
    groups: dict[Hashable, list[T]] = {}
    for one in some:
        groups.setdefault(key(one), []).append(one)
    return list(groups.values())


def _linked(by_id: Iterable[list[Row]]) -> Iterator[list[list[Row]]]:
    """The ids that lead to one another by what their dossiers were copied from, where both are here."""
    here = {rows[0].id or rows[0].digest: rows for rows in by_id}
    leads_to: dict[str, set[str]] = {id: set() for id in here}
    for id, rows in here.items():
        for previous in {row.previous_id for row in rows} & here.keys():
            leads_to[id].add(previous)
            leads_to[previous].add(id)
    left = dict.fromkeys(here)
    while left:
        found, ahead = [], [next(iter(left))]
        del left[ahead[0]]
        while ahead:
            id = ahead.pop()
            found.append(here[id])
            for other in leads_to[id] & left.keys():
                del left[other]
                ahead.append(other)
        yield found


def _by_name(same_id: Iterable[Row]) -> dict[_Name, list[Row]]:
    """The dossiers of one id under each name; those from before it had one go with the latest that says so.

    To have no name is to share none with another id. Of another enterprise that began from the same file, it would take
    what was said of one to the other: one that says other things stays apart.
    """
    latest = _latest_first(same_id)
    found: dict[_Name, list[Row]] = {}
    for row in latest:
        found.setdefault(folded(row.organisation), []).append(row)
    unnamed, said = found.pop((), []), {row.digest: said_on(row.lines) for row in latest}
    named = [(folded(row.organisation), said[row.digest]) for row in latest if folded(row.organisation)]
    of_before = {row.digest: _name_since(said[row.digest], named) for row in unnamed}
    if len({name for name in of_before.values() if name}) > 1:  # nothing tells whose all that was said of them is
        of_before = {}
    for row in unnamed:
        found.setdefault(of_before.get(row.digest) or ("", row.id or row.digest), []).append(row)
    return found


def _name_since(said: _Said, named: Iterable[tuple[_Name, _Said]]) -> _Name | None:
    """The name of the first that says at least half of the same; None where each says other things."""
    return next((name for name, says in named if 2 * len(said & says) >= len(said)), None)


def _called(dossiers: Iterable[Row]) -> str:
    """The name that the dossiers of one have; the latest may have lost it."""
    return next((row.organisation for row in dossiers if folded(row.organisation)), "")


def _latest_first(rows: Iterable[Row]) -> list[Row]:
    """The latest is the one said last; after a new cycle of the same name was begun from it, a dossier is the past."""
    one_of_each = {row.digest: row for row in rows}.values()
    past = {row.previous_id for row in one_of_each if row.previous_id != row.id}
    return sorted(one_of_each, key=lambda row: (row.id not in past, row.last_said_at, row.digest), reverse=True)
