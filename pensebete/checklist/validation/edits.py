"""The change of the text that makes what was meant of what is written: where it stands on one line, and is found there.

A place that does not show the very words is left alone: it is a line that was read as it may have been meant, or a text
that goes over several.
"""

from __future__ import annotations

import re
from collections.abc import Container

from pensebete.checklist.diagnostics.place import Path, Place
from pensebete.checklist.diagnostics.text_edit import TextEdit
from pensebete.checklist.parsing.tree import Tree

# What needs no quotes, wherever it stands; and a list of such.
_PLAIN = re.compile(r"[\w+-][\w./:@+-]*|\[[\w, +-]*\]")
_FIRST_SEEN = 1_000  # places of a word that are looked at


def key_renamed(tree: Tree, path: Path, name: str) -> TextEdit | None:
    """The edit that gives the key at the path another name."""
    if path not in tree.keys or not isinstance(path[-1], str):
        return None
    return _written_instead(tree, tree.keys[path], path[-1], name)


def value_replaced(tree: Tree, path: Path, value: str, meant: str) -> TextEdit | None:
    """The edit that writes something else in the place of a value; quotes around it go with it."""
    return _written_instead(tree, tree.values[path], value, meant) if path in tree.values else None


def in_its_language(tree: Tree, path: Path, value: str, language: str) -> TextEdit | None:
    """The edit that puts a text that stands alone under its language."""
    place = tree.values.get(path)
    if place is None or not value:
        return None
    line = _line(tree, place)
    written = _stretch(line, place.column - 1, value)
    if not written:
        return None
    end = Place(place.line, place.column + len(written))
    key = tree.keys.get(path)
    if key is None or key.line == place.line:
        before = line[: (key or place).column - 1]
        if before.strip(" -"):
            return TextEdit(place, end, f"{{{language}: {written}}}")
        if key is None:
            return TextEdit(place, end, f"{language}: {written}")
        after_colon = Place(place.line, line.index(":", key.column - 1) + 2)
        return TextEdit(after_colon, end, f"\n{' ' * (key.column + 1)}{language}: {written}")
    return None


def sign_added(tree: Tree, path: Path, sign: str) -> TextEdit | None:
    """The edit that writes a sign after the colon of a key whose line ends there."""
    place = tree.keys.get(path)
    line = _line(tree, place) if place else ""
    if place is None or line[place.column - 1 :].rstrip() != f"{path[-1]}:":
        return None
    end = place.column + len(str(path[-1])) + 1
    return TextEdit(Place(place.line, end), Place(place.line, len(line) + 1), f" {sign}")


def dash_added(tree: Tree, path: Path, value: str) -> TextEdit | None:
    """The edit that makes an element of a value that stands alone on the line under its key."""
    key, place = tree.keys.get(path), tree.values.get(path)
    if key is None or place is None or place.line <= key.line or _line(tree, place).strip() != value:
        return None
    return TextEdit(place, place, "- ")


def stray_key_removed(tree: Tree, path: Path, fields: Container[str]) -> TextEdit | None:
    """The edit that takes a key away that came between the name of one of the fields and what stands under it."""
    place = tree.keys.get(path)
    if place is None or _line(tree, place).strip() != f"{path[-1]}:":
        return None
    above = place.line - 1
    while above and (not tree.split[above - 1].strip() or tree.split[above - 1].lstrip().startswith("#")):
        above -= 1
    before = tree.split[above - 1] if above else ""
    name = before.lstrip(" -").rstrip().removesuffix(":")
    at = (*path[:-1], name)
    if (
        name not in fields
        or at not in tree.keys
        or tree.keys[at] != Place(above, place.column)
        or not _is_empty(tree, at)
    ):
        return None
    if not before.startswith(f"{name}:", place.column - 1):  # it was read as if it stood elsewhere
        return None
    return TextEdit(Place(place.line, 1), Place(place.line + 1, 1), "")


def _is_empty(tree: Tree, path: Path) -> bool:
    inner = tree.data
    for part in path[:-1]:
        inner = inner[part]
    return path[-1] not in inner


def words_replaced(tree: Tree, path: Path, words: str, meant: str) -> TextEdit | None:
    """The edit of some words inside a text, where they are on one of its lines, and there only."""
    lines = tree.lines_of(path)
    found = [n for n in lines if n <= len(tree.split) and words in tree.split[n - 1]]
    if len(found) != 1 or tree.split[found[0] - 1].count(words) != 1:
        return None
    column = tree.split[found[0] - 1].index(words) + 1
    return TextEdit(Place(found[0], column), Place(found[0], column + len(words)), meant)


def is_used(tree: Tree, word: str, times: int) -> bool:
    """Whether a word is written that often at least in the file, alone."""
    at, seen = -1, 0
    for _ in range(_FIRST_SEEN):
        at = tree.text.find(word, at + 1)
        if at < 0:
            return False
        seen += not (_of_a_word(tree.text[at - 1 : at]) or _of_a_word(tree.text[at + len(word) : at + len(word) + 1]))
        if seen == times:
            return True
    return False


def _of_a_word(sign: str) -> bool:
    return sign.isalnum() or sign in ("-", "_", "+", "/") if sign else False


def _written_instead(tree: Tree, place: Place, word: str, meant: str) -> TextEdit | None:
    written = _stretch(_line(tree, place), place.column - 1, word) if word else ""
    if not written:
        return None
    if written != word and not _PLAIN.fullmatch(meant):
        meant = f"{written[0]}{meant}{written[0]}"
    return TextEdit(place, Place(place.line, place.column + len(written)), meant)


def _line(tree: Tree, place: Place) -> str:
    return tree.split[place.line - 1] if place.line <= len(tree.split) else ""


def _stretch(line: str, at: int, word: str) -> str:
    """What is written there for a word, with its quotes; nothing where it is another word, or the beginning of one."""
    for written in (f'"{word}"', f"'{word}'", word):
        after = line[at + len(written) : at + len(written) + 2]
        if line.startswith(written, at) and (not after or after[0] in ",]} " or after in (":", ": ")):
            return written
    return ""
