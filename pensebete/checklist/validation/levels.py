"""A field that a slip of the indent has put into its neighbour, or out of what it belongs to.

Told as such: that the field is unknown there, and missing where it belongs, would be two riddles.
"""

from __future__ import annotations

from typing import Any

from pensebete.checklist.diagnostics import Diagnostic
from pensebete.checklist.diagnostics.place import Path, Place
from pensebete.checklist.diagnostics.text_edit import TextEdit
from pensebete.checklist.parsing.tree import Tree
from pensebete.checklist.validation.about import about
from pensebete.checklist.validation.fields import fields_at

CODES = ("too-far-in", "too-far-out")


def misplaced(tree: Tree, path: Path) -> Diagnostic | None:
    """What is wrong with a field that nobody knows at the path, if it belongs a level further out or in.

    The path of the diagnostic is where it belongs.
    """
    field = path[-1] if path else None
    if not isinstance(field, str) or path not in tree.keys or field in fields_at(path[:-1]):
        return None
    if (beside := _around(path)) and field in fields_at(beside[:-1]) and (*beside[:-1], field) not in tree.keys:
        return _told(tree, "too-far-in", path, (*beside[:-1], field), beside, tree.keys.get(beside))
    if inside := _before(tree, path):
        within = (*inside, len(_at(tree, inside)) - 1) if isinstance(_at(tree, inside), list) else inside
        held = _at(tree, within)
        if isinstance(held, dict) and held and field in fields_at(within) and (*within, field) not in tree.keys:
            return _told(
                tree, "too-far-out", path, (*within, field), inside, tree.keys.get((*within, next(iter(held))))
            )
    return None


def _told(tree: Tree, code: str, path: Path, meant: Path, neighbour: Path, level: Place | None) -> Diagnostic:
    values = {"field": str(path[-1]), "neighbour": str(neighbour[-1]), "line": str(tree.place(neighbour).line)}
    edit = _shifted(tree, path, level) if level else None
    return Diagnostic(code, tree.keys[path], values, meant, about(tree, meant[:-1]), edit=edit)


def _around(path: Path) -> Path:
    """The field that the last one of the path stands in, over the element of a list."""
    outer = path[:-1]
    while outer and isinstance(outer[-1], int):
        outer = outer[:-1]
    return outer


def _before(tree: Tree, path: Path) -> Path:
    """The field that is written just before, in the same mapping."""
    before: Path = ()
    for key in _at(tree, path[:-1]):
        if key == path[-1]:
            break
        before = (*path[:-1], key)
    return before


def _at(tree: Tree, path: Path) -> Any:
    inner = tree.data
    for part in path:
        inner = inner[part]
    return inner


def _shifted(tree: Tree, path: Path, level: Place) -> TextEdit | None:
    """The edit that moves the line of a field to its level, and what is under it where that follows line by line."""
    place = tree.keys[path]
    lines = tree.lines_of(path)
    block = [tree.split[n - 1] for n in lines]
    while block and (not block[-1].strip() or block[-1].lstrip().startswith("#")):
        block.pop()
    last = lines.start + len(block) - 1
    around = tree.lines_of(path[:-1])
    follows = any(tree.split[n - 1].strip() for n in range(last + 1, min(around.stop, len(tree.split) + 1)))
    by = level.column - place.column
    if not block or block[0][: place.column - 1].strip(" ") or not by or (by < 0 and follows):
        return None
    under = [len(line) - len(line.lstrip(" ")) for line in block[1:] if line.strip()]
    if by > 0 and under and min(under) > level.column - 1:
        block = block[:1]  # what is under it is far enough in as it is
    if by < 0 and any(indent < -by for indent in under):
        return None
    moved = [" " * by + line if by > 0 else line[-by:] for line in block]
    end = lines.start + len(block) - 1
    return TextEdit(Place(lines.start, 1), Place(end, len(block[-1]) + 1), "\n".join(moved))
