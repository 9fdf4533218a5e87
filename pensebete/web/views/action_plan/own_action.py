"""An action of one's own, added to the plan."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import streamlit as st

from pensebete.assessment.edits import with_own_action
from pensebete.assessment.model import OwnAction
from pensebete.checklist.model import Checklist
from pensebete.evaluation.action_plan import due_date
from pensebete.evaluation.action_text import owner_label
from pensebete.web import session


def own_action_form(checklist: Checklist) -> None:
    """A form for an action of one's own."""
    say, language = session.say(), session.language()
    # With a key, it stays open, and the keyboard in it, when the action it made moves it down.
    with (
        st.expander(say("plan.add.title"), key=session.key("own_form")),
        st.form(session.key("own"), border=False, clear_on_submit=True),
    ):
        text = st.text_input(say("plan.add.text"), key=session.key("own.text"), max_chars=500)
        classes = {row.class_: f"{row.class_} · {row.label[language]}" for row in checklist.ranking}
        st.radio(
            say("plan.add.priority"),
            list(classes),
            format_func=classes.__getitem__,
            key=session.key("own.priority"),
        )
        items = {item.id: f"{item.ref} · {item.title[language]}" for item in checklist.items.values()}
        st.selectbox(
            say("plan.add.item"),
            list(items),
            index=None,
            format_func=items.__getitem__,
            key=session.key("own.item"),
            placeholder=say("plan.choose"),
        )
        st.selectbox(
            say("plan.owner"),
            list(checklist.owners),
            index=None,
            format_func=lambda role: owner_label(checklist, role, language),
            key=session.key("own.owner"),
            accept_new_options=True,
            placeholder=say("plan.choose_or_write"),
        )
        # Nothing is drawn anew inside a form: the date of each priority is said, whichever is chosen above.
        dates = "; ".join(f"{class_}, {say.date(due)}" for class_, due in _offered(checklist).items())
        whens = {"priority": say("plan.add.due.priority", dates=dates), "none": say("plan.add.due.none")}
        st.radio(say("plan.due"), list(whens), format_func=whens.__getitem__, key=session.key("own.when"))
        st.date_input(say("plan.add.due"), value=None, key=session.key("own.due"), format="YYYY-MM-DD")
        # Added before the page is drawn: drawn once, it leaves the keyboard on the button.
        if st.form_submit_button(say("plan.add"), key=session.key("own.add"), on_click=_add):
            if text.strip():
                st.toast(say("plan.added"))
            else:
                st.error(say("plan.add.no_text"))


def _offered(checklist: Checklist) -> dict[str, date]:
    """Class -> the date of an action of it that is asked for today."""
    return {row.class_: due_date(checklist, session.today(), row.within) for row in checklist.ranking}


def _add() -> None:
    text, priority, item, owner, when, due = (
        session.typed(session.key(f"own.{what}")) for what in ("text", "priority", "item", "owner", "when", "due")
    )
    if due is None and when == "priority":
        due = _offered(session.checklist())[priority]
    if text.strip():
        added = OwnAction(id=uuid4(), item=item, text=text.strip(), priority=priority, owner=owner or "", due=due)
        session.apply_edit(with_own_action, added)
    session.restore_focus("own.add")
