"""The page's own script: language of the page, where a screen begins, the copy in the tab, private links.

One component for all of it. What it says is heard by callbacks, before the page is drawn: asking for another run once
it is half drawn would take the place of what the visitor tapped meanwhile.
"""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import streamlit as st

from pensebete.checklist.model import Checklist
from pensebete.web import session
from pensebete.web.layout import tab_backup

# One module, as the framework takes it: what a file declares, the others see. bridge.js, which runs them, comes last.
_FILES = ("language", "height", "focus", "kept", "backup", "link", "drafts", "workshop", "connection", "bridge")
_FOLDER = Path(__file__).with_suffix("")
_SCRIPT = "\n".join((_FOLDER / f"{name}.js").read_text(encoding="utf-8") for name in _FILES)
_component = st.components.v2.component("page_script", js=_SCRIPT)

_KEY = "page-script-component"  # with it, what the browser says is heard whatever has changed meanwhile


def page_script(checklist: Checklist, page: str) -> None:
    """Tell the script what this run knows, and hear what it found in the browser."""
    keyboard = session.focus_to_restore()
    item = session.item_to_show() if page == "questionnaire" else None
    reason_asked = any(state.without_reason for state in session.evaluation().item_states if state.item.id == item)
    data = {
        "language": session.language(),
        "screen": f"{page} {session.place()} {session.item_to_show()}",
        "item": item,
        "field": "reason" if reason_asked else "answer",
        "kept": session.say()("frame.kept"),
        "moved_day": session.say()("plan.due.no_such_day", typed="$1", month="$2", day="$3"),
        "line": {name: session.say()(f"line.{name}") for name in ("cut", "cut_unkept", "back")},
        "nothing_said": not session.said_something(),
        "visit": session.key("visit"),
        "assessment": str(session.assessment().id),
        "takes_drafts": not session.reading_only() and not session.trying_out(),
        "idea_sent": bool(session.sent_ideas()) and not session.idea_draft().text,
        "draft_base": base.as_text() if page == "workshop" and (base := session.draft_base()) else None,
        "draft_wanted": page == "workshop" and not session.draft(),
        "link_orders": session.link_orders(),
        "forget_offer": str(uuid4()) if session.offer_to_forget() else None,
        "aside_known": session.displaced() is not None,
        "remarks_heard": session.copy_heard(),
        "handed_over_heard": session.handed_over_heard(),
        "hears_of_lost_desk": page == "desk" and not _lost_desk_heard(),
        "forget_aside": str(uuid4()) if session.displaced_to_forget() else None,
        "keyboard_at": None if keyboard is None else [str(uuid4()), *(name and _class(name) for name in keyboard)],
    }
    with st.container(key="page-script"):
        _component(
            key=_KEY,
            data=data,
            on_found_change=lambda: tab_backup.take_back(checklist, str(_told("found"))),
            on_aside_change=lambda: tab_backup.hear_of_aside(checklist, str(_told("aside"))),
            on_remarks_change=lambda: tab_backup.hear_of_remarks(checklist, str(_told("remarks"))),
            on_handed_over_change=lambda: tab_backup.hear_of_handed_over(checklist, str(_told("handed_over"))),
            on_refused_change=lambda: session.set_refused_link(str(_told("refused"))),
            on_drafts_change=lambda: tab_backup.take_drafts(checklist, str(_told("drafts"))),
            on_workshop_text_change=lambda: session.restore_draft(str(_told("workshop_text"))),
            on_workshop_base_change=lambda: session.restore_draft_base(str(_told("workshop_base"))),
            on_returned_change=lambda: None,  # to be asked for the page again is all it wants
            on_desk_lost_change=_hear_of_lost_desk,
            height=0,
        )


def _hear_of_lost_desk() -> None:
    from pensebete.web.session import desk  # no other page needs it

    desk.hear_of_lost_desk()


def _lost_desk_heard() -> bool:
    from pensebete.web.session import desk

    return desk.lost_desk_heard()


def _class(name: str) -> str:
    """How the page calls a widget of that name."""
    return session.key(name).replace(".", "-")


def _told(name: str) -> object:
    """What the script has just said; it comes from the browser, and may be anything."""
    return getattr(session.typed(_KEY), name)
