"""Readiness on screen. Every figure comes from readiness.py, every sentence about it from readiness_text.py."""

from __future__ import annotations

import streamlit as st

from pensebete.checklist.model import Checklist
from pensebete.evaluation.evaluation import Evaluation
from pensebete.evaluation.readiness import HeldBack, Readiness
from pensebete.evaluation.readiness_text import (
    advice_words,
    answer_words,
    counts,
    held_back_words,
    lift_words,
    reason_beside_first,
)
from pensebete.text.markdown_escape import plain
from pensebete.web import session
from pensebete.web.components.domain_bars import domain_bars_html, legend_html
from pensebete.web.components.readiness_figure import essentials_html, figure_html
from pensebete.web.layout.call_pole import call_pole
from pensebete.web.layout.first_things import answer_first, confirm_button, first_list
from pensebete.web.layout.step_bar import way_on_to
from pensebete.web.layout.the_rest import the_rest
from pensebete.web.views.results.folds import domain_table, done_list, how_computed, moves_most, projected


def readiness_view(evaluation: Evaluation) -> None:
    """The figure and what comes first; beside it, or under it on a phone, what explains it."""
    checklist, result = evaluation.checklist, evaluation.readiness
    if result.overall.score is None:
        nothing_yet(result)
    else:
        with st.container(key="two-columns"):
            with st.container(key="results-now", gap="small"):
                verdict(evaluation)
                call_pole(evaluation)
                answer_first(evaluation)
                first_list(evaluation)
                to_reconfirm(evaluation)
                if evaluation.essentials_only:
                    the_rest("results")
            with st.container(key="results-why", gap="small"):
                held_back(evaluation)
                # Of the essentials alone there is no figure, neither to explain nor to raise.
                if not evaluation.essentials_only:
                    by_domain(checklist, result)
                with st.container(key="folds", gap=None):
                    if not evaluation.essentials_only:
                        domain_table(checklist, result)
                    done_list(evaluation)
                    if not evaluation.essentials_only:
                        moves_most(checklist, evaluation.gains)
                    projected(checklist, result, evaluation.projection)
                    how_computed(checklist, result)
    next_step(result)


def nothing_yet(result: Readiness) -> None:
    """No figure, no empty bars: what to do to have one."""
    say = session.say()
    with st.container(key="nothing-yet"):
        st.markdown(plain(say("results.nothing_answered" if result.overall.counting else "results.nothing_counts")))


def verdict(evaluation: Evaluation) -> None:
    """The figure with its band, on the scale; to whom is furthest behind, or has nothing left to do, a kind word."""
    say, checklist, overall = session.say(), evaluation.checklist, evaluation.readiness.overall
    with st.container(key="verdict", gap="xsmall"):
        st.html(essentials_html(overall, say) if overall.essentials_only else figure_html(checklist, overall, say))
        # Otherwise what comes first, and to answer while an answer is missing, is the advice.
        lowest = overall.band == checklist.band_at(0).id
        if not overall.essentials_only and (not evaluation.first_actions or (lowest and not overall.unanswered)):
            st.markdown(plain(advice_words(checklist, overall, say)))


def to_reconfirm(evaluation: Evaluation) -> None:
    """What was done and has had its day; a tap confirms it."""
    expired = [state for state in evaluation.item_states if state.counts and state.expired]
    if not expired:
        return
    say, checklist = session.say(), evaluation.checklist
    with st.expander(say("results.reconfirm.fold", n=len(expired)), type="compact"):
        st.write(say("results.reconfirm.explained"))
        for state in expired:
            with st.container(key=f"reconfirm-{state.item.id}", gap="xsmall"):
                st.markdown(f"**{plain(state.item.ref)}** · {plain(state.item.title[session.language()])}")
                st.caption(plain(answer_words(checklist, state, say)))
                if not session.reading_only():
                    confirm_button(checklist, state)


def held_back(evaluation: Evaluation) -> None:
    """What holds the band back and what would lift it: the first reason in full, the others by name and folded."""
    say, checklist, reasons = session.say(), evaluation.checklist, evaluation.readiness.overall.told_held_back_by
    if not reasons:
        return
    with st.container(key="held-back", gap="xsmall"):
        st.header(say("results.held_back"), anchor=False)
        said = [reason_beside_first(evaluation, reasons[0], say)]
        if others := reasons[1:]:
            names = dict.fromkeys(_named(checklist, why) for why in others)
            said.append(say("results.also_held", names=say.listing(names)))
        st.markdown(plain(" ".join(said)))
        if others:
            with st.expander(say("results.all_reasons", n=len(reasons)), type="compact"):
                st.markdown("\n".join(f"- {plain(_in_full(evaluation, why))}" for why in reasons))


def _in_full(evaluation: Evaluation, why: HeldBack) -> str:
    say = session.say()
    return f"{held_back_words(evaluation.checklist, why, say)}. {lift_words(evaluation, why, say)}"


def _named(checklist: Checklist, why: HeldBack) -> str:
    """« L5 », « Liquidités »: what a reason is about, in a word."""
    if why.item:
        return checklist.items[why.item].ref
    if why.domain:
        return checklist.domain(why.domain).title[session.language()]
    return session.say()("results.many_not_applicable")


def by_domain(checklist: Checklist, result: Readiness) -> None:
    """A bar a domain, what its two parts mean, and how many are essential, not applicable, to reconfirm."""
    say = session.say()
    with st.container(key="by-domain", gap="xsmall"):
        st.header(say("results.by_domain"), anchor=False)
        st.html(domain_bars_html(checklist, result, say))
        st.html(legend_html(result.overall, say))
        said = " · ".join(counts(result.overall, say, coverage=bool(result.overall.unanswered)))
        if result.overall.essentials.of and not result.overall.held_back_by:  # said there
            said = f"{said}. {say('results.essential_means')}"
        if said:
            st.caption(plain(said))


def next_step(result: Readiness) -> None:
    """The way on: to the plan, or back to the questions where there is nothing to plan."""
    if result.overall.score is None:
        way_on_to("questionnaire", "results.to_questionnaire")
    else:
        way_on_to("action_plan", "results.to_plan")
