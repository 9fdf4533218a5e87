"""What stands folded under the results: the table with the same figures, what is done, what would change them, how."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import streamlit as st

from pensebete.checklist.model import Checklist
from pensebete.evaluation.done import done_actions_of
from pensebete.evaluation.evaluation import Evaluation
from pensebete.evaluation.priority import class_of
from pensebete.evaluation.readiness import Gain, Readiness, Score
from pensebete.evaluation.readiness_text import (
    advice_words,
    answers_words,
    band_words,
    domain_band_words,
    domain_score_words,
    done_words,
    gain_words,
    held_back_words,
    range_words,
    score_words,
)
from pensebete.text.markdown_escape import plain
from pensebete.web import session
from pensebete.web.components.table import table_html

_GAINS = 5


def domain_table(checklist: Checklist, result: Readiness) -> None:
    """The twin of the bars, with the band and the answers of each domain."""
    say = session.say()
    columns = [say(f"results.column.{what}") for what in ("domain", "score", "answers")]
    with st.expander(say("results.as_table"), type="compact"), st.container(key="domain-table"):
        st.html(table_html(say("results.by_domain"), columns, _rows(checklist, result), total=True))


def done_list(evaluation: Evaluation) -> None:
    """What is done, and since when."""
    done = [state for state in evaluation.item_states if state.current == "done"]
    if done:
        say = session.say()
        with st.expander(say("results.done", n=len(done)), type="compact"):
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
    named = gains[:_GAINS]
    for gain in named:
        item = gain.state.item
        details = [class_of(checklist, item).class_, gain_words(gain, say), say(f"results.effort.{item.effort}")]
        if checklist.quick_win.match(item):
            details.append(say("results.quick_win"))
        lines.append(f"1. **{plain(item.ref)}** · {plain(item.title[language])} ({plain(', '.join(details))})")
    classes = [class_of(checklist, gain.state.item).class_ for gain in named]
    with st.expander(say("results.moves_most"), type="compact"):
        st.markdown("\n".join(lines))
        st.caption(plain(f"{say('results.gain_means')} {_classes_mean(checklist, classes)}"))


def projected(checklist: Checklist, result: Readiness, stages: Sequence[tuple[str, Score]]) -> None:
    """Where one would stand once the first class of actions is done, then the next ones."""
    if not stages:
        return
    say = session.say()
    rows = [(say("results.today"), result.overall)]
    done: list[str] = []
    for class_, score in stages:
        done.append(class_)
        all_done = len(done) == len(stages)
        rows.append((say("results.after_all") if all_done else say("results.after", classes=say.listing(done)), score))
    columns = [say(f"results.column.{what}") for what in ("stage", "score", "band")]
    cells = [(stage, score_words(score, say), _held_back_band(checklist, score)) for stage, score in rows]
    with st.expander(say("results.projection"), type="compact"):
        st.write(say("results.projection.explained"))
        with st.container(key="projection-table"):
            st.html(table_html(say("results.projection"), columns, cells))
        st.caption(plain(_classes_mean(checklist, done)))
        if held := stages[-1][1].held_back_by:
            st.markdown(plain(say("results.projection.held")))
            st.markdown("\n".join(f"- {plain(held_back_words(checklist, why, say))}" for why in held))


def how_computed(checklist: Checklist, result: Readiness) -> None:
    """What the figure measures and what it does not; the bands; whether it may still change."""
    say, language = session.say(), session.language()
    bands = sorted(checklist.bands, key=lambda band: band.from_)
    named = [say("results.band_from", band=band.label[language], start=say.percent(band.from_)) for band in bands]
    with st.expander(say("results.how"), type="compact"):
        if result.overall.essentials_only:
            st.markdown(plain(say("results.essentials_how", caption=checklist.readiness.caption[language])))
            return
        st.markdown(plain(advice_words(checklist, result.overall, say)))
        st.markdown(plain(checklist.readiness.caption[language]))
        if result.overall.provisional:
            st.markdown(plain(say("results.provisional")))
        st.markdown(plain(say("results.credit")))
        st.markdown(plain(say("results.bands", bands=say.listing(named))))


def _classes_mean(checklist: Checklist, classes: Iterable[str]) -> str:
    """« P1 : À commencer d’ici 48 h. P2 : À faire d’ici deux semaines. »"""
    say, wanted = session.say(), set(classes)
    rows = [row for row in checklist.ranking if row.class_ in wanted]
    return " ".join(say("results.class_means", name=row.class_, label=row.label[session.language()]) for row in rows)


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
    if score.rounded is None:
        return parts[0]
    sure = session.say()("results.provisional.short") if score.provisional else ""
    return ", ".join(filter(None, (*parts, sure)))


def _held_back_band(checklist: Checklist, score: Score) -> str:
    say = session.say()
    band = band_words(checklist, score, say)
    return say("results.band_held", band=band, n=len(score.held_back_by)) if score.held_back_by else band
