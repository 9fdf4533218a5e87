"""A document being written from top to bottom: text, rules, page breaks, bookmarks, header and footer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time

from fpdf import FPDF
from fpdf.enums import PageMode
from fpdf.prefs import ViewerPreferences

from pensebete.i18n import Wording
from pensebete.report.embedding import CutFonts, Face
from pensebete.report.style import (
    ACROSS,
    BOTTOM,
    HEADING,
    HEIGHT,
    LEFT,
    QUIET,
    RIGHT,
    RULE,
    SECTION,
    SMALL,
    TOP,
    WIDTH,
    Style,
)
from pensebete.report.typeface import REPLACEMENT, printable
from pensebete.report.wrapping import wrapped

Line = tuple[str, Style]


class Document:
    """`y` is where the next thing goes, from the top of the page."""

    def __init__(self, say: Wording, title: str, author: str, today: date) -> None:
        self.say = say
        self.today = today
        self.made_at = datetime.combine(today, time(), UTC)
        self.pdf = FPDF(unit="pt", format=(WIDTH, HEIGHT))
        self.pdf.set_auto_page_break(False)
        self.pdf.alias_nb_pages(None)  # type: ignore[arg-type]  # else `{nb}` in a note would become a number
        self.pdf.pdf_version = "1.7"
        self.pdf.set_title(self.clean(title))
        self.pdf.set_author(self.clean(author))
        self.pdf.set_creator(say("report.program"))
        self.pdf.set_lang(f"{say.language}-CA")
        self.pdf.set_creation_date(self.made_at)
        self.pdf.viewer_preferences = ViewerPreferences(display_doc_title=True)
        self.pdf.page_mode = PageMode.USE_OUTLINES
        self.faces = {bold: Face(self.pdf, bold) for bold in (False, True)}
        self.replaced = False
        self.y = float(TOP)
        self.new_page()

    # What is drawn

    def clean(self, text: str) -> str:
        """In characters that the font has; remembers whether some had to be replaced."""
        shown = printable(text)
        if REPLACEMENT in shown and shown.count(REPLACEMENT) > text.count(REPLACEMENT):
            self.replaced = True
        return shown

    def lines(self, text: str, style: Style, width: float = ACROSS, most: int | None = None) -> list[Line]:
        """The text in lines; with `most`, the rest is left out and « … » says so."""
        found = wrapped(self.clean(text), self.faces[style.bold].typeface, style.size, width)
        if most is not None and len(found) > most:
            found = [*found[: most - 1], _shortened(found[most - 1], self.faces[style.bold], style, width)]
        return [(line, style) for line in found]

    def width(self, text: str, style: Style) -> float:
        return self.faces[style.bold].typeface.width(self.clean(text), style.size)

    def write(self, x: float, y: float, text: str, style: Style, align: float = 0) -> None:
        """One line whose box begins at y; `align` is 0 where x is its left, 0.5 its middle, 1 its right."""
        text = self.clean(text)
        face = self.faces[style.bold]
        if align:
            x -= face.typeface.width(text, style.size) * align
        if text:
            face.draw(x, y + style.line / 2 + style.size * 0.36, text, style.size, style.operands)

    def stack(self, x: float, y: float, lines: Iterable[Line]) -> float:
        """Lines one under the other, without a page break; the y under them."""
        for text, style in lines:
            self.write(x, y, text, style)
            y += style.line
        return y

    def rule(self, y: float, left: float = LEFT, right: float = RIGHT, colour: str = RULE, width: float = 0.6) -> None:
        self.pdf.set_draw_color(colour)
        self.pdf.set_line_width(width)
        self.pdf.line(left, y, right, y)

    # What flows from page to page

    @property
    def room(self) -> float:
        return BOTTOM - self.y

    def new_page(self) -> None:
        self.pdf.add_page()
        self.y = float(TOP)

    def need(self, height: float) -> None:
        """A new page, unless that height is left on this one or is more than a page has."""
        if self.room < height <= BOTTOM - TOP:
            self.new_page()

    def flow(self, lines: list[Line], x: float = LEFT, after: float = 0) -> None:
        """Lines down the page and over to the next ones; the first two and the last two stay together."""
        for n, (text, style) in enumerate(lines):
            left = len(lines) - n
            self.need(style.line * (left if left <= 3 else 2 if n == 0 else 1))
            self.write(x, self.y, text, style)
            self.y += style.line
        self.y += after

    def paragraph(self, text: str, style: Style, x: float = LEFT, width: float | None = None, after: float = 0) -> None:
        self.flow(self.lines(text, style, RIGHT - x if width is None else width), x, after)

    def bullet(self, text: str, style: Style, most: int | None = None) -> None:
        lines = self.lines(text, style, ACROSS - 10, most)
        self.need(style.line * min(len(lines), 2))
        self.write(LEFT, self.y, "–", style)
        self.flow(lines, LEFT + 10)

    def heading(self, text: str, level: int, keep: float = 40, before: float = 14, bookmark: str = "") -> None:
        """A heading with its bookmark, on the same page as the first `keep` points under it."""
        style = SECTION if level == 0 else HEADING
        lines = self.lines(text, style)
        if self.y > TOP:
            self.y += before
        self.need(len(lines) * style.line + 6 + min(keep, 300))
        self.bookmark(bookmark or text, level)
        self.y = self.stack(LEFT, self.y, lines) + 6

    def bookmark(self, text: str, level: int) -> None:
        self.pdf.y = self.y - 6
        self.pdf.start_section(self.clean(text).replace("\n", " ").strip() or "…", level, strict=False)

    # The end

    def finish(self, header: str, footer: str) -> bytes:
        """Writes header and footer, now that the number of pages is known, and gives the file."""
        total = self.pdf.pages_count
        for page in range(1, total + 1):
            self.pdf.page = page
            if page > 1:
                self.stack(LEFT, 40, self.lines(header, QUIET, ACROSS - 90, most=1))
                self.write(RIGHT, 40, self.say.short_date(self.today), QUIET, align=1)
                self.rule(57)
            self.stack(LEFT, HEIGHT - 50, self.lines(footer, QUIET, ACROSS - 80, most=2))
            self.write(RIGHT, HEIGHT - 50, self.say("report.page", page=page, of=total), SMALL, align=1)
        return bytes(self.pdf.output(output_producer_class=CutFonts))


def _shortened(line: str, face: Face, style: Style, width: float) -> str:
    while line and face.typeface.width(line + "…", style.size) > width:
        line = line[:-1]
    return line.rstrip() + "…"
