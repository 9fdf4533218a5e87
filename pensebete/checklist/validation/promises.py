"""What a newer version of a checklist owes the dossiers made with an older one: to say what became of every id."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain

from pensebete.checklist.conditions import choices
from pensebete.checklist.diagnostics.place import Path
from pensebete.checklist.full_names import AROUND, ID_KINDS, IdKind, around, full_name, kind_of, short_name
from pensebete.checklist.model import Checklist, Condition
from pensebete.checklist.validation.violation import Violation
from pensebete.checklist.versions.lost_ids import LostIds, lost_ids


def broken_promises(older: Checklist, newer: Checklist) -> Iterator[Violation]:
    if older.id != newer.id:  # no dossier of the one opens with the other: there is nothing to compare
        yield Violation("other-checklist", ("id",), {"before": older.id, "after": newer.id})
        return
    lost = lost_ids(older, newer)
    yield from _vanished(older, newer, lost)
    yield from _never_there(older, newer, lost)
    if older.version == newer.version and older != newer:
        yield Violation("same-version", ("version",), {"version": newer.version})


def _vanished(older: Checklist, newer: Checklist, lost: LostIds) -> Iterator[Violation]:
    named = _named_in(newer) if lost.became else {}
    for kind in ID_KINDS:
        if not lost.vanished[kind]:
            continue
        slots, known = _slots(older, newer, kind, lost), _candidates(newer, kind, lost)
        for name in lost.vanished[kind]:
            place = (newer.renames.destination(AROUND[kind], around(name)) or "") if kind in AROUND else around(name)
            beginning = f"{place}/" if place else ""  # of what it may be called now
            values = {"kind": kind, "id": short_name(kind, name), "name": name, "beginning": beginning}
            if new := lost.became.get(name):
                if name in named:  # only where it stands was it changed: that is no new name, but a slip
                    values["named_still"] = named[name]
                yield Violation("vanished-id", newer.places[kind][new], {**values, "new": new}, meant=new)
            else:
                yield Violation("vanished-id", slots[name], values, known.get(place if kind in AROUND else "", {}))


def _named_in(checklist: Checklist) -> dict[str, str]:
    """The full names of what other parts of the file refer to, and the field that does: `owner`, `applies_when`."""
    found: dict[str, str] = {}
    for condition in _conditions(checklist):
        for question, option in choices(condition):
            found[full_name("profile", question)] = "applies_when"
            found[full_name("options", option, question)] = "applies_when"
    owners = [action.owner for item in checklist.items.values() for action in item.actions]
    for owner in (*owners, *(row.owner for row in checklist.owner_instead)):
        found[full_name("owners", owner)] = "owner"
    for asked in checklist.profile:
        if asked.belongs_with:
            found[full_name("profile", asked.belongs_with)] = "belongs_with"
    for item in checklist.items.values():
        if item.belongs_with:
            found[full_name("items", item.belongs_with)] = "belongs_with"
    for reason, band in checklist.readiness.caps:
        if band is not None:
            found[full_name("bands", band)] = reason
    if checklist.readiness.floor is not None:
        found[full_name("bands", checklist.readiness.floor)] = "floor"
    return found


def _conditions(checklist: Checklist) -> Iterator[Condition]:
    yield from (row.applies_when for row in checklist.owner_instead)
    for item in checklist.items.values():
        yield from (one for one in (item.applies_when, *(a.applies_when for a in item.actions)) if one is not None)


def _never_there(older: Checklist, newer: Checklist, lost: LostIds) -> Iterator[Violation]:
    """Of what is retired, the ids that were in no version that is known: a slip of the pen."""
    vanished: dict[str, Path] = dict.fromkeys(chain.from_iterable(lost.vanished.values()), ())
    since: dict[IdKind, set[str]] = {}
    for n, name in enumerate(newer.retired):
        kind = kind_of(name)
        heard_of = (older.places[kind], newer.places[kind], older.retired_names, older.renamed, newer.renamed)
        if any(name in names for names in heard_of):
            continue
        if kind not in since:
            since[kind] = _names_since(older, newer, kind)
        if name not in since[kind]:
            yield Violation("never-there", ("retired", n), {"id": name}, vanished)


def _names_since(older: Checklist, newer: Checklist, kind: IdKind) -> set[str]:
    """What ids of the older version were called in between, that of their item or question included."""
    former = chain(older.places[kind], older.renamed.values(), newer.renamed.values())
    return {newer.renames.end(kind, name) for name in former if kind_of(name) == kind}


def _candidates(newer: Checklist, kind: IdKind, lost: LostIds) -> Mapping[str, Mapping[str, Path]]:
    """What a vanished id may be called now: only ids that are new, and that nothing else has become for certain.

    By the item or question around them: an id that the older version had too means something else, and would count
    answers where nobody gave them.
    """
    taken = set(lost.became.values())
    found: dict[str, dict[str, Path]] = {}
    for name in lost.new[kind]:
        if name not in taken:
            found.setdefault(around(name) if kind in AROUND else "", {})[name] = newer.places[kind][name]
    return found


def _slots(older: Checklist, newer: Checklist, kind: IdKind, lost: LostIds) -> dict[str, Path]:
    """Where each vanished id would stand: at what is new after the one that went before it, else at that one."""
    vanished, places = set(lost.vanished[kind]), newer.places[kind]
    new = {places[name] for name in lost.new[kind]}
    owners = list(newer.owners)
    found: dict[str, Path] = {}
    before: Path | None = None
    list_before: Path | None = None
    for name, path in older.places[kind].items():
        of_list = path[:1] if kind == "owners" else path[:-2]
        if of_list != list_before:
            list_before, before = of_list, None
        if now := newer.renames.destination(kind, name):
            before = places[now]
        elif name in vanished:
            inside = _list_now(older, newer, kind, name, path)
            if kind == "owners":
                at = owners.index(str(before[1])) + 1 if before else 0
                following: Path = ("owners", owners[at]) if at < len(owners) else ()
            else:
                following = (*before[:-2], int(before[-2]) + 1, before[-1]) if before else (*inside, 0, path[-1])
            nearest = inside if before is None else before if kind == "owners" else before[:-1]
            found[name] = following if following in new else nearest
    return found


def _list_now(older: Checklist, newer: Checklist, kind: IdKind, name: str, path: Path) -> Path:
    """The list it stood in, where that is now; where it is no more, the one around it."""
    if kind == "items":
        domain = newer.renames.destination("domains", full_name("domains", older.domains[int(path[1])].id))
        return (*newer.places["domains"][domain][:-1], "items") if domain else ("domains",)
    if kind in AROUND and (place := newer.renames.destination(AROUND[kind], around(name))):
        return (*newer.places[AROUND[kind]][place][:-1], kind)
    return (kind,)
