"""The private link by which a saved dossier was opened or is to be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from uuid import uuid4

import streamlit as st

from pensebete.storage.errors import StoreError
from pensebete.web.server.link_cookie import FORGET, GONE, MOVE, OPENED
from pensebete.web.session.state import set_saving
from pensebete.web.session.tab import OWN, forget_dossier, set_dossier_of_tab, sort_link


def remember_link(token: str) -> None:
    """Have the browser remember a link, from the next screen on."""
    order_of_browser(token)


def forget_link(dossier: str) -> None:
    """Have the browser forget the link of a dossier, as its visitor wishes."""
    forget_dossier(dossier)
    order_of_browser(FORGET + dossier)


def forget_unsorted_link() -> None:
    """Have the browser forget the link whose dossier is not known yet."""
    sort_link()
    order_of_browser(FORGET)


def drop_link(dossier: str) -> None:
    """Have the browser forget the link of a dossier that it opens no more."""
    forget_dossier(dossier)
    order_of_browser(GONE + dossier)


def used_link(dossier: str) -> None:
    """Have the browser take the link of a dossier for the last one used."""
    order_of_browser(OPENED + dossier)


def move_link() -> None:
    """Have the browser keep under the name of its dossier a link that has none yet."""
    sort_link()
    order_of_browser(MOVE)


def order_of_browser(order: str) -> None:
    """Have the page ask it of the server, which can answer with a cookie; from the next screen on."""
    st.session_state.setdefault("link_orders", []).append((str(uuid4()), order))


def link_orders() -> list[tuple[str, str]]:
    """What the page is to ask of the server about its cookies, each under an id of its own. The last few stay: the page
    that was to carry one out may have been cut short, and none is carried out twice."""
    found: list[tuple[str, str]] = st.session_state.get("link_orders", [])
    del found[:-4]
    return list(found)


LinkKind = Literal["link", "calendar", "draft"]


@dataclass(frozen=True)
class NewLink:
    """A link just made. `id` is of the moment, so that the page takes it once; `link` is its number in the database,
    where links that open a dossier, addresses of calendars and links of drafts are numbered apart."""

    id: str
    link: int
    token: str
    kind: LinkKind


def show_link(token: str, link: int, kind: LinkKind = "link") -> None:
    """Give the page a link just made. The tab keeps it until it is noted, the server while its page is on screen."""
    st.session_state.setdefault("links_to_show", []).append(NewLink(str(uuid4()), link, token, kind))


def links_to_show(kind: LinkKind = "link") -> list[NewLink]:
    return [one for one in st.session_state.get("links_to_show", []) if one.kind == kind]


def forget_links_shown() -> None:
    """The page was left, or the visitor has noted them: the server knows them no more."""
    st.session_state.pop("links_to_show", None)


def unopened() -> StoreError | None:
    """Why the saved dossier of the link that the browser remembers could not be opened so far."""
    found: StoreError | None = st.session_state.get("unopened")
    return found


def set_unopened(error: StoreError | None) -> None:
    st.session_state["unopened"] = error


def leave_saved() -> None:
    """Go on in this tab alone: what is saved stays as it is, under its link, which the browser goes on remembering."""
    set_saving(None)
    set_dossier_of_tab(OWN)
