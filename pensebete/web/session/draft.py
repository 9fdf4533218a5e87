"""The text that the workshop was given, the one before it, and one that waits for a word: it would replace it."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import Any, TypeVar

import streamlit as st

T = TypeVar("T")
DRAFT_FIELD = "workshop.text"  # the key of the field that shows it
MOST_TYPED = 1_500_000  # characters; a checklist of 500 items has half as many, and a page sends them at each tap

# Of all visits together: a checklist that was read is many times its text, and reading it again takes a moment.
_read: deque[tuple[str | bytes, object, Any]] = deque(maxlen=8)
_lock = Lock()


def draft() -> str | bytes:
    """What the workshop was given: text, or a file that is no text."""
    found: str | bytes = st.session_state.get("draft", "")
    return found


def set_draft(source: str | bytes) -> None:
    """Go on with a text that was typed, or with another one in the place of what there was."""
    if not draft():
        st.session_state.pop("draft_base", None)
    st.session_state["draft"] = source


@dataclass(frozen=True, slots=True)
class DraftBase:
    """What was published when the draft began: the digest of its text, and whether it came without its comments."""

    digest: str
    without_comments: bool = False

    def as_text(self) -> str:
        return f"{self.digest} {int(self.without_comments)}"


def draft_base() -> DraftBase | None:
    """What the draft began from; None where there is no draft."""
    found: DraftBase | None = st.session_state.get("draft_base")
    return found if draft() else None


def begin_draft_from(base: DraftBase) -> None:
    """From here on the draft is a change of that text."""
    st.session_state["draft_base"] = base


def bring_from(base: DraftBase, source: str) -> None:
    """Where that text becomes the draft, now or once its visitor says so, this is what it begins from."""
    st.session_state["base_brought"] = (source, base)


def restore_draft_base(text: str) -> None:
    """The same for what the tab kept over a reload; it was in the visitor's hands, and may be anything."""
    if found := re.fullmatch("([0-9a-f]{64}) ([01])", text):
        begin_draft_from(DraftBase(found[1], found[2] == "1"))


def replace_draft(source: str | bytes, brought: bool = True) -> None:
    """Go on with another text, `brought` from elsewhere or made here; the one before can be taken back once."""
    if (before := draft()) and before != source:
        st.session_state["draft_before"], st.session_state["draft_base_before"] = before, draft_base()
    set_draft(source)
    if brought:
        st.session_state["draft_brought"] = source
        known, base = st.session_state.get("base_brought", ("", None))
        st.session_state["draft_base"] = base if known == source else None
    forget_offered_draft()


def draft_was_edited() -> bool:
    """Whether the draft is otherwise than it was brought: typed or pasted, or mended here."""
    return bool(draft()) and draft() != st.session_state.get("draft_brought")


def restore_draft(text: str) -> None:
    """Go on with what the tab kept over a reload; it was in the visitor's hands, and may be anything."""
    if not draft() and 0 < len(text) <= MOST_TYPED:
        set_draft(text)
        st.session_state.pop(DRAFT_FIELD, None)


def draft_before() -> str | bytes | None:
    """What was replaced last."""
    found: str | bytes | None = st.session_state.get("draft_before")
    return found


def take_draft_back() -> None:
    state, base = st.session_state, draft_base()
    state["draft"], state["draft_before"] = state["draft_before"], draft()
    state["draft_base"], state["draft_base_before"] = state.get("draft_base_before"), base


def offer_draft(source: str | bytes) -> None:
    """Keep a text until the visitor says whether it may take the place of the draft."""
    st.session_state["offered_draft"] = source


def offered_draft() -> str | bytes | None:
    found: str | bytes | None = st.session_state.get("offered_draft")
    return found


def forget_offered_draft() -> None:
    st.session_state.pop("offered_draft", None)


def of_draft(read: Callable[[str | bytes], T], beside: object) -> T:
    """What was read of the draft, once for each as long as few others are read meanwhile.

    `beside` is what it was read with besides: where that is another one, it is read again.
    """
    source = draft()
    with _lock:
        known = next((one for one in _read if one[0] is source and one[1] == beside), None)
    if known is None:
        known = (source, beside, read(source))
        with _lock:
            _read.append(known)
    found: T = known[2]
    return found
