"""A copy of the dossier in the browser tab, so that a reload or a lost connection loses nothing.

It lies in the tab's sessionStorage: the browser drops it with the tab, no other tab sees it, « Effacer » empties it and
the server keeps nothing. Here it is written into a hidden element, which a card can do on its own; page_script.js moves
it to the storage, and hands it back to a visit in which nothing was said yet.
"""

from __future__ import annotations

import json
from html import escape

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pensebete import dossier
from pensebete.checklist import Checklist
from pensebete.web import session


def tab_copy() -> None:
    """Keep the copy true from here on."""
    with st.container(key="tab-copy"):
        session.show_changes_in(st.empty(), _write)


def take_back(checklist: Checklist, copy: str) -> bool:
    """Go on from a copy. It was in the visitor's hands: it is read as any file, and left alone if it is no dossier."""
    if session.said_something():
        return False
    try:
        parts = json.loads(copy)
        found = dossier.read_json(parts["dossier"].encode(), checklist)
    except (dossier.DossierError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return False
    session.set_language(found.language)
    session.resume(found)
    if isinstance(parts.get("place"), str):
        session.go_to(parts["place"])
    session.tell(session.say()("frame.taken_back"))
    return True


def _write(slot: DeltaGenerator) -> None:
    # Something is always written: a card may only write later where it wrote when the page was made.
    if not session.said_something():
        slot.html("<p hidden></p>")
        return
    copy = {"dossier": dossier.dump(session.assessment()).decode(), "place": session.place()}
    # After « Effacer » there is nothing to keep, and what was kept goes too.
    text = json.dumps(copy, ensure_ascii=False) if session.assessment().says_something else ""
    slot.html(f"<pre hidden>{escape(text)}</pre>")
