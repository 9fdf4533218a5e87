"""What the framework makes anew for each run, though it is the same, is made once or not at all.

Of an answer's processor time half was that: the message with which a run begins says the whole theme, read option by
option from the settings; a part of the page that runs alone has the blocks around it copied, each with all those above
it; a field has everything that the visit holds put in one dictionary, to look at one key; what the program keeps under
a key is looked for where fields keep theirs. What is drawn is the same.

These are private names of the framework. One that is gone ends the start of the server; whether those that are there
still do what is said here, tests/unit/web/server/test_lighter_runs.py tells.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from copy import copy, deepcopy
from typing import Any

from streamlit.cursor import Cursor, SparseList
from streamlit.delta_generator import DeltaGenerator
from streamlit.proto.NewSession_pb2 import Config, CustomThemeConfig
from streamlit.runtime import app_session
from streamlit.runtime.state.common import is_element_id
from streamlit.runtime.state.session_state import SessionState, _is_internal_key


def lighten_runs() -> None:
    """From here on."""
    if getattr(app_session._populate_theme_msg, "once", False):
        return
    _say_the_theme_as_before()
    DeltaGenerator.__deepcopy__ = _copied_once  # type: ignore[method-assign,assignment]
    Cursor.__deepcopy__ = _cursor_copied  # type: ignore[attr-defined]
    SessionState.filtered_state = property(_Held)  # type: ignore[assignment,method-assign]
    SessionState.__getitem__ = _found  # type: ignore[method-assign]
    SessionState._compact_state = _compact  # type: ignore[method-assign,assignment]


def _say_the_theme_as_before() -> None:
    """The settings are read when the server starts, and no page changes them."""
    theme, settings = app_session._populate_theme_msg, app_session._populate_config_msg
    themes: dict[str, CustomThemeConfig] = {}
    known: list[Config] = []

    def theme_once(message: CustomThemeConfig, section: str = "theme") -> None:
        if section not in themes:
            made = CustomThemeConfig()
            theme(made, section)
            themes[section] = made
        if themes[section].ByteSize():  # a part that says nothing is not there at all
            message.MergeFrom(themes[section])

    def settings_once(message: Config) -> None:
        if not known:
            made = Config()
            settings(made)
            known.append(made)
        message.MergeFrom(known[0])

    theme_once.once = True  # type: ignore[attr-defined]
    app_session._populate_theme_msg = theme_once  # type: ignore[assignment]
    app_session._populate_config_msg = settings_once  # type: ignore[assignment]


def _copied_once(block: DeltaGenerator, memo: dict[int, Any]) -> DeltaGenerator:
    """As the framework copies a block, but that the blocks above it, which stand beside it in what is copied, are
    copied once."""
    made = DeltaGenerator(
        root_container=block._root_container,
        cursor=deepcopy(block._cursor, memo),
        parent=deepcopy(block._parent, memo),
        block_type=block._block_type,
    )
    made._form_data = copy(block._form_data)
    made._creating_fragment_id = block._creating_fragment_id
    return made


def _cursor_copied(cursor: Cursor, memo: dict[int, Any]) -> Cursor:
    """A place on the page is a few numbers; what comes and goes there is hardly ever anything."""
    made = copy(cursor)
    made._transient_elements = (
        deepcopy(cursor._transient_elements, memo) if cursor._transient_elements else SparseList()
    )
    return made


class _Held(Mapping[str, Any]):
    """What a visit holds under the keys of the program, looked up as it is asked for."""

    def __init__(self, state: SessionState) -> None:
        self._state = state

    def __getitem__(self, key: str) -> Any:
        if is_element_id(key) or _is_internal_key(key):
            raise KeyError(key)
        return self._state[key]

    def __iter__(self) -> Iterator[str]:
        return iter(_all_held(self._state))

    def __len__(self) -> int:
        return len(_all_held(self._state))

    def __repr__(self) -> str:
        return repr(_all_held(self._state))


def _found(state: SessionState, key: str) -> Any:
    """What is kept under a key that no field has is in one place or the other; a run looks up some fifty of them."""
    if key not in state._key_id_mapper and not is_element_id(key):
        for held in (state._new_session_state, state._old_state):
            if key in held:
                return held[key]
    return _look_up(state, key)


def _compact(state: SessionState) -> None:
    """What a run was told is that of before for the next one. Of hundreds of fields two or three were told anything."""
    before, told, fields = state._old_state, state._new_session_state, state._new_widget_state
    key_of, about = state._key_id_mapper.id_key_mapping, fields.widget_metadata
    for id in state._keys():
        is_there = id in before and id not in fields.states and key_of.get(id, id) not in told
        if is_there and getattr(about.get(id), "presenter", None) is None:
            continue
        with suppress(KeyError):  # a field that the page has no longer
            before[id] = state[id]
    told.clear()
    fields.clear()


_look_up = SessionState.__getitem__
_put_together = SessionState.filtered_state.fget  # type: ignore[attr-defined]


def _all_held(state: SessionState) -> dict[str, Any]:
    found: dict[str, Any] = _put_together(state)
    return found
