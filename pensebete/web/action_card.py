"""The actions of the plan on screen: one line each, opened to change owner, due date or comment."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID, uuid4

import streamlit as st

from pensebete.action_plan import Action, action_plan
from pensebete.action_wording import action_text, owner_label
from pensebete.assessment import OwnAction, with_own_action, with_planned, without_own_action
from pensebete.checklist import Checklist
from pensebete.web import session
from pensebete.web.plain import plain


def action_list(checklist: Checklist, actions: Sequence[Action]) -> None:
    """The actions by class, then those set aside."""
    say, language = session.say(), session.language()
    if not actions:
        st.info(say("plan.empty") if session.assessment().answers else say("plan.nothing_answered"))
        return
    st.write(say("plan.explained", n=sum(not action.set_aside for action in actions)))
    # A plan of forty actions is long on a phone, and some come for the file alone.
    st.markdown(f"[{plain(say('plan.to_download'))}](#{say('download.anchor')})")
    for row in checklist.ranking:
        of_class = [a for a in actions if a.priority == row.class_ and not a.set_aside]
        if of_class:
            st.header(f"{plain(row.class_)} · {plain(row.label[language])}", anchor=False)
            for action in of_class:
                action_card(checklist, action)
    classes = {row.class_ for row in checklist.ranking}
    others = [a for a in actions if a.priority not in classes and not a.set_aside]
    for action in others:
        action_card(checklist, action)
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


@st.fragment
def action_card(checklist: Checklist, action: Action) -> None:
    """One action. Its form is made only when opened: a plan has some forty of them."""
    say, language = session.say(), session.language()
    action = _as_it_stands(checklist, action)
    with st.container(border=True, key=f"action-{_name(action).replace('.', '-')}"):
        st.markdown(f"**{plain(action_text(action, say))}**")
        about = f"{action.item.ref} · {action.item.title[language]}" if action.item else say("plan.own")
        marks = [about]
        if action.quick_win:
            marks.append(say("plan.quick_win"))
        st.caption(plain(" · ".join(marks)))
        owner = owner_label(checklist, action.owner, language) or say("plan.no_owner")
        due = say.date(action.due) if action.due else say("plan.no_due")
        st.markdown(f"{plain(say('plan.owner'))} **{plain(owner)}** · {plain(say('plan.due'))} **{plain(due)}**")
        if action.comment:
            st.text(action.comment)
        name = session.key(f"change.{_name(action)}")
        form = st.expander(say("plan.change"), key=name, type="compact", on_change="rerun")
        if form.open:
            with form:
                _form(checklist, action)
    session.show_changes()


def own_action_form(checklist: Checklist) -> None:
    """A form for an action of one's own."""
    say, language = session.say(), session.language()
    with st.expander(say("plan.add.title")), st.form(session.key("own"), border=False, clear_on_submit=True):
        text = st.text_input(say("plan.add.text"), key=session.key("own.text"), max_chars=500)
        classes = {row.class_: f"{row.class_} · {row.label[language]}" for row in checklist.ranking}
        priority = st.radio(
            say("plan.add.priority"),
            list(classes),
            format_func=classes.__getitem__,
            key=session.key("own.priority"),
        )
        items = {item.id: f"{item.ref} · {item.title[language]}" for item in checklist.items.values()}
        item = st.selectbox(
            say("plan.add.item"),
            list(items),
            index=None,
            format_func=items.__getitem__,
            key=session.key("own.item"),
            placeholder=say("plan.choose"),
        )
        owner = st.selectbox(
            say("plan.owner"),
            list(checklist.owners),
            index=None,
            format_func=lambda role: owner_label(checklist, role, language),
            key=session.key("own.owner"),
            accept_new_options=True,
            placeholder=say("plan.choose_or_write"),
        )
        due = st.date_input(say("plan.due"), value=None, key=session.key("own.due"), format="YYYY-MM-DD")
        if st.form_submit_button(say("plan.add"), key=session.key("own.add")):
            if not text.strip():
                st.error(say("plan.add.no_text"))
                return
            session.keep(
                with_own_action,
                OwnAction(id=uuid4(), item=item, text=text.strip(), priority=priority, owner=owner or "", due=due),
            )
            session.tell(say("plan.added"))
            st.rerun()


def _form(checklist: Checklist, action: Action) -> None:
    say, language, name = session.say(), session.language(), _name(action)
    roles = list(checklist.owners)
    if action.owner and action.owner not in roles:
        roles.append(action.owner)
    key = session.widget(f"owner.{name}", action.owner or None)
    st.selectbox(
        say("plan.owner"),
        roles,
        index=None,
        format_func=lambda role: owner_label(checklist, role, language),
        key=key,
        accept_new_options=True,
        placeholder=say("plan.choose_or_write"),
        on_change=_written,
        args=(action, "owner", key),
    )
    key = session.widget(f"due.{name}", action.due)
    st.date_input(
        say("plan.due"),
        value=None,
        key=key,
        format="YYYY-MM-DD",
        on_change=_written,
        args=(action, "due", key),
    )
    key = session.widget(f"comment.{name}", action.comment)
    st.text_area(say("plan.comment"), key=key, on_change=_written, args=(action, "comment", key))
    if st.button(say("plan.put_aside"), key=session.key(f"put_aside.{name}")):
        _change(action, set_aside=True)
        st.rerun()
    if action.kind == "own" and st.button(say("plan.remove"), key=session.key(f"remove.{name}")):
        session.keep(without_own_action, UUID(action.id))
        st.rerun()


def _name(action: Action) -> str:
    return f"{action.item.id if action.item else ''}.{action.id}"


def _as_it_stands(checklist: Checklist, action: Action) -> Action:
    """The same action with what was just changed of it: a card that runs alone has that of the page's last run."""
    actions = action_plan(checklist, session.assessment(), session.today())
    return next((now for now in actions if _name(now) == _name(action)), action)


def _written(action: Action, what: str, key: str) -> None:
    value = session.typed(key)
    _change(action, **{what: value or "" if what == "owner" else value})


def _change(action: Action, **changes: object) -> None:
    if action.kind == "own":
        own = next(own for own in session.assessment().own_actions if str(own.id) == action.id)
        session.keep(with_own_action, own.model_copy(update=changes))
    else:
        assert action.item is not None
        session.keep(with_planned, action.item.id, action.id, **changes)
