"""A document being written from top to bottom: text, rules, page breaks, bookmarks, header and footer."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from typing import NamedTuple

from fpdf import FPDF
from fpdf.enums import PageMode

from pensebete.pdf.fonts.fpdf_fonts import CutFonts, Face
from pensebete.pdf.fonts.typeface import drawn, readable
from pensebete.pdf.layout.line_breaking import wrapped
from pensebete.pdf.layout.style import HEADING, LEFT, PAPERS, QUIET, SECTION, SMALL, TOP, Style
from pensebete.pdf.tagging import Element, PackedOutput, Tags, declare_conformance, listing
from pensebete.text.theme import RULE
from pensebete.text.wording import Wording

# No letter is so narrow that more of them stand on a line: what is cut off need not be measured.
_MOST_ON_A_LINE = 1_000
_FOOT = 12  # points between what is written and the footer, of which less air takes a part


class Line(NamedTuple):
    """A line of a passage; all those of a passage have the same element. None: that of what is around."""

    text: str
    style: Style
    element: Element | None


def words_height(lines: Iterable[Line]) -> float:
    return sum(line.style.line for line in lines)


class Document:
    """`y` is where the next thing goes, from the top of the page. `paper` is a name of style.PAPERS.

    `air` is 1, or less where what stands above headings, under passages and at the foot of pages is to be narrower.
    """

    def __init__(
        self,
        say: Wording,
        title: str,
        author: str,
        today: date,
        paper: str = "letter",
        input_language: str = "",
        air: float = 1,
    ) -> None:
        self.say = say
        self.today = today
        self.input_language = input_language  # the language of what the manager wrote
        self.made_at = datetime.combine(today, time(), UTC)
        self.paper = PAPERS[paper]
        self.air = air
        self.right, self.content_width = self.paper.right, self.paper.content_width
        self.bottom = self.paper.bottom + _FOOT * (1 - air)
        self.pdf = FPDF(unit="pt", format=(self.paper.width, self.paper.height))
        self.pdf.set_auto_page_break(False)
        self.pdf.alias_nb_pages(None)  # type: ignore[arg-type]  # else `{nb}` in a note would become a number
        self.pdf.page_mode = PageMode.USE_OUTLINES
        self.tags = Tags(self.pdf)
        self.faces = {bold: Face(self.pdf, self.tags, bold) for bold in (False, True)}
        self.replaced = False
        declare_conformance(
            self.pdf,
            title=self.told(title),
            author=self.told(author),
            creator=say("report.program"),
            lang=f"{say.language}-CA" if say.language == say.spoken else say.language,
            made_at=self.made_at,
        )
        self.y = float(TOP)
        self.new_page()

    # What is drawn

    def clean(self, text: str) -> str:
        """As it is drawn; remembers whether the font lacks some of it."""
        shown = drawn(text)
        if not (self.replaced or shown.isascii() or self.faces[False].typeface.has(shown)):
            self.replaced = True
        return shown

    def told(self, text: str) -> str:
        """As a reader of the file is told it, where nothing is drawn: a title, a bookmark."""
        self.clean(text)
        return readable(text)

    def lines(
        self,
        text: str,
        style: Style,
        width: float | None = None,
        most: int | None = None,
        tag: str = "P",
        lang: str = "",
    ) -> list[Line]:
        """The text in lines; with `most`, the rest is left out and « … » says so. No tag: that of what is around."""
        width = self.content_width if width is None else width
        if most is not None:
            text = text[: most * _MOST_ON_A_LINE]
        found = wrapped(self.clean(text), self.faces[style.bold].typeface, style.size, width)
        if most is not None and len(found) > most:
            found = [*found[: most - 1], _shortened(found[most - 1], self.faces[style.bold], style, width)]
        element = Element(tag, lang="" if lang == self.say.language else lang) if tag else None
        return [Line(line, style, element) for line in found]

    def width(self, text: str, style: Style) -> float:
        return self.faces[style.bold].typeface.width(self.clean(text), style.size)

    def write(self, x: float, y: float, text: str, style: Style, align: float = 0, tag: str = "P") -> None:
        """One line whose box begins at y; `align` is 0 where x is its left, 0.5 its middle, 1 its right."""
        text = self.clean(text)
        if align:
            x -= self.faces[style.bold].typeface.width(text.rstrip(" "), style.size) * align
        self.put(x, y, Line(text, style, Element(tag) if tag else None))

    def put(self, x: float, y: float, line: Line) -> None:
        text, style, element = line
        if not text:
            return
        before = self.tags.enter(element) if element else self.tags.at
        self.faces[style.bold].draw(x, y + style.line / 2 + style.size * 0.36, text, style.size, style.operands)
        self.tags.leave(before)

    def stack(self, x: float, y: float, lines: Iterable[Line]) -> float:
        """Lines one under the other, without a page break; the y under them."""
        for line in lines:
            self.put(x, y, line)
            y += line.style.line
        return y

    def rule(
        self, y: float, left: float = LEFT, right: float | None = None, colour: str = RULE, width: float = 0.6
    ) -> None:
        with self.tags.artifact():
            self.pdf.set_draw_color(colour)
            self.pdf.set_line_width(width)
            self.pdf.line(left, y, self.right if right is None else right, y)

    # What flows from page to page

    @property
    def pages(self) -> int:
        return self.pdf.pages_count

    @property
    def last_page_taken(self) -> float:
        """The share of the last page that is written on."""
        return (self.y - TOP) / (self.bottom - TOP)

    @property
    def room(self) -> float:
        return self.bottom - self.y

    def new_page(self) -> None:
        self.tags.turn_page()
        self.y = float(TOP)

    def need(self, height: float) -> None:
        """A new page, unless that height is left on this one or is more than a page has."""
        if self.room < height <= self.bottom - TOP:
            self.new_page()

    def flow(self, lines: list[Line], x: float = LEFT, after: float = 0) -> None:
        """Lines down the page and over to the next ones; the first two and the last two stay together."""
        for n, line in enumerate(lines):
            left = len(lines) - n
            self.need(line.style.line * (left if left <= 3 else 2 if n == 0 else 1))
            self.put(x, self.y, line)
            self.y += line.style.line
        self.y += after * self.air

    def paragraph(
        self, text: str, style: Style, x: float = LEFT, width: float | None = None, after: float = 0, lang: str = ""
    ) -> None:
        self.flow(self.lines(text, style, self.right - x if width is None else width, lang=lang), x, after)

    @contextmanager
    def bullets(self) -> Iterator[None]:
        """A list, of what `bullet` writes."""
        with self.tags.inside(listing("Disc")):
            yield

    @contextmanager
    def item(self, style: Style) -> Iterator[None]:
        """A line of a list that holds more than words: what is written within stands 10 points to the right."""
        self.need(style.line * 2)
        with self.tags.inside("LI"):
            self.write(LEFT, self.y, "– ", style, tag="Lbl")
            with self.tags.inside("LBody"):
                yield

    def bullet(self, text: str, style: Style, most: int | None = None) -> None:
        lines = self.lines(text, style, self.content_width - 10, most, tag="LBody")
        self.need(style.line * min(len(lines), 2))
        with self.tags.inside("LI"):
            self.write(LEFT, self.y, "– ", style, tag="Lbl")
            self.flow(lines, LEFT + 10)

    def linked(self, text: str, style: Style, url: str, x: float = LEFT) -> None:
        """A paragraph that is a link."""
        with self.tags.inside("P"), self.tags.inside("Link"):
            for line in self.lines(text, style, self.right - x, tag=""):
                self.need(style.line)
                self.put(x, self.y, line)
                self.tags.link(x, self.y, self.width(line.text, style), style.line, url, says=text)
                self.y += style.line

    def heading(
        self, text: str, level: int, keep: float = 40, before: float = 14, bookmark: str = "", tag: str = ""
    ) -> None:
        """A heading with its bookmark, on the same page as the first `keep` points under it.

        The title of the document is H1, so that a section is H2 and what is in it H3, unless `tag` says otherwise.
        """
        style = SECTION if level == 0 else HEADING
        lines = self.lines(text, style, tag=tag or f"H{level + 2}")
        if self.y > TOP:
            self.y += before * self.air
        self.need(len(lines) * style.line + 6 + min(keep, 300))
        self.bookmark(bookmark or text, level)
        self.y = self.stack(LEFT, self.y, lines) + 6

    def bookmark(self, text: str, level: int) -> None:
        self.pdf.y = self.y - 6
        self.pdf.start_section(self.told(text).replace("\n", " ").strip() or "…", level, strict=False)

    # The end

    def finish(self, header: str, footer: str) -> bytes:
        """Writes header and footer, now that the number of pages is known, and gives the file; no header where it is
        empty: each page says itself whose it is."""
        self.tags.close()
        total, foot = self.pdf.pages_count, self.paper.height - 50
        for page in range(1, total + 1):
            self.pdf.page = page
            if header and page > 1:
                with self.tags.artifact("/Type/Pagination/Subtype/Header"):
                    self.stack(LEFT, 40, self.lines(header, QUIET, self.content_width - 90, most=1))
                    self.write(self.right, 40, self.say.short_date(self.today), QUIET, align=1)
                    self.rule(57)
            with self.tags.artifact("/Type/Pagination/Subtype/Footer"):
                self.stack(LEFT, foot, self.lines(footer, QUIET, self.content_width - 80, most=2))
                self.write(self.right, foot, self.say("report.page", page=page, of=total), SMALL, align=1)
        return bytes(self.pdf.output(output_producer_class=_Output))


class _Output(CutFonts, PackedOutput):
    """The file: fonts cut to what is drawn, small objects packed."""


def _shortened(line: str, face: Face, style: Style, width: float) -> str:
    line = line.rstrip()
    fits = bisect_left(
        range(len(line) + 1), True, key=lambda cut: face.typeface.width(line[:cut] + "…", style.size) > width
    )
    return line[: max(fits - 1, 0)].rstrip() + "…"
