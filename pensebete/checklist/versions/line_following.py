"""Where a line of a text is once the text was changed: what was remarked about it goes along."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher

from pensebete.checklist.line_ends import LINE_ENDS
from pensebete.checklist.versions.line_merge import matching_lines

_ALIKE = 0.6  # from 0 to 1; a sentence of which a few words were changed is more
_NEAR = 10  # lines before and after where it would be
_COMPARED = 300  # characters of a line


def lines_followed(old: str, new: str, wanted: Iterable[int]) -> dict[int, int | None]:
    """Each wanted line, counted from 1 -> its place in the new text; None where it is no more.

    A line that was changed a little is the one that looks like it between the same neighbours; one that was moved is
    found by its words, where they stand once.
    """
    was, now = LINE_ENDS.split(old), LINE_ENDS.split(new)
    same = dict(matching_lines(was, now))
    return {line: _place(line - 1, was, now, same) for line in wanted}


def line_of_text(text: str, words: str, near: int) -> int | None:
    """The line that begins as it was told, the nearest to a place; None where there is none."""
    found = [n for n, line in enumerate(LINE_ENDS.split(text), 1) if line[: len(words) or None] == words]
    return min(found, key=lambda n: abs(n - near), default=None) if words.strip() else None


def _place(at: int, was: list[str], now: list[str], same: dict[int, int]) -> int | None:
    if at in same:
        return same[at] + 1
    if not 0 <= at < len(was) or not (words := was[at].strip()[:_COMPARED]):
        return None
    before = next((n for n in range(at - 1, -1, -1) if n in same), None)
    after = next((n for n in range(at + 1, len(was)) if n in same), None)
    begin = same[before] + 1 if before is not None else 0
    end = same[after] if after is not None else len(now)
    expected = begin + at - (before + 1 if before is not None else 0)
    between = range(max(begin, expected - _NEAR), min(end, expected + _NEAR + 1))
    alike = {n: _likeness(words, now[n].strip()[:_COMPARED]) for n in between}
    best = max(alike, key=lambda n: (alike[n], -abs(n - expected)), default=None)
    if best is not None and alike[best] >= _ALIKE:
        return best + 1
    elsewhere = [n for n, line in enumerate(now) if line.strip()[:_COMPARED] == words]
    return elsewhere[0] + 1 if len(elsewhere) == 1 else None


def _likeness(one: str, other: str) -> float:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= _ALIKE and matcher.quick_ratio() >= _ALIKE else 0.0
