"""Where a text stopped being YAML, and why: a parser names the place where it gave up, people look for the mistake.

An open quote swallows lines until the next quotation mark, an open bracket until the next colon, a wrong indent is
noticed at the next line that has the right one. What is told here is the place above, where there is something to mend.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text of several lines, quoted or plain (style empty); lines and columns are counted from 0."""

    line: int
    column: int
    last_line: int
    style: str


@dataclass(frozen=True, slots=True)
class Stop:
    """What the parser says where it gives up; the context, where it has one, began above."""

    problem: str
    line: int
    column: int
    context: str = ""
    context_line: int = 0
    context_column: int = 0


@dataclass(frozen=True, slots=True)
class Fault:
    """One of SYNTAX_FAULTS, and the place of the mistake, counted from 0."""

    why: str
    line: int
    column: int
    ways: tuple[
        tuple[int, str], ...
    ] = ()  # to mend it: the number of a line, and what to read there; the likeliest first
    was: tuple[str, ...] = ()  # what stands on each of these lines
    known: bool = False  # whether a sign of the value explains it: the last way keeps all that was typed

    @property
    def opens(self) -> bool:
        """Whether something opened here swallows what follows: the line is known, whatever the parser met after it."""
        return self.why in ("open-quote", "bracket")

    @property
    def certain(self) -> bool:
        """Whether the mistake stands where the parser says; a wrong indent or dash may have begun above."""
        return self.opens or self.why not in ("indent", "no-dash", "missing-colon", "colon-in-text", "other")


def fault(stop: Stop, lines: Sequence[str], scalars: Sequence[Scalar]) -> Fault:
    """The mistake behind a stop; `scalars` are the texts of several lines read before it, in order."""
    began = (stop.context_line, stop.context_column)
    for n in (_written_above(lines, stop.line), _written_above(lines, stop.context_line), stop.context_line):
        if 0 <= n < len(lines) and lines[n].rstrip().endswith((": [", ": {")):  # the lines below belong to no bracket
            return Fault("bracket", n, len(lines[n].rstrip()) - 1)
    if "quoted scalar" in stop.context and "escape" not in stop.problem and "hexdecimal" not in stop.problem:
        return Fault("open-quote", *began)
    for last in reversed([scalar for scalar in scalars if 0 <= stop.line - scalar.last_line <= 1]):
        if last.style:  # one that closes where another was meant to open
            return Fault("open-quote", last.line, last.column)
        if "mapping values" in stop.problem:
            return Fault("missing-colon", last.line, last.column)
    if "tab character" in stop.problem or _at(lines, stop) == "\t":
        return Fault("tab", stop.line, stop.column)
    if "parsing a flow" in stop.context:
        return Fault("bracket", *began)
    if "simple key" in stop.context:
        return Fault("missing-colon", *began)
    said = f"{stop.context} {stop.problem}"
    if "block collection" in said and (stray := _stray_dash(lines, stop.context_line)):
        return Fault("dash", *stray)
    why = next((why for words, why in _WORDS.items() if words in said), "other")
    if why in ("indent", "no-dash") and (odd := _odd_indent(lines, stop)):
        return Fault("indent", *odd)
    return Fault(why, stop.line, stop.column)


# What libyaml says, the first that fits -> one of SYNTAX_FAULTS.
_WORDS = {
    "unknown escape": "escape",
    "hexdecimal": "escape",
    "character escape code": "escape",
    "mapping values": "colon-in-text",
    "expected key": "indent",
    "'-' indicator": "no-dash",
    "sequence entries": "dash",
    "mapping keys": "start",
    "cannot start any token": "start",
    "block scalar": "block-text",
    "tag": "start",
    "anchor": "start",
    "alias": "start",
    "directive": "start",
    "node content": "bracket-extra",
    "document start": "indent",
}


def _at(lines: Sequence[str], stop: Stop) -> str:
    return lines[stop.line][stop.column : stop.column + 1] if stop.line < len(lines) else ""


def _stray_dash(lines: Sequence[str], n: int) -> tuple[int, int] | None:
    """A list that begins with a dash before a field whose parts stand no deeper than the field: there is no list."""
    if n + 1 >= len(lines) or not (found := re.match(r" *(?=- (- |[^\s:]+:( [>|]-?)?$))", lines[n])):
        return None
    indent = found.end()
    doubled = lines[n][indent:].startswith("- - ")
    return (n, indent) if doubled or _indent(lines[n + 1]) == indent + 2 else None


def _odd_indent(lines: Sequence[str], stop: Stop) -> tuple[int, int] | None:
    """The nearest line above whose indent is not two more than that of the line before, or is not even.

    That is how a checklist is written; YAML itself asks for less, so this is looked at only where it gave up.
    """
    written = [
        (n, _indent(lines[n]))
        for n in range(stop.context_line, min(stop.line + 1, len(lines)))
        if lines[n].strip() and not lines[n].lstrip().startswith("#")
    ]
    for (before, around), (n, indent) in reversed(list(pairwise(written))):
        dashes = 2 if lines[before].lstrip().startswith("- ") else 0
        if indent % 2 or indent > around + dashes + 2:
            return n, indent
    return None


def _written_above(lines: Sequence[str], n: int) -> int:
    """The nearest line above that is neither empty nor a comment."""
    at = n - 1
    while at > max(n - 10, 0) and at < len(lines) and (not lines[at].strip() or lines[at].lstrip().startswith("#")):
        at -= 1
    return at


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
