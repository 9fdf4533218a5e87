"""What was tapped is heard, and heard whole, though the next tap comes before the page is made.

The framework stops a run when the next request of its visit comes, at whatever line of it next touches
`st.session_state`; in a callback too. Of two taps in a row on a busy server the first was half done, or, while its run
waited for its turn, not at all. Here the callbacks of a request run to their end, then the next request has its turn.
(`fastReruns` is off in .streamlit/config.toml for the same reason: with it the framework forgets a request that has not
begun when the next one comes, with the button that was pressed.) Requests that wait are heard as one. Of them the
framework keeps the last, and what was pressed before; here all is kept that only the older one says: an answer given
before one went to another page, what a component told first.

A page says with each request what all its fields hold. What the program changed since, and the page did not show yet,
is not undone by that: such a field is not heard until it was drawn again.

What was tapped in a fragment that the page no longer has, though the browser did not show it yet, the framework drops,
with all that the fields hold. It is heard as any other tap, by the page where its visitor is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import local
from typing import Any, NoReturn, TypeVar

from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.scriptrunner import StopException, get_script_run_ctx
from streamlit.runtime.scriptrunner.script_runner import ScriptRunner
from streamlit.runtime.scriptrunner_utils import script_requests
from streamlit.runtime.scriptrunner_utils.script_requests import ScriptRequestType
from streamlit.runtime.state.common import RegisterWidgetResult, WidgetMetadata, is_keyed_element_id
from streamlit.runtime.state.safe_session_state import SafeSessionState
from streamlit.runtime.state.session_state import SessionState, WStates

T = TypeVar("T")
_here = local()  # each run is a thread
_DRAWN = "widgets_drawn"  # of a visit: the ids of the widgets that its last run drew
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
        if not of_a_page_before(widget) and not _is_forgotten(widget):
            answer(states, widget)

    def hear_whole(state: SafeSessionState, said: WidgetStates | None, **kwargs: Any) -> None:
        with undisturbed():
            untold = _not_drawn_since_it_was_changed(state._state)
            if said is not None and untold:
                said = WidgetStates(widgets=[one for one in said.widgets if one.id not in untold])
            hear(state, said, **kwargs)
            for widget, (key, value) in untold.items():  # to be told with the page that comes now
                if state._state._key_id_mapper.get_id_from_key(key) == widget:
                    state._state._new_session_state.setdefault(key, value)

    def unless_disturbed(runner: ScriptRunner) -> None:
        if not _is_undisturbed():
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
        state._state._old_state.setdefault(_DRAWN, set()).add(metadata.id)
        return drawn

    kept = keeping_both(script_requests._coalesce_widget_states)
    script_requests._coalesce_widget_states = kept  # type: ignore[assignment]
    hear_whole.undisturbed = True  # type: ignore[attr-defined]
    WStates.call_callback = unless_of_a_page_before  # type: ignore[method-assign,assignment]
    SafeSessionState.on_script_will_rerun = hear_whole  # type: ignore[method-assign,assignment]
    ScriptRunner._maybe_handle_execution_control_request = unless_disturbed  # type: ignore[method-assign,assignment]
    SafeSessionState.register_widget = draw_and_note  # type: ignore[method-assign,assignment]
    AppSession.request_rerun = hear_though_its_part_is_gone  # type: ignore[method-assign,assignment]


def _not_drawn_since_it_was_changed(state: SessionState) -> dict[str, tuple[str, Any]]:
    """What the program made widgets show while the run before, which came not as far as to draw them: keys, values."""
    drawn = state._old_state.pop(_DRAWN, frozenset())
    return {
        widget: (key, value)
        for key, value in state._new_session_state.items()
        if (widget := state._key_id_mapper.get_id_from_key(key)) is not None and widget not in drawn
    }


def _is_forgotten(widget: str) -> bool:
    """Whether what the widget of that id holds was forgotten by the program, and it was not drawn since."""
    context = get_script_run_ctx(suppress_warning=True)
    if context is None or not is_keyed_element_id(widget):
        return False
    return widget not in context.session_state._state._key_id_mapper.id_key_mapping
