"""Fonts: inside, complete for what is shown, of the widths that are said, and readable back as text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from io import BytesIO

import pikepdf
from fontTools.ttLib import TTFont

from tests.unit.pdf.conformance.content import Content


def font_faults(contents: list[Content]) -> list[str]:
    shown: dict[tuple[int, int], set[int]] = {}
    fonts: dict[tuple[int, int], pikepdf.Object] = {}
    for content in contents:
        there = content.page.Resources.get("/Font", pikepdf.Dictionary())
        for name, codes in content.codes.items():
            if name not in there:
                return [f"A 6.2.2-2: font {name} is not in the resources of page {content.number}"]
            fonts[there[name].objgen] = there[name]
            shown.setdefault(there[name].objgen, set()).update(codes)
    return [fault for key, font in fonts.items() for fault in _font(font, shown[key])]


def _font(font: pikepdf.Object, codes: set[int]) -> Iterator[str]:
    name = str(font.get("/BaseFont", "?"))
    if font.get("/Subtype") != "/Type0" or font.get("/Encoding") != "/Identity-H":
        yield f"UA 7.21.3.3-1: {name} is not composite with Identity-H"
        return
    inner = font.DescendantFonts[0]
    if inner.get("/CIDToGIDMap") != "/Identity":
        yield f"UA 7.21.3.2-1: {name} has no CIDToGIDMap"
    if not re.match(r"/[A-Z]{6}\+", name):
        yield f"A 6.2.11.4.2: {name} is a part of a font and not named as one"
    file = inner.FontDescriptor.get("/FontFile2")
    if file is None:
        yield f"UA 7.21.4.1-1: {name} is not inside"
        return
    if 0 in codes:
        yield f"UA 7.21.8-1: {name} shows .notdef"
    yield from _readable(name, font.get("/ToUnicode"), codes)
    with TTFont(BytesIO(file.read_bytes())) as program:
        yield from _glyphs(name, program, inner, codes)


def _readable(name: str, table: pikepdf.Object | None, codes: set[int]) -> Iterator[str]:
    if table is None:
        yield f"UA 7.21.7-1: {name} has no ToUnicode"
        return
    pairs = re.findall(rb"<([0-9A-F]{4})> <([0-9A-F]+)>\n", table.read_bytes().split(b"endcodespacerange")[1])
    said = {int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for code, text in pairs}
    if missing := sorted(codes - said.keys()):
        yield f"UA 7.21.7-1: {name} does not say what codes {missing} are"
    if any(character in text for text in said.values() for character in "\0\ufeff\ufffe"):
        yield f"UA 7.21.7-2: {name} says that a code is no character"
    if any(unicodedata.category(character) == "Co" for text in said.values() for character in text):
        yield f"A 6.2.11.7.3-1: {name} reads back as a private character"


def _glyphs(name: str, program: TTFont, inner: pikepdf.Object, codes: set[int]) -> Iterator[str]:
    order, scale = program.getGlyphOrder(), 1000 / program["head"].unitsPerEm
    if missing := sorted(code for code in codes if code >= len(order)):
        yield f"UA 7.21.4.1-2: {name} lacks glyphs {missing}"
    widths = _widths(inner)
    for code in sorted(code for code in codes if code < len(order)):
        advance = program["hmtx"][order[code]][0] * scale
        if abs(advance - widths.get(code, float(inner.get("/DW", 1000)))) > 1:
            yield f"UA 7.21.5-1: {name} says another width of glyph {code} than the font"
        for part in _parts(program, order[code]):
            if advance and not program["glyf"][part].numberOfContours and part != order[code]:
                yield f"UA 7.21.4.1-2: {name} lacks a part of glyph {code}"
    listed = inner.FontDescriptor.get("/CIDSet")
    if listed is not None:
        bits = listed.read_bytes()
        if any(not bits[code // 8] & 0x80 >> code % 8 for code in codes if code // 8 < len(bits)):
            yield f"UA 7.21.4.2-2: the CIDSet of {name} is not complete"


def _parts(program: TTFont, glyph: str) -> list[str]:
    outline = program["glyf"][glyph]
    return outline.getComponentNames(program["glyf"]) if outline.isComposite() else []


def _widths(inner: pikepdf.Object) -> dict[int, float]:
    """The widths of /W, in its two forms: `first [width …]` and `first last width`."""
    entries, found = list(inner.get("/W", [])), {}
    while entries:
        first, second = int(entries.pop(0)), entries.pop(0)
        if isinstance(second, pikepdf.Array):
            found |= {first + n: float(width) for n, width in enumerate(second)}
        else:
            found |= dict.fromkeys(range(first, int(second) + 1), float(entries.pop(0)))
    return found
