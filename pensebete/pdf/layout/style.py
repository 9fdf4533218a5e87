"""The look of the document: paper and margins, one scale of sizes, one accent, greys. All lengths are in points."""

from __future__ import annotations

from dataclasses import dataclass

from pensebete.text import theme
from pensebete.text.theme import ACCENT, GREY, INK

LEFT, TOP = 58, 72  # where what is written begins


@dataclass(frozen=True)
class Paper:
    """A sheet, and the part of it that is written on between header and footer."""

    width: float
    height: float

    @property
    def right(self) -> float:
        return self.width - LEFT

    @property
    def bottom(self) -> float:
        return self.height - 68

    @property
    def content_width(self) -> float:
        return self.right - LEFT


PAPERS = {"letter": Paper(612, 792), "a4": Paper(595.28, 841.89)}

RUNNING = 10  # the size of running text, of which the others are multiples


@dataclass(frozen=True)
class Style:
    size: float
    bold: bool = False
    colour: str = INK
    leading: float = 0  # from line to line; 0: the size and 40 %

    @property
    def line(self) -> float:
        return self.leading or self.size * 1.4

    @property
    def operands(self) -> str:
        """The colour as the operands of a PDF operator."""
        return " ".join(f"{int(self.colour[n : n + 2], 16) / 255:.3f}" for n in (1, 3, 5))


FIGURE = Style(RUNNING * theme.FIGURE, bold=True, colour=ACCENT, leading=42)
TITLE = Style(22, bold=True, leading=28)
LONG_TITLE = Style(16, bold=True, leading=21)
SECTION = Style(RUNNING * theme.SECTION, bold=True, colour=ACCENT, leading=22)
HEADING = Style(RUNNING * theme.HEADING, bold=True, leading=16)
TEXT = Style(RUNNING * theme.TEXT)
STRONG = Style(RUNNING * theme.TEXT, bold=True)
SMALL = Style(RUNNING * theme.SMALL, leading=12.5)
SMALL_STRONG = Style(RUNNING * theme.SMALL, bold=True, leading=12.5)
QUIET = Style(RUNNING * theme.SMALL, colour=GREY, leading=12.5)
QUIET_STRONG = Style(RUNNING * theme.SMALL, bold=True, colour=GREY, leading=12.5)
LABEL = Style(RUNNING * theme.SMALL, bold=True, colour=ACCENT, leading=12.5)
