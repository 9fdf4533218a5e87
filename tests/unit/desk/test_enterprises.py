"""Which dossiers are one enterprise: ids, new cycles, names; whatever the order of the files and whatever is forged."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from time import process_time
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pensebete.assessment.edits import new_cycle
from pensebete.checklist.status import STATUSES
from pensebete.desk.desk_text import remarks
from pensebete.desk.portfolio import names_found, portfolio
from pensebete.desk.portfolio_json import portfolio_as_json
from pensebete.desk.remarked import said_on
from pensebete.desk.row import Row
from pensebete.text.folded import folded
from pensebete.text.wording import wording
from tests.builders import CHECKLIST, NOW
from tests.unit.desk.test_triage import dossier, row
from tests.yardstick import slowness

SAY = wording("fr")
DAY = timedelta(days=1)
_ROW = row(dossier())


def made(id: str, previous: str = "", name: str = "Coop", day: int = 0, says: str = "") -> Row:
    """A row of a dossier that says only this, in a file of its own; of each item one letter."""
    what = f"{id}.{previous}.{name}.{day}.{says}"
    at = NOW + day * DAY
    lines = {f"item-{n}": (letter, at) for n, letter in enumerate(says)}
    of_file = replace(_ROW, digest=what, file=what, updated_at=at, last_said_at=at, lines=lines)
    return replace(of_file, id=id, previous_id=previous, organisation=name)


def rows_of(*rows: Row) -> list[tuple[str, list[str]]]:
    """Of each enterprise the dossier to call about, and those before."""
    found = portfolio(rows).entries
    return sorted((entry.row.digest, [old.digest for old in entry.earlier]) for entry in found)


def _named(says: str) -> Row:
    return made("a", day=1, says=says)


A, B, C = made("a"), made("b", "a", day=1), made("c", "b", day=2)


def test_a_new_cycle_is_one_enterprise_with_the_dossier_that_it_was_copied_from():
    first = dossier(n=1)
    again = new_cycle(first, UUID(int=2), NOW + 30 * DAY, frozenset(STATUSES))
    (entry,) = portfolio([row(again, "cycle-2.json"), row(first, "cycle-1.pdf")]).entries
    assert [old.file for old in entry.of_dossier] == ["cycle-2.json"]
    assert [old.file for old in entry.past_cycles] == ["cycle-1.pdf"]
    (said,) = (one for one in remarks(entry, SAY) if "cycle-1.pdf" in one)
    assert "cycle d’avant" in said


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ((A, B, C), [(C, [B, A])]),
        # Nothing tells that the third cycle comes from the first while the second is missing.
        ((A, C), [(A, []), (C, [])]),
        # Somebody went on with the dossier of before: the new cycle is the one to call about all the same.
        ((made("a", day=9), A, B), [(B, [made("a", day=9), A])]),
        ((B, made("b", "a", day=5)), [(made("b", "a", day=5), [B])]),
        # Two new cycles of one dossier: the latest.
        ((A, B, made("d", "a", day=4)), [(made("d", "a", day=4), [B, A])]),
        # Forged: each says to come from the other, or from itself.
        ((made("a", "b"), B), [(B, [made("a", "b")])]),
        ((made("a", "a", day=1), A), [(made("a", "a", day=1), [A])]),
        ((made("a", "c"), B, C), [(C, [B, made("a", "c")])]),
        # Another name that says to come from the present cycle makes no past of it.
        (
            (made("a", day=9), B, made("f", "b", "Atelier", 5)),
            [(B, [made("a", day=9)]), (made("f", "b", "Atelier", 5), [])],
        ),
        # Under another name it is another row.
        ((A, made("b", "a", "Atelier", 1)), [(A, []), (made("b", "a", "Atelier", 1), [])]),
        ((A, made("b", "a", "COOP !", 1)), [(made("b", "a", "COOP !", 1), [A])]),
        # To have no name is to share none with another dossier.
        ((made("a", name=""), made("b", "a", "", 1)), [(made("a", name=""), []), (made("b", "a", "", 1), [])]),
        ((made("a", name=""), B), [(made("a", name=""), []), (B, [])]),
        ((made("a", name="", day=-1), A, B), [(B, [A, made("a", name="", day=-1)])]),
        # Without a name, what it says tells whether it is of before the one that has: half of it is the same.
        ((made("a", name="", says="xyzw"), _named("xyqq")), [(_named("xyqq"), [made("a", name="", says="xyzw")])]),
        (
            (made("a", name="", says="xyzw"), _named("xqqq")),
            [(_named("xqqq"), []), (made("a", name="", says="xyzw"), [])],
        ),
        ((made("a", name="", says="x"), _named("")), [(_named(""), []), (made("a", name="", says="x"), [])]),
        ((made("a", name=""), _named("x")), [(_named("x"), [made("a", name="")])]),
        (
            (made("a", name="", says="x"), _named("x"), made("a", name="Atelier", day=2, says="y")),
            [(_named("x"), [made("a", name="", says="x")]), (made("a", name="Atelier", day=2, says="y"), [])],
        ),
        # Two without a name, each of before another one: nothing that was said of them tells of which.
        (
            (*(made("a", name="", says=s) for s in "xy"), _named("x"), made("a", name="Atelier", day=2, says="y")),
            [
                (_named("x"), []),
                (made("a", name="Atelier", day=2, says="y"), []),
                (made("a", name="", says="y"), [made("a", name="", says="x")]),
            ],
        ),
        # Two without an id, copied from the same one, without a name.
        ((A, made("", "a", "", 1), made("", "a", "", 2)), [(A, []), *((made("", "a", "", d), []) for d in (1, 2))]),
    ],
)
def test_what_is_one_enterprise(rows, expected):
    assert rows_of(*rows) == sorted((latest.digest, [old.digest for old in earlier]) for latest, earlier in expected)


def test_one_without_a_name_that_says_other_things_is_warned_of_the_name():
    found = portfolio([made("a", name="", says="xyzw"), _named("qqqq")]).entries
    assert {entry.row.organisation: entry.other_names for entry in found} == {"": ("Coop",), "Coop": ()}


def test_two_names_on_the_way_from_cycle_to_cycle_are_two_rows_each_warned():
    found = portfolio([A, made("b", "a", "Atelier", 1), made("c", "b", "Coop", 2)]).entries
    assert {entry.row.organisation: (len(entry.earlier), entry.other_names) for entry in found} == {
        "Coop": (1, ("Atelier",)),
        "Atelier": (0, ("Coop",)),
    }


def test_thousands_of_names_under_one_dossier_are_rows_in_a_moment_and_each_names_a_few():
    many = [made("a", name=f"Coop {n}") for n in range(2000)]
    begun = process_time()
    found = portfolio(many).entries
    assert process_time() - begun < 5 * slowness()
    assert len(found) == 2000
    assert all(0 < len(entry.other_names) <= 20 for entry in found)
    assert not any(entry.row.organisation in entry.other_names for entry in found)
    (said,) = (one for one in remarks(found[0], SAY) if "porte aussi le nom" in one)
    assert said.count("Coop ") == 5


def test_the_figures_of_a_past_cycle_are_told_as_such_to_a_program_too():
    older = made("b", "a", day=0)
    [entry] = portfolio_as_json(portfolio([A, B, older]), {CHECKLIST.id: CHECKLIST}, SAY)["rows"]
    assert (entry["id"], entry["previous_id"]) == ("b", "a")
    assert [(one["id"], one["past_cycle"]) for one in entry["earlier"]] == [("b", False), ("a", True)]


_ids = st.sampled_from(["", "a", "b", "c", "d", "e"])
_forged = st.builds(
    made,
    _ids,
    _ids,
    st.sampled_from(["", "Coop", "Atelier"]),
    st.integers(0, 3),
    st.sampled_from(["", "xy", "xz", "zz"]),
)


@given(st.lists(_forged, max_size=9), st.randoms())
def test_whatever_is_forged_and_whatever_the_order_each_dossier_is_in_one_row_under_its_name(rows, random):
    entries = portfolio(rows).entries
    assert len({entry.key for entry in entries}) == len(entries)
    assert not names_found(entries).keys() & {entry.key for entry in entries}
    shuffled = rows[:]
    random.shuffle(shuffled)
    assert portfolio(shuffled).entries == entries
    shown = [(entry, one) for entry in entries for one in (entry.row, *entry.earlier)]
    assert sorted(one.digest for _, one in shown) == sorted({one.digest for one in rows})
    for entry, one in shown:
        names = {folded(entry.row.organisation), *(folded(old.organisation) for old in entry.earlier)}
        assert len(names - {()}) <= 1
        if names - {()} and not one.organisation:
            of_it = [row for row in (entry.row, *entry.earlier) if row.id == one.id and row.organisation]
            assert any(2 * len(said_on(one.lines) & said_on(row.lines)) >= len(one.lines) for row in of_it)
        # Of one id, under one name, nothing is elsewhere; nor is what it was copied from.
        for other, two in shown:
            kin = bool(one.id) and (one.id == two.id or two.previous_id == one.id)
            if kin and one.organisation and folded(one.organisation) == folded(two.organisation):
                assert other is entry
            elif kin and one.organisation and two.organisation:
                assert two.organisation in entry.other_names
