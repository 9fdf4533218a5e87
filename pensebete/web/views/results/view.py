"""Readiness on screen. Every figure comes from readiness.py, every sentence about it from readiness_text.py."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from pensebete.checklist.model import Checklist
from pensebete.evaluation.charts import readiness_chart
from pensebete.evaluation.done import done_actions_of
from pensebete.evaluation.evaluation import Evaluation
from pensebete.evaluation.priority import class_of
from pensebete.evaluation.readiness import Gain, Readiness, Score
from pensebete.evaluation.readiness_text import (
    advice_words,
    answer_words,
    answers_words,
    band_words,
    counts,
    domain_band_words,
    domain_score_words,
    done_words,
    gain_words,
    held_back_words,
    lift_words,
    range_words,
    readiness_in_words,
    score_words,
    weakest,
)
from pensebete.text.markdown_escape import plain
from pensebete.web import session
from pensebete.web.components.table import table_html
from pensebete.web.layout.first_things import answer_first, confirm_button, first_list
from pensebete.web.layout.step_bar import way_on_to

_TEXT_COLOUR = {"light": "#0e1719", "dark": "#e9eff0"}


def text_colour() -> str:
    """The colour of the text around a chart, in the visitor's theme."""
    return _TEXT_COLOUR["dark" if st.context.theme.type == "dark" else "light"]


def readiness_view(evaluation: Evaluation) -> None:
    """The sentence first, then the chart and its table, then what to do with it."""
    checklist, result = evaluation.checklist, evaluation.readiness
    verdict(checklist, result)
    if result.overall.score is not None:
        held_back(evaluation)
        answer_first(evaluation)
        first_list(evaluation)
        to_reconfirm(evaluation)
    by_domain(checklist, result)
    done_list(evaluation)
    moves_most(checklist, evaluation.gains)
    projected(checklist, result, evaluation.projection)
    next_step(result)


def verdict(checklist: Checklist, result: Readiness) -> None:
    """The sentence that says it all, the band and its advice, how sure one can be."""
    say, overall = session.say(), result.overall
    if overall.score is None:
        st.info(say("results.nothing_counts") if not overall.counting else say("results.nothing_answered"))
        return
    with st.container(border=True, key="verdict"):
        st.html(f'<p class="sentence">{escape(_sentence(checklist, result))}</p>')
        st.markdown(f"**{plain(band_words(checklist, overall, say))}.** {plain(advice_words(checklist, overall, say))}")
        st.markdown(plain(" · ".join(counts(overall, say))))
        if overall.provisional:
            st.markdown(plain(say("results.provisional")))
    st.caption(plain(checklist.readiness.caption[session.language()]))


def _sentence(checklist: Checklist, result: Readiness) -> str:
    """« Votre entreprise est prête à 48 %, entre 41 % et 63 % selon …; le point le plus faible : Endettement. »"""
    say, language, overall = session.say(), session.language(), result.overall
    ready, between = score_words(overall, say), range_words(overall, say)
    titles = [domain.title[language] for domain in weakest(checklist, result)]
    sentence = say("results.ready", score=ready)
    if between:
        sentence = say("results.ready_between", score=ready, range=between)
    weak = say("results.weakest", n=len(titles), domain=say.listing(titles)) if titles else ""
    return say("results.sentence", ready=sentence, weakest=weak) if weak else f"{sentence}."


def next_step(result: Readiness) -> None:
    """The way on: to the plan, or back to the questions where there is nothing to plan."""
    if result.overall.score is None:
        way_on_to("questionnaire", "results.to_questionnaire")
    else:
        way_on_to("action_plan", "results.to_plan")


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
    columns = [say(f"results.column.{what}") for what in ("domain", "score", "answers")]
    with st.container(key="domain-table"):
        st.html(table_html(say("results.by_domain"), columns, _rows(checklist, result), total=True))


def held_back(evaluation: Evaluation) -> None:
    """What holds the band back, and what would lift it."""
    if not evaluation.readiness.overall.held_back_by:
        return
    say, checklist = session.say(), evaluation.checklist
    st.header(say("results.held_back"), anchor=False)
    with st.container(key="held-back"):
        lines = [
            f"- {plain(held_back_words(checklist, why, say))}. {plain(lift_words(evaluation, why, say))}"
            for why in evaluation.readiness.overall.held_back_by
        ]
        st.markdown("\n".join(lines))


def to_reconfirm(evaluation: Evaluation) -> None:
    """What was done and has had its day; a tap confirms it."""
    expired = [state for state in evaluation.item_states if state.counts and state.expired]
    if not expired:
        return
    say, checklist = session.say(), evaluation.checklist
    st.header(say("results.reconfirm"), anchor=False)
    st.write(say("results.reconfirm.explained"))
    for state in expired:
        with st.container(border=True, key=f"reconfirm-{state.item.id}"):
            st.markdown(f"**{plain(state.item.ref)}** · {plain(state.item.title[session.language()])}")
            st.caption(plain(answer_words(checklist, state, say)))
            confirm_button(checklist, state)


def done_list(evaluation: Evaluation) -> None:
    """What is done, and since when."""
    done = [state for state in evaluation.item_states if state.current == "done"]
    if done:
        say = session.say()
        with st.expander(say("results.done", n=len(done))):
            lines = []
            for state in done:
                lines.append(f"- {plain(done_words(state, say))}")
                texts = (action.text for action in done_actions_of(evaluation, state.item))
                lines += [f"    - {plain(text[session.language()])}" for text in texts if text]
            st.markdown("\n".join(lines))


def moves_most(checklist: Checklist, gains: Sequence[Gain]) -> None:
    """Which answers would move the figure most, by class first; what to begin with is the list above."""
    if not gains:
        return
    say, language, lines = session.say(), session.language(), []
    for gain in gains[:5]:
        item = gain.state.item
        class_ = class_of(checklist, item).class_
        details = [class_, gain_words(gain, say), say(f"results.effort.{item.effort}")]
        if checklist.quick_win.match(item):
            details.append(say("results.quick_win"))
        lines.append(f"1. **{plain(item.ref)}** · {plain(item.title[language])} ({plain(', '.join(details))})")
    with st.expander(say("results.moves_most")):
        st.markdown("\n".join(lines))


def projected(checklist: Checklist, result: Readiness, stages: Sequence[tuple[str, Score]]) -> None:
    """Where one would stand once the first class of actions is done, then the next ones."""
    if not stages:
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
    columns = [say(f"results.column.{what}") for what in ("stage", "score", "band")]
    cells = [(stage, score_words(score, say), _held_back_band(checklist, score)) for stage, score in rows]
    with st.container(key="projection-table"):
        st.html(table_html(say("results.projection"), columns, cells))
    held = stages[-1][1].held_back_by
    if held:
        st.markdown(plain(say("results.projection.held")))
        st.markdown("\n".join(f"- {plain(held_back_words(checklist, why, say))}" for why in held))


def _rows(checklist: Checklist, result: Readiness) -> list[tuple[str, str, str]]:
    """A row for each domain, then for all of them; three columns, which a phone can hold."""
    say, language = session.say(), session.language()
    rows: list[tuple[str, Score, tuple[str, ...]]] = []
    for domain in checklist.domains:
        score = result.domains[domain.id]
        parts = (domain_score_words(checklist, score, say), domain_band_words(checklist, score, say))
        rows.append((domain.title[language], score, parts))
    overall = result.overall
    about = (score_words(overall, say), range_words(overall, say), band_words(checklist, overall, say))
    rows.append((say("results.overall"), overall, about))
    return [(name, _score_cell(s, parts), answers_words(checklist, s, say)) for name, s, parts in rows]


def _score_cell(score: Score, parts: Sequence[str]) -> str:
    if score.shown is None:
        return parts[0]
    sure = session.say()("results.provisional.short") if score.provisional else ""
    return ", ".join(filter(None, (*parts, sure)))


def _held_back_band(checklist: Checklist, score: Score) -> str:
    say = session.say()
    band = band_words(checklist, score, say)
    return say("results.band_held", band=band, n=len(score.held_back_by)) if score.held_back_by else band
