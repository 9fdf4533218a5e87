"""Ids of every kind as `renamed` and `retired` write them, each with what it stands in, and where renames lead.

`cash` is an item and `cash/count` an action of it; whatever else has an id is written after the word of its section:
`profile/staff` and its option `profile/staff/1-9`, `domains/money`, `bands/low`, `owners/finance`, `ranking/P1`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final, Literal, get_args

# Named as the list of the file that they stand in.
IdKind = Literal["items", "actions", "profile", "options", "domains", "bands", "owners", "ranking"]
ID_KINDS: Final[tuple[IdKind, ...]] = get_args(IdKind)
_SECTIONS: Final[tuple[IdKind, ...]] = ("profile", "domains", "bands", "owners", "ranking")
# What stands in another thing that has an id, and is carried with it.
AROUND: Final[Mapping[IdKind, IdKind]] = {"actions": "items", "options": "profile"}
_MOST_CARRIED = 100  # names one after another that an item or a question had; a real one has a few


def kind_of(name: str) -> IdKind:
    section, slash, rest = name.partition("/")
    if not slash:
        return "items"
    kind: IdKind = next((kind for kind in _SECTIONS if kind == section), "actions")
    return "options" if kind == "profile" and "/" in rest else kind


def full_name(kind: IdKind, id: str, around: str = "") -> str:
    """The id as it is written there; `around` is the id of its item or question."""
    if kind == "items":
        return id
    if kind == "actions":
        return f"{around}/{id}"
    return f"profile/{around}/{id}" if kind == "options" else f"{kind}/{id}"


def around(name: str) -> str:
    """The full name of the item of an action, of the question of an option."""
    return name.rpartition("/")[0]


def id_in(name: str) -> str:
    """The id alone, as it is written where the thing stands."""
    return name.rpartition("/")[2]


def short_name(kind: IdKind, name: str) -> str:
    """As a sentence names it after the word for its kind: `staff` of `profile/staff`, `staff/1-9` of its option."""
    return name if kind in ("items", "actions") else name.partition("/")[2]


class Renames:
    """What the ids of earlier versions became, by full name. Each is followed once, however long the chain."""

    def __init__(self, known: Mapping[IdKind, Collection[str]], renamed: Mapping[str, str]) -> None:
        self.known = known
        self._next: dict[IdKind, dict[str, str]] = {kind: {} for kind in ID_KINDS}
        for old, new in renamed.items():
            if (kind := kind_of(old)) == kind_of(new):
                self._next[kind][old] = new
        self._ends: dict[tuple[IdKind, str], str] = {}

    def old_names(self, kind: IdKind) -> Collection[str]:
        return self._next[kind].keys()

    def destination(self, kind: IdKind, name: str) -> str | None:
        """What it is called in this checklist; None where it is retired, lost, or never was."""
        end = self.end(kind, name)
        return end if end in self.known[kind] else None

    def end(self, kind: IdKind, name: str) -> str:
        """The last name it had, that of the item or question around it included; there it may be no more."""
        walk: dict[str, None] = {}
        following: str | None = name
        while following is not None:
            name = following
            if name in self.known[kind] or name in walk or (kind, name) in self._ends:
                break
            walk[name] = None
            following = self._following(kind, name)
        end = self._ends.get((kind, name), name)
        self._ends.update({(kind, passed): end for passed in walk if passed != end})
        return end

    def _following(self, kind: IdKind, name: str) -> str | None:
        if name in self._next[kind]:
            return self._next[kind][name]
        if kind not in AROUND or not self._next[AROUND[kind]]:
            return None
        id, outer = id_in(name), self._next[AROUND[kind]]
        place = around(name)
        for _ in range(_MOST_CARRIED):
            if place in self.known[AROUND[kind]] or place not in outer:
                break
            place = outer[place]
            if f"{place}/{id}" in self._next[kind]:  # renamed under a name that its item had in between
                break
        return f"{place}/{id}" if place != around(name) else None
