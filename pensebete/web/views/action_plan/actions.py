"""The actions of the plan on screen: how far one is, what comes first, then every action under its day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from html import escape

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pensebete.assessment.model import OwnAction
from pensebete.checklist.model import Checklist
from pensebete.evaluation.action_plan import Action
from pensebete.evaluation.action_text import action_text
from pensebete.evaluation.done import done_count, progress_words
from pensebete.evaluation.evaluation import Evaluation
from pensebete.evaluation.first_actions import actions_of
from pensebete.evaluation.history_text import first_expiry_words
from pensebete.evaluation.postponing import postponed, postponed_to
from pensebete.evaluation.urgency import of_class
from pensebete.text.markdown_escape import plain
from pensebete.web import session
from pensebete.web.components.urgency import urgency_html
from pensebete.web.layout.first_things import answer_first, first_list_but_the_first
from pensebete.web.layout.navigation import page
from pensebete.web.layout.the_rest import the_rest
from pensebete.web.views.action_plan.action_row import action_rows, change, names_of, proposed_at
from pensebete.web.views.action_plan.filters import Shown, choose_shown
from pensebete.web.views.action_plan.own_action import own_action_form
from pensebete.web.views.action_plan.standing import Group, Line, Stood, lines_of, open_groups
from pensebete.web.views.action_plan.today import today_card

_SOON = timedelta(days=7)
_MOST = 7  # rows that stand open under one heading


def action_list(evaluation: Evaluation) -> None:
    """How far one is and what comes first; then, beside it where there is room, the whole plan."""
    say = session.say()
    lines = lines_of(evaluation.plan, session.kept_in_place(Stood), session.kept_in_place(OwnAction))
    if not lines:
        st.info(say("plan.empty") if session.assessment().answers else say("plan.nothing_answered"))
        if expiry := first_expiry_words(evaluation.first_expiry, say):
            st.markdown(plain(expiry))
        answer_first(evaluation)
        if evaluation.essentials_only:
            the_rest("plan")
        elif st.button(say("results.to_questionnaire"), type="primary", key=session.key("to_questionnaire")):
            st.switch_page(page("questionnaire"))
        if not session.reading_only():
            own_action_form(evaluation.checklist)
        return
    called = names_of([line.action for line in lines if not line.action.set_aside])
    with st.container(key="two-columns"):
        with st.container(key="plan-first"):
            _progress(evaluation, lines)
            answer_first(evaluation, named=False)
            today_card(evaluation, called)
            first_list_but_the_first(evaluation)
            beside = st.container()
        with st.container(key="plan-all"):
            with st.container(key="plan-list"):  # so that the form below keeps its place as the plan grows
                _whole_plan(evaluation, lines, called, beside)
            if not session.reading_only():
                own_action_form(evaluation.checklist)


def _progress(evaluation: Evaluation, lines: Sequence[Line]) -> None:
    """« 3 actions faites sur 28 », with a bar; and, where an answer proposed is folded away, the way to it."""
    say = session.say()
    done, of = done_count(evaluation)
    st.html(
        f'<p class="plan-progress">{escape(progress_words(evaluation, say))}</p>'
        f'<progress class="plan-bar" value="{done}" max="{max(of, 1)}" aria-hidden="true"></progress>'
    )
    items = proposed_at(evaluation)
    folded = [items[line.action.name] for line in lines if _done(line) and line.action.name in items]
    if folded:
        refs = say.listing(evaluation.checklist.items[item].ref for item in folded)
        st.html(
            '<p class="ways"><a href="#part-done-actions">'
            f"{escape(say('plan.proposed_below', n=len(folded), refs=refs))}</a></p>"
        )


def _done(line: Line) -> bool:
    """Done before this page was shown: folded at the end."""
    return line.stood.state == "done" and not line.stood.set_aside


def _whole_plan(evaluation: Evaluation, lines: Sequence[Line], called: dict[str, str], beside: DeltaGenerator) -> None:
    """« Cette semaine », then a heading for each day; what is due later is folded, and what is ended, at the end.

    No action is shown twice: those that « D’abord » names are folded under it, `beside`.
    """
    say, checklist = session.say(), evaluation.checklist
    week = st.container(key="this-week")
    st.header(say("plan.all"), anchor=False)
    st.html(f'<p class="plan-legend">{_legend(checklist)}</p>')
    shown = choose_shown(checklist, lines)
    through = [line for line in lines if line.action.set_aside or shown.lets_through(line.action, checklist)]
    rest, soon = through, list[Line]()
    if shown.all and shown.order == "date":
        first, rest = _apart(rest, "first", lambda: _named(evaluation, evaluation.first_actions))
        if first:
            with (
                beside,
                st.container(key="later-first"),
                st.expander(say("plan.first_ones", n=len(first)), key=session.key("group.first")),
            ):
                action_rows(evaluation, first, called)
        soon, rest = _apart(rest, "week", lambda: _named(evaluation, evaluation.this_week))
        if soon:
            with week:
                _this_week(evaluation, soon, called)
    if not soon:
        st.html(_columns_html())
    for n, group in enumerate(open_groups(rest, shown.order, checklist, evaluation.today, say)):
        _group(evaluation, group, called, n, shown, soon)
    _ended(evaluation, through, called)


def _this_week(evaluation: Evaluation, lines: Sequence[Line], called: dict[str, str]) -> None:
    """What is late, then day by day, under one heading: each line says its day."""
    st.header(session.say()("week.title"), anchor=False)
    groups = open_groups(lines, "date", evaluation.checklist, evaluation.today, session.say())
    _postpone_button(groups[0])
    st.html(_columns_html())
    action_rows(evaluation, [line for group in groups for line in group.lines], called)


def _apart(lines: Sequence[Line], name: str, names: Callable[[], tuple[str, ...]]) -> tuple[list[Line], list[Line]]:
    """The open lines that a list above names, as it was when the page was first shown, and all others."""
    named = session.as_first_shown(name, names)
    apart = [line for line in lines if line.stood.open and line.action.name in named]
    return apart, [line for line in lines if line not in apart]


def _named(evaluation: Evaluation, of: Sequence[Action]) -> tuple[str, ...]:
    """The actions that a list names, several to verify being one line there."""
    return tuple(action.name for line in of for action in actions_of(evaluation.plan, line))


def _legend(checklist: Checklist) -> str:
    """What the signs and P1 to P3 mean: « ▲ P1 À commencer d’ici 48 h »."""
    language = session.language()
    return " ".join(
        urgency_html(of_class(n), f"{row.class_} {row.label[language]}") for n, row in enumerate(checklist.ranking)
    )


def _columns_html() -> str:
    say = session.say()
    columns = "".join(f"<span>{escape(say(id))}</span>" for id in ("plan.action", "plan.owner", "plan.due"))
    return f'<div class="plan-columns" aria-hidden="true">{columns}</div>'


def _heading(group: Group) -> None:
    st.subheader(group.heading, anchor=False)
    _postpone_button(group)


def _postpone_button(group: Group) -> None:
    if group.late and not session.reading_only():
        st.button(session.say()("plan.postpone"), key=session.key("postpone"), on_click=_postpone)


def _group(
    evaluation: Evaluation, group: Group, called: dict[str, str], n: int, shown: Shown, soon: Sequence[Line]
) -> None:
    """One day of the rest, folded where some is `soon`: that stands above."""
    say, lines = session.say(), group.lines
    near = not soon and (group.late or n == 0 or (group.due is not None and group.due <= evaluation.today + _SOON))
    if near or not shown.all:
        _heading(group)
        # After months away all is late: what is folded then is the end of a long list.
        most = _MOST if shown.all else len(lines)
        action_rows(evaluation, lines[:most], called)
        lines = lines[most:]
    if lines:
        label = say("due.group", n=len(lines), heading=group.heading)
        with st.container(key=f"later-{n}"), st.expander(label, key=session.key(f"group.{group.name}")):
            if soon and not any(line.stood.late for line in soon):
                _postpone_button(group)
            action_rows(evaluation, lines, called)


def _ended(evaluation: Evaluation, lines: Sequence[Line], called: dict[str, str]) -> None:
    """What is done, what was dropped and what was taken out, each folded."""
    say = session.say()
    waits = set(proposed_at(evaluation))
    done = [line for line in lines if _done(line)]
    dropped = [line for line in lines if line.stood.state == "dropped" and not line.stood.set_aside]
    for name, sentence, ended in (("done-actions", "plan.done", done), ("dropped-actions", "plan.dropped", dropped)):
        if ended:
            opened = any(line.action.name in waits for line in ended)
            with st.container(key=name), st.expander(say(sentence, n=len(ended)), expanded=opened):
                action_rows(evaluation, ended, called)
    aside = [line.action for line in lines if line.action.set_aside and not line.touched]
    if aside:
        with st.expander(say("plan.set_aside", n=len(aside))):
            for action in aside:
                _aside(action)


def _aside(action: Action) -> None:
    say = session.say()
    st.markdown(plain(action_text(action, say)))
    st.button(
        say("plan.take_back"),
        key=session.key(f"take_back.{action.name}"),
        on_click=_take_back,
        args=(action,),
    )


def _take_back(action: Action) -> None:
    change(action, set_aside=False)
    session.forget_places()


def _postpone() -> None:
    """« Tout reporter d’une semaine »; their fields show the new date."""
    evaluation, say = session.evaluation(), session.say()
    session.apply_edit(lambda _assessment, now: postponed(evaluation, now))
    for action in evaluation.plan:
        if action.late:
            session.widget_forgets(f"due.{action.name}")
    session.forget_places()
    session.notify(say("plan.postponed", date=say.weekday(postponed_to(evaluation), evaluation.today)))
