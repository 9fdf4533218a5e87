"""Small drawings: the signs of answers and of urgency, told apart by shape and not by colour, and boxes to tick."""

from __future__ import annotations

from collections.abc import Mapping

from fpdf import FPDF

from pensebete.checklist.status import CurrentStatus, rule_of
from pensebete.evaluation.urgency import Urgency
from pensebete.text.theme import ACCENT, DONE, GREY, LATER, MIDDLE, NOW, PALE, WEEK, WHITE

SIDE = 9


def status_sign(pdf: FPDF, status: CurrentStatus, x: float, y: float, side: float = SIDE) -> None:
    """A disc: ticked done, half full in progress, empty to do, dotted unknown, barred not applicable.

    Without an answer, only its dashed outline.
    """
    rule, middle = rule_of(status), side / 2
    pdf.set_line_width(0.9)
    pdf.set_draw_color(ACCENT if rule.strong else GREY)
    pdf.set_fill_color(ACCENT)
    if rule.sign == "tick":
        pdf.circle(x + middle, y + middle, middle, style="DF")
        pdf.set_draw_color("#ffffff")
        _tick(pdf, x, y, side)
        return
    if rule.sign == "dashes":
        pdf.set_dash_pattern(1, 2.5)
    pdf.circle(x + middle, y + middle, middle, style="D")
    pdf.set_dash_pattern()
    if rule.sign == "half":
        pdf.solid_arc(x, y, side, 90, 270, style="F")
    elif rule.sign == "dot":
        pdf.set_fill_color(GREY)
        pdf.circle(x + middle, y + middle, side / 7, style="F")
    elif rule.sign == "bar":
        pdf.line(x + side * 0.28, y + middle, x + side * 0.72, y + middle)


def tick_box(pdf: FPDF, x: float, y: float, side: float = SIDE, ticked: bool = False) -> None:
    pdf.set_line_width(0.9)
    pdf.set_draw_color(GREY)
    pdf.rect(x, y, side, side, style="D")
    if ticked:
        pdf.set_draw_color(ACCENT)
        _tick(pdf, x, y, side)


def _tick(pdf: FPDF, x: float, y: float, side: float) -> None:
    pdf.polyline([(x + u * side, y + v * side) for u, v in ((0.26, 0.53), (0.44, 0.7), (0.75, 0.33))])


def bar_part(pdf: FPDF, status: CurrentStatus, x: float, y: float, width: float, height: float) -> None:
    """Part of a bar: full done, hatched in progress, white to do, dotted unknown, dashed unanswered."""
    pattern = rule_of(status).pattern
    pdf.set_line_width(0.7)
    pdf.set_draw_color(GREY if pattern in ("dotted", "dashed") else ACCENT)
    pdf.set_fill_color({"full": ACCENT, "dotted": PALE}.get(pattern, WHITE))
    if pattern == "dashed":
        pdf.set_dash_pattern(2, 3)
    pdf.rect(x, y, width, height, style="DF")
    pdf.set_dash_pattern()
    if pattern == "hatched":
        pdf.set_draw_color(MIDDLE)
        with pdf.rect_clip(x, y, width, height):
            for n in range(int((width + height) / 4) + 1):
                pdf.line(x + n * 4, y, x + n * 4 - height, y + height)
    if pattern == "dotted":
        pdf.set_fill_color(GREY)
        for column in range(int((width - 2) / 5)):
            for row in range(2):
                pdf.circle(x + 3.5 + column * 5, y + height * (0.3 + 0.4 * row), 0.5, style="F")


_URGENCIES: Mapping[Urgency, str] = {"now": NOW, "week": WEEK, "later": LATER, "done": DONE}


def urgency_sign(pdf: FPDF, urgency: Urgency, x: float, y: float, side: float = 6) -> None:
    """A triangle now, a disc within days, a square later, a tick done: told apart by shape, in grey too."""
    colour = _URGENCIES[urgency]
    pdf.set_fill_color(colour)
    if urgency == "now":
        pdf.polygon([(x + side / 2, y), (x + side, y + side), (x, y + side)], style="F")
    elif urgency == "week":
        pdf.circle(x + side / 2, y + side / 2, side * 0.45, style="F")
    elif urgency == "later":
        pdf.rect(x + side * 0.1, y + side * 0.1, side * 0.8, side * 0.8, style="F")
    else:
        pdf.set_line_width(1.2)
        pdf.set_draw_color(colour)
        pdf.polyline([(x + u * side, y + v * side) for u, v in ((0.05, 0.55), (0.38, 0.88), (0.95, 0.12))])


def quick_win_sign(pdf: FPDF, x: float, y: float) -> None:
    """A small flag's triangle, pointing right."""
    pdf.set_fill_color(ACCENT)
    pdf.polygon([(x, y), (x + 6, y + 3.5), (x, y + 7)], style="F")
