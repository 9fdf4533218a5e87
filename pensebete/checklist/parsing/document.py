"""YAML text -> plain data, and the line and column of each value; with recovery.py the only place that knows PyYAML.

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

from pensebete.checklist.diagnostics import Diagnostic
from pensebete.checklist.diagnostics.place import Path, Place
from pensebete.checklist.line_ends import LINE_ENDS
from pensebete.checklist.parsing.recovery import read_on, stop_of
from pensebete.checklist.parsing.syntax_faults import Stop

MAX_BYTES = 5_000_000
MAX_DEPTH = 40
MAX_VALUES = 150_000  # keys counted; a checklist of 500 items has half as many
MAX_TOLD = 200  # mistakes told one by one: whoever has more mends these first
_NOTHING = ("", "~", "null", "Null", "NULL")  # what YAML writes for a value that is not there
_STRANGE = yaml.reader.Reader.NON_PRINTABLE
_LINE_WITH_A_STRANGE_CHARACTER = re.compile(f"^[^\n]*?({_STRANGE.pattern})", re.MULTILINE)


@dataclass(slots=True)
class Tree:
    text: str = ""
    data: Any = None
    values: dict[Path, Place] = field(default_factory=dict)  # where each value begins
    keys: dict[Path, Place] = field(default_factory=dict)  # where its key is written, in a mapping
    diagnostics: list[Diagnostic] = field(default_factory=list)  # what is wrong with the text as YAML
    unlisted: int = 0  # how many more there are
    mended: set[int] = field(default_factory=set)  # lines that were read as they may have been meant
    lost_names: bool = False  # whether one of those may have held an id
    _order: list[Path] = field(default_factory=list)
    _number: dict[Path, int] = field(default_factory=dict)
    _lines: list[str] = field(default_factory=list)

    def diagnose(self, code: str, place: Place, **values: str) -> None:
        if len(self.diagnostics) < MAX_TOLD:
            self.diagnostics.append(Diagnostic(code, place, values))
        else:
            self.unlisted += 1

    def place(self, path: Path) -> Place:
        """Where the path is written; the nearest thing around it where it is not."""
        while path:
            if found := self.keys.get(path) or self.values.get(path):
                return found
            path = path[:-1]
        return self.values.get((), Place(1, 1))

    def last_place(self, path: Path) -> Place:
        """Where the last thing inside the path begins."""
        at, end = self._inside(path)
        return self.values[self._order[end - 1]] if end > at else self.place(path)

    def lines_of(self, path: Path) -> range:
        """The lines that the path takes, from that of its name to the one before what comes next."""
        start = self.place(path).line
        _, end = self._inside(path)
        if end == len(self._order):
            return range(start, len(self.split) + 1)
        following = self.place(self._order[end]).line
        return range(start, max(start + 1, following))

    def _inside(self, path: Path) -> tuple[int, int]:
        """Which of the values, in reading order, stand inside the path, itself included."""
        if self._order == []:
            self._order = list(self.values)
            self._number = {at: n for n, at in enumerate(self._order)}
        at = end = self._number.get(path, 0)
        while end < len(self._order) and self._order[end][: len(path)] == path:
            end += 1
        return at, end

    @property
    def split(self) -> list[str]:
        if not self._lines:
            self._lines = LINE_ENDS.split(self.text)
        return self._lines


@dataclass(slots=True)
class _Open:
    """A mapping or a sequence still being read."""

    path: Path
    made: dict[str, Any] | list[Any]
    in_braces: bool = False
    key: str | None = None
    key_at: Place | None = None
    key_end: int = 0


def read_tree(source: str | bytes) -> Tree:
    """The data of a YAML text and its places; `diagnostics` says what keeps it from being a sound one.

    After a fault the text is read on as it may have been meant, so that the next one is found too: `mended` says
    which lines were read so. Where that does not do, or the text is refused, `data` is None.
    """
    tree = Tree()
    text = _decoded(source, tree)
    if text is None:
        return tree
    tree.text = text
    found, unlisted = tree.diagnostics, tree.unlisted
    stop = _built(text, tree)
    if stop is None:
        return tree
    reading = read_on(text, stop)
    tree = Tree(text, diagnostics=found, unlisted=unlisted, mended=reading.mended, lost_names=reading.lost_names)
    if reading.stop is not None or _built("\n".join(reading.lines), tree) is not None:
        tree = Tree(text, diagnostics=found, unlisted=unlisted)
    for fault in reading.faults:
        tree.diagnose("yaml-syntax", Place(fault.line + 1, fault.column + 1), why=fault.why)
    return tree


def _built(text: str, tree: Tree) -> Stop | None:
    """Fill the tree; where the parser gives up, if it does: what was found before it is then worth nothing."""
    known = len(tree.diagnostics)
    try:
        _build(text, tree)
    except yaml.YAMLError as error:
        del tree.diagnostics[known:]
        return stop_of(error)
    return None


def _decoded(source: str | bytes, tree: Tree) -> str | None:
    if len(source) > MAX_BYTES:
        tree.diagnose("file-too-large", Place(1, 1), limit=f"{MAX_BYTES // 1_000_000}")
        return None
    if isinstance(source, str):
        text = source
    else:
        try:
            text = source.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            tree.diagnose("not-utf8", Place(source[: error.start].count(b"\n") + 1, 1))
            if b"\0" in source:  # another encoding altogether
                return None
            text = source.decode("utf-8-sig", errors="replace")
    strange = _LINE_WITH_A_STRANGE_CHARACTER.finditer(text)
    n, at = 1, 0
    for found in islice(strange, MAX_TOLD):
        n, at = n + text.count("\n", at, found.start()), found.start()
        place = Place(n, found.start(1) - found.start() + 1)
        tree.diagnose("strange-character", place, character=f"U+{ord(found[1]):04X}")
    tree.unlisted += sum(1 for _ in strange)
    return _STRANGE.sub("\ufffd", text) if tree.diagnostics else text


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
            tree.diagnose("too-many-values", place)
            tree.data = None
            return
        if kind is yaml.DocumentStartEvent:
            documents += 1
            if documents > 1:
                tree.diagnose("several-documents", place)
                tree.data = None
                return
        elif kind in (yaml.MappingEndEvent, yaml.SequenceEndEvent):
            stack.pop()
        elif kind is yaml.AliasEvent:
            tree.diagnose("alias", place, name=event.anchor)
            _word(tree, stack, f"*{event.anchor}", place)
        elif kind is yaml.ScalarEvent:
            _scalar(tree, stack, event, place)
        else:
            made: dict[str, Any] | list[Any] = {} if kind is yaml.MappingStartEvent else []
            if stack and isinstance(stack[-1].made, dict) and stack[-1].key is None:
                tree.diagnose("key-not-text", place)
                tree.data = None
                return
            path = _add(tree, stack, made, place)
            stack.append(_Open(path, made, in_braces=bool(event.flow_style)))
            if len(stack) > MAX_DEPTH:
                tree.diagnose("too-deep", place, limit=str(MAX_DEPTH))
                tree.data = None
                return


def _scalar(tree: Tree, stack: list[_Open], event: Any, place: Place) -> None:
    around = stack[-1] if stack else None
    # A key with nothing after it is as if it were not written; its place is kept for the sentence that misses it.
    if event.implicit[0] and event.value in _NOTHING and around and around.key is not None:
        # Between braces a comma ends a text: what follows it would be lost without a word.
        if around.in_braces and event.value == "" and event.start_mark.index == around.key_end and around.key_at:
            tree.diagnose("comma-in-text", around.key_at, rest=around.key)
        _add(tree, stack, None, place)
    else:
        _word(tree, stack, event.value, place)
        if around:
            around.key_end = event.end_mark.index


def _word(tree: Tree, stack: list[_Open], word: str, place: Place) -> None:
    around = stack[-1] if stack else None
    if around and isinstance(around.made, dict) and around.key is None:
        around.key, around.key_at = word, place
        if first := tree.keys.get((*around.path, word)):
            tree.diagnose("duplicate-key", place, key=word, line=str(first.line))
    else:
        _add(tree, stack, word, place)


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
