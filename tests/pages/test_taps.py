"""Of a page whose next tap comes before it is made, what was begun is done."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from streamlit.runtime.app_session import AppSession, AppSessionState
from streamlit.runtime.scriptrunner.script_runner import ScriptRunner
from streamlit.runtime.scriptrunner_utils import script_requests
from streamlit.runtime.state.safe_session_state import SafeSessionState
from streamlit.runtime.state.session_state import WStates
from streamlit.testing.v1 import AppTest

from pensebete.web.server.taps import hear_every_tap
from pensebete.web.session.widgets import of_a_page_before


@pytest.fixture
def every_tap_heard(monkeypatch) -> None:
    """As the app does at its start; afterwards the framework is as it was."""
    for where, name in (
        (SafeSessionState, "on_script_will_rerun"),
        (ScriptRunner, "_maybe_handle_execution_control_request"),
        (script_requests, "_coalesce_widget_states"),
        (SafeSessionState, "register_widget"),
        (WStates, "call_callback"),
        (AppSession, "request_rerun"),
    ):
        monkeypatch.setattr(where, name, getattr(where, name))
    hear_every_tap(of_a_page_before)
    hear_every_tap(of_a_page_before)  # the app's script may be read again


def page_whose_next_tap_comes_at_once() -> None:
    import streamlit as st
    from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
    from streamlit.runtime.scriptrunner import RerunData, get_script_run_ctx

    from pensebete.web.server.taps import give_way, is_to_stop, undisturbed

    def the_next_tap_comes() -> None:
        context = get_script_run_ctx()
        assert context
        assert context.script_requests
        pressed = WidgetState(id=st.session_state["next"], trigger_value=True)
        context.script_requests.request_rerun(RerunData(widget_states=WidgetStates(widgets=[pressed])))

    def do(how: str) -> None:
        the_next_tap_comes()
        st.session_state["begun"] = [*st.session_state.get("begun", []), how]
        st.session_state["done"] = [*st.session_state.get("done", []), how]
        if how == "reruns":
            st.rerun()
        elif how == "gives way":
            give_way()
        elif how == "fails":
            raise ValueError(how)

    def one(how: str) -> None:
        st.button(f"callback {how}", on_click=do, args=(how,))
        if st.button(f"page {how}"):
            with undisturbed():
                do(how)
        if st.button(f"long {how}"):
            st.session_state["begun"], st.session_state["done"] = [how], [how]
            the_next_tap_comes()
            if is_to_stop():
                give_way()

    if st.button("next"):
        st.session_state["heard"] = True
    for how in ("ends", "reruns", "gives way", "fails"):
        one(how)
    st.fragment(one)("in a fragment")
    st.text("the end of the page")


@pytest.mark.parametrize("where", ["callback", "page", "long"])
@pytest.mark.parametrize("how", ["ends", "reruns", "gives way", "fails", "in a fragment"])
def test_what_a_tap_began_is_done_once_however_it_ends_and_the_next_one_is_heard(every_tap_heard, where, how):
    page = AppTest.from_function(page_whose_next_tap_comes_at_once).run()
    buttons = {one.label: one for one in page.button}
    page.session_state["next"] = buttons["next"].proto.id
    buttons[f"{where} {how}"].click().run()
    assert (page.session_state["begun"], page.session_state["done"]) == ([how], [how])
    assert page.text[0].value == "the end of the page"
    assert page.session_state["heard"]
    page.run()
    assert page.session_state["done"] == [how], "a run is undisturbed no longer than what it was asked to do"


def page_of_a_dossier() -> None:
    import streamlit as st

    def another_takes_its_place() -> None:
        st.session_state["edition"] = "bbbbbbbb"

    edition = st.session_state.setdefault("edition", "aaaaaaaa")
    st.button("another", on_click=another_takes_its_place)
    key = f"organisation.{edition}.fr"
    st.text_input("organisation", key=key, on_change=lambda: st.session_state.update(written=st.session_state[key]))


@pytest.mark.parametrize(("comes", "written"), [(False, "Coop du Fleuve"), (True, None)])
def test_a_field_of_the_page_before_is_written_into_no_dossier_that_takes_its_place(every_tap_heard, comes, written):
    page = AppTest.from_function(page_of_a_dossier).run()
    page.text_input[0].input("Coop du Fleuve")
    if comes:
        page.button[0].click()
    page.run()
    assert ("written" in page.session_state) is (written is not None)
    assert written is None or page.session_state["written"] == written


def page_that_gives_way_before_its_field_is_drawn() -> None:
    import streamlit as st
    from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
    from streamlit.runtime.scriptrunner import RerunData, get_script_run_ctx

    from pensebete.web.server.taps import give_way, is_to_stop

    def change(how: str) -> None:
        """As undo, a text that is mended, what a tab kept; a request follows at once, whose page shows none of it."""
        st.session_state["kept"] = "new"
        if how == "forgets":
            del st.session_state["field"]
        else:
            st.session_state["field"] = "new"
        context = get_script_run_ctx()
        assert context
        assert context.script_requests
        ids = st.session_state["ids"]
        fields = [WidgetState(id=ids[name], string_value=value) for name, value in st.session_state["says"].items()]
        context.script_requests.request_rerun(RerunData(widget_states=WidgetStates(widgets=fields)))

    def typed(name: str) -> None:
        st.session_state["kept" if name == "field" else "kept of other"] = st.session_state[name]

    for how in ("forgets", "shows"):
        st.button(how, on_click=change, args=(how,))
    if is_to_stop():
        give_way()
    st.session_state.setdefault("field", st.session_state.setdefault("kept", "old"))
    st.text_input("field", key="field", on_change=typed, args=("field",))
    st.text_input("other", key="other", on_change=typed, args=("other",))


@pytest.fixture
def changed_by(every_tap_heard) -> Callable[..., AppTest]:
    def changed(how: str, says: str, typed: str | None = None) -> AppTest:
        page = AppTest.from_function(page_that_gives_way_before_its_field_is_drawn).run()
        page.session_state["ids"] = {field.key: field.proto.id for field in page.text_input}
        page.session_state["says"] = {"field": says, "other": "typed elsewhere"}
        if typed:
            page.text_input[0].input(typed)
        return next(one for one in page.button if one.label == how).click().run()

    return changed


@pytest.mark.parametrize("how", ["forgets", "shows"])
def test_what_the_program_changed_is_not_undone_by_a_page_that_has_not_shown_it_yet(changed_by, how):
    page = changed_by(how, says="old")
    assert page.session_state["kept"] == "new"
    assert page.text_input[0].value == "new"
    assert page.text_input[0].proto.set_value, "the browser is told"
    assert page.session_state["kept of other"] == "typed elsewhere"
    page.text_input[0].input("newer").run()
    assert page.session_state["kept"] == "newer"


@pytest.mark.parametrize("how", ["forgets", "shows"])
def test_what_is_typed_into_a_field_that_the_program_has_just_changed_is_heard(changed_by, how):
    page = changed_by(how, says="typed")
    assert page.session_state["kept"] == "typed"
    assert page.text_input[0].value == "typed"


@pytest.mark.parametrize("how", ["forgets", "shows"])
def test_what_is_typed_and_then_tapped_elsewhere_is_heard_though_that_tap_changes_the_field(changed_by, how):
    page = changed_by(how, says="typed", typed="typed")
    assert not page.exception
    assert page.session_state["kept"] == page.text_input[0].value


@pytest.mark.parametrize(
    ("part", "by_itself", "heard"),
    [
        ("there", False, [("there", "here", "step=cash")]),
        ("gone", False, [(None, "there since", "step=board")]),
        ("gone", True, []),
    ],
)
def test_a_tap_in_a_part_that_the_page_has_no_more_is_heard_by_the_page_where_one_is(
    every_tap_heard, part, by_itself, heard
):
    asked = []
    session = SimpleNamespace(
        _state=AppSessionState.APP_NOT_RUNNING,
        _client_state=ClientState(page_script_hash="there since", query_string="step=board"),
        _scriptrunner=SimpleNamespace(request_rerun=lambda request: asked.append(request) or True),
        has_fragment=lambda one: one == "there",
    )
    tapped = WidgetStates(widgets=[WidgetState(id="status", int_value=2)])
    said = ClientState(
        fragment_id=part,
        is_auto_rerun=by_itself,
        widget_states=tapped,
        page_script_hash="here",
        query_string="step=cash",
    )
    AppSession.request_rerun(session, said)  # type: ignore[arg-type]
    assert [(one.fragment_id, one.page_script_hash, one.query_string) for one in asked] == heard
    assert all(one.widget_states == tapped for one in asked)
