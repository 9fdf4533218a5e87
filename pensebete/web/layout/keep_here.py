"""« Garder sur ce téléphone »: an unsaved dossier kept in this browser beyond its tab, as its visitor asks.

The copy of the tab (tab_backup.py) then lies in localStorage too, kept true by browser_bridge/kept.js; kept_here.js
shows what is there. The server hears nothing of it: whose dossiers a browser keeps, it is told when one of them is gone
on with.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import streamlit as st

from pensebete.checklist.model import Checklist
from pensebete.web import session
from pensebete.web.components.drawing import DRAWING_SCRIPT
from pensebete.web.components.taps import TAPS_SCRIPT
from pensebete.web.layout import tab_backup

_FOLDER = Path(__file__).parent
_SCRIPT = (
    TAPS_SCRIPT
    + DRAWING_SCRIPT
    + "\n".join((_FOLDER / name).read_text("utf-8") for name in ("browser_bridge/kept.js", "kept_here.js"))
)
_component = st.components.v2.component("kept_here", js=_SCRIPT, isolate_styles=False)

# What each part says, each a sentence keep.…; a name with a dollar is put in by the script.
_LISTED = (
    "phone",
    "device",
    "moment",
    "unnamed",
    "found.which",
    "resume",
    "resume.named",
    "remove",
    "remove.named",
    "removed.other",
    "bring_back",
    "bring_back.named",
    "damaged",
)
_ASKED = ("full", "full.yes", "full.no", "refused")
_WORDS: dict[str, tuple[str, ...]] = {
    "found": (
        *_LISTED,
        *_ASKED,
        "found.title",
        "found.one",
        "found.several",
        "expired",
        "changed",
        "changed.damaged",
        "changed.resume",
        "changed.keep",
        "both",
        "failed",
        "gone",
        "seen",
    ),
    "offer": (
        *_ASKED,
        "phone",
        "device",
        "moment",
        "unnamed",
        "title",
        "explained",
        "shared",
        "keep",
        "more",
        "how_long",
        "undo",
        "kept.title",
        "kept",
        "kept.other",
        "failed",
        "remove",
        "removed",
        "another_version",
        "before_saved",
    ),
    "others": (*_LISTED, "others"),
}
_VALUES = {name: f"${name}" for name in ("here", "name", "when", "until", "days", "count", "date", "at")}


def keep_here() -> None:
    """Where one may ask for it: whether this dossier is kept in this browser, since when, and how to undo it.

    It shows nothing where there is nothing to keep: nothing said, a trial, a dossier that is saved, unless a copy from
    before it was saved is still there.
    """
    if not session.trying_out() and session.assessment().says_something:
        _show("offer", {"saved": session.saving() is not None})


def others_kept(checklist: Checklist) -> None:
    """The dossiers kept in this browser beside the one of the tab."""
    if not session.trying_out() and not _nothing_held():
        _show("others", {}, checklist)


def found_here(checklist: Checklist) -> None:
    """At the top of a page: what this browser kept, offered while the tab holds nothing; what became of its own."""
    if not session.trying_out():
        # What is shown does not go under the hand that begins a dossier of its own.
        offered = session.shown_since_arriving("kept", _nothing_held())
        _show("found", {"offered": offered}, checklist)


def _nothing_held() -> bool:
    return session.saving() is None and not session.assessment().says_something and not session.review().remarks


def _show(part: Literal["found", "offer", "others"], data: dict[str, bool], checklist: Checklist | None = None) -> None:
    say = session.say()
    words = {name: say(f"keep.{name}", None, **_VALUES) for name in _WORDS[part]}
    key = f"kept-{part}-component"
    with st.container(key=f"kept-{part}"):
        _component(
            key=key,
            data={"part": part, "language": say.spoken, "words": words, "heard": session.taps_heard(key), **data},
            on_tapped_change=session.hear_taps(key, lambda told: _go_on(checklist, told)),
        )


def _go_on(checklist: Checklist | None, told: str) -> None:
    if checklist is not None:
        tab_backup.take_kept(checklist, told)
