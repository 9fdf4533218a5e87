"""Text cut into lines that fit a width."""

from __future__ import annotations

from pensebete.pdf.fonts.typeface import Typeface
from pensebete.text.typography import kept_together

_CUT_AFTER = "/-_.?&=,;+@"  # where an address is best cut


def wrapped(text: str, font: Typeface, size: float, width: float) -> list[str]:
    """The lines of a text the font can draw; newlines are kept, and a word too long for a line is cut.

    Each line but the last ends with a space, unless a word was cut there: a reader that follows the tags joins the
    lines as they stand.
    """
    room = width * 1000 / size  # in the font's own units, so that a word is measured by adding whole numbers
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines += _paragraph(paragraph.rstrip(" "), font.widths, room)
        lines[-1] += " "
    lines[-1] = lines[-1][:-1]
    return lines


def _paragraph(text: str, widths: dict[int, int], room: float) -> list[str]:
    space = widths[32]
    lines: list[str] = []
    line: list[str] = []
    taken = 0
    for word in kept_together(text.split(" ")):
        long = sum(map(widths.__getitem__, map(ord, word)))
        if line and taken + space + long > room:
            lines.append(" ".join(line) + " ")
            line, taken = [], 0
        elif line:
            taken += space
        if long > room:
            *full, word = _cut(word, widths, room)
            lines += full
            long = sum(map(widths.__getitem__, map(ord, word)))
        line.append(word)
        taken += long
    lines.append(" ".join(line))
    return lines


def _cut(word: str, widths: dict[int, int], room: float) -> list[str]:
    """An unbreakable word in pieces as long as a line, or a bit less where it can be cut after a sign."""
    pieces, start, taken = [], 0, 0
    for n, character in enumerate(word):
        taken += widths[ord(character)]
        if taken > room and n > start:
            after = next((at for at in range(n, max(start + 1, n - 25), -1) if word[at - 1] in _CUT_AFTER), n)
            pieces.append(word[start:after])
            start = after
            taken = sum(widths[ord(c)] for c in word[start : n + 1])
    return [*pieces, word[start:]]
