"""A copy of the dossier in the browser tab, so that a reload or a lost connection loses nothing.

It lies in the tab's sessionStorage: the browser drops it with the tab, no other tab sees it, « Effacer » empties it and
the server keeps nothing. The server writes the copy into a hidden element, which a card can do on its own; the script
below moves it to the storage, and hands it back to a visit in which nothing was said yet.
"""

from __future__ import annotations

import json
from html import escape

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pensebete import dossier
from pensebete.checklist import Checklist
from pensebete.web import session

_SCRIPT = """
const NAME = "pensebete"
const asked = new Set()
let watcher = null
function store() {
  const copy = document.querySelector(".st-key-tab-copy pre")
  if (!copy) return
  if (copy.textContent) sessionStorage.setItem(NAME, copy.textContent)
  else sessionStorage.removeItem(NAME)
}
export default function({ data, setTriggerValue }) {
  const found = sessionStorage.getItem(NAME)
  if (data.nothing_said && found && !asked.has(data.visit)) {
    asked.add(data.visit)
    setTriggerValue("found", found)
  }
  watcher?.disconnect()
  watcher = new MutationObserver(store)
  watcher.observe(document.querySelector(".st-key-tab-copy"), { childList: true, subtree: true, characterData: true })
  store()
}
"""

_component = st.components.v2.component("tab_copy", js=_SCRIPT)
_KEY = "tab_copy"


def tab_copy(checklist: Checklist) -> None:
    """Keep a copy of this visit in the tab, and take back that of a visit cut short."""
    with st.container(key="tab-copy"):
        session.show_changes_in(st.empty(), _write)
    _component(
        data={"nothing_said": not session.said_something(), "visit": session.key("visit")},
        key=_KEY,
        on_found_change=lambda: _take_back(checklist),
        height=0,
    )


def _write(slot: DeltaGenerator) -> None:
    # Something is always written: a card may only write later where it wrote when the page was made.
    if not session.said_something():
        slot.html("<p hidden></p>")
        return
    copy = {"dossier": dossier.dump(session.assessment()).decode(), "place": session.place()}
    # After « Effacer » there is nothing to keep, and what was kept goes too.
    text = json.dumps(copy, ensure_ascii=False) if session.assessment().says_something else ""
    slot.html(f"<pre hidden>{escape(text)}</pre>")


def _take_back(checklist: Checklist) -> None:
    """What comes back was in the visitor's hands: it is read as any file, and left alone if it is no dossier."""
    try:
        copy = json.loads(session.typed(_KEY)["found"])
        session.resume(dossier.read_json(copy["dossier"].encode(), checklist))
    except (dossier.DossierError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return
    if isinstance(copy["place"], str):
        session.go_to(copy["place"])
    session.tell(session.say()("frame.taken_back"))
