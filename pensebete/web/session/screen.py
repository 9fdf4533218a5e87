"""The screen: where one is, what is to be said and shown, what is drawn alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pensebete.evaluation.evaluation import Evaluation
from pensebete.web.server.outside_parts import outside_parts
from pensebete.web.server.taps import is_to_stop
from pensebete.web.session.state import evaluation

_READING_TIME = timedelta(seconds=10)
_whole_run: ContextVar[bool] = ContextVar("whole_run", default=False)


@contextmanager
def whole_run() -> Iterator[None]:
    """Around a run of the whole script; a run cut short is remembered as such."""
    if not st.session_state.get("cut_short") and not st.session_state.pop("in_place_asked", False):
        st.session_state.pop("in_place", None)
    st.session_state["cut_short"] = True
    token = _whole_run.set(True)
    try:
        yield
        st.session_state["cut_short"] = False
    finally:
        _whole_run.reset(token)


def redraw_if_cut_short() -> None:
    """For the beginning of whatever runs alone.

    A word typed and a button pressed at once send two runs, of the card and of the page, and the framework lets the
    card's stop the page's: a page half drawn. Here the card then asks for the whole page again.
    """
    if not _whole_run.get() and st.session_state.get("cut_short"):
        draw_again()


def draw_again() -> None:
    """Have the whole page drawn anew, though nobody has tapped.

    What was tapped meanwhile goes first: to ask for this page again would take the place of a way to another one.
    """
    st.empty()  # here the framework turns to what was tapped
    st.rerun()


def show_item(item: str | None) -> None:
    """Bring the card of an item before the eyes, on the next screen; or the top of the step."""
    st.session_state["item_to_show"] = item


def item_to_show() -> str | None:
    """The item whose card one asked to see."""
    found: str | None = st.session_state.get("item_to_show")
    return found


def arrive_at(screen: str) -> None:
    """Another screen than that of the run before begins anew what was shown since."""
    if st.session_state.get("screen") != screen:
        st.session_state["screen"] = screen
        st.session_state["shown"] = set()


def shown_since_arriving(what: str, now: bool) -> bool:
    """Whether it is to be shown, or was since one came to this screen: what is read does not go under one's eyes."""
    shown: set[str] = st.session_state.setdefault("shown", set())
    if now:
        shown.add(what)
    return now or what in shown


def restore_focus(name: str, even_from: str | None = None) -> None:
    """Have the next screen give the keyboard back to a button or a field, should drawing it anew let the keyboard go.

    `even_from`: also where the keyboard is still at another one, as at the button that refused what a field holds.
    """
    st.session_state["keyboard_at"] = (name, even_from)


def focus_to_restore() -> tuple[str, str | None] | None:
    found: tuple[str, str | None] | None = st.session_state.pop("keyboard_at", None)
    return found


def notify(message: str, during: timedelta = _READING_TIME, in_view: bool = False) -> None:
    """Show a sentence at the top of the screens of the next seconds; `in_view`: wherever one has scrolled to."""
    st.session_state.setdefault("messages", []).append((datetime.now(UTC) + during, message, in_view))


def notices(in_view: bool = False) -> list[str]:
    """What is to be shown now. Not once only: two runs may follow each other before anyone can read."""
    kept = [one for one in st.session_state.get("messages", []) if datetime.now(UTC) < one[0]]
    st.session_state["messages"] = kept
    return list(dict.fromkeys(text for _, text, seen in kept if seen is in_view))


def dismiss_notices() -> None:
    """The visitor has read what was shown in view."""
    st.session_state["messages"] = [one for one in st.session_state.get("messages", []) if not one[2]]


def visitor_has_left() -> bool:
    """Whether this run is to stop, as when its page was closed or something else was tapped: what takes long is to be
    given up."""
    return is_to_stop()


def show_changes_in(
    slot: DeltaGenerator,
    now: Callable[[Evaluation], Any],
    show: Callable[[DeltaGenerator, Any], object] = DeltaGenerator.html,
    seen: bool = True,
) -> None:
    """Keep true what `slot` shows: what `now` gives, drawn by `show`, which draws the same of the same. A page, or a
    card that runs alone, has it drawn again where that is not what was drawn last.

    What is seen is shown at once too: an empty slot until the end of the run would have the page move twice.
    """
    place = _Place(slot, now, show)
    st.session_state["shows_changes"].append(place)
    if seen:
        place.draw(evaluation())


def show_changes() -> None:
    """To be called at the end of whatever may have changed the assessment."""
    found = evaluation()
    for place in st.session_state["shows_changes"]:
        place.draw(found)


_NOTHING_YET = object()


@dataclass(slots=True)
class _Place:
    """Where what changes is shown, of a page as it was made whole; with the next whole page all of them are new ones,
    and a page that was cut short is made whole before any part of it runs (redraw_if_cut_short).

    So what it showed last is what the browser has, or has on its way.
    """

    slot: DeltaGenerator
    now: Callable[[Evaluation], Any]
    show: Callable[[DeltaGenerator, Any], object]
    shown: object = _NOTHING_YET

    def draw(self, evaluation: Evaluation) -> None:
        now = self.now(evaluation)
        if now != self.shown:
            with outside_parts():
                self.show(self.slot, now)
            self.shown = now
