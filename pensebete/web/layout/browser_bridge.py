"""The page's own script: language of the page, where a screen begins, the copy in the tab, private links.

One component for all of it, and without a key: each keyed one would cost every other widget of the page some time.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import uuid4

import streamlit as st

from pensebete.checklist.model import Checklist
from pensebete.web import session
from pensebete.web.layout import tab_backup
from pensebete.web.server.link_cookie import REFUSALS

# One module, as the framework takes it: what a file declares, the others see. bridge.js, which runs them, comes last.
_FILES = ("language", "focus", "backup", "link", "connection", "bridge")
_FOLDER = Path(__file__).with_suffix("")
_SCRIPT = "\n".join((_FOLDER / f"{name}.js").read_text(encoding="utf-8") for name in _FILES)
_component = st.components.v2.component("page_script", js=_SCRIPT)


def page_script(checklist: Checklist, page: str) -> None:
    """Tell the script what this run knows; take back the copy of a visit cut short where it finds one."""
    keyboard = session.focus_to_restore()
    item = session.item_to_show() if page == "questionnaire" else None
    reason_asked = any(state.without_reason for state in session.evaluation().item_states if state.item.id == item)
    # The same data make the same component: what it found in this run is heard in the next one.
    data = {
        "language": session.language(),
        "screen": f"{page} {session.place()} {session.item_to_show()}",
        "item": item,
        "field": "reason" if reason_asked else "answer",
        "kept": session.say()("frame.kept"),
        "nothing_said": not session.said_something(),
        "visit": session.key("visit"),
        "link_orders": session.link_orders(),
        "forget_offer": str(uuid4()) if session.offer_to_forget() else None,
        "aside_known": session.displaced() is not None,
        "forget_aside": str(uuid4()) if session.displaced_to_forget() else None,
        "keyboard_at": None if keyboard is None else [str(uuid4()), session.key(keyboard).replace(".", "-")],
    }
    with st.container(key="page-script"):
        result = _component(
            data=data,
            on_found_change=_heard,
            on_aside_change=_heard,
            on_returned_change=_heard,
            on_arrived_change=_heard,
            on_offered_change=_heard,
            on_refused_change=_heard,
            height=0,
        )
    if _hear_of_link(result):
        st.rerun()
    if result.aside:
        tab_backup.hear_of_aside(checklist, result.aside)
        st.rerun()
    if result.found and tab_backup.take_back(checklist, result.found):
        st.rerun()


def _hear_of_link(result: Any) -> bool:
    """Take note of what a link did in this tab; whether there is something to say. It comes from the browser."""
    if result.arrived and session.saving():
        from pensebete.web.layout.tab_dossier import tell_arrival  # as in router.py

        tell_arrival(str(result.arrived))
    if result.offered:
        session.offer_dossier(str(result.offered))
    why = str(result.refused or "").split(" ")[0]
    if why in REFUSALS:
        session.set_refused_link(why)
    return bool(result.arrived or result.offered or why in REFUSALS)


def _heard() -> None:
    """Naming the value with a callback is how a component is given one; it is read where the page is drawn."""
