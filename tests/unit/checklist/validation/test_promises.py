"""What a newer version owes the dossiers made with an older one: every id, of whatever kind, or what became of it."""

from __future__ import annotations

import pytest

from pensebete.checklist.diagnostics import Diagnostic
from pensebete.checklist.diagnostics.text_edit import applied
from pensebete.checklist.loading import read
from tests.builders import MINIMAL, SHIPPED, mended, sound

SMALL = MINIMAL.read_text(encoding="utf-8")
V2 = ('version: "1"', 'version: "2"')
NO_RENAME = ("renamed: {hear: listen}\n", "")
# The kind -> what changes of the small checklist in all the places that name it, and the line to write.
RENAMED = {
    "item": ([("id: cash\n", "id: till\n")], "cash: till"),
    "action": ([("id: write,", "id: note,")], "talk/write: talk/note"),
    "question": (
        [("staff:", "team:"), ("id: staff", "id: team"), ("with: staff", "with: team")],
        "staff: profile/team",
    ),
    "option": ([("id: some", "id: any"), ("[some]", "[any]")], "profile/staff/some: profile/staff/any"),
    "domain": ([("id: money", "id: funds")], "domains/money: domains/funds"),
    "band": ([("id: high", "id: top")], "bands/high: bands/top"),
    "role": ([("  board:", "  council:"), ("owner: board", "owner: council")], "owners/board: owners/council"),
    "class": ([("class: P2", "class: N2")], "ranking/P2: ranking/N2"),
}


def renamed(kind: str) -> str:
    text = SMALL
    for was, now in (V2, *RENAMED[kind][0]):
        assert was in text
        text = text.replace(was, now)
    return text


def told(text: str, older: str = SMALL) -> list[Diagnostic]:
    return list(read(text, accepted=[sound(older)])[1])


@pytest.mark.parametrize("kind", RENAMED)
def test_an_id_renamed_in_the_whole_file_is_told_with_the_line_to_write(kind):
    (found,) = told(renamed(kind))
    assert found.code == "vanished-id"
    assert f"{RENAMED[kind][1]}\u00a0» sous" in found.remedy("fr")
    assert f"{RENAMED[kind][1]}” under “renamed”" in found.remedy("en")
    assert RENAMED[kind][1].endswith(found.suggestion)


@pytest.mark.parametrize("kind", RENAMED)
@pytest.mark.parametrize(
    ("written", "line"),
    [
        ("renamed: {hear: listen}", "renamed: {hear: listen, ENTRY}"),
        ("renamed: { hear: listen }  # x", "renamed: { hear: listen, ENTRY }  # x"),
        ("renamed: {}", "renamed: {ENTRY}"),
        ("renamed: { } # x", "renamed: {ENTRY} # x"),
        ("renamed:", "renamed:\n  ENTRY"),
        ("renamed:  # x", "renamed:  # x\n  ENTRY"),
        ("renamed:\n  # y\n  hear: listen  # x", "renamed:\n  # y\n  hear: listen  # x\n  ENTRY"),
        ("renamed:\n    hear: listen\n\n# z", "renamed:\n    hear: listen\n    ENTRY\n\n# z"),
    ],
)
def test_the_edit_writes_the_line_in_the_way_of_the_file(kind, written, line):
    older = SMALL.replace("renamed: {hear: listen}", written)
    text = renamed(kind).replace("renamed: {hear: listen}", written)
    (found,) = told(text, older)
    assert found.edit is not None
    mended = applied(text, [found.edit])
    entry = RENAMED[kind][1] if "/" in RENAMED[kind][1] or kind == "item" else ""
    entry = "profile/staff: profile/team" if kind == "question" else entry
    assert mended == text.replace(written, line.replace("ENTRY", entry))
    assert told(mended, older) == []


@pytest.mark.parametrize("end", ["", "\n", "\n\n# fin\n"])
def test_without_any_renamed_the_edit_begins_it_at_the_end_and_is_made_once(end):
    def without(text: str) -> str:
        return text.replace(*NO_RENAME).rstrip("\n") + end

    text = without(renamed("item").replace("class: P2", "class: N2"))
    found = told(text, without(SMALL))
    edits = [one.edit for one in found if one.edit]
    assert [one.code for one in found] == ["vanished-id", "vanished-id"]
    assert len(edits) == 2
    assert [one.code for one in told(applied(text, edits), without(SMALL))] == ["vanished-id"]
    assert told(applied(applied(text, edits[:1]), [
        one.edit for one in told(applied(text, edits[:1]), without(SMALL)) if one.edit
    ]), without(SMALL)) == []  # fmt: skip


@pytest.mark.parametrize(
    "written",
    [
        'renamed: {"hear": listen}',
        "renamed: {hear: listen,\n  heard: listen}",
        "renamed: ~",
        "renamed:\n  hear:\n    listen",
        "renamed:\n  ? hear\n  : listen",
    ],
)
def test_where_it_is_not_sure_how_to_write_it_there_is_no_edit(written):
    text = renamed("item").replace("renamed: {hear: listen}", written)
    (found,) = told(text, SMALL.replace("renamed: {hear: listen}", written))
    assert (found.suggestion, found.edit) == ("till", None)


# An id changed where it stands and nowhere else: what names it still, and where.
SLIPS = {
    "question": (("- id: staff", "- id: staf"), "belongs_with"),
    "option": (("{id: stock,", "{id: stok,"), "applies_when"),
    "role": (("  board: {fr", "  bord: {fr"), "owner"),
    "band": (("{id: low,", "{id: lo,"), "domain_weak"),
    "item": (("- id: talk", "- id: tlk"), "belongs_with"),
}


@pytest.mark.parametrize("kind", SLIPS)
def test_an_id_that_the_file_names_still_is_put_back_and_nothing_else_is_told(kind):
    (slip, field) = SLIPS[kind]
    text = mended(V2, slip)
    (found,) = told(text)
    assert found.code == "vanished-id"
    assert f"“{field}” still names" in found.remedy("en")
    assert found.edit is not None
    assert applied(text, [found.edit]) == mended(V2)


def test_of_a_text_that_cannot_be_read_as_it_stands_nothing_is_said_to_have_vanished():
    """The line that is lost took an id with it: to write that under `retired` would take the thing away."""
    for change in (
        ("      - id: listen", "      -id: listen"),
        ("      - id: talk", "          - id: talk"),
        ("  board:", "  board"),
    ):
        found = told(mended(V2, change))
        assert found
        assert {"vanished-id", "never-there"}.isdisjoint(one.code for one in found)


@pytest.mark.parametrize("kind", RENAMED)
def test_an_id_of_any_kind_that_is_retired_has_not_vanished(kind):
    (found,) = told(renamed(kind))
    retired = renamed(kind).replace("[count-stock]", f"[count-stock, {found.values['name']}]")
    assert told(retired) == []


def test_never_is_an_id_suggested_that_the_older_version_had_too():
    """Its answers would count where nobody gave them: those of L6, under E1."""
    text = SHIPPED.read_text(encoding="utf-8")
    start = text.index("      - id: public-aid\n")
    end = text.index("\n      - id: ", start + 1) + 1
    without = (text[:start] + text[end:]).replace(
        "belongs_with: public-aid\n", "belongs_with: interruption-insurance\n"
    )
    found = [one for one in told(without, text) if one.code == "vanished-id"]
    assert [one.values["name"] for one in found] == ["public-aid"]
    assert found[0].suggestion == ""
    assert "public-payment" not in found[0].sentence("fr") + found[0].remedy("fr")


def test_of_new_ids_that_say_something_else_only_a_like_one_of_the_same_kind_is_suggested():
    like = mended(V2, ("id: count, text: {fr: Compter", "id: recount, text: {fr: Recompter"))
    (found,) = told(like)
    assert (found.suggestion, found.edit) == ("cash/recount", None)
    assert "« cash/count: cash/recount »" in found.remedy("fr").replace("\u00a0", " ")
    assert "ajoutez « cash/count » sous « retired »" in found.remedy("fr").replace("\u00a0", " ")
    unlike = mended(V2, ("id: count, text: {fr: Compter", "id: telephone, text: {fr: Appeler"))
    (found,) = told(unlike)
    assert found.suggestion == ""
    assert "cash/count: cash/…" in found.remedy("fr")


def test_what_stands_in_a_thing_that_vanished_is_not_told_as_well():
    text = mended(V2)
    cash, people = text.index("      - id: cash"), text.index("  - id: people")
    gone = text[:cash] + text[text.index("      - id: talk") : text.index("      - id: listen")].replace(
        "belongs_with: talk\n", ""
    ) + text[people : text.index("      - id: talk")] + text[text.index("      - id: listen") :].replace(
        "        belongs_with: talk\n", ""
    )  # fmt: skip
    assert [one.values["name"] for one in told(gone)] == ["cash"]
    questions = SMALL[SMALL.index("profile:\n") : SMALL.index("bands:\n")]
    without = mended(V2, (questions, "")).replace("        applies_when: {staff: [some]}\n", "")
    for condition in (", applies_when: {operations: [stock]}", "owner_instead:\n  - {applies_when: {staff: [none]}, owner: board}\n", "        applies_when: {any: [{staff: [some]}, {not: {operations: [none]}}]}\n"):  # fmt: skip  # noqa: E501
        assert condition in without
        without = without.replace(condition, "")
    assert [one.values["name"] for one in told(without)] == ["profile/staff", "profile/operations"]


def test_an_item_renamed_carries_its_actions_and_a_question_its_options():
    for kind in ("item", "question"):
        text = renamed(kind)
        assert told(applied(text, [one.edit for one in told(text) if one.edit])) == []
    twice = (
        renamed("item").replace("id: count,", "id: recount,").replace("{hear: listen}", "{hear: listen, cash: till}")
    )
    (found,) = told(twice)
    assert found.remedy("en").endswith("write “cash/count: till/recount” under “renamed”.")
    for name in ("cash/count", "till/count"):
        assert told(twice.replace("[count-stock]", f"[count-stock, {name}]")) == []
    for old in ("cash/count", "till/count"):
        assert told(twice.replace("cash: till", f"cash: till, {old}: till/recount")) == []


def test_a_checklist_of_another_id_is_one_warning_and_nothing_else_is_compared():
    text = renamed("item").replace('version: "2"', 'version: "1"').replace("id: small", "id: petite")
    (found,) = told(text)
    assert (found.code, found.severity) == ("other-checklist", "warning")
    assert found.edit is not None
    assert applied(text, [found.edit]).startswith("id: small\n")
    quoted = text.replace("id: petite", 'id: "petite"  # x')
    (found,) = told(quoted)
    assert found.edit is not None
    assert applied(quoted, [found.edit]).startswith('id: "small"  # x\n')


def test_an_id_retired_that_was_never_there_is_told_with_the_one_that_is_meant():
    for written, meant, sure in (
        ("tak", "talk/meet", False),
        ("talk/met", "talk/meet", True),
        ("meet", "talk/meet", True),
    ):
        text = mended(V2, ("{id: meet, text: {fr: Réunir", "{id: phone, text: {fr: Appeler")).replace(
            "[count-stock]", f"[count-stock, {written}]"
        )
        (slip,) = (one for one in told(text) if one.code == "never-there")
        assert (slip.severity, bool(slip.edit)) == ("warning", sure)
        assert slip.suggestion == (meant if sure else "")
        if slip.edit:
            assert told(applied(text, [slip.edit])) == []
    before = SMALL.replace("{hear: listen}", "{hear: listen, once: hear}")
    for known in ("count-stock", "hear", "once"):
        text = mended(V2).replace("{hear: listen}", "{}").replace("[count-stock]", f"[{known}]")
        assert [one for one in told(text, before) if one.code == "never-there"] == []


@pytest.mark.parametrize(
    ("rename", "said"),
    [
        ("profile/crew: profile/staff", ""),
        ("profile/staff/all: profile/staff/some", ""),
        ("profile/crew: profile/staff, profile/crew/all: profile/staff/some", ""),
        ("profile/crew: profile/staff, profile/crew/all: profile/crew/some", ""),
        ("profile/staff/all: profile/operations/none", "unknown-id"),
        ("profile/crew: staff", "unknown-id"),
        ("crew: profile/staff", "unknown-id"),
        ("domains/cash: cash", "unknown-id"),
        ("domains/cash: domains/money", ""),
        ("bands/mid: bands/low", ""),
        ("owners/head: owners/board, owners/boss: owners/head", ""),
        ("owners/head: owners/gone", "unknown-id"),
        ("ranking/P9: ranking/P2", ""),
        ("ranking/P1: ranking/P2", "still-there"),
        ("owners/a: owners/b, owners/b: owners/a", "renamed-in-circle"),
        ("talk/say: listen/ask", ""),
        ("speak: talk, speak/say: speak/write", ""),
        ("talk/say: listen/shout", "unknown-id"),
    ],
)
def test_a_rename_stays_within_its_kind_and_leads_to_what_is_there(rename, said):
    text = SMALL.replace("{hear: listen}", f"{{hear: listen, {rename}}}")
    assert {one.code for one in told(text, text.replace(rename, "heard: listen")) if one.severity == "mistake"} - {
        "same-version"
    } == ({said} if said else set())
