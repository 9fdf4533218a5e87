"""YAML text -> plain data, and the line and column of each value; the only room that knows PyYAML.

Plain scalars stay text, so that `no`, `2.10` and `1-9` are never a boolean, a float or a date by surprise. The tree is
built from the parser's events, which come one at a time: size, depth and aliases are bounded before anything is made
of them (PyYAML's own loader crashes the process on deep nesting).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import yaml

from pensebete.yaml_faults import Fault, Scalar, Stop, fault

MAX_BYTES = 5_000_000
MAX_DEPTH = 40
MAX_VALUES = 150_000  # keys counted; a checklist of 500 items has half as many
MAX_TOLD = 200  # mistakes told one by one: whoever has more mends these first
_NOTHING = ("", "~", "null", "Null", "NULL")  # what YAML writes for a value that is not there
_LINE_ENDS = re.compile("\r\n|[\n\r\x85\u2028\u2029]")  # those that the parser counts
_LINE_WITH_A_STRANGE_CHARACTER = re.compile(f"^[^\n]*?({yaml.reader.Reader.NON_PRINTABLE.pattern})", re.MULTILINE)

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
    more_flaws: int = 0  # than are listed

    def flaw(self, code: str, place: Place, **values: str) -> None:
        if len(self.flaws) < MAX_TOLD:
            self.flaws.append(Flaw(code, place, values))
        else:
            self.more_flaws += 1

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
        found = fault(_stop(error), _LINE_ENDS.split(text), _scalars_of_several_lines(text))
    except yaml.YAMLError:
        found = Fault("other", 0, 0)
    else:
        return tree
    tree.flaw("yaml-syntax", Place(found.line + 1, found.column + 1), why=found.why)
    return tree


def _stop(error: yaml.MarkedYAMLError) -> Stop:
    mark: Any = error.problem_mark or error.context_mark
    began: Any = error.context_mark or mark
    places = (mark.line, mark.column, error.context or "", began.line, began.column) if mark else (0, 0)
    return Stop(error.problem or "", *places)


def _scalars_of_several_lines(text: str) -> list[Scalar]:
    """Those before the place where the text cannot be read, but for texts in a block, which no mistake makes."""
    found = []
    try:
        for token in yaml.scan(text, Loader=yaml.CSafeLoader):
            if isinstance(token, yaml.ScalarToken) and (token.style or "") in ("", "'", '"'):
                start, end = token.start_mark, token.end_mark
                if start.line < end.line:
                    found.append(Scalar(start.line, start.column, end.line, token.style or ""))
    except yaml.YAMLError:
        pass  # known already
    return found


def _decoded(source: str | bytes, tree: Tree) -> str | None:
    if len(source) > MAX_BYTES:
        tree.flaw("file-too-large", Place(1, 1), limit=f"{MAX_BYTES // 1_000_000}")
        return None
    if isinstance(source, str):
        text = source
    else:
        try:
            text = source.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = source[: error.start].count(b"\n") + 1
            tree.flaw("not-utf8", Place(line, 1))
            return None
    strange = _LINE_WITH_A_STRANGE_CHARACTER.finditer(text)
    n, at = 1, 0
    for found in islice(strange, MAX_TOLD):
        n, at = n + text.count("\n", at, found.start()), found.start()
        place = Place(n, found.start(1) - found.start() + 1)
        tree.flaw("strange-character", place, character=f"U+{ord(found[1]):04X}")
    tree.more_flaws += sum(1 for _ in strange)
    return None if tree.flaws else text


def _build(text: str, tree: Tree) -> None:
    stack: list[_Open] = []
    documents = values = 0
    event: Any
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        kind = type(event)
        if kind in (yaml.StreamStartEvent, yaml.StreamEndEvent, yaml.DocumentEndEvent):
            continue
        place = Place(event.start_mark.line + 1, event.start_mark.column + 1)
        values += 1
        if values > MAX_VALUES:
            tree.flaw("too-many-values", place)
            return
        if kind is yaml.DocumentStartEvent:
            documents += 1
            if documents > 1:
                tree.flaw("several-documents", place)
                return
        elif kind in (yaml.MappingEndEvent, yaml.SequenceEndEvent):
            stack.pop()
        elif kind is yaml.AliasEvent:
            tree.flaw("alias", place, name=event.anchor)
            return
        elif kind is yaml.ScalarEvent:
            _scalar(tree, stack, event, place)
        else:
            made: dict[str, Any] | list[Any] = {} if kind is yaml.MappingStartEvent else []
            if stack and isinstance(stack[-1].made, dict) and stack[-1].key is None:
                tree.flaw("key-not-text", place)
                return
            path = _add(tree, stack, made, place)
            stack.append(_Open(path, made))
            if len(stack) > MAX_DEPTH:
                tree.flaw("too-deep", place, limit=str(MAX_DEPTH))
                return


def _scalar(tree: Tree, stack: list[_Open], event: yaml.ScalarEvent, place: Place) -> None:
    around = stack[-1] if stack else None
    if around and isinstance(around.made, dict) and around.key is None:
        around.key, around.key_at = event.value, place
        if first := tree.keys.get((*around.path, event.value)):
            tree.flaw("duplicate-key", place, key=event.value, line=str(first.line))
        return
    # A key with nothing after it is as if it were not written; its place is kept for the sentence that misses it.
    plain = event.implicit[0]
    empty = plain and event.value in _NOTHING and around is not None and isinstance(around.made, dict)
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
