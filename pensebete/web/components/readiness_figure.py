"""The figure of readiness, as large as on page 1 of the PDF: its band by word, colour and sign, and where it lies."""

from __future__ import annotations

from html import escape

from pensebete.checklist.model import Band, Checklist
from pensebete.evaluation.readiness import Score
from pensebete.evaluation.readiness_text import band_words, essentials_words, range_words
from pensebete.text.wording import Wording

_LEVELS = 4  # so many signs and colours, whatever the number of bands


def figure_html(checklist: Checklist, score: Score, say: Wording) -> str:
    """« 41 % », « À consolider », « démarches faites, jusqu’à 54 % »; then the scale. For a score that has a figure."""
    assert score.rounded is not None
    assert score.band is not None
    level = level_of(checklist, checklist.band(score.band))
    said = [say("results.steps_done"), range_words(score, say)]
    words = ", ".join(filter(None, said))
    if score.held_back_by:
        words += f" · {say('results.held')}"
    return (
        f'<div class="readiness"><p class="readiness-figure">{escape(say.percent(score.rounded))}</p><div>'
        f'<p class="band band-{level}"><span class="band-sign band-sign-{level}" aria-hidden="true"></span>'
        f'<span class="out-of-sight">{escape(say("results.column.band"))} </span>'
        f"{escape(band_words(checklist, score, say))}</p>"
        f'<p class="readiness-words">{escape(words)}</p></div></div>'
        f"{_scale(checklist, score, say)}"
    )


def essentials_html(score: Score, say: Wording) -> str:
    """« 5 sur 7 », « essentiels faits »: where the essentials alone are answered, and there is no figure."""
    done, of = score.essentials
    essentials = escape(say("results.essentials_done", n=done, of=of))
    figure = escape(say("readiness.essentials.figure", done=done, of=of))
    heard = escape(essentials_words(score, say))
    words = escape(say("results.essentials_all" if done == of else "results.essentials_only"))
    return (
        f'<div class="readiness"><p class="readiness-figure"><span class="out-of-sight">{heard}</span>'
        f'<span aria-hidden="true">{figure}</span></p>'
        f'<div><p class="readiness-essentials" aria-hidden="true">{essentials}</p>'
        f'<p class="readiness-words">{words}</p></div></div>'
    )


def level_of(checklist: Checklist, band: Band) -> int:
    """1 for the lowest band, 4 for the highest; those between are spread over what lies between."""
    places = sorted(one.from_ for one in checklist.bands)
    if len(places) == 1:
        return _LEVELS
    return 1 + round((_LEVELS - 1) * places.index(band.from_) / (len(places) - 1))


def _scale(checklist: Checklist, score: Score, say: Wording) -> str:
    """The bands one after the other, the figure full, what may still come hatched; said by the words above it."""
    bands = sorted(checklist.bands, key=lambda band: band.from_)
    ends = [*(band.from_ for band in bands[1:]), 100]
    parts = "".join(_part(checklist, band, end, score, say) for band, end in zip(bands, ends, strict=True))
    full, most = score.rounded or 0, score.rounded_high or 0
    return (
        f'<div class="scale" aria-hidden="true"><div class="scale-bands">{parts}</div>'
        f'<div class="scale-bar">{bar_parts(full, most)}</div></div>'
    )


def bar_parts(full: float, most: float) -> str:
    """Of a hundred: what is done, full, then up to what may come, hatched."""
    return (
        f'<span class="bar-full" style="width:{full:g}%"></span>'
        f'<span class="bar-open" style="width:{max(0, most - full):g}%"></span>'
    )


def _part(checklist: Checklist, band: Band, end: int, score: Score, say: Wording) -> str:
    here = " here" if band.id == score.band else ""
    return (
        f'<span class="band-{level_of(checklist, band)}{here}" style="width:{max(0, end - band.from_)}%">'
        f"<span>{escape(say.number(band.from_))}</span>"
        f'<span class="scale-name">{escape(band.label[say.language])}</span></span>'
    )
