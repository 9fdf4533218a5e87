"""Where this room leans on fpdf2's private parts, and the only place: its fonts. fpdf2 is pinned for it.

`FPDF.add_font` reads and cuts the font anew for each document, which takes longer than all the rest. Here
a font is read once (typeface.py); a document notes which characters it draws (Face), and the font is cut to
those by copying their outlines (CutFonts). What fpdf2 asks for, all read in version 2.8.9: a font in
`pdf.fonts` has `i`, `type`, `fontkey`, `color_font`; `_resource_catalog` knows the fonts of each page;
`OutputProducer._add_fonts` returns the PDF objects of the fonts by `i`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any, cast

from fpdf import FPDF
from fpdf.enums import FontDescriptorFlags, PDFResourceType
from fpdf.fonts import PDFFontDescriptor
from fpdf.output import CIDSystemInfo, OutputProducer, PDFFont, PDFFontStream
from fpdf.syntax import Name, PDFArray, PDFContentStream, PDFString
from fpdf.util import escape_parens

from pensebete.pdf.fonts.right_to_left import POINTS, Seen, as_seen, is_written, letters
from pensebete.pdf.fonts.typeface import REPLACEMENT, Typeface, typeface
from pensebete.pdf.tagging import Tags

_CMAP = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
{}endcmap
CMapName currentdict /CMap defineresource pop
end
end"""


_CLOSE = 0.001  # points between two signs that touch


class Face:
    """A typeface in one document, with the characters drawn so far."""

    type = "TTF"
    color_font = None

    def __init__(self, pdf: FPDF, tags: Tags, bold: bool) -> None:
        self.typeface: Typeface = typeface(bold)
        self.used: set[str] = set()
        self.i = len(pdf.fonts) + 1
        self.fontkey = self.typeface.name
        self._pdf = pdf
        self._tags = tags
        cast(dict[str, Any], pdf.fonts)[self.fontkey] = self

    def draw(self, x: float, baseline: float, text: str, size: float, colour: str) -> None:
        """Writes one line; points from the top left corner. All operators are inside: no state leaks out."""
        pdf = self._pdf
        self._tags.mark()
        pdf._resource_catalog.add(PDFResourceType.FONT, self.i, pdf.page)
        if is_written(text):
            shown = self._from_right_to_left(text, x, pdf.h - baseline, size)
        else:
            shown = self._shown(text) if self.typeface.has(text) else self._with_lacking(text)
        start = f"q BT /F{self.i} {size:g} Tf {colour} rg {x:.2f} {pdf.h - baseline:.2f} Td "
        pdf._out(start.encode() + shown + b" ET Q")

    def _shown(self, text: str) -> bytes:
        self.used.update(text)
        return b"(" + escape_parens(text.translate(self.typeface.glyphs).encode("utf-16-be")) + b") Tj"

    def _from_right_to_left(self, text: str, x: float, y: float, size: float) -> bytes:
        """Draws each sign where it is seen, in the order they are read: so do those who listen to it or search it."""
        signs, lefts = as_seen(text), {}
        for one in sorted(signs, key=lambda seen: seen.place):
            lefts[one.place] = x
            x += self.typeface.width(one.sign, size)
        pieces = []
        for drawn, said, left in self._runs([(one, lefts[one.place]) for one in signs], size):
            shown = self._shown(drawn)
            where = f"1 0 0 1 {left:.2f} {y:.2f} Tm ".encode()
            pieces.append(where + (shown if said == letters(drawn) else _instead_of(said, shown)))
        return b" ".join(pieces)

    def _runs(self, signs: Iterable[tuple[Seen, float]], size: float) -> Iterator[tuple[str, str, float]]:
        """What is drawn in one go, what is said of it, and where it begins: signs that follow one another rightwards.

        A vowel point is said with its letter, and one without a letter stands on a space.
        """
        run, said, begin, end = "", "", 0.0, 0.0
        for (sign, is_, _), left in signs:
            if sign in POINTS:
                run, said, begin = run or " ", said + is_, begin if run else left
                continue
            shown = sign if self.typeface.has(sign) else REPLACEMENT
            as_drawn = is_ == letters(shown)
            if run and not (as_drawn and said == letters(run) and abs(left - end) < _CLOSE):
                yield run, said, begin
                run = said = ""
            begin = begin if run else left
            run, said, end = run + shown, said + is_, left + self.typeface.width(sign, size)
        if run:
            yield run, said, begin

    def _with_lacking(self, text: str) -> bytes:
        """Draws ▯ for each character the font lacks, and says which it is to whatever reads the file."""
        pieces = []
        for has, run in groupby(text, key=self.typeface.has):
            if has:
                pieces.append(self._shown("".join(run)))
                continue
            lacking = "".join(run)
            pieces.append(_instead_of(lacking, self._shown(REPLACEMENT * len(lacking))))
        return b" ".join(pieces)


def _instead_of(said: str, shown: bytes) -> bytes:
    """What is drawn, and the text that whatever reads the file is told in its place."""
    told = said.encode("utf-16-be").hex().upper().encode()
    return b"/Span <</ActualText <FEFF" + told + b">>> BDC " + shown + b" EMC"


class CutFonts(OutputProducer):
    """Writes each face with the outlines that its document draws."""

    def _add_fonts(self, *_: object) -> dict[int, Any]:
        faces = cast(dict[str, Face], self.fpdf.fonts).values()
        return {face.i: self._add_face(face) for face in faces}

    def _add_face(self, face: Face) -> PDFFont:
        font, characters = face.typeface, sorted(map(ord, face.used))
        # A glyph drawn for two characters (Å and the ångström) is read back as the first of them.
        character_of = {font.glyphs[code]: code for code in reversed(characters)}
        glyphs = sorted(character_of)
        name = f"PENSEB+{font.name}"

        descriptor = PDFFontDescriptor(
            ascent=font.ascent,
            descent=font.descent,
            cap_height=font.cap_height,
            flags=FontDescriptorFlags.SYMBOLIC,
            font_b_box=f"[{' '.join(map(str, font.box))}]",
            italic_angle=0,
            stem_v=round(50 + (font.weight / 65) ** 2),
            missing_width=font.advances[0],
        )
        descriptor.font_name = Name(name)
        file = PDFFontStream(contents=font.cut(glyphs))
        descriptor.font_file2 = file  # type: ignore[attr-defined]

        system = CIDSystemInfo()
        system.ordering = PDFString("Identity", encrypt=True)
        widths = " ".join(f"{glyph} [{font.advances[glyph]}]" for glyph in glyphs)
        outlines = PDFFont(subtype="CIDFontType2", base_font=name, d_w=font.advances[0], w=f"[{widths}]")
        outlines.c_i_d_system_info = system
        outlines.font_descriptor = descriptor
        outlines.c_i_d_to_g_i_d_map = Name("Identity")  # type: ignore[assignment]

        lines = [f"<{g:04X}> <{letters(chr(character_of[g])).encode('utf-16-be').hex().upper()}>\n" for g in glyphs]
        blocks = [lines[start : start + 100] for start in range(0, len(lines), 100)]
        read_back = "".join(f"{len(block)} beginbfchar\n{''.join(block)}endbfchar\n" for block in blocks)
        to_unicode = PDFContentStream(_CMAP.format(read_back).encode(), compress=True)

        whole = PDFFont(subtype="Type0", base_font=name, encoding="Identity-H")
        whole.descendant_fonts = PDFArray([outlines])
        whole.to_unicode = to_unicode
        for part in (whole, outlines, system, descriptor, file, to_unicode):
            self._add_pdf_obj(part, "fonts")
        return whole
