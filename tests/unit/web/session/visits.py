"""A visit without a server: what the program remembers of it, in a dict."""

from __future__ import annotations

from html import unescape
from types import SimpleNamespace
from typing import Any

import pytest
import streamlit

from pensebete.web import session
from pensebete.web.layout import tab_backup
from pensebete.web.server.live import look

PUBLISHED = look().serving
assert PUBLISHED is not None


def begin(patch: pytest.MonkeyPatch) -> dict[str, Any]:
    """A new visit in the place of the one before; what it holds."""
    held: dict[str, Any] = {}
    patch.setattr(streamlit, "session_state", held)
    patch.setattr(streamlit, "query_params", {})
    patch.setattr(streamlit, "context", SimpleNamespace(cookies={}, headers={}, timezone="UTC"))
    run()
    return held


def run() -> None:
    assert PUBLISHED is not None
    session.begin(PUBLISHED, "fr")


class Slot:
    """Where the copy of the dossier is written: a hidden element of the page."""

    copy: str | None = None

    def html(self, body: str) -> None:
        inside = body.removeprefix("<pre hidden>").removesuffix("</pre>")
        self.copy = unescape(inside) if inside != body else None


def tab_copy() -> str | None:
    """What the tab keeps: None where it keeps what it has, empty where it forgets it."""
    slot = Slot()
    slot.html(tab_backup.copy_html(session.evaluation()))
    return slot.copy
