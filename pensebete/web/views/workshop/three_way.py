"""What somebody published since the draft began, what the draft changes, and where the two differ."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import streamlit as st

from pensebete.checklist.versions.diff import Change
from pensebete.checklist.versions.diff_text import change_words
from pensebete.checklist.versions.line_merge import Stretch
from pensebete.checklist.versions.three_way import Conflict, ThreeWay
from pensebete.text.markdown_escape import plain
from pensebete.text.wording import Wording
from pensebete.web import session
from pensebete.web.views.workshop.differences import show_changes
from pensebete.web.views.workshop.draft import take_up

_LONGEST = 300  # characters shown of a line
_MOST = 60  # lines shown of a side


def show_three_way(found: ThreeWay, taken: Callable[[], None] = lambda: None) -> None:
    """In the reader's language: what they changed since, what the draft changes, each conflict side by side.

    Where nothing conflicts, one button makes the merged text the draft (which can be taken back); `taken` is called
    then: from there on the draft began from what is published now.
    """
    say = session.say()
    if found.conflicts:
        st.markdown(plain(say("draft.conflicts", n=len(found.conflicts))))
        st.html(f'<div class="three-way">{"".join(_conflict(one, say) for one in found.conflicts)}</div>')
    elif found.merged is None:
        st.markdown(plain(say("draft.unsound_together", n=len(found.unsound))))
        lines = [f"{say('workshop.line', line=one.place.line)} · {one.sentence(say.language)}" for one in found.unsound]
        st.markdown("\n".join(f"- {plain(line)}" for line in lines))
    else:
        st.markdown(plain(say("draft.merges")))
        st.button(
            say("draft.take_merge"),
            key="workshop.take_merge",
            type="primary",
            on_click=_take,
            args=(found.merged, taken),
        )
    show_changes(say("draft.theirs"), found.their_changes, "theirs")
    show_changes(say("draft.mine"), found.my_changes, "mine")


def _take(merged: str, taken: Callable[[], None]) -> None:
    take_up(merged)
    taken()
    session.notify(session.say()("draft.merge_taken"), in_view=True)


def _conflict(conflict: Conflict, say: Wording) -> str:
    sides = "".join(
        f"<section><h3>{escape(title)}</h3>{_words(change, say)}{_lines(stretch, say)}</section>"
        for title, change, stretch in (
            (say("draft.side.theirs"), conflict.their_change, conflict.theirs),
            (say("draft.side.mine"), conflict.my_change, conflict.mine),
        )
    )
    return f'<h2 dir="auto">{escape(conflict.about)}</h2><div class="sides">{sides}</div>'


def _words(change: Change | None, say: Wording) -> str:
    return f'<p dir="auto">{escape(change_words(change, say))}</p>' if change else ""


def _lines(stretch: Stretch | None, say: Wording) -> str:
    if stretch is None:
        return ""
    if not stretch.lines:
        return f"<p>{escape(say('draft.lines.none', line=stretch.first))}</p>"
    many = len(stretch.lines) > 1
    where = say("draft.lines", first=stretch.first, last=stretch.last) if many else ""
    return f"<p>{escape(where or say('workshop.line', line=stretch.first))}</p><pre>{_numbered(stretch)}</pre>"


def _numbered(stretch: Stretch) -> str:
    shown = "".join(_line(n, text) for n, text in enumerate(stretch.lines[:_MOST], stretch.first))
    return shown if len(stretch.lines) <= _MOST else f"{shown}…"


def _line(n: int, text: str) -> str:
    """A line as it is; what turns the direction of writing ends with it."""
    return f"{n:>5}  <bdi>{escape(text if len(text) <= _LONGEST else f'{text[:_LONGEST]}…')}</bdi>\n"
