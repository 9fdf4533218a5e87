"""The widgets of a page, whose values are those of the assessment."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import streamlit as st
from streamlit.runtime.uploaded_file_manager import DeletedFile, UploadedFile

from pensebete.web.session.state import language

# At the end of the key of a widget, before the language.
_EDITION = re.compile(r"\.([0-9a-f]{8})\.[a-z-]+$")


def widget(name: str, value: Any) -> str:
    """The key of a widget that shows `value` at first; the value is that of the assessment.

    The widget is given it as its default too. A run that is cut short may be the only one that tells the browser what
    session_state holds; on a slow phone the widget is then made from the next run, and would say that it is empty.
    """
    key = f"{name}.{st.session_state['edition']}.{language()}"
    if key not in st.session_state:
        st.session_state[key] = value
    return key


def unversioned_widget(name: str, value: Any) -> str:
    """As `widget`, for one that stays the same when other widgets begin anew: those of the workshop."""
    st.session_state.setdefault(name, value)
    return name


def unversioned_widget_forgets(name: str) -> None:
    st.session_state.pop(name, None)


def widget_shows(key: str, value: Any) -> None:
    """Make a widget show `value`, whatever it held; before the widget is made."""
    st.session_state[key] = value


def widget_forgets(name: str) -> None:
    """Have a widget show the value of the assessment again."""
    st.session_state.pop(key(name), None)


def typed(key: str) -> Any:
    """What a widget now holds; for its callback."""
    return st.session_state[key]


def chosen(key: str) -> Any:
    """What a widget holds that is drawn further down, or was never drawn: then None."""
    return st.session_state.get(key)


def dropped(key: str) -> bytes | None:
    """The content of the file that a widget holds; None for none, and for one that the server has no longer."""
    file = st.session_state.get(key)
    return file.getvalue() if isinstance(file, UploadedFile) else None


def dropped_is_gone(key: str) -> bool:
    """Whether a widget holds a file that the server has no longer: it was started anew, or took others since."""
    return isinstance(st.session_state.get(key), DeletedFile)


def key(name: str) -> str:
    """The key of a widget that holds nothing to keep, such as a button."""
    return f"{name}.{st.session_state['edition']}.{language()}"


def edition() -> str:
    """What tells the widgets of now from those of before."""
    found: str = st.session_state["edition"]
    return found


def begin_edition() -> None:
    """From here on no widget is taken for one of before, by this server or by a tab that knew another one."""
    st.session_state["edition"] = uuid4().hex[:8]


def of_a_page_before(widget: str) -> bool:
    """Whether a widget was drawn for what the visit held before another dossier took its place.

    Its page may not have come yet when the next request is made: that says again what each field of the page before
    holds, and the framework, which gave up the page between, takes it for news. An empty name would be written into
    the dossier that has just come.
    """
    found = _EDITION.search(widget)
    return found is not None and found[1] != st.session_state.get("edition", found[1])
