"""Fields written twice in one mapping, and why: an entry whose dash is missing, the file pasted twice, a line twice."""

from __future__ import annotations

from collections.abc import Callable

from pensebete.checklist.diagnostics import Diagnostic
from pensebete.checklist.diagnostics.place import Path, Place
from pensebete.checklist.diagnostics.text_edit import TextEdit, of_line
from pensebete.checklist.parsing.tree import Tree, Twice

_ROUNDS = 3  # an entry inside another one may miss its dash too
_NEAR = 3
_MOST_DASHES = 20
_MOST_TOLD = 200  # fields one by one
_WHOLE_ENTRY = 3  # fields of an entry that are there again: another entry runs into it
_PASTED = 3  # fields of the whole file that are there again: no hand writes so many anew

Read = Callable[[Tree, list[str]], Tree]


def told_once(told: Tree, lines: list[str], read: Read) -> Tree:
    """The lines read as if each cause were mended; what is then still written twice is told field by field.

    `told` holds what was said before they were read.
    """
    tree = read(told, lines)
    for _ in range(_ROUNDS):
        if not tree.twice or tree.data is None:
            break
        cause = _second_copy(tree, lines) or _missing_dashes(tree, lines)
        if cause is None:
            break
        found, changes = cause
        lines = [changes.get(n, line) for n, line in enumerate(lines)]
        told.diagnostics += found
        told.mended |= {n + 1 for n in changes}
        tree = read(told, lines)
    tell_twice(tree)
    return tree


def _by_mapping(tree: Tree) -> dict[Path, list[Twice]]:
    found: dict[Path, list[Twice]] = {}
    for one in tree.twice:
        found.setdefault(one.path, []).append(one)
    return found


def tell_twice(tree: Tree) -> None:
    for one in tree.twice[:_MOST_TOLD]:
        _tell(tree, one)
    tree.unlisted += len(tree.twice[_MOST_TOLD:])


Cause = tuple[list[Diagnostic], dict[int, str]]  # what is said, and the lines (from 0) to read otherwise


def _second_copy(tree: Tree, lines: list[str]) -> Cause | None:
    """The whole file pasted under itself: told where its second copy begins, which is not read."""
    again = [one for one in tree.twice if one.path == ()]
    names = {one.key for one in again}
    if len(names) < _PASTED or 2 * len(names) < sum(len(path) == 1 for path in tree.keys):
        return None
    second, first = again[0].place.line, again[0].first.line
    copy = [line.rstrip() for line in tree.split[second - 1 :] if line.strip()]
    original = [line.rstrip() for line in tree.split[first - 1 : second - 1] if line.strip()]
    end = Place(len(tree.split), len(tree.split[-1]) + 1)
    edit = TextEdit(Place(second, 1), end, "") if copy == original[: len(copy)] else None
    found = Diagnostic("pasted-twice", Place(second, 1), {"line": str(first)}, edit=edit)
    return [found], dict.fromkeys(range(second - 1, len(lines)), "")


def _missing_dashes(tree: Tree, lines: list[str]) -> Cause | None:
    """Entries of a list that run into the one before: the field that entries begin with is there again."""
    found: list[Diagnostic] = []
    changes: dict[int, str] = {}
    near = {line + 1 + by for guess in tree.guesses for line, _ in guess.ways[:1] for by in range(-_NEAR, _NEAR + 1)}
    for path, again in _by_mapping(tree).items():
        if any(one.place.line in near for one in again):  # a fault of YAML explains it
            continue
        opener = tree.first_keys.get(path)
        if opener is None or again[0].in_braces:
            continue
        names = {one.key for one in again}
        if opener not in names and len(names) >= _WHOLE_ENTRY:
            # The whole first line of the entry is missing: nobody knows its id.
            one = again[0]
            n = one.place.line - 1
            if lines[n] == tree.read[n] and lines[n].startswith(" " * (one.place.column - 1)) and one.place.column > 2:
                changes[n] = " " * (one.place.column - 3) + "- " + lines[n].lstrip(" ")
                found.append(Diagnostic("missing-dash", one.place, {"key": one.key}))
            continue
        for one in again:
            n, line = one.place.line - 1, lines[one.place.line - 1]
            indent = len(line) - len(line.lstrip(" "))
            if one.key != opener or len(found) >= _MOST_DASHES or not (opener in ("id", "class") or len(names) > 1):
                continue
            if line != tree.read[n] or indent != one.place.column - 1 or indent < 2:
                continue
            if opener in ("id", "class") and line.strip() == lines[one.first.line - 1].strip().removeprefix("- "):
                continue
            changes[n] = " " * (indent - 2) + "- " + line[indent:]
            edit = of_line(n + 1, line, changes[n]) if tree.split[n] == line else None
            found.append(Diagnostic("missing-dash", one.place, {"key": one.key}, edit=edit))
    return (found, changes) if found else None


def _tell(tree: Tree, one: Twice) -> None:
    values = {"key": one.key, "line": str(one.first.line)}
    lines, n = tree.split, one.place.line
    edit = None
    # After a fault of YAML a field may only seem to be there twice.
    if not one.in_braces and not tree.guesses and n == one.first.line + 1 and lines[n - 1] == lines[n - 2]:
        edit = TextEdit(Place(n, 1), Place(n + 1, 1), "")
    tree.add(Diagnostic("duplicate-key", one.place, values, edit=edit))
