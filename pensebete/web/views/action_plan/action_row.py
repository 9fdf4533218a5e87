"""One action of the plan: a line of facts, ticked when done, opened to change it; a table where there is room."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

import streamlit as st

from pensebete.assessment.edits import with_answer, with_own_action, without_own_action
from pensebete.assessment.model import FIRST_DAY, LAST_DAY, STATES, OwnAction
from pensebete.assessment.review.model import About
from pensebete.checklist.model import Checklist
from pensebete.evaluation.action_plan import Action, due_date
from pensebete.evaluation.action_text import action_text
from pensebete.evaluation.evaluation import Evaluation
from pensebete.evaluation.history_text import proposal_words, state_label
from pensebete.evaluation.plan_text import when_words, who_words
from pensebete.evaluation.readiness_text import answer_words
from pensebete.evaluation.urgency import urgency_of
from pensebete.text.markdown_escape import plain
from pensebete.web import session
from pensebete.web.components.urgency import urgency_html
from pensebete.web.layout.edit_action import edit_action, own_action
from pensebete.web.layout.first_things import confirm_button, item_button
from pensebete.web.layout.ready_message import message_fold
from pensebete.web.views.action_plan.lead import lead_fields
from pensebete.web.views.action_plan.standing import Line, Stood
from pensebete.web.views.remarks.advisor_form import remark_fold


def names_of(actions: Sequence[Action]) -> dict[str, str]:
    """What a button says of each action: the reference of its item, and which of those of that item it is."""
    say, found = session.say(), {}
    by_item: dict[str, list[Action]] = {}
    for action in actions:
        by_item.setdefault(action.item.ref if action.item else say("plan.own"), []).append(action)
    for what, of_item in by_item.items():
        for n, action in enumerate(of_item, start=1):
            found[action.name] = say("plan.nth", what=what, place=n, of=len(of_item)) if len(of_item) > 1 else what
    return found


def action_rows(evaluation: Evaluation, lines: Iterable[Line], called: dict[str, str]) -> None:
    """The lines under one heading."""
    proposed = proposed_at(evaluation)
    with st.container(gap=None):
        for line in lines:
            if line.action.set_aside:
                _taken_out(line)
            else:
                _row(evaluation, line.action, called[line.action.name], proposed.get(line.action.name))


def _row(evaluation: Evaluation, action: Action, called: str, proposed: str | None) -> None:
    """One action. Its form is made only when opened: a plan has some forty of them.

    `proposed`: the item whose answer is proposed anew beside it.
    """
    say, name = session.say(), action.name
    done = action.state == "done"
    with st.container(key=f"action-{name.replace('.', '-')}", gap=None):
        st.html(
            f'<h3 class="action-title{" action-done" if done else ""}">{escape(action_text(action, say))}</h3>'
            f'<p class="action-facts">{_facts(evaluation, action)}</p>'
        )
        if action.kind == "reconfirm" and action.item:
            with st.container(key=f"still-{action.item.id}"):
                confirm_button(evaluation.checklist, evaluation.state_of(action.item.id), "still")
        else:
            # What the assessment says, whoever said it: the box above all else must not say otherwise.
            key = session.key(f"tick.{name}")
            session.widget_shows(key, done)
            st.checkbox(
                say("plan.tick", which=plain(called)),
                key=key,
                label_visibility="collapsed",
                on_change=_ticked,
                args=(action, key),
                disabled=session.reading_only(),
            )
        form = st.expander(
            say("plan.change", ref=plain(called)), key=session.key(f"change.{name}"), type="compact", on_change="rerun"
        )
        if form.open:
            with form:
                _form(evaluation, action)
        message_fold(evaluation, action, called)
        if action.comment:
            with st.container(key=f"said-{name.replace('.', '-')}"):
                st.text(action.comment)
        if proposed:
            _proposal(evaluation, proposed)


def _facts(evaluation: Evaluation, action: Action) -> str:
    """When, then whose, then how far: each in its own column where there is room for a table."""
    say, checklist = session.say(), evaluation.checklist
    urgency = urgency_of(checklist, action)
    when = state_label("done", say) if urgency == "done" else when_words(action, evaluation.today, say)
    about = [action.item.ref if action.item else say("plan.own"), who_words(checklist, action, say)]
    if action.kind == "reconfirm" and action.item:
        about.append(answer_words(checklist, evaluation.state_of(action.item.id), say))
    if action.quick_win:
        about.append(say("plan.quick_win"))
    if action.state in ("under_way", "dropped"):
        about.append(state_label(action.state, say))
    about_html = escape(" · ".join(about))
    return (
        f'<span class="action-when">{urgency_html(urgency, when)}</span> <span class="action-about">{about_html}</span>'
    )


def _taken_out(line: Line) -> None:
    """What was just taken out of the plan, where it stood, and the way back."""
    say, name = session.say(), line.action.name
    with st.container(key=f"gone-{name.replace('.', '-')}", horizontal=True, vertical_alignment="center"):
        sentence = "plan.deleted" if line.deleted else "plan.taken_out"
        st.markdown(plain(say(sentence, what=action_text(line.action, say))))
        st.button(
            say("plan.bring_back"),
            key=session.key(f"bring_back.{name}"),
            on_click=_bring_back,
            args=(line,),
        )


def _bring_back(line: Line) -> None:
    if line.deleted:
        session.apply_edit(with_own_action, session.kept_in_place(OwnAction)[line.action.name])
    else:
        change(line.action, set_aside=False)
    session.restore_focus(f"tick.{line.action.name}")


def proposed_at(evaluation: Evaluation) -> dict[str, str]:
    """The last done action of each item whose answer is proposed anew, by its name: the item."""
    if session.reading_only():
        return {}
    last = {
        action.item.id: action.name
        for action in evaluation.plan
        if action.item and action.state == "done" and not action.set_aside
    }
    return {last[item]: item for item in evaluation.proposed_statuses if item in last}


def _proposal(evaluation: Evaluation, id: str) -> None:
    """Beside the last action done of an item: its answer is proposed anew, and never changed by itself."""
    say, checklist = session.say(), evaluation.checklist
    item, status = checklist.items[id], evaluation.proposed_statuses[id]
    with st.container(key=f"proposal-{id}"):
        st.markdown(plain(proposal_words(checklist, item, status, say)))
        st.button(
            plain(checklist.statuses[status].label[session.language()]),
            key=session.key(f"proposal.{id}"),
            on_click=session.apply_edit,
            args=(with_answer, id),
            kwargs={"status": status},
        )


def _form(evaluation: Evaluation, action: Action) -> None:
    say, language, checklist, name = session.say(), session.language(), evaluation.checklist, action.name
    about = [f"{action.item.ref}, {action.item.title[language]}"] if action.item else []
    about += [f"{row.class_} : {row.label[language]}" for row in checklist.ranking if row.class_ == action.priority]
    st.caption(plain(" · ".join(about)))
    key = session.widget(f"state.{name}", action.state)
    st.radio(
        say("plan.state"),
        STATES,
        index=STATES.index(action.state),
        format_func=lambda state: state_label(state, say),
        key=key,
        horizontal=True,
        on_change=_written,
        args=(action, "state", key),
        disabled=session.reading_only(),
    )
    lead_fields(checklist, action, lambda owner: change(action, owner=owner))
    _due(checklist, action)
    key = session.widget(f"comment.{name}", action.comment)
    st.text_area(
        say("plan.comment"),
        action.comment,
        key=key,
        on_change=_written,
        args=(action, "comment", key),
        disabled=session.reading_only(),
    )
    item_button(evaluation, action, f"form.{name}")
    if session.reading_only():
        remark_fold(_about(action), action_text(action, say))
        return
    st.button(say("plan.put_aside"), key=session.key(f"put_aside.{name}"), on_click=_put_aside, args=(action,))
    if action.kind == "own":
        st.button(say("plan.remove"), key=session.key(f"remove.{name}"), on_click=_remove, args=(action,))


def _about(action: Action) -> About:
    """The line that a remark made here is about: what is proposed of an item by its answer alone is that item."""
    if action.kind == "own":
        return About(action=action.id)
    item = action.item.id if action.item else None
    return About(item=item, action=action.id if action.kind == "suggested" else None)


def _due(checklist: Checklist, action: Action) -> None:
    say, name = session.say(), action.name
    key = session.widget(f"due.{name}", action.due)
    st.date_input(
        say("plan.due"),
        value=action.due,
        min_value=FIRST_DAY,
        max_value=LAST_DAY,
        key=key,
        format="YYYY-MM-DD",
        on_change=_dated,
        args=(action, key),
        disabled=session.reading_only(),
    )
    key = session.key(f"undated.{name}")
    session.widget_shows(key, action.due is None)
    st.checkbox(
        say("due.none"),
        key=key,
        on_change=_undated,
        args=(checklist, action, key),
        disabled=session.reading_only(),
    )


def _dated(action: Action, key: str) -> None:
    _date(action, session.typed(key))


def _undated(checklist: Checklist, action: Action, key: str) -> None:
    """Without a date; or again with the one proposed, for an action of one's own that of its priority."""
    if session.typed(key):
        _date(action, None)
    elif action.kind == "own":
        within = next((row.within for row in checklist.ranking if row.class_ == action.priority), None)
        _date(action, due_date(checklist, session.today(), within) if within else session.today())
    else:
        change(action, due=None, undated=False)
    session.widget_forgets(f"due.{action.name}")


def _date(action: Action, due: object) -> None:
    if action.kind == "own":
        change(action, due=due)
    else:
        change(action, due=due, undated=due is None)


def _ticked(action: Action, key: str) -> None:
    change(action, state="done" if session.typed(key) else "to_start")
    session.widget_forgets(f"state.{action.name}")


def _put_aside(action: Action) -> None:
    change(action, set_aside=True)
    session.restore_focus(f"bring_back.{action.name}")


def _remove(action: Action) -> None:
    own = own_action(action)
    _keep_in_place(action)
    session.keep_in_place(action.name, own, first=False)
    session.apply_edit(without_own_action, own.id)
    session.offer_undo("own_action", lambda: session.apply_edit(with_own_action, own))
    session.restore_focus(f"bring_back.{action.name}")


def _written(action: Action, what: str, key: str) -> None:
    change(action, **{what: session.typed(key)})


def change(action: Action, **changes: object) -> None:
    """Have it said otherwise; on this page it stays where it stood."""
    _keep_in_place(action)
    edit_action(action, **changes)


def _keep_in_place(action: Action) -> None:
    names = [one.name for one in session.evaluation().plan]
    session.keep_in_place(action.name, Stood(action, names.index(action.name)))
