"""Who leads an action: a role in one tap, or any name, in the form of an action and where it is entrusted."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from pensebete.checklist.model import Checklist
from pensebete.evaluation.action_plan import Action
from pensebete.evaluation.action_text import owner_label
from pensebete.web import session

_PLACES = ("", "first.")  # an action may have its two fields in both at once


def lead_fields(checklist: Checklist, action: Action, name_lead: Callable[[str], None], where: str = "") -> None:
    """A role in one tap, or a name of one's own in a field: kept when the field is left, as every word is."""
    say, language, name = session.say(), session.language(), action.name
    roles = list(checklist.owners)
    key = session.key(f"{where}role.{name}")
    session.widget_shows(key, action.owner if action.owner in roles else None)
    st.pills(
        say("plan.owner"),
        roles,
        format_func=lambda role: owner_label(checklist, role, language),
        key=key,
        on_change=_role_chosen,
        args=(name_lead, name, key),
        disabled=session.reading_only(),
    )
    own = "" if action.owner in roles else action.owner
    key = session.widget(f"{where}owner.{name}", own)
    st.text_input(
        say("plan.owner.other"),
        own,
        key=key,
        on_change=_name_typed,
        args=(name_lead, name, key, where),
        disabled=session.reading_only(),
        autocomplete="off",
    )


def _role_chosen(name_lead: Callable[[str], None], name: str, key: str) -> None:
    name_lead(session.typed(key) or "")
    for place in _PLACES:
        session.widget_forgets(f"{place}owner.{name}")


def _name_typed(name_lead: Callable[[str], None], name: str, key: str, where: str) -> None:
    name_lead(session.typed(key))
    for place in _PLACES:
        if place != where:  # refused, this one goes on showing what was typed
            session.widget_forgets(f"{place}owner.{name}")
