"""Of visits whose line fell, those that hold much are few."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from streamlit.proto.ClientState_pb2 import ClientState

from pensebete.web.server.left_visits import MOST_HEAVY, LightVisits


def visit(
    id: str, draft: str = "", typed: str = "", dropped: int = 0, remarks: int = 0, desk: tuple[int, int] = (0, 0)
) -> Any:
    state = ClientState()
    widget = state.widget_states.widgets.add()
    widget.string_value = typed
    held: dict[str, Any] = {"desk": SimpleNamespace(held=desk[0], said_held=desk[1])}
    held |= {"draft": draft, "dropped_bytes": dropped, "reviews": {1: SimpleNamespace(remarks=("",) * remarks)}}
    return SimpleNamespace(session=SimpleNamespace(id=id, _session_state=held, _client_state=state))


HEAVY_WAYS: list[tuple[Any, ...]] = [
    ("x" * 300_000,),
    ("", "x" * 300_000),
    ("", "", 300_000),
    ("", "", 0, 1_000),
    ("", "", 0, 0, (300_000, 0)),
    ("", "", 0, 0, (0, 300_000)),
]


def test_a_light_visit_is_kept_and_of_the_heavy_ones_the_last_few():
    kept = LightVisits()
    for number in range(40):
        kept.save(visit(f"light {number}"))
        kept.save(visit(f"heavy {number}", *HEAVY_WAYS[number % len(HEAVY_WAYS)]))
    ids = [one.session.id for one in kept.list()]
    assert [id for id in ids if id.startswith("light")] == [f"light {number}" for number in range(40)]
    assert [id for id in ids if id.startswith("heavy")] == [f"heavy {n}" for n in range(40 - MOST_HEAVY, 40)]
