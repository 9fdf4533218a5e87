"""Single-line damage to a checklist file, as fingers do it: what `check` then names, and how near it is.

    python -m bench.damage [--number 10000] [--seed 1] [--show]

A damage that leaves a sound file counts only as survived. One that makes it invalid is told well where a line that
is named stands within two lines of the damaged one.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from devtools.server import ROOT
from pensebete.checklist.loading import read

NEAR = 2
_SIGNS = ":-[]{}&*!|>'\"%@`#?,\\ \t.x9é«"
_WORDS = ("bonjour", "9", "yes", "soon", "-1", "", "2026-99-01", "[a, b]", "a: b", "à faire", "null", "1.5")
_FIELD = re.compile(r"( *(?:- )?)([A-Za-z0-9+_\"-]+):( ?)(.*)$")


@dataclass(frozen=True)
class Damaged:
    kind: str
    line: int  # counted from 1
    text: str
    was: str
    became: str


@dataclass(frozen=True)
class Told:
    """What became of one damage: how far the first line named is, and the nearest one."""

    damaged: Damaged
    first: int | None  # None where the file is still sound
    nearest: int | None
    seconds: float


def _at(line: str, chance: random.Random) -> int:
    return chance.randrange(len(line) + 1)


def _removed(line: str, chance: random.Random) -> str:
    at = _at(line, chance)
    return line[:at] + line[at + 1 :]


def _inserted(line: str, chance: random.Random) -> str:
    at = _at(line, chance)
    return line[:at] + chance.choice(_SIGNS) + line[at:]


def _replaced(line: str, chance: random.Random) -> str:
    at = _at(line, chance)
    return line[:at] + chance.choice(_SIGNS) + line[at + 1 :]


def _exchanged(line: str, chance: random.Random) -> str:
    at = _at(line, chance)
    return line[:at] + line[at : at + 2][::-1] + line[at + 2 :]


def _moved(line: str, chance: random.Random) -> str:
    by = chance.choice((-4, -3, -2, -1, 1, 2, 3, 4))
    return " " * by + line if by > 0 else line[min(-by, len(line) - len(line.lstrip(" "))) :]


def _tabbed(line: str, chance: random.Random) -> str:
    return "\t" + line[chance.choice((0, 1, 2)) :] if line.startswith("  ") else "\t" + line


def _cut(line: str, chance: random.Random) -> str:
    return line[: _at(line, chance)]


def _dashed(line: str, _chance: random.Random) -> str:
    return re.sub(r"^( *)", r"\1- ", line)


def _undashed(line: str, chance: random.Random) -> str:
    return re.sub(r"^( *)- ", chance.choice((r"\1", r"\1  ")), line)


def _field(change: Callable[[str, str, str, random.Random], str]) -> Callable[[str, random.Random], str]:
    def changed(line: str, chance: random.Random) -> str:
        found = _FIELD.match(line)
        return change(found[1], found[2], found[4], chance) if found else line

    return changed


def _misspelt(before: str, key: str, value: str, chance: random.Random) -> str:
    at = chance.randrange(len(key))
    return f"{before}{key[:at]}{chance.choice('aeions')}{key[at + chance.choice((0, 1)) :]}: {value}"


# A line -> the same line damaged; None stands for no line at all.
OF_ONE_LINE: dict[str, Callable[[str, random.Random], str]] = {
    "a character removed": _removed,
    "a character inserted": _inserted,
    "a character replaced": _replaced,
    "two characters exchanged": _exchanged,
    "moved to the side": _moved,
    "a tab": _tabbed,
    "cut short": _cut,
    "a dash added": _dashed,
    "a dash removed": _undashed,
    "no colon": _field(lambda before, key, value, _: f"{before}{key} {value}"),
    "no space after the colon": _field(lambda before, key, value, _: f"{before}{key}:{value}"),
    "a quote left open": _field(lambda before, key, value, chance: f"{before}{key}: {chance.choice(QUOTES)}{value}"),
    "a bracket left open": _field(lambda before, key, value, chance: f"{before}{key}: {chance.choice('[{')}{value}"),
    "a quote at the end": lambda line, chance: line + chance.choice(QUOTES),
    "a bracket at the end": lambda line, chance: line + chance.choice("]}"),
    "a colon in a sentence": _field(lambda before, key, value, _: f"{before}{key}: {value} so: this"),
    "a field misspelt": _field(_misspelt),
    "another value": _field(lambda before, key, _, chance: f"{before}{key}: {chance.choice(_WORDS)}"),
    "the value erased": _field(lambda before, key, _value, _chance: f"{before}{key}:"),
}
QUOTES = "'\""
OF_LINES: dict[str, Callable[[list[str], int], list[str]]] = {
    "the line removed": lambda lines, n: [*lines[:n], *lines[n + 1 :]],
    "the line twice": lambda lines, n: [*lines[: n + 1], *lines[n:]],
    "joined with the next": lambda lines, n: [*lines[:n], " ".join(lines[n : n + 2]), *lines[n + 2 :]],
    "exchanged with the next": lambda lines, n: [*lines[:n], *lines[n : n + 2][::-1], *lines[n + 2 :]],
    "a stray line before": lambda lines, n: [*lines[:n], "un mot de trop", *lines[n:]],
    "an empty field before": lambda lines, n: [*lines[:n], " " * (n % 7 * 2) + "note:", *lines[n:]],
}


def damages(text: str, number: int, seed: int) -> Iterator[Damaged]:
    """So many different damages, comments and empty lines left alone; the same ones for the same seed."""
    chance = random.Random(seed)
    lines = text.split("\n")
    written = [n for n, line in enumerate(lines) if line.strip() and not line.lstrip().startswith("#")]
    kinds = [*OF_ONE_LINE, *OF_LINES]
    seen = {text}
    while number:
        kind, n = chance.choice(kinds), chance.choice(written)
        if kind in OF_ONE_LINE:
            became = OF_ONE_LINE[kind](lines[n], chance)
            damaged = "\n".join([*lines[:n], became, *lines[n + 1 :]])
        else:
            became = ""
            damaged = "\n".join(OF_LINES[kind](lines, n))
        if damaged in seen:
            continue
        seen.add(damaged)
        number -= 1
        yield Damaged(kind, n + 1, damaged, lines[n], became)


def told(damaged: Damaged) -> Told:
    """What is said of a damaged file. Whatever is raised here is a fault of the program."""
    began = perf_counter()
    checklist, mistakes = read(damaged.text)
    seconds = perf_counter() - began
    if checklist is not None:
        return Told(damaged, None, None, seconds)
    away = [min(abs(line - damaged.line) for line in mistake.lines) for mistake in mistakes]
    return Told(damaged, away[0], min(away), seconds)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?", type=Path, default=ROOT / "checklist.yaml")
    parser.add_argument("--number", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", action="store_true", help="print each damage told too far away")
    asked = parser.parse_args()

    found = [told(damaged) for damaged in damages(asked.file.read_text("utf-8"), asked.number, asked.seed)]
    invalid = [one for one in found if one.nearest is not None]
    far = [one for one in invalid if (one.nearest or 0) > NEAR]
    late = [one for one in invalid if (one.first or 0) > NEAR]
    if asked.show:
        for one in far:
            damaged = one.damaged
            print(f"{damaged.kind}, line {damaged.line}: {damaged.was!r} -> {damaged.became!r}")
            for mistake in read(damaged.text)[1][:3]:
                print(f"    {mistake.place.line}: {mistake.code} {mistake.sentence('en')}")
    for kind, missed in Counter(one.damaged.kind for one in far).most_common():
        print(f"{missed:6} of {sum(one.damaged.kind == kind for one in invalid)} too far: {kind}")
    share, strict = (100 * (1 - len(some) / len(invalid)) for some in (far, late))
    print(f"{len(found)} damages, {len(invalid)} of them leave no sound file, none raised anything.")
    print(
        f"A line named is within {NEAR} lines of the damage in {share:.2f} %; the first one named, in {strict:.2f} %."
    )
    times = sorted(one.seconds for one in found)
    print(f"Each was read in {1000 * times[len(times) // 2]:.0f} ms (median), {1000 * times[-1]:.0f} ms at most.")
    return 0 if share >= 99 else 1


if __name__ == "__main__":
    sys.exit(main())
