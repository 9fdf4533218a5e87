"""YAML text -> plain data, and the line and column of each value; the only room that knows PyYAML.

Plain scalars stay text, so that `no`, `2.10` and `1-9` are never a boolean, a float or a date by surprise. The tree is
built from the parser's events, which come one at a time: size, depth and aliases are bounded before anything is made
of them (PyYAML's own loader crashes the process on deep nesting).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import yaml

MAX_BYTES = 5_000_000
MAX_DEPTH = 40

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Line and column, counted from 1."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong with the text as YAML: a code of mistakes.py, where, and the words of its sentence."""

    code: str
    place: Place
    values: dict[str, str]


@dataclass(slots=True)
class Tree:
    data: Any = None
    values: dict[Path, Place] = field(default_factory=dict)  # where each value begins
    keys: dict[Path, Place] = field(default_factory=dict)  # where its key is written, in a mapping
    flaws: list[Flaw] = field(default_factory=list)

    def place(self, path: Path) -> Place:
        """Where the path is written; the nearest thing around it where it is not."""
        while path:
            if found := self.keys.get(path) or self.values.get(path):
                return found
            path = path[:-1]
        return self.values.get((), Place(1, 1))


@dataclass(slots=True)
class _Open:
    """A mapping or a sequence still being read."""

    path: Path
    made: dict[str, Any] | list[Any]
    key: str | None = None
    key_at: Place | None = None


def read_tree(source: str | bytes) -> Tree:
    """The data of a YAML text and its places; where it has flaws, `flaws` says so and `data` may be partial."""
    tree = Tree()
    text = _decoded(source, tree)
    if text is None:
        return tree
    try:
        _build(text, tree)
    except yaml.MarkedYAMLError as error:
        mark: Any = error.problem_mark or error.context_mark
        problem = " ".join(part for part in (error.context, error.problem) if part)
        place = Place(mark.line + 1, mark.column + 1) if mark else Place(1, 1)
        tree.flaws.append(Flaw("yaml-syntax", place, {"problem": problem}))
    except yaml.YAMLError as error:
        tree.flaws.append(Flaw("yaml-syntax", Place(1, 1), {"problem": str(error)}))
    return tree


def _decoded(source: str | bytes, tree: Tree) -> str | None:
    if len(source) > MAX_BYTES:
        tree.flaws.append(Flaw("file-too-large", Place(1, 1), {"limit": f"{MAX_BYTES // 1_000_000}"}))
        return None
    if isinstance(source, str):
        text = source
    else:
        try:
            text = source.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = source[: error.start].count(b"\n") + 1
            tree.flaws.append(Flaw("not-utf8", Place(line, 1), {}))
            return None
    for n, written in enumerate(text.split("\n"), 1):
        if strange := yaml.reader.Reader.NON_PRINTABLE.search(written):
            place = Place(n, strange.start() + 1)
            tree.flaws.append(Flaw("strange-character", place, {"character": f"U+{ord(strange[0]):04X}"}))
    return None if tree.flaws else text


def _build(text: str, tree: Tree) -> None:
    stack: list[_Open] = []
    documents = 0
    event: Any
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        kind = type(event)
        if kind in (yaml.StreamStartEvent, yaml.StreamEndEvent, yaml.DocumentEndEvent):
            continue
        place = Place(event.start_mark.line + 1, event.start_mark.column + 1)
        if kind is yaml.DocumentStartEvent:
            documents += 1
            if documents > 1:
                tree.flaws.append(Flaw("several-documents", place, {}))
                return
        elif kind in (yaml.MappingEndEvent, yaml.SequenceEndEvent):
            stack.pop()
        elif kind is yaml.AliasEvent:
            tree.flaws.append(Flaw("alias", place, {"name": event.anchor}))
            return
        elif kind is yaml.ScalarEvent:
            _scalar(tree, stack, event, place)
        else:
            made: dict[str, Any] | list[Any] = {} if kind is yaml.MappingStartEvent else []
            if stack and isinstance(stack[-1].made, dict) and stack[-1].key is None:
                tree.flaws.append(Flaw("key-not-text", place, {}))
                return
            path = _add(tree, stack, made, place)
            stack.append(_Open(path, made))
            if len(stack) > MAX_DEPTH:
                tree.flaws.append(Flaw("too-deep", place, {"limit": str(MAX_DEPTH)}))
                return


def _scalar(tree: Tree, stack: list[_Open], event: yaml.ScalarEvent, place: Place) -> None:
    around = stack[-1] if stack else None
    if around and isinstance(around.made, dict) and around.key is None:
        around.key, around.key_at = event.value, place
        if event.value in around.made:
            first = tree.keys[(*around.path, event.value)].line
            tree.flaws.append(Flaw("duplicate-key", place, {"key": event.value, "line": str(first)}))
        return
    # A key with nothing after it is as if it were not written; its place is kept for the sentence that misses it.
    empty = not event.style and event.value == "" and around is not None and isinstance(around.made, dict)
    _add(tree, stack, None if empty else event.value, place)


def _add(tree: Tree, stack: list[_Open], value: Any, place: Place) -> Path:
    if not stack:
        tree.data, tree.values[()] = value, place
        return ()
    around = stack[-1]
    if isinstance(around.made, list):
        path: Path = (*around.path, len(around.made))
        around.made.append(value)
    else:
        assert around.key is not None
        assert around.key_at is not None
        path = (*around.path, around.key)
        if path not in tree.keys:
            tree.keys[path] = around.key_at
        if value is not None:
            around.made[around.key] = value
        around.key = around.key_at = None
    tree.values[path] = place
    return path
