"""Readiness -> the chart by domain, and the same in words. The only room that knows plotly."""

from __future__ import annotations

import plotly.graph_objects as go

from pensebete.checklist import STATUSES, Checklist, Status
from pensebete.i18n import Wording
from pensebete.readiness import Readiness
from pensebete.readiness_words import answers_words, domain_band_words, score_words, status_label

# Each differs from its neighbours in lightness too, and each part bears its number: the chart reads in grey.
COLOURS: dict[Status | None, str] = {
    "done": "#0f5c6e",
    "in_progress": "#4f9fb0",
    "to_do": "#f0c48a",
    "unknown": "#a593c9",
    None: "#dfe4e6",
}
_ON_DARK: tuple[Status | None, ...] = ("done",)  # the parts whose number is written in white
_ROW = 74  # pixels a domain
_ORDER: tuple[Status | None, ...] = ("done", "in_progress", "to_do", "unknown", None)


def readiness_chart(checklist: Checklist, result: Readiness, say: Wording, text_colour: str) -> go.Figure:
    """One bar a domain, split by answer, with its score; `text_colour` is that of the page around."""
    titles = {domain.id: domain.title[say.language] for domain in checklist.domains}
    ids = list(titles)
    figure = go.Figure()
    for status in _ORDER:
        counts = [result.domains[id].by_status[status] for id in ids]
        if not any(counts):
            continue
        label = status_label(checklist, status, say)
        shares = [_share(count, result.domains[id].counting) for count, id in zip(counts, ids, strict=True)]
        figure.add_bar(
            name=label,
            y=ids,
            x=shares,
            orientation="h",
            marker={"color": COLOURS[status], "line": {"color": "#ffffff", "width": 1}},
            text=[say.number(count) if count else "" for count in counts],
            textposition="inside",
            insidetextanchor="middle",
            textfont={"color": "#ffffff" if status in _ON_DARK else "#1f2a2e", "size": 13},
            textangle=0,
            hovertext=[
                say("chart.hover", domain=titles[id], status=label, n=count, of=result.domains[id].counting)
                for count, id in zip(counts, ids, strict=True)
            ],
            hoverinfo="text",
        )
    for id in ids:
        score = result.domains[id]
        words = score_words(score, say)
        if score.shown is not None and (band := domain_band_words(checklist, score, say)):
            words += f" · {band}"
        figure.add_annotation(
            x=0,
            y=id,
            xref="x",
            yref="y",
            text=f"<b>{_safe(titles[id])}</b>  {_safe(words)}",
            showarrow=False,
            xanchor="left",
            yanchor="bottom",
            yshift=13,
            font={"color": text_colour, "size": 15},
        )
    figure.update_layout(
        barmode="stack",
        bargap=0.64,
        height=_ROW * len(ids) + 70,
        margin={"l": 0, "r": 0, "t": 24, "b": 0},
        dragmode=False,
        font={"color": text_colour, "size": 14},
        legend={
            "orientation": "h",
            "yanchor": "top",
            "y": 0,
            "x": 0,
            "traceorder": "normal",
            "itemclick": False,
            "itemdoubleclick": False,
            "font": {"color": text_colour, "size": 14},
        },
        xaxis={"visible": False, "range": [0, 100], "fixedrange": True},
        yaxis={"visible": False, "autorange": "reversed", "fixedrange": True, "categoryarray": ids},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
    )
    return figure


def readiness_in_words(checklist: Checklist, result: Readiness, say: Wording) -> str:
    """What the chart shows, for those who do not see it."""
    parts = []
    for domain in checklist.domains:
        score = result.domains[domain.id]
        words = score_words(score, say)
        answers = answers_words(checklist, score, say)
        parts.append(say("chart.domain", domain=domain.title[say.language], score=words, answers=answers))
    return say("chart.alt") + " " + " ".join(parts)


def _share(count: int, of: int) -> float:
    return 100 * count / of if of else 0.0


def _safe(text: str) -> str:
    """Plotly reads a few HTML tags in its texts."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


assert set(_ORDER) == {*STATUSES, None} - {"not_applicable"}
