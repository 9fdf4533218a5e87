"""The actions of the plan on screen: one line each, opened to change owner, due date or comment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from html import escape

import streamlit as st

from pensebete.assessment.edits import with_answer, with_own_action, with_planned, without_own_action
from pensebete.assessment.model import STATES, OwnAction
from pensebete.checklist.model import Checklist
from pensebete.evaluation.action_plan import Action
from pensebete.evaluation.action_text import action_text, owner_label
from pensebete.evaluation.done import once_answered_words
from pensebete.evaluation.due_groups import due_groups
from pensebete.evaluation.evaluation import Evaluation
from pensebete.evaluation.history_text import first_expiry_words, late_words, proposal_words, state_label
from pensebete.evaluation.plan_text import heading_words
from pensebete.evaluation.postponing import postponed, postponed_to
from pensebete.evaluation.readiness_text import answer_words
from pensebete.text.markdown_escape import plain
from pensebete.web import session
from pensebete.web.layout.first_things import answer_first, confirm_button, first_list, week_list
from pensebete.web.layout.navigation import page

_SOON = timedelta(days=7)


def action_list(evaluation: Evaluation) -> None:
    """What comes first, this week, then every action by its day; what is done and what was set aside are folded."""
    say, actions = session.say(), evaluation.plan
    if not actions:
        st.info(say("plan.empty") if session.assessment().answers else say("plan.nothing_answered"))
        if expiry := first_expiry_words(evaluation.first_expiry, say):
            st.markdown(plain(expiry))
        answer_first(evaluation)
        if st.button(say("results.to_questionnaire"), type="primary", key=session.key("to_questionnaire")):
            st.switch_page(page("questionnaire"))
        return
    answer_first(evaluation)
    # A plan of forty actions is long on a phone, and some come for the file alone.
    st.markdown(f"[{plain(say('plan.to_download'))}](#{say('download.anchor')})")
    first_list(evaluation)
    week_list(evaluation)
    _by_date(evaluation)
    called = names_of([action for action in actions if not action.set_aside])
    for state, sentence in (("done", "plan.done"), ("dropped", "plan.dropped")):
        if ended := [a for a in actions if a.state == state and not a.set_aside]:
            with st.expander(say(sentence, n=len(ended))):
                for action in ended:
                    action_card(evaluation, action, called[_name(action)])
    aside = [a for a in actions if a.set_aside]
    if aside:
        with st.expander(say("plan.set_aside", n=len(aside))):
            for action in aside:
                st.markdown(plain(action_text(action, say)))
                st.button(
                    say("plan.take_back"),
                    key=session.key(f"take_back.{_name(action)}"),
                    on_click=_change,
                    args=(action,),
                    kwargs={"set_aside": False},
                )


def _by_date(evaluation: Evaluation) -> None:
    """A heading for each day; what is due later than in a week is folded under its own."""
    say, today = session.say(), evaluation.today
    groups = due_groups(evaluation.plan)
    if not groups:
        return
    st.header(say("plan.all"), anchor=False)
    st.write(say("plan.explained", n=sum(not action.set_aside for action in evaluation.plan)))
    called = names_of([action for action in evaluation.plan if not action.set_aside])
    for n, group in enumerate(groups):
        heading = heading_words(group, today, say)
        near = group.late or n == 0 or (group.due is not None and group.due <= today + _SOON)
        if near:
            st.subheader(heading, anchor=False)
            place = st.container()
        else:
            place = st.container(key=f"later-{n}")
            place = place.expander(say("due.group", n=len(group.actions), heading=heading))
        with place:
            if group.late and not session.reading_only():
                st.button(say("plan.postpone"), key=session.key("postpone"), on_click=_postpone)
            for action in group.actions:
                action_card(evaluation, action, called[_name(action)])


def _postpone() -> None:
    """« Tout reporter d’une semaine »; their fields show the new date."""
    evaluation, say = session.evaluation(), session.say()
    session.apply_edit(lambda _assessment, now: postponed(evaluation, now))
    for action in evaluation.plan:
        if action.late:
            session.widget_forgets(f"due.{_name(action)}")
    session.notify(say("plan.postponed", date=say.weekday(postponed_to(evaluation), evaluation.today)))


def names_of(actions: Sequence[Action]) -> dict[str, str]:
    """What a button says of each action: the reference of its item, and which of those of that item it is."""
    say, found = session.say(), {}
    by_item: dict[str, list[Action]] = {}
    for action in actions:
        by_item.setdefault(action.item.ref if action.item else say("plan.own"), []).append(action)
    for what, of_item in by_item.items():
        for n, action in enumerate(of_item, start=1):
            found[_name(action)] = say("plan.nth", what=what, place=n, of=len(of_item)) if len(of_item) > 1 else what
    return found


def proposals(evaluation: Evaluation) -> None:
    """Where the actions of an item are done: its answer is proposed anew, and never changed by itself."""
    say, checklist = session.say(), evaluation.checklist
    if session.reading_only():
        return
    for id, status in evaluation.proposed_statuses.items():
        item = checklist.items[id]
        with st.container(border=True, key=f"proposal-{item.id}"):
            st.markdown(plain(proposal_words(checklist, item, status, say)))
            st.button(
                plain(checklist.statuses[status].label[session.language()]),
                key=session.key(f"proposal.{item.id}"),
                on_click=session.apply_edit,
                args=(with_answer, item.id),
                kwargs={"status": status},
            )
    if words := once_answered_words(evaluation, say):
        st.caption(plain(words))


def action_card(evaluation: Evaluation, action: Action, called: str) -> None:
    """One action. Its form is made only when opened: a plan has some forty of them."""
    say, language, checklist = session.say(), session.language(), evaluation.checklist
    with st.container(border=True, key=f"action-{_name(action).replace('.', '-')}"):
        st.html(f'<h3 class="action-title">{escape(action_text(action, say))}</h3>')
        about = f"{action.item.ref} · {action.item.title[language]}" if action.item else say("plan.own")
        marks = [about, action.priority]
        if action.kind == "reconfirm" and action.item:
            marks.append(answer_words(checklist, evaluation.state_of(action.item.id), say))
        if action.state != "to_start":
            marks.append(state_label(action.state, say))
        if action.quick_win:
            marks.append(say("plan.quick_win"))
        st.caption(plain(" · ".join(marks)))
        owner = owner_label(checklist, action.owner, language) or say("plan.no_owner")
        due = say.date(action.due).replace(" ", "\u00a0") if action.due else say("plan.no_due")
        if late := late_words(action, session.today(), say):
            due = f"{due} ({late})"
        st.markdown(f"{plain(say('plan.owner'))} **{plain(owner)}** · {plain(say('plan.due'))} **{plain(due)}**")
        if action.comment:
            st.text(action.comment)
        if action.kind == "reconfirm" and action.item:
            confirm_button(checklist, evaluation.state_of(action.item.id))
        name = session.key(f"change.{_name(action)}")
        form = st.expander(
            say("plan.change", ref=plain(called)),
            key=name,
            type="compact",
            on_change="rerun",
        )
        if form.open:
            with form:
                _form(checklist, action)


def _form(checklist: Checklist, action: Action) -> None:
    say, language, name = session.say(), session.language(), _name(action)
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
    roles = list(checklist.owners)
    if action.owner and action.owner not in roles:
        roles.append(action.owner)
    key = session.widget(f"owner.{name}", action.owner or None)
    st.selectbox(
        say("plan.owner"),
        roles,
        index=roles.index(action.owner) if action.owner else None,
        format_func=lambda role: owner_label(checklist, role, language),
        key=key,
        accept_new_options=True,
        placeholder=say("plan.choose_or_write"),
        disabled=session.reading_only(),
        on_change=_written,
        args=(action, "owner", key),
    )
    key = session.widget(f"due.{name}", action.due)
    st.date_input(
        say("plan.due"),
        value=action.due,
        key=key,
        format="YYYY-MM-DD",
        on_change=_written,
        args=(action, "due", key),
        disabled=session.reading_only(),
    )
    key = session.widget(f"comment.{name}", action.comment)
    st.text_area(
        say("plan.comment"),
        action.comment,
        key=key,
        on_change=_written,
        args=(action, "comment", key),
        disabled=session.reading_only(),
    )
    if session.reading_only():
        return
    if st.button(say("plan.put_aside"), key=session.key(f"put_aside.{name}")):
        _change(action, set_aside=True)
        st.rerun()
    if action.kind == "own" and st.button(say("plan.remove"), key=session.key(f"remove.{name}")):
        _remove(action)
        st.rerun()


def _remove(action: Action) -> None:
    own = _own(action)
    session.apply_edit(without_own_action, own.id)
    session.offer_undo("own_action", lambda: session.apply_edit(with_own_action, own))


def _own(action: Action) -> OwnAction:
    return next(own for own in session.assessment().own_actions if str(own.id) == action.id)


def _name(action: Action) -> str:
    return f"{action.item.id if action.item else ''}.{action.id}"


def _written(action: Action, what: str, key: str) -> None:
    value = session.typed(key)
    _change(action, **{what: value or "" if what == "owner" else value})
    if what == "due" and value is None:
        # Emptied, it is as proposed again: the field must not say otherwise.
        session.widget_forgets(f"due.{_name(action)}")


def _change(action: Action, **changes: object) -> None:
    if action.kind == "own":
        session.apply_edit(with_own_action, _own(action).model_copy(update=changes))
    else:
        assert action.item is not None
        session.apply_edit(with_planned, action.item.id, action.id, **changes)
