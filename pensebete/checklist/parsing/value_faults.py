"""A value that YAML cannot read because of one of its signs: which sign, and the line with the text between quotes.

Looked at where the parser gave up, and only there: a line that it can read is not judged by its looks.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from pensebete.checklist.parsing.quoting import quoted

_FIELD = re.compile(r"( *(?:- +)*[\w+-]+ *: +)(\S.*?)\s*$")
_ENTRY = re.compile(r"( *(?:- +)+)(\S.*?)\s*$")
_JOINED = re.compile(r"( *(?:- +)*[\w+-]+:(?: \S.*?)?)( {3,})((?:- )?[\w+-]+:(?: .*)?)$")
_IN_DOUBLE = re.compile(r'"((?:[^"\\]|\\.)*)"')
_ESCAPE = re.compile(r'(?<!\\)(?:\\\\)*\\[^"\\]')
_IN_SINGLE = re.compile(r"'((?:[^']|'')*)'")
_COMMA = re.compile(r"(\"[^\"\\]*\"|'[^']*'|[\w.+-]+) *,+$")
_HEADER = re.compile(r"[>|][-+0-9]* +([^\s#].*)$")
_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")
_SIGNS_AT_THE_START = "*&!%@`?-"
_CLOSING = {"[": "]", "{": "}"}


@dataclass(frozen=True, slots=True)
class Cause:
    """One of SYNTAX_FAULTS, where its sign stands (from 0), and the line without the fault."""

    why: str
    column: int
    line: str
    read_as: str = ""  # what is read in its place where the line itself would become two


Named = Callable[[str, int, str], Cause]


def value_cause(line: str, following: str = "") -> Cause | None:
    """The cause that the value of a line shows; `following` is the line below it."""
    if joined := _JOINED.match(line):
        first, spaces, second = joined.groups()
        return Cause("joined", joined.start(3), f"{first}\n{spaces[1:]}{second}", first)
    found = _FIELD.match(line) or _ENTRY.match(line)
    if found is None or not line.strip():
        return None
    before, value = found.groups()
    column = len(before)

    def cause(why: str, at: int, written: str) -> Cause:
        return Cause(why, column + at, before + written)

    first = value[0]
    if (comma := _COMMA.match(value)) and first in "\"'":
        return cause("comma-after", len(comma[1]), comma[1])
    if first == '"':
        return _of_double(value, cause)
    if first == "'":
        return _of_single(value, cause)
    if first in _CLOSING:
        end = _end_of_brackets(value)
        if end is not None and value[end:].strip() and not value[end:].lstrip().startswith(("#", ",")):
            return cause("bracket-start", 0, quoted(value))
        return None
    if first in ">|":
        header = _HEADER.match(value)
        if header and following.strip() and _indent(following) > _indent(line):
            below = f"{before}>-\n{' ' * _indent(following)}{header[1]}"
            return Cause("block-text", column + header.start(1), below, f"{before}>-")
        if header:
            return cause("block-text", header.start(1), quoted(header[1]))
        return cause("start", 0, quoted(value)) if re.match(r"[>|][^-+0-9\s#]", value) else None
    if first == "-" and re.match(r"-+ ", value):
        return cause("dash", 0, quoted(value))
    if first in ",]}":
        return cause("bracket-extra", 0, quoted(value))
    if first in _SIGNS_AT_THE_START and (first != "-" or _FIELD.match(line)):
        return cause("start", 0, quoted(value))
    if _FIELD.match(line) and (colon := re.search(r":(?: |$)", value)):
        return cause("colon-in-text", colon.start(), quoted(value))
    return None


def _of_double(value: str, cause: Named) -> Cause | None:
    closed = _IN_DOUBLE.match(value)
    if closed is None:
        if value.count('"') == 1:
            return cause("open-quote", 0, value + '"' if "\\" not in value else quoted(value[1:]))
        return cause("quoted-start", 0, quoted(value))
    rest = value[closed.end() :]
    if not rest.strip():
        escape = _ESCAPE.search(closed[1])
        typed = re.sub(r'\\(["\\])', r"\1", closed[1])
        return cause("escape", escape.start() + 1, "'" + typed.replace("'", "''") + "'") if escape else None
    if rest.lstrip().startswith("#"):
        return None
    inner = value[1:-1]
    if value.endswith('"') and closed[1].endswith(" ") and inner.count('"') % 2 == 0:
        # « "Le "mot" juste" »: the quotes around are those of YAML, the others those of the text.
        return cause("quoted-start", closed.end() - 1, quoted(inner))
    return cause("quoted-start", closed.end() - 1, quoted(value))


def _of_single(value: str, cause: Named) -> Cause | None:
    closed = _IN_SINGLE.match(value)
    if closed is not None and (not value[closed.end() :].strip() or value[closed.end() :].lstrip().startswith("#")):
        return None
    inner = value[1:-1].replace("''", "_")
    if len(value) > 2 and value.endswith("'") and _APOSTROPHE.search(inner) and "'" not in _APOSTROPHE.sub("", inner):
        return cause("apostrophe", value.index("'", 1), quoted(value[1:-1].replace("''", "'")))
    if closed is None:
        return cause("open-quote", 0, value + "'" if value.count("'") == 1 else quoted(value[1:]))
    return cause("quoted-start", closed.end() - 1, quoted(value))


def _end_of_brackets(value: str) -> int | None:
    """Where the bracket or brace that a value begins with is closed; None where it is not."""
    open_: list[str] = []
    for n, sign in enumerate(value[:2_000]):
        if sign in _CLOSING:
            open_.append(_CLOSING[sign])
        elif open_ and sign == open_[-1]:
            open_.pop()
            if not open_:
                return n + 1
    return None


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def ends_with_its_bracket(value: str) -> bool:
    """Whether the bracket that a value begins with is closed by its last sign."""
    return _end_of_brackets(value) == len(value)
