"""Readiness over time as a chart, and in words. The only room that knows plotly."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from pensebete.checklist.status import rule_of
from pensebete.evaluation.comparison import Point
from pensebete.evaluation.history_text import since_words
from pensebete.evaluation.readiness_text import (
    range_words,
    score_words,
)
from pensebete.text.theme import ACCENT, MIDDLE
from pensebete.text.wording import Wording


def trajectory_chart(points: Sequence[Point], say: Wording, text_colour: str) -> go.Figure:
    """Overall readiness at each moment, with its range; a moment without a score leaves a gap in the line."""
    scores = [point.score for point in points]
    figure = go.Figure()
    figure.add_scatter(
        x=[point.date for point in points],
        y=[score.shown for score in scores],
        mode="lines+markers+text",
        line={"color": ACCENT, "width": 2},
        marker={"color": ACCENT, "size": 11, "line": {"color": "#ffffff", "width": 1}},
        connectgaps=False,
        error_y={
            "type": "data",
            "symmetric": False,
            "array": [_apart(score.shown, score.shown_high) for score in scores],
            "arrayminus": [0 for _ in scores],
            "color": MIDDLE,
            "thickness": 2,
            "width": 5,
        },
        text=["" if score.shown is None else f"<b>{say.percent(score.shown)}</b>" for score in scores],
        textposition="bottom right",
        textfont={"color": text_colour, "size": 14},
        cliponaxis=False,
        hovertext=[_safe(_point_words(point, say)) for point in points],
        hoverinfo="text",
    )
    figure.update_layout(
        height=320,
        margin={"l": 0, "r": 56, "t": 16, "b": 0},  # at the right, room for the last figure
        dragmode=False,
        showlegend=False,
        font={"color": text_colour, "size": 14},
        xaxis={
            "type": "date",
            # ISO, as in tables: the same in both languages. A day at the least: the dates have no hours.
            "tickformat": "%Y-%m-%d",
            "dtick": _between_ticks(points),
            "tick0": min((point.date for point in points), default=None),
            "fixedrange": True,
            "showgrid": False,
            "tickfont": {"color": text_colour},
        },
        yaxis={
            "range": [-10, 104],  # under 0, room for a figure
            "tickvals": [0, 20, 40, 60, 80, 100],
            "ticktext": [say.percent(number) for number in (0, 20, 40, 60, 80, 100)],
            "fixedrange": True,
            "gridcolor": rule_of(None).colour,
            "zeroline": False,
            "tickfont": {"color": text_colour},
        },
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
    )
    return figure


def trajectory_in_words(points: Sequence[Point], say: Wording) -> str:
    """What the chart over time shows, for those who do not see it."""
    return " ".join([say("followup.chart.alt"), *(_point_words(point, say) for point in points)])


def _point_words(point: Point, say: Wording) -> str:
    words = score_words(point.score, say)
    if point.score.shown is not None and (between := range_words(point.score, say)):
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
