"""What is made once, or not at all, is what the framework would make for each run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from streamlit.cursor import Cursor, LockedCursor, RunningCursor
from streamlit.delta_generator import DeltaGenerator
from streamlit.proto.NewSession_pb2 import NewSession
from streamlit.proto.RootContainer_pb2 import RootContainer
from streamlit.runtime import app_session
from streamlit.runtime.state.common import GENERATED_ELEMENT_ID_PREFIX
from streamlit.runtime.state.session_state import SessionState

from pensebete.web.server.lighter_runs import _compact, _found, _look_up, lighten_runs

_compact_by_framework = SessionState._compact_state
SECTIONS = ("light", "dark", "sidebar", "light.sidebar", "dark.sidebar")


@pytest.fixture
def framework(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """Afterwards as it was."""
    monkeypatch.setattr(app_session, "_populate_theme_msg", app_session._populate_theme_msg)
    monkeypatch.setattr(app_session, "_populate_config_msg", app_session._populate_config_msg)
    monkeypatch.setattr(DeltaGenerator, "__deepcopy__", DeltaGenerator.__deepcopy__)
    monkeypatch.setattr(Cursor, "__deepcopy__", None, raising=False)
    monkeypatch.setattr(SessionState, "filtered_state", SessionState.filtered_state)
    monkeypatch.setattr(SessionState, "__getitem__", SessionState.__getitem__)
    monkeypatch.setattr(SessionState, "_compact_state", SessionState._compact_state)
    del Cursor.__deepcopy__
    yield monkeypatch
    Cursor.__deepcopy__ = None


def first_words() -> NewSession:
    """Theme and settings as a run begins to say them."""
    said = NewSession()
    app_session._populate_config_msg(said.config)
    app_session._populate_theme_msg(said.custom_theme)
    for section in SECTIONS:
        part = said.custom_theme
        for name in section.split("."):
            part = getattr(part, name)
        app_session._populate_theme_msg(part, f"theme.{section}")
    return said


@pytest.mark.usefixtures("framework")
def test_each_run_says_the_theme_that_the_framework_makes_of_the_settings():
    of_framework = first_words().SerializeToString(deterministic=True)
    assert b"Noto Sans" in of_framework
    lighten_runs()
    lighten_runs()  # the app's script may be read again
    said = first_words()
    assert said.SerializeToString(deterministic=True) == of_framework
    said.custom_theme.light.primary_color = "changed in one run"
    assert first_words().SerializeToString(deterministic=True) == of_framework


def blocks() -> tuple[DeltaGenerator, ...]:
    """The block of a part of the page, and those it stands in."""
    main = DeltaGenerator(root_container=RootContainer.MAIN)
    outer = RunningCursor(RootContainer.MAIN)
    outer.lock_element()
    page = DeltaGenerator(RootContainer.MAIN, outer, main, "vertical")
    card = DeltaGenerator(RootContainer.MAIN, outer.open_block(), page, "horizontal")
    card._creating_fragment_id = "of the page"
    return main, page, card, DeltaGenerator(RootContainer.MAIN, LockedCursor(RootContainer.MAIN, (1,), 4), card)


def described(block: DeltaGenerator | None) -> object:
    if block is None:
        return None
    cursor = block._provided_cursor
    where = cursor and (type(cursor), cursor.delta_path, cursor.transient_index, list(cursor.transient_elements))
    of_block = (block._root_container, block._block_type, block._creating_fragment_id, block._form_data)
    return where, of_block, described(block._parent)


@pytest.mark.usefixtures("framework")
def test_the_blocks_around_a_part_are_copied_whole_and_apart():
    of_framework = [described(block) for block in deepcopy(blocks())]
    lighten_runs()
    kept = blocks()
    before = [described(block) for block in kept]
    copied = deepcopy(kept)
    assert [described(block) for block in copied] == of_framework == before
    copied[2]._cursor.lock_element()
    copied[2]._cursor.get_transient_cursor().transient_elements[3] = "shown for a while"
    assert [described(block) for block in kept] == before
    again = deepcopy(copied)
    assert [described(block) for block in again] == [described(block) for block in copied]
    assert again[2]._cursor.transient_elements is not copied[2]._cursor.transient_elements


@pytest.mark.usefixtures("framework")
def test_a_field_finds_what_the_visit_holds_under_its_key():
    state = SessionState()
    fields = {"typed": "words", "empty": None}
    for key, value in fields.items():
        widget = f"{GENERATED_ELEMENT_ID_PREFIX}-hash-{key}"
        state._key_id_mapper[key] = widget
        state._old_state[widget] = value
    state._old_state[f"{GENERATED_ELEMENT_ID_PREFIX}-hash-None"] = "of no key"
    state["kept"] = 7
    of_framework = dict(state.filtered_state)
    assert of_framework == {**fields, "kept": 7}
    lighten_runs()
    found = state.filtered_state
    assert dict(found) == of_framework
    assert len(found) == 3
    assert ("typed" in found, "empty" in found, "gone" in found) == (True, True, False)
    assert (found["empty"], found["kept"]) == (None, 7)
    for key in state._old_state:
        assert (key in found) is (key in of_framework)


KEYS = ("typed", "kept", f"{GENERATED_ELEMENT_ID_PREFIX}-hash-typed", f"{GENERATED_ELEMENT_ID_PREFIX}-hash-None")


@st.composite
def states(draw: st.DrawFn) -> Callable[[], SessionState]:
    """What makes a visit that holds this and that, under keys and under ids of fields."""
    new = draw(st.dictionaries(st.sampled_from(KEYS[:2]), st.integers()))
    old = draw(st.dictionaries(st.sampled_from(KEYS), st.integers()))
    of_fields = draw(st.dictionaries(st.sampled_from(KEYS[2:]), st.integers()))
    is_drawn, presented = draw(st.booleans()), draw(st.booleans())

    def made() -> SessionState:
        state = SessionState()
        state._new_session_state.update(new)
        state._old_state.update(old)
        for widget, value in of_fields.items():
            state._new_widget_state.set_from_value(widget, value)
        if is_drawn:
            state._key_id_mapper["typed"] = KEYS[2]
        if presented:
            about = SimpleNamespace(id=KEYS[2], presenter=lambda value, _: ("shown", value))
            state._new_widget_state.set_widget_metadata(about)  # type: ignore[arg-type]
        return state

    return made


many = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.mark.usefixtures("framework")
@many
@given(states())
def test_what_a_run_was_told_is_kept_for_the_next_one(made):
    by_framework, ours = made(), made()
    _compact_by_framework(by_framework)
    _compact(ours)
    assert ours._old_state == by_framework._old_state
    assert not ours._new_session_state
    assert not ours._new_widget_state.states
    assert ours._new_widget_state.widget_metadata.keys() == by_framework._new_widget_state.widget_metadata.keys()


@pytest.mark.usefixtures("framework")
@many
@given(states())
def test_what_a_visit_holds_is_found_wherever_it_was_put(made):
    state = made()
    for key in (*KEYS, "gone"):
        try:
            known: object = _look_up(state, key)
        except KeyError:
            known = KeyError
        try:
            found: object = _found(state, key)
        except KeyError:
            found = KeyError
        assert found == known
