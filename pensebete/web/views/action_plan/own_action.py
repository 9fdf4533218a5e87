"""An action of one's own, added to the plan."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import streamlit as st

from pensebete.assessment.bounds import MOST_CHARACTERS
from pensebete.assessment.edits import with_own_action
from pensebete.assessment.model import FIRST_DAY, LAST_DAY, OwnAction
from pensebete.checklist.model import Checklist
from pensebete.evaluation.action_plan import due_date
from pensebete.evaluation.action_text import owner_label
from pensebete.web import session
from pensebete.web.layout.late_fold import late_fold

# What the fields of the form hold when nothing is in them.
_EMPTY = {"text": "", "item": None, "role": None, "owner": "", "when": "priority", "due": None}


def own_action_form(checklist: Checklist) -> None:
    """A form for an action of one's own. Refused, it keeps what was typed."""
    say, language = session.say(), session.language()
    # With a key, it stays open, and the keyboard in it, when the action it made moves it down.
    fold = late_fold(say("plan.add.title"), "own_form")
    if fold is None:
        return
    with fold, st.form(session.key("own"), border=False):
        st.text_input(say("plan.add.text"), key=session.key("own.text"), autocomplete="off")
        beside = {"text": st.container()}
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
        st.pills(
            say("plan.owner"),
            list(checklist.owners),
            format_func=lambda role: owner_label(checklist, role, language),
            key=session.key("own.role"),
        )
        st.text_input(say("plan.owner.other"), key=session.key("own.owner"), autocomplete="off")
        beside["owner"] = st.container()
        # Nothing is drawn anew inside a form: the date of each priority is said, whichever is chosen above.
        dates = "; ".join(f"{class_}, {say.date(due)}" for class_, due in _offered(checklist).items())
        whens = {"priority": say("plan.add.due.priority", dates=dates), "none": say("plan.add.due.none")}
        st.radio(say("plan.due"), list(whens), format_func=whens.__getitem__, key=session.key("own.when"))
        st.date_input(
            say("plan.add.due"),
            value=None,
            min_value=FIRST_DAY,
            max_value=LAST_DAY,
            key=session.key("own.due"),
            format="YYYY-MM-DD",
        )
        # Added before the page is drawn: drawn once, it leaves the keyboard on the button.
        added = st.form_submit_button(say("plan.add"), key=session.key("own.add"), on_click=_add)
        field, sentence = session.typed(session.widget("own.refusal", ("", "")))
        # Until another try, whatever draws the page anew meanwhile; not when one comes back to the page.
        if sentence and session.shown_since_arriving("own.refusal", False):
            beside[field].error(sentence)
        elif added:
            st.toast(say("plan.added"))


def _refusal(text: str, owner: str) -> tuple[str, str]:
    """The field that must change, and what is said of it."""
    say = session.say()
    if not text:
        return "text", say("plan.add.no_text")
    for name, typed in (("text", text), ("owner", owner)):
        if len(typed) > MOST_CHARACTERS[name]:
            return name, say(f"bounds.{name}", found=len(typed), most=MOST_CHARACTERS[name])
    return "", ""


def _offered(checklist: Checklist) -> dict[str, date]:
    """Class -> the date of an action of it that is asked for today."""
    return {row.class_: due_date(checklist, session.today(), row.within) for row in checklist.ranking}


def _add() -> None:
    text, priority, item, role, owner, when, due = (
        session.typed(session.key(f"own.{what}"))
        for what in ("text", "priority", "item", "role", "owner", "when", "due")
    )
    if due is None and when == "priority":
        due = _offered(session.checklist())[priority]
    text, owner = text.strip(), owner.strip() or role or ""
    field, sentence = _refusal(text, owner)
    session.widget_shows(session.key("own.refusal"), (field, sentence))
    if sentence:
        session.shown_since_arriving("own.refusal", True)
        session.restore_focus(f"own.{field}", even_from="own.add")
        return
    before = len(session.assessment().own_actions)
    added = OwnAction(id=uuid4(), item=item, text=text, priority=priority, owner=owner, due=due)
    session.apply_edit(with_own_action, added)
    if len(session.assessment().own_actions) > before:  # and not refused: a plan holds so many, a dossier so much
        for what, empty in _EMPTY.items():
            session.widget_shows(session.key(f"own.{what}"), empty)
    session.restore_focus("own.add")
