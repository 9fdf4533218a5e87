"""The edits that mend what is said of ids: a line under `renamed`, another word. None where the text is not plain."""

from __future__ import annotations

import re
from dataclasses import replace
from difflib import get_close_matches

from pensebete.checklist.diagnostics import Diagnostic
from pensebete.checklist.diagnostics.place import Path, Place, value_at
from pensebete.checklist.diagnostics.text_edit import TextEdit
from pensebete.checklist.full_names import id_in
from pensebete.checklist.parsing.tree import Tree

_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9+_/-]*")
_NO_WORD = ("null", "Null", "NULL")  # without quotation marks, YAML reads nothing there
_MANY_WAYS = frozenset("{[]\"'#")  # signs with which what stands between braces may not be what it seems
_REST = r"[ \t]*(#.*)?"  # of a line, after its value


def with_edit(tree: Tree, found: Diagnostic) -> Diagnostic:
    """The same with the edit that does what its remedy says, where the text leaves no doubt how it is written."""
    if tree.diagnostics or tree.mended:  # the places may be those of a text that nobody wrote
        return found
    edit = None
    if found.code == "vanished-id" and "named_still" in found.values:
        edit = _word_instead(tree, found.path, id_in(found.values["name"]))
    elif found.code == "vanished-id" and "new" in found.values:
        edit = _renamed(tree, found.values["name"], found.values["new"])
    elif found.code == "other-checklist":
        edit = _word_instead(tree, found.path, found.values["before"])
    elif found.code == "never-there" and _is_a_slip(found.values["id"], found.suggestion):
        edit = _word_instead(tree, found.path, found.suggestion)
    return replace(found, edit=edit) if edit else found


def _is_a_slip(written: str, meant: str) -> bool:
    """Whether a letter or two differ, or only what an id is written after."""
    return bool(meant) and bool(get_close_matches(id_in(written), [id_in(meant)], cutoff=0.8))


def _word_instead(tree: Tree, path: Path, word: str) -> TextEdit | None:
    place, written = tree.values.get(path), value_at(tree.data, path)
    if path[:1] == ("owners",) and len(path) == 2:  # an id that is the name of a field
        place, written = tree.keys.get(path), path[-1]
    if place is None or not isinstance(written, str) or not _PLAIN.fullmatch(word):
        return None
    rest = tree.split[place.line - 1][place.column - 1 :]
    quote = rest[:1] if rest[:1] in ('"', "'") else ""
    if not re.match(re.escape(quote + written + quote) + r"(?=[ \t,\]}:]|$)", rest) or (not quote and word in _NO_WORD):
        return None
    start = place.column + len(quote)
    return TextEdit(Place(place.line, start), Place(place.line, start + len(written)), word)


def _renamed(tree: Tree, old: str, new: str) -> TextEdit | None:
    """`old: new` under `renamed`, in the way that is written; under a new one at the end, where there is none."""
    if not (_PLAIN.fullmatch(old) and _PLAIN.fullmatch(new)) or new in _NO_WORD:
        return None
    entry = f"{old}: {new}"
    key, value = tree.keys.get(("renamed",)), tree.values.get(("renamed",))
    if key is None or value is None:
        return _at_the_end(tree, entry)
    line = tree.split[value.line - 1]
    written = value_at(tree.data, ("renamed",))
    if written is None:
        whole = re.fullmatch(r"renamed:" + _REST, line) if key == Place(value.line, 1) else None
        return _after_line(tree, key.line, f"  {entry}") if whole else None
    if not isinstance(written, dict):
        return None
    if line[value.column - 1] == "{":
        return _in_braces(line, value, entry)
    return _under_the_last(tree, list(written), entry)


def _in_braces(line: str, start: Place, entry: str) -> TextEdit | None:
    closing = line.find("}", start.column)
    inside = line[start.column : closing] if closing >= 0 else "["
    if not _MANY_WAYS.isdisjoint(inside) or not re.fullmatch(_REST, line[closing + 1 :]):
        return None
    if not inside.strip():
        return TextEdit(start, Place(start.line, closing + 2), "{" + entry + "}")
    if inside.rstrip().endswith(","):
        return None
    end = Place(start.line, start.column + len(inside.rstrip()) + 1)
    return TextEdit(end, end, f", {entry}")


def _under_the_last(tree: Tree, names: list[str], entry: str) -> TextEdit | None:
    """After the last of the lines `old: new`, with as much space before it."""
    keys = [tree.keys[("renamed", name)] for name in names]
    last = max(keys, key=lambda at: at.line)
    for at in keys:
        before = tree.split[at.line - 1][: at.column - 1]
        if before.strip(" ") or at.column != last.column:
            return None
    end = tree.values[("renamed", names[keys.index(last)])]
    if end.line != last.line or not re.fullmatch(r" *\S+:[ \t]+[A-Za-z0-9+_/-]+" + _REST, tree.split[last.line - 1]):
        return None
    return _after_line(tree, last.line, " " * (last.column - 1) + entry)


def _after_line(tree: Tree, n: int, line: str) -> TextEdit:
    if n < len(tree.split):
        return TextEdit(Place(n + 1, 1), Place(n + 1, 1), f"{line}\n")
    end = Place(n, len(tree.split[n - 1]) + 1)
    return TextEdit(end, end, f"\n{line}")


def _at_the_end(tree: Tree, entry: str) -> TextEdit | None:
    """A `renamed` of its own after the last line. Two such edits touch the same stretch: only one can be made."""
    fields = [at for path, at in tree.keys.items() if len(path) == 1]
    last = next((n for n in range(len(tree.split), 0, -1) if tree.split[n - 1].strip()), 0)
    text = tree.split[last - 1] if last else ""
    if any(at.column != 1 for at in fields) or tree.split[fields[0].line - 1].startswith("{") or text == "...":
        return None
    return TextEdit(Place(last, len(text)), Place(last, len(text) + 1), f"{text[-1]}\nrenamed:\n  {entry}")
