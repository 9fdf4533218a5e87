"""What was changed on the page one is looking at stays where it stood, until that page has been left.

Done, put off or taken out of the plan, a line would otherwise be gone from under the thumb, and with it the way back.
A page that keeps lines in place asks for them in each of its runs; a whole run that did not ask was of another page,
and the next one begins with nothing kept (see whole_run).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

import streamlit as st

from pensebete.web.session.state import assessment

T = TypeVar("T")


def keep_in_place(name: str, stood: object, first: bool = True) -> None:
    """Remember how something stood before it was changed on this page: at first, or else this last time."""
    place = (type(stood), name)
    if not first or place not in _kept():
        _kept()[place] = stood


def kept_in_place(kind: type[T]) -> Mapping[str, T]:
    """What was changed on this page, as it stood."""
    return {name: stood for (_, name), stood in _kept().items() if isinstance(stood, kind)}


def as_first_shown(name: str, found: Callable[[], T]) -> T:
    """What was found when this page was first shown: lists made of it do not move while one works through them."""
    value: T = _kept().setdefault((object, name), found())  # type: ignore[assignment]
    return value


def forget_places() -> None:
    """From here on everything stands where it belongs."""
    st.session_state.pop("in_place", None)


def _kept() -> dict[tuple[type, str], object]:
    st.session_state["in_place_asked"] = True
    whose = str(assessment().id)
    if st.session_state.get("in_place", ("", {}))[0] != whose:
        st.session_state["in_place"] = (whose, {})
    found: dict[tuple[type, str], object] = st.session_state["in_place"][1]
    return found
