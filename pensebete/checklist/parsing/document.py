"""YAML text -> plain data, and the line and column of each value; with recovery.py the only place that knows PyYAML.

Plain scalars stay text, so that `no`, `2.10` and `1-9` are never a boolean, a float or a date by surprise. The tree is
built from the parser's events, which come one at a time: size, depth and aliases are bounded before anything is made
of them (PyYAML's own loader crashes the process on deep nesting).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

import yaml

from pensebete.checklist.diagnostics import Diagnostic
from pensebete.checklist.diagnostics.place import Path, Place
from pensebete.checklist.diagnostics.text_edit import TextEdit
from pensebete.checklist.line_ends import HIDDEN, LINE_ENDS
from pensebete.checklist.parsing.encoding import KINDS, MARKS_OF_UTF_32, NAMES, NotTextError, decoded
from pensebete.checklist.parsing.quoting import quoted
from pensebete.checklist.parsing.recovery import MAX_READ_ON, Reading, next_stop, read_on, stop_of
from pensebete.checklist.parsing.repeated import tell_twice, told_once
from pensebete.checklist.parsing.syntax_faults import Stop
from pensebete.checklist.parsing.tree import MAX_TOLD, Guess, Tree, Twice
from pensebete.checklist.parsing.typed_text import CURLY, is_text, losses
from pensebete.checklist.parsing.value_faults import ends_with_its_bracket
from pensebete.checklist.parsing.whole_file import even_indents, prepared, tabs_as_spaces

# What is said of values as they are read, and not of the form of the text.
_OF_VALUES = frozenset(
    [
        "several-documents",
        "alias",
        "comma-in-text",
        "key-not-text",
        "too-deep",
        "too-many-values",
        "duplicate-key",
        "sign-in-text",
        "escape-in-text",
        "escape-read",
        "brackets-in-text",
        "comment-in-text",
        "quotes-kept",
    ]
)
MAX_BYTES = 5_000_000
MAX_DEPTH = 40
MAX_VALUES = 150_000  # keys counted; a checklist of 500 items has half as many
_LONG = 500_000  # characters of a text in which the other end of a reference is not looked for
_SEVERAL = 2  # lines
_FAR = 40  # lines beyond a change of many lines that can be read: it is the right one
_IN_CONDITIONS = frozenset({"applies_when", "any", "all", "not"})  # where a question may have a short name
_NOTHING = ("", "~", "null", "Null", "NULL")  # what YAML writes for a value that is not there
_STRANGE = yaml.reader.Reader.NON_PRINTABLE
_LINE_WITH_A_STRANGE_CHARACTER = re.compile(f"^[^\n]*?({_STRANGE.pattern})", re.MULTILINE)


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
    ready = prepared(text, tree.split)
    tree.diagnostics += ready.diagnostics
    tree.mended |= ready.mended
    return told_once(tree, ready.lines, _read)


def _read(so_far: Tree, lines: list[str]) -> Tree:
    """These lines, in the place of those of the text, built into a tree that knows what was said so far."""
    tree = _not_built(so_far)
    stop = _built("\n".join(lines) if tree.mended else tree.text, tree)
    if stop is None:
        tree.read = lines
        return tree
    lines = list(lines)
    tree = _not_built(so_far)
    stop = _with_spaces_for_tabs(tree, lines, stop)
    if stop is not None and HIDDEN.search(tree.text):
        stop = _with_hidden_breaks_mended(tree, lines, stop)
    if stop is not None and len(tree.text) <= MAX_READ_ON:
        stop = _with_even_indents(tree, lines, stop)
    reading = read_on(lines, stop) if stop is not None else Reading(lines, None)
    tree.mended |= reading.mended
    tree.lost_names |= reading.lost_names
    if reading.stop is not None or _built("\n".join(reading.lines), tree) is not None:
        tree = Tree(so_far.text, diagnostics=tree.diagnostics, unlisted=tree.unlisted)
    tree.read = reading.lines
    for fault in reading.faults:
        place = Place(fault.line + 1, fault.column + 1)
        if fault.ways and len(tree.diagnostics) < MAX_TOLD:
            tree.guesses.append(Guess(len(tree.diagnostics), fault.ways, fault.was, fault.known))
        tree.diagnose("yaml-syntax", place, why=fault.why)
    return tree


def _not_built(tree: Tree) -> Tree:
    """A tree of the same text with what was said of it, and nothing built yet."""
    return Tree(
        tree.text,
        diagnostics=list(tree.diagnostics),
        unlisted=tree.unlisted,
        mended=set(tree.mended),
        lost_names=tree.lost_names,
        guesses=list(tree.guesses),
        _lines=tree.split,
    )


def with_lines(tree: Tree, lines: list[str]) -> Tree | None:
    """The tree of these lines in the place of those of the text, with nothing said of them; None where they are none.

    One of them may hold two lines: the places are those of the text all the same.
    """
    found = Tree(tree.text, mended=set(tree.mended), read=lines, _lines=tree.split)
    if _built("\n".join(lines), found) is not None:
        return None
    for n in reversed([n for n, line in enumerate(lines) if "\n" in line]):
        _move_up(found, n + 2)
    return found


def _move_up(tree: Tree, line: int) -> None:
    """Each place from that line on is one line higher."""

    def moved(place: Place) -> Place:
        return Place(place.line - 1, place.column) if place.line >= line else place

    tree.values = {path: moved(place) for path, place in tree.values.items()}
    tree.keys = {path: moved(place) for path, place in tree.keys.items()}
    tree.twice = [replace(one, place=moved(one.place), first=moved(one.first)) for one in tree.twice]
    tree.diagnostics = [replace(one, place=moved(one.place)) for one in tree.diagnostics]


def read_otherwise(tree: Tree, found: Tree) -> Tree:
    """The tree `found`, read from other lines, with what was said of the form of the text: not of what it made."""
    found.mended |= {n + 1 for n, (a, b) in enumerate(zip(found.read, found.split, strict=True)) if a != b}
    found.diagnostics = [*(one for one in tree.diagnostics if one.code not in _OF_VALUES), *found.diagnostics]
    found.guesses, found.lost_names = tree.guesses, tree.lost_names
    tell_twice(found)
    return found


def _with_spaces_for_tabs(tree: Tree, lines: list[str], stop: Stop) -> Stop | None:
    """Where the text stops with its tabs as spaces; they are told once, where that lets it be read farther."""
    if "\t" not in tree.text or len(tree.text) > MAX_READ_ON:
        return stop
    best: Stop | None = stop
    chosen: list[tuple[int, str]] = []
    for way in tabs_as_spaces(lines):
        reached, _ = next_stop(_with(lines, way))
        if best is not None and (reached is None or reached.line > best.line):
            best, chosen = reached, way
        if len(way) < _SEVERAL or best is None:  # a single one may have been typed before the indent, or in its place
            break
    if len(chosen) < _SEVERAL:
        return stop
    for n, line in chosen:
        lines[n] = line
        tree.mended.add(n + 1)
    tree.add(_of_many("tabs", tree, lines, [n for n, _ in chosen]))
    return best


def _with_even_indents(tree: Tree, lines: list[str], stop: Stop) -> Stop | None:
    """Where the text stops with odd indents as even ones: told once, where that lets it be read far beyond them."""
    for way in even_indents(lines, stop.line):
        reached, _ = next_stop(_with(lines, way))
        way = [(n, line) for n, line in way if line != lines[n]]
        if not way or (reached is not None and reached.line <= max(stop.line, way[-1][0]) + _FAR):
            continue
        for n, line in way:
            lines[n] = line
            tree.mended.add(n + 1)
        tree.add(_of_many("indents", tree, lines, [n for n, _ in way]))
        return reached
    return stop


def _of_many(why: str, tree: Tree, lines: list[str], changed: list[int]) -> Diagnostic:
    """A fault of many lines, at the first of them, with the edit that makes them as they were read."""
    first, last = changed[0], changed[-1]
    was = tree.split
    edit = TextEdit(Place(first + 1, 1), Place(last + 1, len(was[last]) + 1), "\n".join(lines[first : last + 1]))
    indent = len(was[first]) - len(was[first].lstrip(" "))
    return Diagnostic("yaml-syntax", Place(first + 1, indent + 1), {"why": why}, edit=edit)


def _with_hidden_breaks_mended(tree: Tree, lines: list[str], stop: Stop) -> Stop | None:
    """Where the text stops with spaces for the ends of line that no editor shows: they cut a text in two."""
    joined, cuts = list(lines), [n for n, end in enumerate(LINE_ENDS.findall(tree.text)) if HIDDEN.match(end)]
    for n in reversed(cuts):
        joined[n], joined[n + 1] = f"{joined[n]} {joined[n + 1]}".rstrip(), ""
    reached, _ = next_stop(joined)
    if reached is not None and reached.line <= stop.line:
        return stop
    lines[:] = joined
    tree.mended |= {n + by for n in cuts for by in (1, 2)}
    for n in cuts:
        place = Place(n + 1, len(tree.split[n]) + 1)
        edit = TextEdit(place, Place(n + 2, 1), " ")
        tree.add(Diagnostic("hidden-line-end", place, edit=edit))
    return reached


def _with(lines: list[str], changes: list[tuple[int, str]]) -> list[str]:
    made = list(lines)
    for n, line in changes:
        made[n] = line
    return made


def _built(text: str, tree: Tree) -> Stop | None:
    """Fill the tree; where the parser gives up, if it does: what was found before it is then worth nothing."""
    known = len(tree.diagnostics)
    tree.has_hash, tree.has_backslash = "#" in text, "\\" in text
    try:
        _build(text, tree)
    except yaml.YAMLError as error:
        del tree.diagnostics[known:], tree.twice[:]
        return stop_of(error)
    return None


def _decoded(source: str | bytes, tree: Tree) -> str | None:
    if len(source) > MAX_BYTES:
        tree.diagnose("file-too-large", Place(1, 1), limit=f"{MAX_BYTES // 1_000_000}")
        return None
    if isinstance(source, str):
        text = source
    else:
        decoded_text = _text_of(source, tree)
        if decoded_text is None:
            return None
        text = decoded_text
    strange = _LINE_WITH_A_STRANGE_CHARACTER.finditer(text)
    n, at = 1, 0
    for found in islice(strange, MAX_TOLD):
        n, at = n + text.count("\n", at, found.start()), found.start()
        place = Place(n, found.start(1) - found.start() + 1)
        tree.diagnose("strange-character", place, character=f"U+{ord(found[1]):04X}")
    tree.unlisted += sum(1 for _ in strange)
    return _STRANGE.sub("\ufffd", text) if tree.diagnostics else text


def _text_of(source: bytes, tree: Tree) -> str | None:
    """The text of the bytes, read on where they are in another encoding; None where they are no text."""
    try:
        text, encoding = decoded(source)
    except NotTextError as error:
        if error.kind != "other":
            tree.diagnose("not-text", Place(1, 1), kind=KINDS[error.kind])
            return None
        try:
            return source.decode("utf-8-sig")
        except UnicodeDecodeError as wrong:
            encoding = "UTF-32" if source[:4] in MARKS_OF_UTF_32 else "?"
            tree.diagnose("not-utf8", Place(source[: wrong.start].count(b"\n") + 1, 1), encoding=encoding)
        return None if b"\0" in source else source.decode("utf-8-sig", errors="replace")
    if encoding == "utf-8-sig":
        return text
    place = Place(1, 1)
    if encoding == "cp1252":
        try:
            source.decode("utf-8-sig")
        except UnicodeDecodeError as wrong:
            place = Place(source[: wrong.start].count(b"\n") + 1, 1)
    tree.diagnose("not-utf8", place, encoding=NAMES[encoding])
    return text


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
                mark = tree.split[place.line - 1].rstrip() == "---"
                edit = TextEdit(Place(place.line, 1), Place(place.line + 1, 1), "") if mark else None
                tree.add(Diagnostic("several-documents", place, edit=edit))
                tree.data = None
                return
        elif kind in (yaml.MappingEndEvent, yaml.SequenceEndEvent):
            stack.pop()
        elif kind is yaml.AliasEvent:
            _look_at_alias(tree, stack[-1] if stack else None, event, place)
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
            _look_at_brackets(tree, path, event, place)
            stack.append(_Open(path, made, in_braces=bool(event.flow_style)))
            if len(stack) > MAX_DEPTH:
                tree.diagnose("too-deep", place, limit=str(MAX_DEPTH))
                tree.data = None
                return


def _scalar(tree: Tree, stack: list[_Open], event: Any, place: Place) -> None:
    around = stack[-1] if stack else None
    if around is None or isinstance(around.made, list) or around.key is not None:
        _look_at_what_is_lost(tree, around, event)
    # A key with nothing after it is as if it were not written; its place is kept for the sentence that misses it.
    if event.implicit[0] and event.value in _NOTHING and around and around.key is not None:
        # Between braces a comma ends a text: what follows it would be lost without a word.
        told = tree.diagnostics and tree.diagnostics[-1].path == around.path  # by the brace before it
        at_once = event.value == "" and event.start_mark.index == around.key_end
        if around.in_braces and at_once and around.key_at and not told:
            tree.diagnose("comma-in-text", around.key_at, rest=around.key)
        _add(tree, stack, None, place)
    else:
        _word(tree, stack, event.value, place)
        if around:
            around.key_end = event.end_mark.index


def _look_at_what_is_lost(tree: Tree, around: _Open | None, event: Any) -> None:
    """What a sign of the text makes of it, told where there is such a sign: most texts have none."""
    end, lines = event.end_mark.line, tree.split
    if tree.mended and not tree.mended.isdisjoint(range(event.start_mark.line + 1, end + 2)):
        return
    curly = event.value[:1] in CURLY or event.value[-1:] in CURLY
    escaped = tree.has_backslash and event.style == '"'
    empty = event.style in ("|", ">") and not event.value
    if not (event.anchor or event.tag or escaped or empty or (curly and not event.style)):
        if not tree.has_hash:
            return
        last = end if event.end_mark.column or not event.style else end - 1
        near = lines[last : last + 2]
        if not any("#" in line for line in near):
            return
    path: Path = ()
    column = 0
    if around is None:
        pass
    elif isinstance(around.made, list):
        path, column = (*around.path, len(around.made)), event.start_mark.column - 1
    else:
        path, column = (*around.path, str(around.key)), around.key_at.column - 1 if around.key_at else 0
    for found in losses(event, path, lines, column, around is not None and around.in_braces):
        tree.add(found)


def _look_at_alias(tree: Tree, around: _Open | None, event: Any, place: Place) -> None:
    """`*name` refers to another place where there is one; else it is a word with a star, and is to be quoted."""
    edit = None
    few = len(tree.diagnostics) < MAX_TOLD and len(tree.text) < _LONG
    if few and f"&{event.anchor}" not in tree.text and around is not None and not around.in_braces:
        typed = tree.split[place.line - 1][place.column - 1 :].rstrip()
        edit = TextEdit(place, Place(place.line, place.column + len(typed)), quoted(typed))
    tree.add(Diagnostic("alias", place, {"name": event.anchor}, edit=edit))


_LISTS_OF_WORDS = {"examples", "doubt_words"}  # by language, a list and not a text


def _look_at_brackets(tree: Tree, path: Path, event: Any, place: Place) -> None:
    """A text that begins with a bracket or a brace, which YAML takes for a list or a mapping; a tag or an anchor."""
    if event.anchor or event.tag:
        sign = f"&{event.anchor}" if event.anchor else event.tag
        tree.diagnose("sign-in-text", place, sign=sign)
    if not is_text(path) or not _IN_CONDITIONS.isdisjoint(path):
        return
    an_entry, lists = isinstance(path[-1], int), not _LISTS_OF_WORDS.isdisjoint(path)
    if an_entry and lists and not event.flow_style:
        _look_at_entry(tree, place)
    if not event.flow_style or (an_entry and not lists):
        return
    if isinstance(event, yaml.SequenceStartEvent) and lists and not an_entry:
        return
    typed = tree.split[place.line - 1][place.column - 1 :].rstrip()
    edit = None
    if ends_with_its_bracket(typed):
        edit = TextEdit(place, Place(place.line, place.column + len(typed)), quoted(typed))
    tree.add(Diagnostic("brackets-in-text", place, {"sign": typed[:1]}, path, edit=edit))


def _look_at_entry(tree: Tree, place: Place) -> None:
    """An example that YAML takes for a field, for its colon, or for a list, for its dash."""
    typed = tree.split[place.line - 1][place.column - 1 :].rstrip()
    colon = re.search(r":(?= |$)", typed)
    why = "dash" if re.match("-+(?: |$)", typed) else "start" if typed.startswith("? ") else "colon-in-text"
    if why == "colon-in-text" and colon is None:
        return
    at = place.column + (colon.start() if colon and why == "colon-in-text" else 0)
    edit = TextEdit(place, Place(place.line, place.column + len(typed)), quoted(typed))
    if not tree.diagnostics or tree.diagnostics[-1].place.line != place.line:
        tree.add(Diagnostic("yaml-syntax", Place(place.line, at), {"why": why}, edit=edit))


def _word(tree: Tree, stack: list[_Open], word: str, place: Place) -> None:
    around = stack[-1] if stack else None
    if around and isinstance(around.made, dict) and around.key is None:
        around.key, around.key_at = word, place
        if first := tree.keys.get((*around.path, word)):
            tree.twice.append(Twice(around.path, word, place, first, around.in_braces))
        elif around.path and isinstance(around.path[-1], int):
            tree.first_keys.setdefault(around.path, word)
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
