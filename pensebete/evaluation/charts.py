"""Readiness over time as a chart, and in words. The only room that knows plotly."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import plotly.graph_objects as go

from pensebete.evaluation.comparison import Point
from pensebete.evaluation.history_text import since_words
from pensebete.evaluation.readiness_text import (
    range_words,
    score_words,
)
from pensebete.text.theme import ACCENT, MIDDLE, RULE, WHITE
from pensebete.text.wording import Wording


class _Palette(NamedTuple):
    """Of the page around the chart (web/static/style/frame.css)."""

    page: str
    text: str
    line: str
    range: str
    grid: str


_LIGHT = _Palette(WHITE, "#0e1719", ACCENT, MIDDLE, RULE)
_DARK = _Palette("#0e1213", "#e9eff0", "#6cc3d5", "#8b9599", "#2c3437")
_MOST_FIGURES = 6  # beside the points; of more, those of the first and of the last
_CLOSE = 0.2  # of the width: about a figure on a phone


def trajectory_chart(points: Sequence[Point], say: Wording, dark: bool = False) -> go.Figure:
    """Overall readiness at each moment, with its range; a moment without a score leaves a gap in the line."""
    scores, colours = [point.score for point in points], _DARK if dark else _LIGHT
    figure = go.Figure()
    figure.add_scatter(
        x=[point.date for point in points],
        y=[score.figure for score in scores],
        mode="lines+markers+text",
        line={"color": colours.line, "width": 2},
        marker={"color": colours.line, "size": 11, "line": {"color": colours.page, "width": 1}},
        connectgaps=False,
        error_y={
            "type": "data",
            "symmetric": False,
            "array": [_apart(score.figure, score.rounded_high) for score in scores],
            "arrayminus": [0 for _ in scores],
            "color": colours.range,
            "thickness": 2,
            "width": 5,
        },
        text=_figures(points, say),
        textposition=_places(points),
        textfont={"color": colours.text, "size": 14},
        cliponaxis=False,
        hovertext=[_safe(_point_words(point, say)) for point in points],
        hoverinfo="text",
    )
    figure.update_layout(
        height=320,
        margin={"l": 0, "r": 56, "t": 16, "b": 0},  # at the right, room for the last figure
        dragmode=False,
        showlegend=False,
        font={"color": colours.text, "size": 14},
        xaxis={
            "type": "date",
            # ISO, as in tables: the same in both languages. A day at the least: the dates have no hours.
            "tickformat": "%Y-%m-%d",
            "dtick": _between_ticks(points),
            "tick0": min((point.date for point in points), default=None),
            "fixedrange": True,
            "showgrid": False,
            "tickfont": {"color": colours.text},
        },
        yaxis={
            "range": [-10, 104],  # under 0, room for a figure
            "tickvals": [0, 20, 40, 60, 80, 100],
            "ticktext": [say.percent(number) for number in (0, 20, 40, 60, 80, 100)],
            "fixedrange": True,
            "gridcolor": colours.grid,
            "zeroline": False,
            "tickfont": {"color": colours.text},
        },
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
    )
    return figure


def _figures(points: Sequence[Point], say: Wording) -> list[str]:
    told = [n for n, point in enumerate(points) if point.score.figure is not None]
    shown = told if len(told) <= _MOST_FIGURES else [told[0], told[-1]]
    return [f"<b>{say.percent(point.score.figure or 0)}</b>" if n in shown else "" for n, point in enumerate(points)]


def _places(points: Sequence[Point]) -> list[str]:
    """Under its point at the right, where the line seldom goes; at the left of one that another follows closely."""
    dates = [point.date for point in points]
    close = (dates[-1] - dates[0]).days * _CLOSE if dates else 0
    return ["bottom left" if (after - date).days < close else "bottom right" for date, after in pairwise(dates)] + [
        "bottom right"
    ] * bool(dates)


def trajectory_in_words(points: Sequence[Point], say: Wording) -> str:
    """What the chart over time shows, for those who do not see it."""
    return " ".join([say("followup.chart.alt"), *(_point_words(point, say) for point in points)])


def _point_words(point: Point, say: Wording) -> str:
    words = score_words(point.score, say)
    if point.score.figure is not None and (between := range_words(point.score, say)):
        words += f", {between}"
    if since := since_words(point.score, point.today, say):
        words += f" · {since}"
    date = say.short_date(point.date)
    if not point.name:
        return say("followup.chart.day", date=date, score=words)
    return say("followup.chart.point", date=date, name=point.name, score=words)


def _apart(low: int | None, high: int | None) -> int:
    return 0 if low is None or high is None else high - low


def _between_ticks(points: Sequence[Point]) -> int:
    """In milliseconds, as plotly counts: whole days, and three dates at the most, which a phone has room for."""
    dates = [point.date for point in points]
    span = (max(dates) - min(dates)).days if dates else 0
    return max(1, -(-span // 2)) * 24 * 60 * 60 * 1000


def _safe(text: str) -> str:
    """Plotly reads a few HTML tags in its texts."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
