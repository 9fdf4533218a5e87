"""A draft, and what was published since it began: what each changed, where they differ, and the text of both.

Staff edit a copy of what is served. Where somebody published meanwhile, neither text may take the other's place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pensebete.checklist.diagnostics import Diagnostic
from pensebete.checklist.diagnostics.place import Path
from pensebete.checklist.loading import read as read_text
from pensebete.checklist.model import Checklist
from pensebete.checklist.parsing.document import read_tree
from pensebete.checklist.versions.diff import Change, diff
from pensebete.checklist.versions.line_merge import Clash, Stretch, merged_lines
from pensebete.text.wording import Wording

Reader = Callable[[str], tuple[Checklist | None, tuple[Diagnostic, ...]]]
# Every draft changes this one: who puts two texts together says last which version that is.
_VERSION = re.compile(r"version\s*:")
# What follows from other facts: two people who changed those did not both change this. And lists: two may add to one.
_DERIVED = frozenset(["class", "essential", "quick_win", "order"])
_LISTS = frozenset(["not_covered", "examples", "resources", "contact_ways", "owner_instead", "doubt_words"])


@dataclass(frozen=True, slots=True)
class Conflict:
    """One thing that both changed, each differently.

    `about` is what it is called to readers. Where their lines meet, the three stretches say which; where it is the same
    fact written on other lines, they are None. The two changes are there where the texts could be read.
    """

    about: str
    base: Stretch | None = None
    theirs: Stretch | None = None
    mine: Stretch | None = None
    their_change: Change | None = None
    my_change: Change | None = None


@dataclass(frozen=True, slots=True)
class ThreeWay:
    """`merged` is None where something conflicts, or where the text of both would not be sound: then `unsound` says
    why, line by line of `together`."""

    their_changes: tuple[Change, ...]
    my_changes: tuple[Change, ...]
    conflicts: tuple[Conflict, ...]
    merged: str | None
    together: str | None = None
    unsound: tuple[Diagnostic, ...] = ()


def three_way(base: str, theirs: str, mine: str, say: Wording, read: Reader = read_text) -> ThreeWay:
    """What `theirs` (published meanwhile) and `mine` (the draft) each made of `base` (what the draft began from).

    The changes are told as `diff` tells them, in the language of `say`; those of a text that is not sound are not told.
    The merged text keeps the comments, the layout and the line ends of both, line by line: where one side left a line
    as it was, the other's stands. Where both changed the same lines, or the same fact on different lines, it is a
    conflict, and there is no merged text. Two of them gives the same as one of them: `three_way(b, x, x).merged == x`,
    and with one side equal to `base`, the other. Only the line `version:` is never a conflict, mine stands: so the
    merged text is sound in itself, but may have the number of the one published. `check` it against that as any draft.

    `read` is how a text is read: in the web, by the child process (`server.reading.read_checklist`), since a draft is
    a stranger's. It is called once for each of the four texts at most.
    """
    together, clashes = merged_lines(base, theirs, mine, _VERSION)
    was, _ = read(base)
    their_changes, my_changes = _changes(was, theirs, say, read), _changes(was, mine, say, read)
    conflicts = tuple(_conflicts(base, was, clashes, list(_same_fact(their_changes, my_changes)), say))
    if together in (theirs, mine):  # one of them had it all
        return ThreeWay(their_changes, my_changes, (), together, together)
    if together is None or conflicts:
        return ThreeWay(their_changes, my_changes, conflicts, None)
    checklist, diagnostics = read(together)
    unsound = () if checklist else tuple(one for one in diagnostics if one.severity == "mistake")
    return ThreeWay(their_changes, my_changes, (), together if checklist else None, together, unsound)


def _changes(was: Checklist | None, text: str, say: Wording, read: Reader) -> tuple[Change, ...]:
    checklist = read(text)[0] if was else None
    return diff(was, checklist, say) if was and checklist else ()


def _same_fact(theirs: tuple[Change, ...], mine: tuple[Change, ...]) -> Iterator[tuple[Change, Change]]:
    """What both changed, each to something else."""

    def fact(change: Change) -> tuple[str, ...]:
        # An action or an option is named by its words: where they are what changed, by those before.
        inside = change.before if change.field in ("text", "label") else change.inside
        return change.part, change.id, inside, change.field, change.language

    changed = {fact(change): change for change in theirs if _is_own(change)}
    for change in mine:
        other = changed.get(fact(change))
        if other and _is_own(change) and other.after != change.after:
            yield other, change


def _is_own(change: Change) -> bool:
    return bool(change.field) and not change.fate and change.field not in _DERIVED | _LISTS


def _conflicts(
    base: str,
    was: Checklist | None,
    clashes: tuple[Clash, ...],
    same_fact: list[tuple[Change, Change]],
    say: Wording,
) -> Iterator[Conflict]:
    """Those of lines, in their order, then what is one fact on other lines."""
    told: set[Change] = set()
    places = _places(base) if clashes and was else []
    for clash in clashes:
        line = clash.base.first if clash.base.lines else clash.base.first - 1
        path = next((path for begins, path in reversed(places) if begins <= line), ())
        part, id, about = _thing(was, path, say) if was else ("", "", "")
        # A few lines may hold several facts: the lines are shown, the sentences are those of the one thing.
        of_it = [pair for pair in same_fact if (pair[0].part, pair[0].id) == (part, id) and pair[0] not in told]
        one = of_it[0] if len(of_it) == 1 else (None, None)
        told.update(pair[0] for pair in of_it)
        yield Conflict(about, clash.base, clash.theirs, clash.mine, *one)
    for their_change, my_change in same_fact:
        if their_change not in told:
            yield Conflict(my_change.about, their_change=their_change, my_change=my_change)


def _places(text: str) -> list[tuple[int, Path]]:
    """The line on which each value begins, in reading order."""
    return [(place.line, path) for path, place in read_tree(text).values.items()]


def _thing(checklist: Checklist, path: Path, say: Wording) -> tuple[str, str, str]:
    """The part, the id and the name of what a path of the text is about, as `diff` has them."""
    language = say.language
    match path:
        case ("domains", int(n), "items", int(m), *_):
            item = checklist.domains[n].items[m]
            return "items", item.id, f"{item.ref} · {item.title[language]}"
        case ("domains", int(n), *_):
            return "domains", checklist.domains[n].id, checklist.domains[n].title[language]
        case ("profile", int(n), *_):
            return "profile", checklist.profile[n].id, checklist.profile[n].question[language]
        case ("bands", int(n), *_):
            return "bands", checklist.bands[n].id, checklist.bands[n].label[language]
        case ("ranking", int(n), *_):
            return "ranking", checklist.ranking[n].class_, checklist.ranking[n].class_
        case ("owners", str(id), *_) if id in checklist.owners:
            return "texts", f"owners.{id}", checklist.owners[id][language]
        case ("readiness", *_):
            return "bands", "readiness", say("diff.rules")
    return "texts", "checklist", say("diff.general")
