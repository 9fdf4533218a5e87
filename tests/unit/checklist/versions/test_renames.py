"""Ids by their full names, and where the renames of a checklist lead, step by step."""

from __future__ import annotations

import pytest

from pensebete.checklist.full_names import Renames, around, full_name, id_in, kind_of, short_name
from pensebete.checklist.versions.renames import action_destination
from tests.builders import mended, sound

KINDS = {
    "cash": "items",
    "cash/count": "actions",
    "profiles/count": "actions",
    "profile": "items",
    "profile/staff": "profile",
    "profile/staff/1-9": "options",
    "domains/money": "domains",
    "bands/low": "bands",
    "owners/finance": "owners",
    "ranking/P1": "ranking",
}
KNOWN = {
    "items": {"speak", "cash"},
    "actions": {"speak/write", "cash/count", "cash/x"},
    "profile": {"profile/team"},
    "options": {"profile/team/some"},
    "domains": {"domains/money"},
    "bands": {"bands/low"},
    "owners": {"owners/board"},
    "ranking": {"ranking/P1"},
}


@pytest.mark.parametrize("name", KINDS)
def test_a_full_name_tells_its_kind_and_is_made_of_its_parts(name):
    kind = kind_of(name)
    assert kind == KINDS[name]
    outer = id_in(around(name)) if kind in ("actions", "options") else ""
    assert full_name(kind, id_in(name), outer) == name
    assert name.endswith(short_name(kind, name))


@pytest.mark.parametrize(
    ("kind", "name", "renamed", "end"),
    [
        ("items", "talk", {"talk": "say", "say": "speak"}, "speak"),
        ("items", "talk", {}, None),
        ("items", "talk", {"talk": "gone"}, None),
        ("items", "a", {"a": "b", "b": "a"}, None),
        ("actions", "talk/write", {"talk": "speak"}, "speak/write"),
        ("actions", "talk/note", {"talk": "speak", "talk/note": "speak/write"}, "speak/write"),
        ("actions", "talk/note", {"talk": "speak", "talk/note": "talk/write"}, "speak/write"),
        ("actions", "talk/note", {"talk": "speak", "speak/note": "speak/write"}, "speak/write"),
        ("actions", "talk/note", {"talk": "say", "say": "speak", "say/note": "say/write"}, "speak/write"),
        ("actions", "talk/note", {"talk/note": "cash/count"}, "cash/count"),
        ("actions", "talk/x", {"talk": "cash", "talk/x": "cash/count"}, "cash/count"),
        ("actions", "cash/x", {"talk": "cash", "talk/x": "cash/count"}, "cash/x"),
        ("actions", "talk/note", {"talk": "say", "say": "talk"}, None),
        ("options", "profile/staff/some", {"profile/staff": "profile/team"}, "profile/team/some"),
        ("options", "profile/staff/any", {"profile/staff": "profile/team", "profile/staff/any": "profile/team/some"},
         "profile/team/some"),
        ("owners", "owners/ca", {"owners/ca": "owners/board", "ca": "cash"}, "owners/board"),
        # Of another kind: no rename of it.
        ("owners", "owners/ca", {"owners/ca": "bands/low"}, None),
    ],
)  # fmt: skip
def test_renames_are_followed_with_what_stands_around(kind, name, renamed, end):
    assert Renames(KNOWN, renamed).destination(kind, name) == end


def test_a_question_of_the_name_of_an_action_moves_no_plan():
    checklist = sound(
        mended(("{hear: listen}", "{hear: listen, profile/crew: profile/staff, profile/staff/a: profile/staff/some}"))
    )
    assert action_destination(checklist, "profile", "crew") is None
    assert action_destination(checklist, "profile", "staff/a") is None
