"""HTML of ours in which a button tells the server what it opens: a table with a widget in each row costs too much."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import streamlit as st

from pensebete.web import session
from pensebete.web.components.taps import TAPS_SCRIPT

_SCRIPT = TAPS_SCRIPT + Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
_component = st.components.v2.component("live_html", js=_SCRIPT, isolate_styles=False)


def live_html(html: str, key: str, opened: Callable[[str], None], focus: tuple[str, str, str] | None = None) -> None:
    """Show HTML, in which all that a stranger wrote was escaped.

    `opened` is called with what a `<button data-open="…">` opens, once it was pressed. `focus` sends the keyboard to
    what a selector finds, once for each token: token, selector, where on the screen it is then to be seen.
    """
    drawn = sha256(html.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    focused = list(focus) if focus else None
    data = {"html": html, "drawn": drawn, "focus": focused, "heard": session.taps_heard(key)}
    _component(key=key, data=data, on_tapped_change=session.hear_taps(key, opened))
