"""Readiness from one moment to the next: a chart, and the same as a table."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from pensebete.checklist.model import Checklist
from pensebete.evaluation.comparison import Point
from pensebete.evaluation.history_text import since_words
from pensebete.evaluation.readiness_text import band_words, range_words, score_words
from pensebete.text.wording import Wording
from pensebete.web.components.table import rich_table_html


def trajectory_view(points: Sequence[Point], say: Wording, key: str) -> None:
    # Imported here: the charting library takes a second to read, and most pages have no chart.
    from pensebete.evaluation.charts import trajectory_chart, trajectory_in_words

    st.plotly_chart(
        trajectory_chart(points, say, dark=st.context.theme.type == "dark"),
        key=key,
        config={"displayModeBar": False, "scrollZoom": False},
        alt=trajectory_in_words(points, say),
    )


def trajectory_table(
    points: Sequence[Point], names: Sequence[str], checklist: Checklist, caption: str, name: str, say: Wording
) -> None:
    """`names` says what each moment is, under the heading `name`."""
    columns = [say("history.on"), name, say("results.column.score"), say("results.column.band")]
    cells = [
        (say.short_date(point.date), named, _figure(point, say), band_words(checklist, point.score, say))
        for point, named in zip(points, names, strict=True)
    ]
    rows = [[escape(cell) for cell in row] for row in cells]
    st.html(rich_table_html(caption, columns, rows, kind="over-time"))


def _figure(point: Point, say: Wording) -> str:
    score = point.score
    parts = score_words(score, say), range_words(score, say), since_words(score, point.today, say)
    return " · ".join(part for part in parts if part)
