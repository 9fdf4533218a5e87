"""Readiness over time as a chart, in HTML: the framework lets no SVG through, and no script is to be fetched for it.

Letters, lines and places are in one unit, of which the canvas is so many wide (static/style/trajectory.css): the chart
is the same on every screen, larger where there is room. It has the colours of the page, in the dark, on paper and in
forced colours too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from math import atan2, degrees, hypot

from pensebete.evaluation.comparison import Point
from pensebete.evaluation.history_text import moment_figure_words, trajectory_in_words
from pensebete.text.wording import Wording
from pensebete.web.components.trajectory_layout import HEIGHT, WIDTH, Box, Layout, Words, layout_of


def trajectory_html(points: Sequence[Point], say: Wording) -> str:
    """One picture, which its words stand for. A mouse over a point reads what the table beside it says of it."""
    layout = layout_of(points, say)
    return (
        f'<div class="trajectory" role="img" aria-label="{escape(trajectory_in_words(points, say))}">'
        f"{''.join(_marks(layout, points, say))}</div>"
    )


def _marks(layout: Layout, points: Sequence[Point], say: Wording) -> Iterable[str]:
    """In the order in which they lie over one another."""
    for y, words in layout.levels:
        yield _mark("level", _place(words.box.right, y))
        yield _words("date", words)
    lowest = layout.levels[0][0]
    for x in layout.moments:
        yield _mark("moment", _place(x, lowest))
    for dot in layout.dots:
        if dot.up_to != dot.y:
            yield _mark("range", f"{_place(dot.x, dot.up_to)};height:{_part(dot.y - dot.up_to, HEIGHT)}")
    for one, other in layout.lines:
        across, down = other.x - one.x, other.y - one.y
        length, turned = hypot(across, down), degrees(atan2(down, across))
        yield _mark("line", f"{_place(one.x, one.y)};width:{_part(length, WIDTH)};rotate:{turned:.2f}deg")
    for dot in layout.dots:
        yield _mark("dot", _place(dot.x, dot.y), title=moment_figure_words(points[dot.moment], say))
    for words in layout.figures:
        yield _words("figure", words)
    for words in layout.dates:
        yield _words("date", words)


def _mark(kind: str, style: str, text: str = "", title: str = "") -> str:
    titled = f' title="{escape(title)}"' if title else ""
    return f'<span class="over-time-{kind}" style="{style}"{titled}>{escape(text)}</span>'


def _words(kind: str, words: Words) -> str:
    return _mark(kind, _place(*_middle(words.box)), words.text)


def _middle(box: Box) -> tuple[float, float]:
    return (box.left + box.right) / 2, (box.top + box.bottom) / 2


def _place(x: float, y: float) -> str:
    return f"left:{_part(x, WIDTH)};top:{_part(y, HEIGHT)}"


def _part(length: float, of: float) -> str:
    return f"{100 * length / of:.2f}%"
