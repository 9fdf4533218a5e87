"""Readiness on screen. Every figure comes from readiness.py, every sentence about it from readiness_words.py."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from pensebete.charts import readiness_chart, readiness_in_words
from pensebete.checklist import Checklist
from pensebete.readiness import Gain, Readiness, Score
from pensebete.readiness_words import (
    advice_words,
    answers_words,
    band_words,
    coverage_words,
    domain_band_words,
    essentials_words,
    gain_words,
    held_back_words,
    range_words,
    score_words,
    weakest,
)
from pensebete.web import session
from pensebete.web.frame import page
from pensebete.web.plain import plain

_TEXT_COLOUR = {"light": "#0e1719", "dark": "#e9eff0"}


def text_colour() -> str:
    """The colour of the text around a chart, in the visitor's theme."""
    return _TEXT_COLOUR["dark" if st.context.theme.type == "dark" else "light"]


def verdict(checklist: Checklist, result: Readiness) -> None:
    """The sentence that says it all, the band and its advice, how sure one can be."""
    say, language, overall = session.say(), session.language(), result.overall
    if overall.score is None:
        st.info(say("results.nothing_counts") if not overall.counting else say("results.nothing_answered"))
        return
    ready = score_words(overall, say)
    between = range_words(overall, say)
    weak = weakest(checklist, result)
    with st.container(border=True, key="verdict"):
        st.markdown(f"## {plain(band_words(checklist, overall, say))}")
        sentence = (
            say("results.ready_between", score=ready, range=between) if between else say("results.ready", score=ready)
        )
        st.markdown(f"**{plain(sentence)}**")
        if weak:
            titles = [domain.title[language] for domain in weak]
            st.markdown(plain(say("results.weakest", n=len(weak), domain=say.listing(titles))))
        st.markdown(plain(advice_words(checklist, overall, say)))
        st.markdown(plain(f"{essentials_words(result, say)} · {coverage_words(overall, say)}"))
        if overall.provisional:
            st.markdown(plain(say("results.provisional")))
    st.caption(plain(checklist.readiness.caption[language]))


def held_back(checklist: Checklist, result: Readiness) -> None:
    """Every reason why the band is lower than the number alone would have it."""
    if not result.overall.held_back_by:
        return
    say = session.say()
    st.header(say("results.held_back"), anchor=False)
    st.markdown("\n".join(f"- {plain(held_back_words(checklist, why, say))}" for why in result.overall.held_back_by))


def next_step(result: Readiness) -> None:
    """The way on: to the plan, or back to the questions where there is nothing to plan."""
    way, name = ("results.to_questionnaire", "questionnaire")
    if result.overall.score is not None:
        way, name = ("results.to_plan", "action_plan")
    if st.button(session.say()(way), type="primary", key=session.key("way_on")):
        st.switch_page(page(name))


def by_domain(checklist: Checklist, result: Readiness) -> None:
    """The chart, and the table with the same figures."""
    say = session.say()
    st.header(say("results.by_domain"), anchor=False)
    if result.overall.counting:  # with nothing that counts there is no bar to draw
        st.plotly_chart(
            readiness_chart(checklist, result, say, text_colour()),
            key=session.key("chart"),
            config={"displayModeBar": False, "scrollZoom": False},
            alt=readiness_in_words(checklist, result, say),
        )
    with st.container(key="domain-table"):
        st.table(_table(checklist, result), alt=say("results.by_domain"), hide_index=True)


def what_moves_most(checklist: Checklist, gains: Sequence[Gain]) -> None:
    """What would move the score most for the least effort."""
    if not gains:
        return
    say, language = session.say(), session.language()
    st.header(say("results.moves_most"), anchor=False)
    lines = []
    for gain in gains[:5]:
        item = gain.standing.item
        class_ = checklist.ranking[checklist.rank_of(item)].class_
        details = [class_, gain_words(gain, say), say(f"results.effort.{item.effort}")]
        if checklist.quick_win.match(item):
            details.append(say("results.quick_win"))
        lines.append(f"1. **{plain(item.ref)}** · {plain(item.title[language])} ({plain(', '.join(details))})")
    st.markdown("\n".join(lines))


def projected(checklist: Checklist, result: Readiness, stages: Sequence[tuple[str, Score]]) -> None:
    """Where one would stand once the first class of actions is done, then the next ones."""
    if result.overall.score is None:
        return
    say = session.say()
    st.header(say("results.projection"), anchor=False)
    st.write(say("results.projection.explained"))
    rows = [(say("results.today"), result.overall)]
    done: list[str] = []
    for class_, score in stages:
        done.append(class_)
        all_done = len(done) == len(stages)
        rows.append((say("results.after_all") if all_done else say("results.after", classes=say.listing(done)), score))
    st.table(
        {
            say("results.column.stage"): [plain(stage) for stage, _ in rows],
            say("results.column.score"): [plain(score_words(score, say)) for _, score in rows],
            say("results.column.band"): [plain(_held_back_band(checklist, score)) for _, score in rows],
        },
        alt=say("results.projection"),
        hide_index=True,
    )
    if open_items := result.overall.by_status[None]:
        st.markdown(plain(say("results.projection.unanswered", n=open_items)))
    held = stages[-1][1].held_back_by
    if held:
        st.markdown(plain(say("results.projection.held")))
        st.markdown("\n".join(f"- {plain(held_back_words(checklist, why, say))}" for why in held))


def _table(checklist: Checklist, result: Readiness) -> dict[str, list[str]]:
    """Column -> a cell for each domain, then for all of them; three columns, which a phone can hold."""
    say, language = session.say(), session.language()
    rows = [(domain.title[language], result.domains[domain.id]) for domain in checklist.domains]
    rows.append((say("results.overall"), result.overall))
    columns = {
        say("results.column.domain"): [name for name, _ in rows],
        say("results.column.score"): [_score_cell(checklist, result, score) for _, score in rows],
        say("results.column.answers"): [answers_words(checklist, score, say) for _, score in rows],
    }
    return {plain(column): [plain(cell) for cell in cells] for column, cells in columns.items()}


def _score_cell(checklist: Checklist, result: Readiness, score: Score) -> str:
    say = session.say()
    if score.shown is None:
        return score_words(score, say)
    band = (band_words if score is result.overall else domain_band_words)(checklist, score, say)
    sure = say("results.provisional.short") if score.provisional else ""
    return ", ".join(filter(None, (score_words(score, say), range_words(score, say), band, sure)))


def _held_back_band(checklist: Checklist, score: Score) -> str:
    say = session.say()
    band = band_words(checklist, score, say)
    return say("results.band_held", band=band, n=len(score.held_back_by)) if score.held_back_by else band
