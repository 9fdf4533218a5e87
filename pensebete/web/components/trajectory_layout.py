"""Where everything of the chart over time stands, in units of a canvas whose letters grow with it.

Whatever the dates and the figures, nothing stands outside the canvas, no words on other words nor on a point. What has
no room for its words is told by the table beside the chart.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple, TypeVar

from pensebete.evaluation.comparison import Point
from pensebete.text.wording import Wording

_T = TypeVar("_T")
# As many units as the narrowest phones have pixels: letters are read at the size they are given here.
WIDTH, HEIGHT = 320.0, 228.0
DATE, FIGURE = 12.0, 14.0  # sizes of letters
RADIUS = 5.0
LEVELS = (0, 20, 40, 60, 80, 100)
_LEFT, _RIGHT, _TOP, _BOTTOM = 46.0, 296.0, 12.0, 180.0  # between which points lie
_LETTER = 0.6  # of their size: no digit of the pages' font is wider, and « % » takes what spaces leave
_APART = 3.0
_MOST_FIGURES = 6  # beside the points; of more, those of the first and of the last


class Box(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def within(self, other: Box) -> bool:
        return (
            self.left >= other.left
            and self.top >= other.top
            and self.right <= other.right
            and self.bottom <= other.bottom
        )


class Words(NamedTuple):
    text: str
    box: Box


class Dot(NamedTuple):
    """A moment that has a figure: its place, and how high its figure may go."""

    moment: int  # which of the points
    x: float
    y: float
    up_to: float

    @property
    def box(self) -> Box:
        return Box(self.x - RADIUS, self.y - RADIUS, self.x + RADIUS, self.y + RADIUS)


class Layout(NamedTuple):
    levels: tuple[tuple[float, Words], ...]  # the height of each line across, and its words
    moments: tuple[float, ...]  # where each day lies
    dots: tuple[Dot, ...]
    lines: tuple[tuple[Dot, Dot], ...]  # a moment without a figure leaves a gap
    figures: tuple[Words, ...]
    dates: tuple[Words, ...]


CANVAS = Box(0, 0, WIDTH, HEIGHT)
_PLOT = Box(_LEFT - RADIUS, 0, WIDTH, HEIGHT - 2 * DATE)  # where figures may stand: over the dates


def layout_of(points: Sequence[Point], say: Wording) -> Layout:
    moments = _days(points)
    dots = [
        Dot(n, x, _height(figure), _height(point.score.figure_high or figure))
        for n, (x, point) in enumerate(zip(moments, points, strict=True))
        if (figure := point.score.figure) is not None
    ]
    lines = [(one, after) for one, after in pairwise(dots) if after.moment == one.moment + 1]
    return Layout(
        levels=tuple((_height(level), _level(say.percent(level), _height(level))) for level in LEVELS),
        moments=tuple(moments),
        dots=tuple(dots),
        lines=tuple(lines),
        figures=tuple(_figures(points, dots, lines, say)),
        dates=tuple(_dates(points, moments, say)),
    )


def _days(points: Sequence[Point]) -> list[float]:
    """As far apart as the days are; in the middle, where there is one day alone."""
    if not points:
        return []
    first, span = points[0].date, (points[-1].date - points[0].date).days
    if not span:
        return [(_LEFT + _RIGHT) / 2 for _ in points]
    return [_LEFT + (_RIGHT - _LEFT) * (point.date - first).days / span for point in points]


def _height(figure: int) -> float:
    return _BOTTOM - (_BOTTOM - _TOP) * figure / 100


def _level(text: str, y: float) -> Words:
    return Words(text, _box(text, DATE, _LEFT - 2 * RADIUS - _wide(text, DATE) / 2, y))


def _dates(points: Sequence[Point], moments: Sequence[float], say: Wording) -> list[Words]:
    """Of the last day and of the first; of those between, as many as there is room for."""
    found: list[Words] = []
    for n in _ends_first(range(len(points))):
        text = say.short_date(points[n].date)
        half = _wide(text, DATE) / 2
        box = _box(text, DATE, min(max(moments[n], half), WIDTH - half), HEIGHT - DATE)
        apart = Box(box.left - 2 * _APART, box.top, box.right + 2 * _APART, box.bottom)
        if not any(apart.meets(one.box) for one in found):
            found.append(Words(text, box))
    return found


def _figures(
    points: Sequence[Point], dots: Sequence[Dot], lines: Sequence[tuple[Dot, Dot]], say: Wording
) -> Iterable[Words]:
    told = _ends_first(dots)
    taken: list[Box] = [dot.box for dot in dots]
    for n, dot in enumerate(told if len(told) <= _MOST_FIGURES else told[:2]):
        text = say.percent(points[dot.moment].score.figure or 0)
        free = [box for box in _around(dot, text) if box.within(_PLOT) and not any(box.meets(other) for other in taken)]
        clear = [box for box in free if not any(_crosses(box, line) for line in [*lines, *_ranges(dots)])]
        # A line under its figure is better than no figure, for the first and the last.
        if chosen := clear or (free if n < 2 else []):
            taken.append(chosen[0])
            yield Words(text, chosen[0])


def _around(dot: Dot, text: str) -> Iterable[Box]:
    """Where the figure of a point may stand, the best place first: how far it may go stands above it."""
    aside, beyond = RADIUS + _APART + _wide(text, FIGURE) / 2, RADIUS + _APART + FIGURE / 2
    for x, y in ((0.0, 1), (1, 1), (-1, 1), (1, 0), (-1, 0), (1, -1), (-1, -1), (0, -1)):
        yield _box(text, FIGURE, dot.x + x * aside, dot.y + y * beyond)


def _ranges(dots: Sequence[Dot]) -> list[tuple[Dot, Dot]]:
    return [(dot, dot._replace(y=dot.up_to)) for dot in dots]


def _crosses(box: Box, line: tuple[Dot, Dot]) -> bool:
    """Whether a line goes through a box: what is left of it within each pair of sides is something (Liang, Barsky)."""
    one, other = line
    across, down = other.x - one.x, other.y - one.y
    first, last = 0.0, 1.0
    for along, room in (
        (-across, one.x - box.left),
        (across, box.right - one.x),
        (-down, one.y - box.top),
        (down, box.bottom - one.y),
    ):
        if along == 0:
            if room < 0:
                return False
        elif along < 0:
            first = max(first, room / along)
        else:
            last = min(last, room / along)
    return first <= last


def _ends_first(of: Sequence[_T]) -> list[_T]:
    """The last one, the first one, then those between from the newest back."""
    return [*of[-1:], *of[:-1][:1], *reversed(of[1:-1])]


def _box(text: str, size: float, x: float, y: float) -> Box:
    """Around words in the middle of which that place is."""
    half = _wide(text, size) / 2
    return Box(x - half, y - size / 2, x + half, y + size / 2)


def _wide(text: str, size: float) -> float:
    return _LETTER * size * len(text)
