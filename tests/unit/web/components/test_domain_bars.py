"""The bars of the results page: their length is the figure beside them."""

from __future__ import annotations

import re
from html import unescape

import pytest

from pensebete.checklist.status import STATUSES
from pensebete.evaluation.readiness_text import domain_score_words, range_words
from pensebete.text.theme import FIGURE
from pensebete.text.wording import wording
from pensebete.web.components.domain_bars import domain_bars_html
from pensebete.web.components.readiness_figure import figure_html, level_of
from pensebete.web.server.static_gzip import OUR_FILES
from tests.builders import CHECKLIST, assess, evaluate, every

FR = wording("fr")
MIXED = {id: (*STATUSES[:4], None)[n % 5] for n, id in enumerate(CHECKLIST.items)}


def lines(result):
    return re.findall(r"<li>(.*?)</li>", domain_bars_html(CHECKLIST, result, FR))


def widths(html):
    return [float(width) for width in re.findall(r"width:([0-9.]+)%", html)]


def heard(html):
    return unescape(re.sub(r"<[^>]+>", "", html))


def test_the_full_part_is_as_long_as_the_figure_and_the_hatched_one_goes_as_far_as_it_may():
    result = evaluate(CHECKLIST, assess(MIXED)).readiness
    assert len(lines(result)) == len(CHECKLIST.domains)
    seen = 0
    for domain, line in zip(CHECKLIST.domains, lines(result), strict=True):
        score = result.domains[domain.id]
        if score.counting < CHECKLIST.readiness.no_band_below_items:
            continue
        full, hatched = widths(line)
        assert full == score.rounded
        assert full + hatched == score.rounded_high
        assert f"{score.rounded}\u00a0%" in heard(line)
        seen += 1
    assert seen == 3


def test_a_domain_of_few_items_is_as_long_as_what_is_done_of_them():
    debt = CHECKLIST.domain("debt").items
    answers = every(CHECKLIST, "to_do") | {debt[0].id: "done", debt[1].id: "unknown"}
    line = lines(evaluate(CHECKLIST, assess(answers)).readiness)[3]
    assert widths(line) == [50, 50]
    assert "1 fait sur 2" in heard(line)


def test_a_domain_where_nothing_applies_has_words_and_no_bar():
    answers = every(CHECKLIST, "to_do") | {item.id: "not_applicable" for item in CHECKLIST.domain("supply").items}
    line = lines(evaluate(CHECKLIST, assess(answers)).readiness)[4]
    assert widths(line) == []
    assert "sans objet" in heard(line)


def test_each_line_is_heard_as_one_sentence_with_how_far_it_may_go():
    result = evaluate(CHECKLIST, assess(MIXED)).readiness
    domain, line = CHECKLIST.domains[0], lines(result)[0]
    score = result.domains[domain.id]
    words, up_to = domain_score_words(CHECKLIST, score, FR), range_words(score, FR)
    assert up_to
    assert heard(line) == f"{domain.title['fr']}\u00a0: {words}, {up_to}"
    assert re.search(r'class="domain-bar" aria-hidden="true"', line)


def test_the_figure_is_on_the_scale_of_the_bands_which_add_up_to_a_hundred():
    overall = evaluate(CHECKLIST, assess(MIXED)).readiness.overall
    html = figure_html(CHECKLIST, overall, FR)
    bands, bar = html.split('class="scale-bar"')
    assert sum(widths(bands)) == 100
    assert len(widths(bands)) == len(CHECKLIST.bands)
    full, hatched = widths(bar)
    assert (full, full + hatched) == (overall.rounded, overall.rounded_high)


@pytest.mark.parametrize("status", ["to_do", "in_progress", "done"])
def test_the_band_is_said_by_its_word_a_sign_and_a_colour(status):
    overall = evaluate(CHECKLIST, assess(every(CHECKLIST, status))).readiness.overall
    band = CHECKLIST.band(overall.band)
    level = level_of(CHECKLIST, band)
    html = figure_html(CHECKLIST, overall, FR)
    assert f'class="band band-{level}"' in html
    assert f"band-sign-{level}" in html
    assert band.label["fr"] in unescape(html)


def test_each_band_has_a_level_of_its_own_from_the_lowest_to_the_highest():
    ordered = sorted(CHECKLIST.bands, key=lambda band: band.from_)
    assert [level_of(CHECKLIST, band) for band in ordered] == [1, 2, 3, 4]
    alone = CHECKLIST.model_copy(update={"bands": (ordered[0],)})
    assert level_of(alone, ordered[0]) == 4


def test_titles_of_a_checklist_are_shown_as_written():
    title = type(CHECKLIST.domains[0].title)({"fr": "<b>Eau & feu</b>"})
    strange = CHECKLIST.domains[0].model_copy(update={"title": title})
    checklist = CHECKLIST.model_copy(update={"domains": (strange, *CHECKLIST.domains[1:])})
    html = domain_bars_html(checklist, evaluate(checklist, assess(MIXED)).readiness, FR)
    assert "&lt;b&gt;Eau &amp; feu&lt;/b&gt;" in html


def test_the_figure_is_as_large_as_on_page_1_of_the_pdf():
    css = (OUR_FILES / "style" / "results.css").read_text(encoding="utf-8")
    assert re.search(rf"\.readiness-figure {{ font-size: {FIGURE}rem", css)
