"""Two texts that began as one, put together line by line.

As `diff3` does it. Lines are matched from both ends and by those that are there once before anything else, which keeps
items whole where blank lines and closing fields are all alike; it takes no long time, whatever the texts are.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from pensebete.checklist.line_ends import LINE_ENDS

_LINE = re.compile(f"(?s:(.*?))({LINE_ENDS.pattern}|$)")
_MOST_COMPARED = 250_000  # pairs of lines, each with each; a longer stretch without a line of its own is all new


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some lines of a text, the first of them counted from 1; none stand before line `first`."""

    first: int
    lines: tuple[str, ...]

    @property
    def last(self) -> int:
        return self.first + len(self.lines) - 1


@dataclass(frozen=True, slots=True)
class Clash:
    """Where the two texts say different things in the place of the same lines."""

    base: Stretch
    theirs: Stretch
    mine: Stretch


@dataclass(frozen=True, slots=True)
class _Line:
    words: str
    end: str


def merged_lines(base: str, theirs: str, mine: str, own: re.Pattern[str]) -> tuple[str | None, tuple[Clash, ...]]:
    """The text of both, or None and where they clash.

    A single line of each that is `own` in all three is never a clash: mine stands.
    """
    was, their_lines, my_lines = _lines(base), _lines(theirs), _lines(mine)
    there, here = dict(_matches(was, their_lines)), dict(_matches(was, my_lines))
    made: list[_Line] = []
    clashes: list[Clash] = []
    at = their_at = my_at = 0
    for n in [*sorted(there.keys() & here.keys()), len(was)]:
        last = n == len(was)
        their_n, my_n = (len(their_lines), len(my_lines)) if last else (there[n], here[n])
        old, new, own_lines = was[at:n], their_lines[their_at:their_n], my_lines[my_at:my_n]
        if _same(new, old) or _same(new, own_lines) or _one_of(own, old, new, own_lines):
            made += own_lines
        elif _same(own_lines, old):
            made += new
        else:
            clashes.append(Clash(_stretch(old, at), _stretch(new, their_at), _stretch(own_lines, my_at)))
        if not last:
            made.append(their_lines[their_n] if my_lines[my_n] == was[n] else my_lines[my_n])
        at, their_at, my_at = n + 1, their_n + 1, my_n + 1
    return (None if clashes else _text(made)), tuple(clashes)


def _lines(text: str) -> list[_Line]:
    """What stands on each line, and how it ends: an editor may have changed all the ends, and nothing else."""
    found = [_Line(one[1], one[2]) for one in _LINE.finditer(text)]
    return found[:-1] if found and not found[-1].words and not found[-1].end else found


def _text(lines: Sequence[_Line]) -> str:
    """A line that was the last of its text, and no more is, ends as others do."""
    end = next((line.end for line in lines if line.end), "\n")
    ended = [line.words + (line.end or end) for line in lines[:-1]]
    return "".join([*ended, *(line.words + line.end for line in lines[-1:])])


def _same(some: Sequence[_Line], others: Sequence[_Line]) -> bool:
    return [line.words for line in some] == [line.words for line in others]


def _one_of(own: re.Pattern[str], *sides: Sequence[_Line]) -> bool:
    return all(len(side) == 1 and own.match(side[0].words) for side in sides)


def _stretch(lines: Sequence[_Line], at: int) -> Stretch:
    return Stretch(at + 1, tuple(line.words for line in lines))


def _matches(was: Sequence[_Line], now: Sequence[_Line]) -> Iterator[tuple[int, int]]:
    """Pairs of lines that are the same one, both orders kept."""
    old, new = [line.words for line in was], [line.words for line in now]
    left = [(0, len(old), 0, len(new))]
    while left:
        begin, end, new_begin, new_end = left.pop()
        while begin < end and new_begin < new_end and old[begin] == new[new_begin]:
            yield begin, new_begin
            begin, new_begin = begin + 1, new_begin + 1
        while begin < end and new_begin < new_end and old[end - 1] == new[new_end - 1]:
            end, new_end = end - 1, new_end - 1
            yield end, new_end
        if begin == end or new_begin == new_end:
            continue
        if anchors := _anchors(old[begin:end], new[new_begin:new_end]):
            ends = [*((begin + a, new_begin + b) for a, b in anchors), (end, new_end)]
            starts = [(begin, new_begin), *((a + 1, b + 1) for a, b in ends[:-1])]
            yield from ends[:-1]
            left += [(a, c, b, d) for (a, b), (c, d) in zip(starts, ends, strict=True)]
        elif (end - begin) * (new_end - new_begin) <= _MOST_COMPARED:
            matcher = SequenceMatcher(None, old[begin:end], new[new_begin:new_end], autojunk=False)
            for block in matcher.get_matching_blocks():
                yield from ((begin + block.a + n, new_begin + block.b + n) for n in range(block.size))


def _anchors(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """The longest run of lines that stand once in each, in the same order."""
    count, new_count = Counter(old), Counter(new)
    place = {line: n for n, line in enumerate(new) if new_count[line] == 1}
    tails: list[int] = []  # for each length, where the run of that length ends earliest
    runs: list[tuple[int, int, int]] = []  # a pair, and which one went before it
    at_tail: list[int] = []
    for n, line in enumerate(old):
        if count[line] != 1 or (there := place.get(line)) is None:
            continue
        length = bisect_left(tails, there)
        runs.append((n, there, at_tail[length - 1] if length else -1))
        tails[length : length + 1], at_tail[length : length + 1] = [there], [len(runs) - 1]
    found: list[tuple[int, int]] = []
    last = at_tail[-1] if at_tail else -1
    while last >= 0:
        n, there, last = runs[last]
        found.append((n, there))
    return found[::-1]
