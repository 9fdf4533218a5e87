"""What a text loses between the file and the reader, though the file is sound YAML: each loss is told, none is silent.

A sign that YAML takes for its own makes the rest of the line a comment, the name of an anchor, a tag; a backslash
between double quotes makes another character of the next one; curly quotes are no quotes and stay in the value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from pensebete.checklist.diagnostics import Diagnostic
from pensebete.checklist.diagnostics.place import Path, Place
from pensebete.checklist.diagnostics.text_edit import TextEdit
from pensebete.checklist.parsing.quoting import quoted

_LANGUAGE = re.compile("[a-z]{2,3}")
# As short as the code of a language, and none.
_SHORT_FIELDS = frozenset({"id", "url", "ref", "all", "any", "not", "to"})
CURLY = "“”„‟«»‹›‘’‚‛"
_AROUND_CURLY = CURLY + "\"' \u00a0\u202f"
_CURLY_AROUND = re.compile(f"[{CURLY}]|.*[{CURLY}]$", re.DOTALL)
_PLAIN = re.compile(r"[A-Za-z0-9+][\w@.+/-]*(?: [\w@.+/-]+)*")
_ESCAPE = re.compile(r"\\(x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)", re.DOTALL)
_HARMLESS = frozenset('"\\\n\r\x85\u2028\u2029')  # the two signs themselves, and the end of a line
_COMMENT = re.compile(r"(?:[ \t]+|^[ \t]*)(#.*)")


def is_text(path: Path) -> bool:
    """Whether people read what stands there: a language of a text, one of its examples, a telephone number."""
    name = next((part for part in reversed(path) if isinstance(part, str)), "")
    return name == "phone" or (_LANGUAGE.fullmatch(name) is not None and name not in _SHORT_FIELDS)


def losses(event: Any, path: Path, lines: Sequence[str], key_column: int, in_braces: bool) -> Iterator[Diagnostic]:
    """What the value of a scalar event lacks of what was typed, or holds beside it; `key_column` is counted from 0."""
    start, end = event.start_mark, event.end_mark
    if start.line >= len(lines):  # a value that the file ends before: nothing was typed
        return
    place = Place(start.line + 1, start.column + 1)
    typed = lines[start.line][start.column :].rstrip()
    one_line = start.line == end.line
    whole = one_line and not in_braces  # what was typed ends with the line
    if event.anchor is not None or event.tag is not None:
        edit = TextEdit(place, Place(place.line, place.column + len(typed)), quoted(typed)) if whole else None
        yield Diagnostic("sign-in-text", place, {"sign": typed.split(" ")[0][:30]}, path, edit=edit)
        return
    if event.style in (">", "|") and not event.value and re.match(r"[>|]\S*\d", typed):
        edit = TextEdit(place, Place(place.line, place.column + len(typed)), quoted(typed)) if not in_braces else None
        yield Diagnostic("sign-in-text", place, {"sign": typed[:30]}, path, edit=edit)
        return
    if event.style == '"':
        yield from _escapes(event, lines, place, path)
    if is_text(path):
        yield from _comments(event, path, lines, key_column, in_braces)
    if event.value and not event.style and _CURLY_AROUND.match(event.value) and not _is_sentence(path):
        bare = event.value.strip(_AROUND_CURLY)
        safe = one_line and _PLAIN.fullmatch(bare)
        written = f'"{bare}"' if path[-1:] == ("version",) else bare
        edit = TextEdit(place, Place(end.line + 1, end.column + 1), written) if safe else None
        yield Diagnostic("quotes-kept", place, {"value": event.value[:60]}, path, edit=edit)


def _is_sentence(path: Path) -> bool:
    """Where curly quotes are part of what is said."""
    return is_text(path) and path[-1:] != ("phone",)


def _escapes(event: Any, lines: Sequence[str], place: Place, path: Path) -> Iterator[Diagnostic]:
    """What a backslash between double quotes makes of what follows it."""
    start, end = event.start_mark, event.end_mark
    raw = _between(lines, start.line, start.column, end.line, end.column)
    found = [one for one in _ESCAPE.finditer(raw) if one[1] not in _HARMLESS] if "\\" in raw else []
    if not found:
        return
    wrong = next((one for one in found if not _meant(one[1])), None)
    first = wrong or found[0]
    at = _place_in(raw, first.start(), place)
    inner = re.sub(r'\\(["\\])', r"\1", raw[1:-1])
    edit = TextEdit(place, Place(end.line + 1, end.column + 1), "'" + inner.replace("'", "''") + "'")
    continued = re.search(r"\\(\r?\n|[\x85\u2028\u2029])", raw) is not None
    code = "escape-in-text" if wrong else "escape-read"
    yield Diagnostic(code, at, {"sign": first[0]}, path, edit=None if continued or not wrong else edit)


def _meant(sign: str) -> bool:
    r"""Whether somebody may have written it on purpose: a line break, or a character by its number, as `\u00a0`."""
    if sign in ("n", "_"):
        return True
    number = int(sign[1:], 16) if len(sign) > 1 else 0
    return number >= 0xA0 or 0x20 <= number < 0x7F


def _comments(event: Any, path: Path, lines: Sequence[str], key_column: int, in_braces: bool) -> Iterator[Diagnostic]:
    """What stands after ` #` on the last line of the text, or on the next one, deeper than its field."""
    start, end = event.start_mark, event.end_mark
    if event.style in ("|", ">"):
        last = end.line if end.column == 0 else end.line + 1
    else:
        rest = lines[end.line][end.column :] if end.line < len(lines) else ""
        found = _COMMENT.match(rest) if "#" in rest else None
        # Between quotes the text has an end: what follows it is a comment, but for « #3 », which nobody writes so.
        if found and (not event.style or (len(found[1]) > 1 and not found[1][1].isspace() and found[1][1] != "#")):
            place = Place(end.line + 1, end.column + found.start(1) + 1)
            edit = None
            if not event.style and not in_braces and event.value:
                raw = _between(lines, start.line, start.column, end.line, len(lines[end.line].rstrip()))
                stop = Place(end.line + 1, len(lines[end.line].rstrip()) + 1)
                edit = TextEdit(Place(start.line + 1, start.column + 1), stop, quoted(raw))
            elif not event.value and not in_braces and not found[1][1:2].isspace():
                edit = TextEdit(
                    place, Place(place.line, place.column + len(found[1].rstrip())), quoted(found[1].rstrip())
                )
            yield Diagnostic("comment-in-text", place, {"rest": found[1][:60]}, path, edit=edit)
            return
        last = end.line + 1
    if in_braces or not event.value or last >= len(lines):
        return
    following = lines[last]
    indent = len(following) - len(following.lstrip(" "))
    if indent > key_column and following.lstrip(" ").startswith("#"):
        yield Diagnostic("comment-in-text", Place(last + 1, indent + 1), {"rest": following.strip()[:60]}, path)


def _between(lines: Sequence[str], line: int, column: int, last: int, end: int) -> str:
    if line == last:
        return lines[line][column:end]
    return "\n".join([lines[line][column:], *lines[line + 1 : last], lines[last][:end] if last < len(lines) else ""])


def _place_in(raw: str, at: int, place: Place) -> Place:
    before = raw[:at]
    if "\n" not in before:
        return Place(place.line, place.column + at)
    return Place(place.line + before.count("\n"), at - before.rindex("\n"))
