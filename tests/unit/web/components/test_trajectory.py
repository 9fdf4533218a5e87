"""The chart over time: the figures of the core, where they belong, each in its own place whatever the dates."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from html import unescape
from itertools import combinations, pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pensebete.evaluation.comparison import Point
from pensebete.evaluation.history_text import trajectory_in_words
from pensebete.text.wording import wording
from pensebete.web.components.trajectory_chart import trajectory_html
from pensebete.web.components.trajectory_layout import CANVAS, HEIGHT, layout_of
from tests.builders import CHECKLIST, MONDAY, assess, evaluate

NB = "\u00a0"
FR, EN = wording("fr"), wording("en")
ANSWERED = evaluate(CHECKLIST, assess({"cash-forecast": "done"})).readiness.overall
UNANSWERED = evaluate(CHECKLIST, assess({})).readiness.overall


def point(days: int, figure: int | None, high: int | None = None, name: str = "", since: date = MONDAY) -> Point:
    if figure is None:
        score = UNANSWERED
    else:
        score = replace(ANSWERED, rounded=figure, rounded_high=figure if high is None else high, essentials_only=False)
    return Point(since + timedelta(days=days), name, score, score)


def marks(html: str, kind: str) -> list[dict[str, float]]:
    found = re.findall(rf'class="over-time-{kind}" style="([^"]*)"', html)
    return [{name: float(value) for name, value in re.findall(r"(\w+):(-?[0-9.]+)", style)} for style in found]


def texts(html: str, kind: str) -> list[str]:
    return [unescape(text) for text in re.findall(rf'class="over-time-{kind}"[^>]*>([^<]+)<', html)]


def test_a_point_is_as_high_as_its_figure_between_the_lines_and_as_far_as_its_day():
    html = trajectory_html([point(0, 20, 60), point(10, 60), point(40, 100)], FR)
    levels = dict(zip((0, 20, 40, 60, 80, 100), (mark["top"] for mark in marks(html, "level")), strict=True))
    dots = marks(html, "dot")
    assert [dot["top"] for dot in dots] == [levels[20], levels[60], levels[100]]
    (first, second, last) = (dot["left"] for dot in dots)
    assert (second - first) / (last - first) == pytest.approx(10 / 40, abs=0.001)
    (up_to,) = marks(html, "range")
    assert up_to["top"] == levels[60]
    assert up_to["top"] + up_to["height"] == pytest.approx(levels[20], abs=0.02)
    assert sorted(texts(html, "figure")) == [f"100{NB}%", f"20{NB}%", f"60{NB}%"]
    assert texts(html, "date")[:6] == [FR.percent(level) for level in (0, 20, 40, 60, 80, 100)]
    assert set(texts(html, "date")[6:]) == {"2026-03-30", "2026-05-09"}
    assert sorted(texts(trajectory_html([point(0, 20)], EN), "figure")) == ["20%"]


def test_a_moment_without_a_figure_leaves_a_gap_and_is_marked_on_its_day():
    html = trajectory_html([point(0, 20), point(1, 30), point(2, None), point(3, 40)], FR)
    assert len(marks(html, "moment")) == 4
    assert len(marks(html, "dot")) == 3
    assert len(marks(html, "line")) == 1


def test_the_chart_is_one_picture_that_its_words_stand_for_whatever_a_moment_is_called():
    points = [point(0, 20, 60, '<b onclick="x">CA</b> & co'), point(1, 30)]
    html = trajectory_html(points, FR)
    (named,) = re.findall(r'<div class="trajectory" role="img" aria-label="([^"]*)">', html)
    assert unescape(named) == trajectory_in_words(points, FR)
    assert f'2026-03-30, <b onclick="x">CA</b> & co{NB}: 20{NB}%, jusqu’à 60{NB}%.' in unescape(named)
    titles = [unescape(title) for title in re.findall(r'title="([^"]*)"', html)]
    assert titles == [
        f'2026-03-30, <b onclick="x">CA</b> & co{NB}: 20{NB}%, jusqu’à 60{NB}%.',
        f"2026-03-31{NB}: 30{NB}%.",
    ]
    assert re.findall(r"<(\w+)", html) == ["div", *["span"] * html.count("<span")]
    assert trajectory_html((), EN).count("over-time-dot") == 0


def test_of_many_points_the_first_figure_and_the_last_are_written():
    html = trajectory_html([point(n, 10 * n) for n in range(9)], FR)
    assert sorted(texts(html, "figure")) == [f"0{NB}%", f"80{NB}%"]
    few = trajectory_html([point(10 * n, 10 * n) for n in range(6)], FR)
    assert len(texts(few, "figure")) == 6


FIGURES = st.one_of(st.none(), st.integers(0, 100))
MOMENTS = st.lists(st.tuples(st.dates(), FIGURES, st.integers(0, 100)), max_size=12)
CLOSE = st.lists(
    st.tuples(st.dates(date(2026, 3, 1), date(2026, 3, 9)), FIGURES, st.integers(0, 100)), min_size=1, max_size=30
)


@given(st.one_of(MOMENTS, CLOSE), st.sampled_from([FR, EN]))
@example([(date.min, 0, 100), (date.max, 100, 100)], FR)
@example([(MONDAY, 100, 100), (MONDAY, 0, 100), (MONDAY, 0, 0)], FR)
def test_nothing_stands_outside_and_no_words_on_others_nor_on_a_point(moments, say):
    points = [
        point(0, figure, max(figure or 0, high), since=day) for day, figure, high in sorted(moments, key=lambda m: m[0])
    ]
    layout = layout_of(points, say)
    words = [*(level for _, level in layout.levels), *layout.figures, *layout.dates]
    for one in (*(word.box for word in words), *(dot.box for dot in layout.dots)):
        assert one.within(CANVAS)
    for one, other in combinations(words, 2):
        assert not one.box.meets(other.box), (one, other)
    for figure in layout.figures:
        assert not any(figure.box.meets(dot.box) for dot in layout.dots)
    assert all(0 <= dot.up_to <= dot.y <= HEIGHT for dot in layout.dots)
    assert all(one.x <= other.x for one, other in pairwise(layout.dots))
    if points:
        assert layout.dates[0].text == points[-1].date.isoformat()
