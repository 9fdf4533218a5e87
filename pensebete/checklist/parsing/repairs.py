"""Ways to mend a fault of YAML for oneself, so that what stands after it can be read and checked too.

Nothing of this is shown or written: a mend that lets the parser go on says where the fault is, and lets every other
mistake of the file be told at once. Lines are never added nor taken away, so every place keeps its number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pensebete.checklist.parsing.quoting import quoted
from pensebete.checklist.parsing.syntax_faults import Fault, Stop

Mend = tuple[int, str]  # the number of a line, from 0, and what to read in its place

_ABOVE = 10  # lines above the place where the parser gave up that are tried
_FIELD = re.compile(r"( *(?:- )*)([\w+-]+|\"[^\"]*\")( *:? ?)(.*)$")
_OPENER = re.compile(r" {0,6}- [\w\"]|[\w\"]")
_CLOSING = {"[": "]", "{": "}"}


def mends(fault: Fault, stop: Stop, lines: Sequence[str]) -> Iterator[Mend]:
    """What could be meant: the line of the fault first, as the fault asks for, then those around the stop."""
    places = dict.fromkeys(
        n
        for n in (
            fault.line,
            stop.line,
            stop.line - 1,
            stop.context_line,
            *range(stop.line - 2, stop.line - _ABOVE, -1),
        )
        if 0 <= n < len(lines) and (n == fault.line if fault.certain else n <= stop.line)
    )
    seen: set[Mend] = set()
    for nth, n in enumerate(places):
        for line in _readings(lines, n, fault.why if nth == 0 else "", nth < 4):
            if line != lines[n] and (n, line) not in seen:
                seen.add((n, line))
                yield n, line


def _readings(lines: Sequence[str], n: int, why: str, thorough: bool) -> Iterator[str]:
    line = lines[n]
    if not line.strip():
        return
    text = line.replace("\t", "  ").lstrip(" ")
    indents = dict.fromkeys(_indents_around(lines, n))
    found = _FIELD.match(line.replace("\t", "  "))
    aligned = [" " * indent + text for indent in indents]
    if stray := re.match(r"( *)\S( +)(?=\S)", line):  # a sign typed in the indent
        rest = line[stray.end() :]
        around = {indent_of(lines[at]) for at in (n - 1, n + 1) if 0 <= at < len(lines) and lines[at].strip()}
        without = (stray[1] + stray[2] + rest, f"{stray[1]} {stray[2]}{rest}")
        yield from sorted(without, key=lambda line: indent_of(line) not in around)
    if entry := re.match(r"( *- )([^\w\s\"'-].*)$", line):
        yield entry[1] + quoted(entry[2])
    if why in ("indent", "tab", "no-dash", "dash", "missing-colon", "other") or not why:
        yield from aligned
    if found:
        before, key, _, value = found.groups()
        yield f"{before}{key}: {value}"
        if value.startswith((">", "|")):
            yield f"{before}{key}: >-"
        elif value:
            between = "'" + value.strip("'\"").replace("'", "''") + "'"
            yield f"{before}{key}: {between}"
    if thorough:
        if line[:1] == " " and not text.startswith("- "):
            yield from (" " * max(indent - 2, 0) + "- " + text for indent in indents)
        if text.startswith("- "):
            yield from (" " * indent + text.removeprefix("- ") for indent in indents)
        for signs in ("\"'", "[]{}"):
            yield re.sub(f"[{re.escape(signs)}]", "", line)
        yield line + '"'
        yield line + "'"
        if opened := [sign for sign in line if sign in _CLOSING]:
            yield line + _CLOSING[opened[-1]]
        if why not in ("indent", "tab", "no-dash", "dash", "missing-colon", "other") and why:
            yield from aligned
        yield ""


def _indents_around(lines: Sequence[str], n: int) -> Iterator[int]:
    """The indents that the line could have had: of its neighbours, and a level more or less."""
    own = indent_of(lines[n])
    if own % 2:
        yield from (own - 1, own + 1)
    for at in (n - 1, n + 1):
        if 0 <= at < len(lines) and lines[at].strip():
            indent = indent_of(lines[at])
            dash = 2 if lines[at].lstrip(" ").startswith("- ") else 0
            yield from (indent + dash, indent)
            if indent >= 2:
                yield indent - 2
            yield indent + 2
    yield from (indent for indent in (own - 1, own + 1, own - 2, own + 2) if indent >= 0)


def indent_of(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def skeleton(lines: Sequence[str], n: int) -> tuple[list[str], int]:
    """The lines from the thing around line n on, under those that it hangs on, the others emptied; and where it starts.

    Read in the place of the whole, it mostly stops where the whole stops, after a hundredth of the work.
    """
    start = next((at for at in range(min(n, len(lines) - 1), -1, -1) if _OPENER.match(lines[at])), 0)
    kept, indent = [""] * start, indent_of(lines[start]) if lines else 0
    for at in range(start - 1, -1, -1):
        line = lines[at]
        if indent and line.strip() and not line.lstrip().startswith("#") and indent_of(line) < indent:
            kept[at], indent = line, indent_of(line)
    return [*kept, *lines[start:]], start
