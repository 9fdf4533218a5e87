"""Noto Sans, read once for all documents: widths, outlines, and what stands for the characters it lacks."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from struct import pack

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from fontTools.ttLib.sfnt import SFNTWriter  # type: ignore[import-untyped]

from pensebete.pdf.fonts.right_to_left import POINTS, is_written, joined

REPLACEMENT = "▯"
_FOLDER = Path(__file__).parent
_LONG_OFFSETS = 1  # head.indexToLocFormat


class _OrReplacement(dict[int, int]):
    """What the font knows of each of its characters; for any other, what it knows of ▯."""

    def __missing__(self, code: int) -> int:
        return self[ord(REPLACEMENT)]


@dataclass(frozen=True, eq=False)
class Typeface:
    """A weight of the font. Widths are in thousandths of the size."""

    name: str
    characters: frozenset[str]  # that it can draw, the newline, and the points that are left out
    glyphs: dict[int, int]  # character -> glyph; that of ▯ for one the font lacks
    widths: dict[int, int]  # character -> width
    advances: tuple[int, ...]  # glyph -> width
    bearings: tuple[int, ...]  # glyph -> left side bearing
    outlines: tuple[bytes, ...]
    parts: dict[int, tuple[int, ...]]  # a glyph made of others, é of e and ´ -> those
    head: bytes
    hhea: bytes
    maxp: bytes
    ascent: int
    descent: int
    cap_height: int
    box: tuple[int, int, int, int]
    weight: int

    def width(self, text: str, size: float) -> float:
        return sum(map(self.widths.__getitem__, map(ord, text))) * size / 1000

    def has(self, text: str) -> bool:
        return self.characters.issuperset(text)

    def cut(self, used: Iterable[int]) -> bytes:
        """A font file with the outlines of these glyphs only; each keeps its number."""
        kept: set[int] = set()
        waiting = [0, *used]
        while waiting:
            glyph = waiting.pop()
            if glyph not in kept:
                kept.add(glyph)
                waiting += self.parts.get(glyph, ())
        count = len(self.outlines)
        outlines, offsets, metrics = bytearray(), [0] * (count + 1), bytearray(4 * count)
        for glyph in range(count):
            if glyph in kept:
                outlines += self.outlines[glyph]
                metrics[4 * glyph : 4 * glyph + 4] = pack(">Hh", self.advances[glyph], self.bearings[glyph])
            offsets[glyph + 1] = len(outlines)
        tables = {
            "glyf": bytes(outlines),
            "head": self.head[:50] + pack(">h", _LONG_OFFSETS) + self.head[52:],
            "hhea": self.hhea[:34] + pack(">H", count),
            "hmtx": bytes(metrics),
            "loca": pack(f">{count + 1}L", *offsets),
            "maxp": self.maxp,
        }
        file = BytesIO()
        writer = SFNTWriter(file, len(tables))
        for tag, table in tables.items():
            writer[tag] = table
        writer.close()
        return file.getvalue()


@cache
def typeface(bold: bool = False) -> Typeface:
    name = "NotoSans-Bold" if bold else "NotoSans-Regular"
    with TTFont(_FOLDER / f"{name}.ttf", lazy=True) as font:
        order, numbers = font.getGlyphOrder(), font.getReverseGlyphMap()
        metrics = [font["hmtx"][glyph] for glyph in order]
        outlines, places, composed = font.reader["glyf"], font["loca"].locations, font["glyf"]
        glyphs = _OrReplacement({code: numbers[glyph] for code, glyph in font.getBestCmap().items()})
        head = font["head"]
        return Typeface(
            name=name,
            characters=POINTS.union("\n", map(chr, glyphs)),
            glyphs=glyphs,
            widths=_OrReplacement(
                {code: metrics[glyph][0] for code, glyph in glyphs.items()} | dict.fromkeys(map(ord, POINTS), 0)
            ),
            advances=tuple(advance for advance, _ in metrics),
            bearings=tuple(bearing for _, bearing in metrics),
            outlines=tuple(outlines[places[n] : places[n + 1]] for n in range(len(order))),
            parts={
                number: tuple(numbers[part] for part in composed[glyph].getComponentNames(composed))
                for number, glyph in enumerate(order)
                # The number of contours is negative where a glyph is made of others.
                if outlines[places[number] : places[number] + 1] == b"\xff"
            },
            head=font.reader["head"],
            hhea=font.reader["hhea"],
            maxp=font.reader["maxp"],
            ascent=font["hhea"].ascent,
            descent=font["hhea"].descent,
            cap_height=font["OS/2"].sCapHeight,
            box=(head.xMin, head.yMin, head.xMax, head.yMax),
            weight=font["OS/2"].usWeightClass,
        )


def readable(text: str) -> str:
    """The text as it is drawn, once ▯ stands for each character that the font lacks.

    Letters and their accents are joined first. Controls, directions, joiners and variation selectors are dropped,
    a tab is a space, every kind of line end is a newline; what is no character of Unicode is ▯ already.
    """
    if text.isascii() and text.isprintable():
        return text
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").translate(_SIGNS))


def drawn(text: str) -> str:
    """As `readable`, Arabic letters in the forms that joining gives them; still in the order it is read."""
    return readable(joined(unicodedata.normalize("NFC", text)) if is_written(text) else text)


def printable(text: str) -> str:
    """What is seen of a text, in the order it is read."""
    glyphs = typeface().glyphs
    return "".join(c if c == "\n" or ord(c) in glyphs else REPLACEMENT for c in drawn(text) if c not in POINTS)


class _Signs(dict[int, str | None]):
    """What is drawn for each character, worked out the first time it is met."""

    def __missing__(self, code: int) -> str | None:
        self[code] = sign = _sign(chr(code))
        return sign


def _sign(character: str) -> str | None:
    kind = unicodedata.category(character)
    if character in "\n\r\v\f\x85\u2028\u2029":
        return "\n"
    if character == "\t" or (kind == "Zs" and ord(character) not in typeface().glyphs):
        return " "
    if kind in ("Cc", "Cf", "Cs") or 0xFE00 <= ord(character) <= 0xFE0F:
        return None
    return REPLACEMENT if kind in ("Cn", "Co") else character


_SIGNS = _Signs()
