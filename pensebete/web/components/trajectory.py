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
from pensebete.web.components.trajectory_chart import trajectory_html


def trajectory_view(
    points: Sequence[Point], names: Sequence[str], checklist: Checklist, caption: str, name: str, say: Wording
) -> None:
    """`names` says what each moment is, under the heading `name`."""
    st.html(trajectory_html(points, say) + _table(points, names, checklist, caption, name, say))


def _table(
    points: Sequence[Point], names: Sequence[str], checklist: Checklist, caption: str, name: str, say: Wording
) -> str:
    columns = [say("history.on"), name, say("results.column.score"), say("results.column.band")]
    cells = [
        (say.short_date(point.date), named, _figure(point, say), band_words(checklist, point.score, say))
        for point, named in zip(points, names, strict=True)
    ]
    rows = [[escape(cell) for cell in row] for row in cells]
    return rich_table_html(caption, columns, rows, kind="over-time")


def _figure(point: Point, say: Wording) -> str:
    score = point.score
    parts = score_words(score, say), range_words(score, say), since_words(score, point.today, say)
    return " · ".join(part for part in parts if part)
