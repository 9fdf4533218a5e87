"""Single-line damage to a checklist file, as fingers do it: what `check` then names, and how near it is.

    python -m bench.damage [--number 10000] [--seed 1] [--show]

A damage that leaves a sound file counts only as survived. One that makes it invalid is told well where a line that
is named stands within two lines of the damaged one, and mended well where making the edits that its mistakes carry
restores text and meaning (`restored` says what that is). Then damage of another sort: what leaves a sound file that
says something else, and whether anything is said on its line.
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
from typing import Any

from devtools.server import ROOT
from pensebete.checklist.diagnostics import Diagnostic
from pensebete.checklist.diagnostics.place import Path as At
from pensebete.checklist.diagnostics.place import value_at
from pensebete.checklist.diagnostics.text_edit import applied
from pensebete.checklist.loading import read
from pensebete.checklist.parsing.document import read_tree
from pensebete.checklist.parsing.tree import Tree

NEAR = 2
ROUNDS = 5  # of reading and making the edits: one mistake may hide the next
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
    has_edit: bool = False


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
    has_edit = any(mistake.edit for mistake in mistakes if mistake.severity == "mistake")
    away = [min(abs(line - damaged.line) for line in mistake.lines) for mistake in mistakes]
    return Told(damaged, away[0], min(away), seconds, has_edit)


# Whether the edits mend it


def mended(text: str) -> str:
    """The text after every edit that its mistakes carry, read anew each round."""
    for _ in range(ROUNDS):
        edits = [mistake.edit for mistake in read(text)[1] if mistake.edit and mistake.severity == "mistake"]
        if not edits:
            break
        text = applied(text, edits)
    return text


@dataclass(frozen=True)
class Original:
    """The file before its damage."""

    tree: Tree
    leaves: dict[int, list[At]]  # line -> the values written there

    def restored(self, damaged: Damaged, text: str) -> bool:
        """Whether the text is that of a sound checklist, the same as before the damage.

        Where the damage stands inside one value, what the person typed there is as good: the checklist is the same but
        for that value, which holds every sign of the damaged line, spaces, quotation marks and backslashes aside.
        """
        if read(text)[0] is None:
            return False
        data = read_tree(text).data
        if data == self.tree.data:
            return True
        return any(self._typed(path, damaged, data) for path in self.leaves.get(damaged.line, ()))

    def _typed(self, path: At, damaged: Damaged, data: Any) -> bool:
        now = value_at(data, path)
        if not isinstance(now, str) or _but(self.tree.data, path) != _but(data, path):
            return False
        lines = self.tree.lines_of(path)
        written = [damaged.became if n == damaged.line else self.tree.split[n - 1] for n in lines]
        written = [line for line in written if not line.lstrip().startswith("#")]
        if found := _FIELD.match(written[0]):
            written[0] = found[4]
        elif len(path) and isinstance(path[-1], int):
            written[0] = re.sub(r"^ *- ?", "", written[0])
        return _signs(now) in (_signs("".join(written)), _signs(re.sub(r"^[>|][-+]?", "", "".join(written))))


def _signs(text: str) -> str:
    return re.sub(r"[\s'\"\\\\]", "", text)


def _but(data: Any, path: At) -> Any:
    """The data with nothing at that path."""
    if not path:
        return None
    if isinstance(data, dict):
        return {key: _but(value, path[1:]) if key == path[0] else value for key, value in data.items()}
    if isinstance(data, list):
        return [_but(value, path[1:]) if n == path[0] else value for n, value in enumerate(data)]
    return data


def original(text: str) -> Original:
    tree = read_tree(text)
    leaves: dict[int, list[At]] = {}
    for path in tree.values:
        if isinstance(value_at(tree.data, path), str):
            for line in tree.lines_of(path):
                leaves.setdefault(line, []).append(path)
    return Original(tree, leaves)


# Damage that leaves a sound file


def _in_a_text(change: Callable[[str, random.Random], str]) -> Callable[[str, random.Random], str]:
    """Only where people read the value."""

    def changed(line: str, chance: random.Random) -> str:
        found = re.match(r"( *(?:- )?(?:fr|en|phone): )(\w.*\w.*)$", line)
        return found[1] + change(found[2], chance) if found else line

    return changed


def _in_a_value(change: Callable[[str, random.Random], str]) -> Callable[[str, random.Random], str]:
    """Only where programs read it."""

    def changed(line: str, chance: random.Random) -> str:
        found = re.match(
            r"( *(?:- )?(?:id|version|ref|within|owner|urgency|impact|effort|weight|valid_days): )(\S+)$", line
        )
        return found[1] + change(found[2], chance) if found else line

    return changed


def _between_words(sign: str) -> Callable[[str, random.Random], str]:
    def changed(text: str, chance: random.Random) -> str:
        words = text.split(" ")
        n = chance.randrange(len(words))
        return " ".join([*words[:n], sign + words[n], *words[n + 1 :]])

    return changed


QUIET: dict[str, Callable[[str, random.Random], str]] = {
    "a number sign before a word": _in_a_text(_between_words("#")),
    "an anchor": _in_a_text(lambda text, _: f"&Co {text}"),
    "a tag": _in_a_text(lambda text, _: f"!Attention {text}"),
    "an exclamation mark": _in_a_text(lambda text, _: f"! {text}"),
    "a backslash between double quotes": _in_a_text(
        lambda text, chance: f'"{text.replace(chr(34), "")} C:\\{chance.choice("abentv")}udget"'
    ),
    "brackets around it": _in_a_text(lambda text, _: f"[{text}]"),
    "curly quotes around a value": _in_a_value(
        lambda text, chance: chance.choice(("“{}”", "«{}»", "‘{}’")).format(text.strip("'\""))
    ),
    "badly converted": _in_a_text(lambda text, _: text.encode().decode("cp1252", "replace")),
    "an invisible character": _in_a_text(_between_words("\u200b")),
    "a figure more": lambda line, chance: re.sub(r"((?:weight|valid_days): \d)", rf"\g<1>{chance.randrange(10)}", line),
}


def quiet_damages(text: str, number: int, seed: int) -> Iterator[Damaged]:
    """So many damages, most of which a parser takes for what somebody meant."""
    chance = random.Random(seed)
    lines = text.split("\n")
    could = {
        kind: [n for n, line in enumerate(lines) if change(line, chance) != line] for kind, change in QUIET.items()
    }
    for _ in range(number):
        kind = chance.choice([kind for kind in QUIET if could[kind]])
        n = chance.choice(could[kind])
        became = QUIET[kind](lines[n], chance)
        yield Damaged(kind, n + 1, "\n".join([*lines[:n], became, *lines[n + 1 :]]), lines[n], became)


def _of_the_line(damaged: Damaged) -> list[Diagnostic]:
    return [one for one in read(damaged.text)[1] if damaged.line in one.lines]


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
    with_edit = [one for one in invalid if one.has_edit]
    before = original(asked.file.read_text("utf-8"))
    ends = {id(one): mended(one.damaged.text) for one in with_edit}
    restored = [one for one in with_edit if before.restored(one.damaged, ends[id(one)])]
    wrong = [one for one in with_edit if one not in restored]
    if asked.show:
        for one in invalid:
            if not one.has_edit:
                damaged = one.damaged
                print(f"no edit: {damaged.kind}, line {damaged.line}: {damaged.was!r} -> {damaged.became!r}")
                for mistake in read(damaged.text)[1][:3]:
                    print(f"    {mistake.place.line}: {mistake.code} {mistake.values.get('why', '')}")
        for one in wrong:
            damaged = one.damaged
            print(f"not restored: {damaged.kind}, line {damaged.line}: {damaged.was!r} -> {damaged.became!r}")
            for mistake in [m for m in read(damaged.text)[1] if m.edit][:3]:
                why = mistake.values.get("why", "")
                print(f"    {mistake.place.line}: {mistake.code} {why} {mistake.edit}")
    for kind, some in Counter(one.damaged.kind for one in invalid).most_common():
        edits = sum(one.damaged.kind == kind for one in with_edit)
        back = sum(one.damaged.kind == kind for one in restored)
        print(f"{some:6} {kind}: {edits} with an edit, {back} restored by it")
    print(
        f"{100 * len(with_edit) / len(invalid):.1f} % of those carry an edit, and of these "
        f"{100 * len(restored) / max(len(with_edit), 1):.1f} % are restored by it, text and meaning."
    )
    quiet = list(quiet_damages(asked.file.read_text("utf-8"), asked.number // 4, asked.seed))
    said = [one for one in quiet if _of_the_line(one)]
    for kind, some in Counter(one.kind for one in quiet if one not in said).most_common():
        print(f"{some:6} of {sum(one.kind == kind for one in quiet)} said nothing of: {kind}")
    print(
        f"Of {len(quiet)} that a parser takes for sound, {100 * len(said) / len(quiet):.1f} % are told on their line."
    )
    times = sorted(one.seconds for one in found)
    print(f"Each was read in {1000 * times[len(times) // 2]:.0f} ms (median), {1000 * times[-1]:.0f} ms at most.")
    return 0 if share >= 99 else 1


if __name__ == "__main__":
    sys.exit(main())
