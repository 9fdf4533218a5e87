"""Readiness by domain as bars: the length of a bar is its figure, hatched is how far it may go."""

from __future__ import annotations

from html import escape

from pensebete.checklist.model import Checklist, Domain
from pensebete.checklist.status import rule_of
from pensebete.evaluation.domain_icon import domain_icon
from pensebete.evaluation.readiness import Readiness, Score
from pensebete.evaluation.readiness_text import domain_score_words, range_words
from pensebete.text.wording import Wording
from pensebete.web.components.readiness_figure import bar_parts


def domain_bars_html(checklist: Checklist, result: Readiness, say: Wording) -> str:
    """A list, a domain a line: « Communication 71 % », which ears hear as « Communication : 71 %, jusqu’à 80 % »."""
    lines = "".join(_line(checklist, domain, result.domains[domain.id], say) for domain in checklist.domains)
    return f'<ul class="domain-bars" role="list">{lines}</ul>'


def legend_html(overall: Score, say: Wording) -> str:
    """What a full part says, and a hatched one where there is one."""
    parts = [("full", say("results.legend"))]
    if overall.rounded != overall.rounded_high:
        parts.append(("open", say("results.legend.open")))
    lines = (f'<span class="swatch bar-{part}" aria-hidden="true"></span>{escape(words)}' for part, words in parts)
    return f'<p class="legend">{"<br>".join(lines)}</p>'


def lengths(checklist: Checklist, score: Score) -> tuple[float, float]:
    """How long the full part is and where the hatched one ends, of a hundred.

    The figure and « jusqu’à », as they are shown. A domain of few items has no figure but so many done: then of its
    items, each as long as the others.
    """
    if not score.counting:
        return 0, 0
    if score.counting < checklist.readiness.no_band_below_items:
        open_ones = sum(count for status, count in score.by_status.items() if rule_of(status).open_to_luck)
        return 100 * score.done / score.counting, 100 * (score.done + open_ones) / score.counting
    return score.rounded or 0, score.rounded_high or 0


def _line(checklist: Checklist, domain: Domain, score: Score, say: Wording) -> str:
    few = score.counting < checklist.readiness.no_band_below_items
    up_to = "" if few else range_words(score, say)
    heard = f'<span class="out-of-sight">, {escape(up_to)}</span>' if up_to else ""
    bar = f'<span class="domain-bar" aria-hidden="true">{bar_parts(*lengths(checklist, score))}</span>'
    return (
        f'<li>{domain_icon(domain.id)}<span class="domain-name">{escape(domain.title[say.language])}</span>'
        f'<span class="out-of-sight">{escape(say("item.colon"))} </span>'
        f'<strong class="domain-figure">{escape(domain_score_words(checklist, score, say))}</strong>'
        f"{heard}{bar if score.counting else ''}</li>"
    )
