"""Drafts that are shared: those of this browser's own, and the one whose link was followed to this tab."""

from __future__ import annotations

from uuid import uuid4

import streamlit as st

from pensebete.web.server.cookies import SHORT_ID
from pensebete.web.server.draft_cookie import (
    DRAFT_REFUSALS,
    FORGET_DRAFT,
    TAKE_OWN_DRAFT,
    drafts_to_read,
    own_drafts,
)
from pensebete.web.session.link import order_of_browser
from pensebete.web.session.tab import cookies_shown, origin_shown

PARAMETER = "draft"


def draft_followed() -> str | None:
    """What the address says of the link that was followed: the short id of its draft, or one of DRAFT_REFUSALS.

    The framework drops it from the address with a page change; on the page of the draft it is said again.
    """
    said = st.query_params.get(PARAMETER)
    if said and (said in DRAFT_REFUSALS or SHORT_ID.fullmatch(said)):
        st.session_state["draft_followed"] = said
    found: str | None = st.session_state.get("draft_followed")
    if found and said != found:
        st.query_params[PARAMETER] = found
    return found


def token_of_followed(short: str) -> str | None:
    """The token that opens it: of a link, else of its author; None where this browser has none (any more)."""
    return drafts_to_read(cookies_shown(), origin_shown()).get(short) or _own().get(short)


def own_draft() -> tuple[str, str] | None:
    """The shared draft that the workshop goes on with: its short id and its author's token."""
    own, chosen = _own(), st.session_state.get("own_draft")
    if chosen == "":  # begun anew
        return None
    short = chosen if chosen in own else next(reversed(own), None)
    return (short, own[short]) if short else None


def other_own_drafts() -> list[str]:
    """Short ids of those that this browser shared besides."""
    here = own_draft()
    return [short for short in _own() if here is None or short != here[0]]


def go_on_with_draft(short: str) -> None:
    """Have the workshop go on with another shared draft of one's own; with none of them for ""."""
    st.session_state["own_draft"] = short


def set_own_draft(short: str, token: str) -> None:
    """This visit has just shared it; the browser remembers its author from the next screen on."""
    st.session_state.setdefault("own_drafts", {})[short] = token
    st.session_state["own_draft"] = short
    order_of_browser(TAKE_OWN_DRAFT + token)


def forget_own_draft(short: str) -> None:
    """It was deleted, or has expired."""
    st.session_state.get("own_drafts", {}).pop(short, None)
    st.session_state.setdefault("own_drafts_gone", set()).add(short)
    if st.session_state.get("own_draft") == short:
        st.session_state.pop("own_draft")
    order_of_browser(FORGET_DRAFT + short)


def name_on_drafts() -> str:
    """What this visitor says of themselves in what they remark and answer."""
    found: str = st.session_state.get("name_on_drafts", "")
    return found


def set_name_on_drafts(name: str) -> None:
    st.session_state["name_on_drafts"] = name


def line_of_draft() -> int | None:
    """The line that is being remarked about."""
    found: int | None = st.session_state.get("line_of_draft")
    return found


def set_line_of_draft(line: int | None) -> None:
    if line is None and (before := line_of_draft()) is not None:
        st.session_state["line_left"] = (str(uuid4()), before)
    st.session_state["line_of_draft"] = line


def line_left() -> tuple[str, int] | None:
    """The line whose form was left last, and what tells that time from others."""
    found: tuple[str, int] | None = st.session_state.get("line_left")
    return found


def _own() -> dict[str, str]:
    gone = st.session_state.get("own_drafts_gone", set())
    known = {**own_drafts(cookies_shown(), origin_shown()), **st.session_state.get("own_drafts", {})}
    return {short: token for short, token in known.items() if short not in gone}
