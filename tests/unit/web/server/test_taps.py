"""Two requests of one visit that wait are heard as one, with all that was tapped in either."""

from __future__ import annotations

import json
import re

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from streamlit.runtime.scriptrunner_utils.script_requests import _coalesce_widget_states

from pensebete.web.server.taps import keeping_both
from tests.builders import ROOT

coalesced = keeping_both(_coalesce_widget_states)
PAGE = [{"event": "found", "value": "a copy"}]
LATER = [{"event": "returned", "value": 1}]


def request(told: object = None, pressed: str = "", note: str = "") -> WidgetStates:
    found = WidgetStates(widgets=[WidgetState(id="note", string_value=note)])
    if pressed:
        found.widgets.append(WidgetState(id=pressed, trigger_value=True))
    if told is not None:
        found.widgets.append(WidgetState(id="page", json_trigger_value=json.dumps(told)))
    return found


def heard(states: WidgetStates | None) -> dict[str, object]:
    assert states
    return {one.id: getattr(one, str(one.WhichOneof("value"))) for one in states.widgets}


def test_what_a_component_told_in_both_is_told_the_older_first():
    found = heard(coalesced(request(PAGE, note="a"), request(LATER, note="b")))
    assert found["note"] == "b"
    assert json.loads(str(found["page"])) == PAGE + LATER


def test_what_was_told_or_pressed_in_one_of_them_stays():
    assert heard(coalesced(request(PAGE), request(pressed="go"))) == {"note": "", "go": True, "page": json.dumps(PAGE)}
    assert list(heard(coalesced(request(pressed="go"), request(LATER, pressed="erase")))) == [
        "note",
        "go",  # it was pressed first
        "erase",
        "page",
    ]
    assert heard(coalesced(None, request(LATER)))["page"] == json.dumps(LATER)
    assert coalesced(None, None) is None


def test_an_answer_given_before_one_went_to_another_page_is_heard():
    """The request of another page says nothing of the widgets of the one before."""
    answered = WidgetStates(widgets=[WidgetState(id="answer", string_value="Fait")])
    assert heard(coalesced(answered, WidgetStates())) == {"answer": "Fait"}
    assert heard(coalesced(answered, request(note="b"))) == {"answer": "Fait", "note": "b"}


@pytest.mark.parametrize("forged", ["{", "7", '"a"', "[" * 100_000])
def test_what_is_no_list_of_things_told_is_left_out(forged):
    older = WidgetStates(widgets=[WidgetState(id="page", json_trigger_value=forged)])
    assert heard(coalesced(older, request(LATER)))["page"] == json.dumps(LATER)


def test_what_waits_does_not_grow_without_end():
    much = [{"event": "found", "value": "a" * 3_000_000}]
    assert heard(coalesced(coalesced(request(much), request(much)), request(LATER)))["page"] == json.dumps(LATER)


def test_nothing_of_ours_asks_the_framework_to_stop_which_forgets_what_was_tapped():
    files = [ROOT / "app.py", *(ROOT / "pages").glob("*.py"), *(ROOT / "pensebete" / "web").rglob("*.py")]
    assert [file.name for file in files if re.search(r"^\s+st\.stop\(\)", file.read_text("utf-8"), re.MULTILINE)] == []
