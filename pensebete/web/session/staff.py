"""Whether the browser of this visit has given the key of the staff."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from pensebete.checklist.accepted import MOST_WHO, MOST_WHY
from pensebete.checklist.idea import clean_line
from pensebete.web.server.staff_cookie import Pass, give_back, pass_in, pass_of, staff_has_a_key
from pensebete.web.server.visit_cookie import VISIT_HEADER
from pensebete.web.session.tab import cookies_shown, origin_shown

__all__ = ["declare", "declared", "forget_staff_key", "is_staff", "staff_has_a_key", "take_staff_pass"]


def is_staff() -> bool:
    """Whether this browser holds a pass of the key that is in use now."""
    return staff_has_a_key() and any(one.name not in _forgotten() for one in _passes())


def take_staff_pass(said: str) -> None:
    """The page has given the key, and says the pass that came back; it comes from the browser, and may be anything."""
    if pass_in(said, _browser()):
        st.session_state["staff_pass"] = said


def forget_staff_key() -> None:
    """The page has had the browser forget its cookie: what this visit showed of it counts no more."""
    for one in _passes():
        give_back(one)
        _forgotten().add(one.name)
    st.session_state.pop("staff_pass", None)


def declared(name: Literal["who", "why"]) -> str:
    """What somebody of the staff wrote of who they are and why they publish: a line that its field takes. A browser
    may send more."""
    most = MOST_WHO if name == "who" else MOST_WHY
    return clean_line(str(st.session_state.get(f"declared_{name}", "")))[:most]


def declare(name: Literal["who", "why"], typed: str) -> None:
    st.session_state[f"declared_{name}"] = typed


def _passes() -> list[Pass]:
    """That of the cookie, as the browser showed it at the handshake, and the one given to this page since."""
    shown = pass_of(cookies_shown(), origin_shown())
    given = pass_in(st.session_state.get("staff_pass", ""), _browser())
    return [one for one in (shown, given) if one]


def _forgotten() -> set[str]:
    """Names of passes: another server than the one that was asked to forget them goes on knowing them."""
    found: set[str] = st.session_state.setdefault("forgotten_passes", set())
    return found


def _browser() -> str:
    return str(st.context.headers.get(VISIT_HEADER, ""))
