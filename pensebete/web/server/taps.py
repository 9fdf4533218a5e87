"""What was tapped is heard, and heard whole, though the next tap comes before the page is made.

The framework stops a run when the next request of its visit comes, at whatever line of it next touches
`st.session_state`; in a callback too. Of two taps in a row on a busy server the first was half done, or, while its run
waited for its turn, not at all. Here the callbacks of a request run to their end, then the next request has its turn.
(`fastReruns` is off in .streamlit/config.toml for the same reason: with it the framework forgets a request that has not
begun when the next one comes, with the button that was pressed.) Requests that wait are heard as one. Of them the
framework keeps the last, and what was pressed before; here all is kept that only the older one says: an answer given
before one went to another page, what a component told first.

A page says with each request what all its fields hold. What the program changed since, and the page did not show yet,
is not undone by that: such a field is heard only where it says something else than when it was drawn last.

What was tapped in a fragment that the page no longer has, though the browser did not show it yet, the framework drops,
with all that the fields hold. It is heard as any other tap, by the page where its visitor is.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import local
from typing import Any, NoReturn, TypeVar

from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.scriptrunner import StopException, get_script_run_ctx
from streamlit.runtime.scriptrunner.script_runner import ScriptRunner
from streamlit.runtime.scriptrunner_utils import script_requests
from streamlit.runtime.scriptrunner_utils.script_requests import ScriptRequestType
from streamlit.runtime.state.common import (
    RegisterWidgetResult,
    WidgetMetadata,
    is_keyed_element_id,
    unpack_widget_state_value,
    user_key_from_element_id,
)
from streamlit.runtime.state.safe_session_state import SafeSessionState
from streamlit.runtime.state.session_state import SessionState, WStates

T = TypeVar("T")
_here = local()  # each run is a thread
_MOST_HELD = 5_000_000  # bytes of what waits; one message brings no more (.streamlit/config.toml)


@contextmanager
def undisturbed() -> Iterator[None]:
    """What is done inside is done to its end: what was tapped meanwhile is heard afterwards."""
    before = _is_undisturbed()
    _here.undisturbed = True
    try:
        yield
    finally:
        _here.undisturbed = before
    context = get_script_run_ctx(suppress_warning=True)
    if context and not before:
        context.yield_check()  # before this run asks for another one, which would take the place of what was tapped


def is_to_stop() -> bool:
    """Whether this run was told to stop, or is to give way to the next request of its visit."""
    context = get_script_run_ctx(suppress_warning=True)
    requests = context.script_requests if context else None
    if requests is None or requests._state is ScriptRequestType.CONTINUE:
        return False
    if requests._state is ScriptRequestType.STOP:
        return True
    a_part = bool(requests._rerun_data.fragment_id_queue) and not requests._rerun_data.is_fragment_scoped_rerun
    return not a_part and not _is_undisturbed()


def give_way() -> NoReturn:
    """End this run, as `is_to_stop` said. Not by `st.stop()`, which forgets the request that waits."""
    context = get_script_run_ctx(suppress_warning=True)
    if context:
        context.yield_check()
    raise StopException


def _is_undisturbed() -> bool:
    return getattr(_here, "undisturbed", False)


Coalesced = Callable[[WidgetStates | None, WidgetStates | None], WidgetStates | None]


def keeping_both(coalesced: Coalesced) -> Coalesced:
    """What two requests that wait say as one, with all that is said in either."""

    def both(older: WidgetStates | None, newer: WidgetStates | None) -> WidgetStates | None:
        found = coalesced(older, newer)
        if not older or not newer or not found or older.ByteSize() > _MOST_HELD:
            return found
        # In the order in which it was said.
        states = {state.id: state for state in older.widgets} | {state.id: state for state in found.widgets}
        told_since = {state.id: state.json_trigger_value for state in newer.widgets}
        for state in older.widgets:
            before, since = state.json_trigger_value, told_since.get(state.id, "")
            # Lists, as the framework's script writes them; not read, which costs the loop that all visits wait for.
            if all(told.startswith("[{") and told.endswith("}]") for told in (before, since)):
                states[state.id] = WidgetState(id=state.id, json_trigger_value=f"{before[:-1]},{since[1:]}")
        return WidgetStates(widgets=states.values())

    return both


def hear_every_tap(of_a_page_before: Callable[[str], bool]) -> None:
    """From here on, callbacks are not cut short, and nothing that waits to be heard is forgotten.

    `of_a_page_before`: whether the widget of that id shows what another dossier has taken the place of; what is said
    of it is not heard.
    """
    hear, turn_to_next = SafeSessionState.on_script_will_rerun, ScriptRunner._maybe_handle_execution_control_request
    if getattr(hear, "undisturbed", False):
        return

    answer, draw, ask = WStates.call_callback, SafeSessionState.register_widget, AppSession.request_rerun

    def unless_of_a_page_before(states: WStates, widget: str) -> None:
        if not of_a_page_before(widget):
            _find_again(states, widget)
            answer(states, widget)

    def hear_whole(state: SafeSessionState, said: WidgetStates | None, **kwargs: Any) -> None:
        with undisturbed():
            untold = _not_drawn_since_it_was_changed(state._state)
            news = _without_repetitions(state._state, said, untold)
            _here.said = {one.id: one for one in news.widgets} if news else {}
            _here.keys = state._state._key_id_mapper
            hear(state, news, **kwargs)
            for widget, (key, value) in untold.items():
                if widget not in _here.said and state._state._key_id_mapper.get_id_from_key(key) == widget:
                    # To be told with the page that comes now.
                    state._state._new_session_state.setdefault(key, value)

    def unless_disturbed(runner: ScriptRunner) -> None:
        # Asked with everything that is drawn or looked up; nearly always nothing waits.
        if runner._requests._state is not ScriptRequestType.CONTINUE and not _is_undisturbed():
            turn_to_next(runner)

    def hear_though_its_part_is_gone(session: AppSession, said: ClientState | None) -> None:
        tapped_in = said.fragment_id if said and not said.is_auto_rerun else ""  # what asks by itself may go unheard
        if said and tapped_in and not session.has_fragment(tapped_in):
            here = session._client_state
            said.fragment_id, said.page_name = "", ""
            said.page_script_hash, said.query_string = here.page_script_hash, here.query_string
        ask(session, said)

    def draw_and_note(
        state: SafeSessionState, metadata: WidgetMetadata[T], user_key: str | None
    ) -> RegisterWidgetResult[T]:
        drawn = draw(state, metadata, user_key)
        if metadata.value_type != "file_uploader_state_value":  # it would keep the files
            _shown(state._state).last[metadata.id] = drawn.value
        return drawn

    kept = keeping_both(script_requests._coalesce_widget_states)
    script_requests._coalesce_widget_states = kept  # type: ignore[assignment]
    hear_whole.undisturbed = True  # type: ignore[attr-defined]
    WStates.call_callback = unless_of_a_page_before  # type: ignore[method-assign,assignment]
    SafeSessionState.on_script_will_rerun = hear_whole  # type: ignore[method-assign,assignment]
    ScriptRunner._maybe_handle_execution_control_request = unless_disturbed  # type: ignore[method-assign,assignment]
    SafeSessionState.register_widget = draw_and_note  # type: ignore[method-assign,assignment]
    AppSession.request_rerun = hear_though_its_part_is_gone  # type: ignore[method-assign,assignment]


@dataclass(slots=True)
class _Shown:
    """What the widgets of a visit were drawn with, by their ids: in the last run, and since one is on the page."""

    page: str = ""
    last: dict[str, Any] = field(default_factory=dict)
    on_page: dict[str, Any] = field(default_factory=dict)


def _shown(state: SessionState) -> _Shown:
    found: _Shown = state._old_state.setdefault("widgets_shown", _Shown())
    return found


def _not_drawn_since_it_was_changed(state: SessionState) -> dict[str, tuple[str, Any]]:
    """What the program made widgets show in a run that came not as far as to draw them: the key and value of each."""
    shown = _shown(state)
    untold = {
        widget: (key, value)
        for key, value in state._new_session_state.items()
        if (widget := state._key_id_mapper.get_id_from_key(key)) is not None and widget not in shown.last
    }
    context = get_script_run_ctx(suppress_warning=True)
    page = context.page_script_hash if context else ""
    shown.on_page = {**(shown.on_page if page == shown.page else {}), **shown.last}
    shown.page, shown.last = page, {}
    return untold


def _without_repetitions(state: SessionState, said: WidgetStates | None, untold: Container[str]) -> WidgetStates | None:
    """What a page says, but for what fields that the program changed or forgot held when they were drawn last."""
    if said is None:
        return None
    known = state._key_id_mapper.id_key_mapping
    kept = [
        one
        for one in said.widgets
        if not (one.id in untold or (is_keyed_element_id(one.id) and one.id not in known))
        or not _is_what_was_shown(state, one)
    ]
    return said if len(kept) == len(said.widgets) else WidgetStates(widgets=kept)


def _is_what_was_shown(state: SessionState, said: WidgetState) -> bool:
    shown, metadata = _shown(state).on_page, state._new_widget_state.widget_metadata.get(said.id)
    if metadata is None or said.id not in shown:
        return False
    value = unpack_widget_state_value(said)
    return bool(metadata.deserializer(value) == shown[said.id])


def _find_again(states: WStates, widget: str) -> None:
    """Let a callback find what was tapped under the key of its widget, though the program forgot it meanwhile."""
    key, said = user_key_from_element_id(widget), _here.said.get(widget)
    if key is None or said is None or widget in _here.keys.id_key_mapping:
        return
    _here.keys[key] = widget
    states.set_widget_from_proto(said)
