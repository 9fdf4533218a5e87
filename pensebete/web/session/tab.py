"""Which dossier the tab is about: what it says itself, what its browser remembers, what this visit goes on with.

The tab says a short id in its address (server/tab_start.js), with all that it sends. The browser's cookies come with
the handshake of the websocket and say which dossiers it can open. Nothing is opened before the two are put together,
and nothing is saved while they contradict what this visit shows.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal

import streamlit as st

from pensebete.web.server.cookies import SHORT_ID, may_remember
from pensebete.web.server.link_cookie import REFUSALS, Remembered, unsorted_token
from pensebete.web.server.link_cookie import remembered as links_in

PARAMETER = "d"
LINK_SAYS, LINK_OPENED = "link", "opened"
OWN = "tab"  # what a tab says whose dossier lives in it alone


@dataclass(frozen=True)
class Opening:
    """What a visit begins with.

    `own`: the tab's own dossier, saved nowhere. `open`: the saved dossier of that short id. `ask`: the visitor says
    which. `lost`: the tab says a dossier whose link this browser does not remember.
    """

    what: Literal["own", "open", "ask", "lost"]
    dossier: str | None = None


def opening(said: str | None, remembered: Collection[str], unsorted: str | None = None) -> Opening:
    """What to begin with, from what the tab says and the browser remembers; `unsorted`: the dossier of a link that
    the version before left, or that was handed over while the database was away."""
    if said == OWN:
        return Opening("own")
    if said is not None:
        return Opening("open" if said in remembered or said == unsorted else "lost", said)
    if unsorted is not None:
        return Opening("open", unsorted)
    if len(remembered) == 1:
        return Opening("open", next(iter(remembered)))
    return Opening("ask" if remembered else "own")


def said_by_tab() -> str | None:
    """What the tab says in its address: a short id, OWN; None where it says nothing that is one of these."""
    said = st.query_params.get(PARAMETER)
    return said if said == OWN or (said and SHORT_ID.fullmatch(said)) else None


def told_of_link() -> str | None:
    """What a link did in this tab, said once by its address: LINK_OPENED, or why it opened nothing (REFUSALS), or the
    short id of another dossier, which is not opened before the visitor says so."""
    told = st.query_params.get(LINK_SAYS)
    if told is None:
        return None
    del st.query_params[LINK_SAYS]
    return told if told == LINK_OPENED or told in REFUSALS or SHORT_ID.fullmatch(told) else None


def remembered() -> Mapping[str, Remembered]:
    """The links of this browser, as of the handshake and less those forgotten since; the last one used first."""
    found = links_in(cookies_shown(), origin_shown())
    return {dossier: link for dossier, link in found.items() if dossier not in _forgotten()}


def unsorted_link() -> str | None:
    """A token whose dossier is not known yet; None once it was looked at."""
    return None if "sorted" in st.session_state else unsorted_token(cookies_shown())


def sort_link() -> None:
    st.session_state["sorted"] = True


def forget_dossier(dossier: str) -> None:
    """Leave a dossier out of what the browser remembers, from here on."""
    _forgotten().add(dossier)


def dossier_of_tab() -> str | None:
    """What this visit goes on with: a short id, OWN; None while it is not known."""
    found: str | None = st.session_state.get("dossier_of_tab")
    return found


def set_dossier_of_tab(dossier: str) -> None:
    """Go on with it: what the tab has said so far is no contradiction, it has not heard yet."""
    if said := said_by_tab():
        _left().add(said)
    if (before := dossier_of_tab()) not in (None, dossier):
        _left().add(str(before))
    _left().discard(dossier)
    st.session_state["dossier_of_tab"] = dossier


def contradicted() -> bool:
    """Whether the tab says, with what it just sent, another dossier than the one this visit shows."""
    said, shown = said_by_tab(), dossier_of_tab()
    return said is not None and shown is not None and said != shown


def contradiction() -> str | None:
    """The dossier that the tab says instead, but one that this visit has just left: then the tab has not heard yet."""
    said = said_by_tab()
    return said if contradicted() and said not in _left() else None


def stay() -> None:
    """The visitor says that what is shown is right: what the tab says instead is put right."""
    if said := said_by_tab():
        _left().add(said)


def say_in_address() -> None:
    """Have the address say what this visit goes on with: the framework drops it with each page change.

    A browser that remembers no link has nothing to take for another: its address stays as it is.
    """
    shown, said = dossier_of_tab(), said_by_tab()
    if shown is None or said == shown or contradiction():
        return
    if shown != OWN or said is not None or remembered() or _left():
        st.query_params[PARAMETER] = shown


def offered_dossier() -> str | None:
    """Another dossier, to which a link or an address led; the visitor has not said whether to open it here."""
    found: str | None = st.session_state.get("offered_dossier")
    return found


def offer_dossier(dossier: str) -> None:
    st.session_state["offered_dossier"] = dossier


def answer_offer() -> None:
    """The visitor has answered; the next screen has the tab forget the question too."""
    st.session_state.pop("offered_dossier", None)
    st.session_state["offer_answered"] = True


def offer_to_forget() -> bool:
    return bool(st.session_state.pop("offer_answered", False))


def lost_dossier() -> str | None:
    """The dossier that the tab says and whose link this browser does not remember."""
    found: str | None = st.session_state.get("lost_dossier")
    return found


def set_lost_dossier(dossier: str | None) -> None:
    st.session_state["lost_dossier"] = dossier


def asks_which() -> bool:
    """Whether the visitor is to say which dossier this tab is about, before anything else."""
    return bool(st.session_state.get("asks_which"))


def set_asks_which(asks: bool) -> None:
    st.session_state["asks_which"] = asks


def refused_link() -> str | None:
    """Why the link that was followed last opened nothing."""
    found: str | None = st.session_state.get("refused_link")
    return found


def set_refused_link(why: str | None) -> None:
    """None where the visitor has read it; what the browser says and is no reason is not heard."""
    if why is not None and why not in REFUSALS:
        return
    st.session_state["refused_link"] = why


def can_keep_links() -> bool:
    """Whether this page came by a way over which a browser may keep a link."""
    return origin_shown() is None or may_remember(origin_shown())


def of_the_browser() -> dict[str, object]:
    """What stays when all that was said is forgotten: it is about the browser and the tab."""
    names = ("sorted", "forgotten_dossiers", "left_dossiers", "staff_pass", "forgotten_passes")
    return {name: st.session_state[name] for name in names if name in st.session_state}


def _forgotten() -> set[str]:
    found: set[str] = st.session_state.setdefault("forgotten_dossiers", set())
    return found


def _left() -> set[str]:
    found: set[str] = st.session_state.setdefault("left_dossiers", set())
    return found


def cookies_shown() -> Mapping[str, str]:
    """Those of this browser, as of the handshake."""
    return {name: value for name, value in st.context.cookies.items() if isinstance(value, str)}


def origin_shown() -> str | None:
    """Of the page that this visit is."""
    found = st.context.headers.get("Origin")
    return found if isinstance(found, str) else None
