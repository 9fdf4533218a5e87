"""A draft and what was published since it began: nothing of either is lost, and nothing of both is guessed."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pensebete.checklist.loading import read
from pensebete.checklist.versions.diff_text import change_words
from pensebete.checklist.versions.line_merge import merged_lines
from pensebete.checklist.versions.three_way import ThreeWay, three_way
from pensebete.text.wording import wording
from tests.builders import MINIMAL, SHIPPED, mended

FR, EN = wording("fr"), wording("en")
BASE = MINIMAL.read_text(encoding="utf-8")
LONG = SHIPPED.read_text(encoding="utf-8")
NEVER = re.compile("version:")


def put_together(base: str, theirs: str, mine: str) -> str | None:
    return merged_lines(base, theirs, mine, NEVER)[0]


def small(theirs: tuple[str, str], mine: tuple[str, str]) -> ThreeWay:
    return three_way(BASE, mended(theirs), mended(mine), EN)


def changed(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1
    return text.replace(old, new)


def test_edits_of_two_people_both_survive_with_their_comments():
    theirs = changed(LONG, "# Les cinq réponses possibles", "# Relu en avril.\n# Les cinq réponses possibles")
    mine = changed(LONG, '  # phone: "numéro de téléphone"', '  phone: "418 555-0100"  # l’accueil')
    found = three_way(LONG, theirs, mine, FR)
    assert found.conflicts == ()
    assert found.merged == changed(theirs, '  # phone: "numéro de téléphone"', '  phone: "418 555-0100"  # l’accueil')
    assert found.their_changes == ()
    assert [change_words(one, FR) for one in found.my_changes] == ["Coordonnées : ajout de « 418 555-0100 »."]


def test_what_each_changed_is_told_in_the_words_of_the_checklist():
    found = small(("weight: 1.5", "weight: 2"), ("vital: true", "vital: false"))
    assert [f"{one.about}: {change_words(one, EN)}" for one in found.their_changes] == [
        "M1 · Count: Weight in the score: “1.5” becomes “2”."
    ]
    assert [f"{one.about}: {change_words(one, EN)}" for one in found.my_changes] == [
        "Money: Vital domain: “yes” becomes “no”."
    ]
    assert found.merged == mended(("weight: 1.5", "weight: 2"), ("vital: true", "vital: false"))


def test_one_line_changed_by_both_is_a_conflict_with_its_lines_and_its_sentences():
    levels = "urgency: {}\n        impact: 3\n        effort: 1\n        weight"
    found = small((levels.format(3), levels.format(1)), (levels.format(3), levels.format(2)))
    assert found.merged is None
    [conflict] = found.conflicts
    line = BASE.split("\n").index("        urgency: 3") + 1
    assert conflict.about == "M1 · Count"
    assert conflict.base
    assert conflict.theirs
    assert conflict.mine
    assert (conflict.base.first, conflict.base.last, conflict.base.lines) == (line, line, ("        urgency: 3",))
    assert conflict.theirs.lines == ("        urgency: 1",)
    assert conflict.mine.lines == ("        urgency: 2",)
    assert conflict.their_change
    assert change_words(conflict.their_change, EN) == "Urgency: “3” becomes “1”."
    assert conflict.my_change
    assert change_words(conflict.my_change, EN) == "Urgency: “3” becomes “2”."


def test_one_text_changed_on_two_of_its_lines_is_a_conflict_though_the_lines_are_not():
    help = "help: {fr: Comptez, en: Count it}"
    base = mended(
        (help, "help:\n          fr: Comptez\n          en: >-\n            First\n            then\n            last")
    )
    theirs, mine = changed(base, "First", "At first"), changed(base, "last", "at last")
    assert put_together(base, theirs, mine) == changed(theirs, "last", "at last")
    found = three_way(base, theirs, mine, EN)
    assert found.merged is None
    [conflict] = found.conflicts
    assert conflict.base is None
    assert conflict.their_change
    assert "At first then last" in conflict.their_change.after
    assert conflict.my_change
    assert "First then at last" in conflict.my_change.after


def test_a_text_put_together_that_is_no_sound_checklist_is_not_given_as_one():
    item = """  - id: {id}
    title: {{fr: Autre, en: Other}}
    items:
      - id: {item}
        ref: {ref}
        title: {{fr: Souffler, en: Rest}}
        help: {{fr: Soufflez, en: Do rest}}
        criteria: {{done: {{fr: Soufflé, en: Rested}}, in_progress: {{fr: Entamé, en: Begun}}}}
        urgency: 2
        impact: 1
        effort: 1
        actions: [{{id: pause, text: {{fr: Pause, en: Pause}}, within: 30d, owner: board}}]
"""
    theirs = changed(BASE, "  - id: people\n", item.format(id="rest", item="rest", ref="R1") + "  - id: people\n")
    mine = changed(BASE, "domains:\n", "domains:\n" + item.format(id="pause", item="rest", ref="R2"))
    assert read(theirs)[0]
    assert read(mine)[0]
    found = three_way(BASE, theirs, mine, EN)
    assert (found.merged, found.conflicts) == (None, ())
    assert "duplicate-id" in {one.code for one in found.unsound}
    assert found.together
    assert found.together.count("id: rest\n") == 3


def test_the_version_is_of_the_one_who_puts_together():
    found = small(('version: "1"', 'version: "2"'), ('version: "1"', 'version: "1b"'))
    assert found.merged == mended(('version: "1"', 'version: "1b"'))


def test_both_add_to_one_list_on_lines_apart():
    base = mended(
        ("not_covered: [{fr: Le reste, en: The rest}]", "not_covered:\n  - {fr: A, en: A}\n  - {fr: B, en: B}")
    )
    theirs = changed(base, "not_covered:\n", "not_covered:\n  - {fr: Z, en: Z}\n")
    mine = changed(base, "  - {fr: B, en: B}\n", "  - {fr: B, en: B}\n  - {fr: C, en: C}\n")
    assert three_way(base, theirs, mine, EN).merged == changed(
        theirs, "{fr: B, en: B}\n", "{fr: B, en: B}\n  - {fr: C, en: C}\n"
    )


def test_a_draft_that_is_not_sound_is_still_put_side_by_side():
    found = three_way(BASE, mended(("weight: 1.5", "weight: 2")), mended(("weight: 1.5", "weight: [")), EN)
    assert found.merged is None
    assert found.my_changes == ()
    [conflict] = found.conflicts
    assert (conflict.about, conflict.mine and conflict.mine.lines) == ("M1 · Count", ("        weight: [",))


def test_an_editor_that_changed_all_line_ends_changed_no_line():
    theirs = changed(BASE, "weight: 1.5", "weight: 2")
    mine = changed(BASE, "vital: true", "vital: false").replace("\n", "\r\n")
    merged = put_together(BASE, theirs, mine)
    assert merged
    assert merged.replace("\r\n", "\n") == changed(theirs, "vital: true", "vital: false")
    assert merged.count("\r\n") == BASE.count("\n") - 1  # all but the one that only they changed


def test_a_last_line_without_an_end_does_not_run_into_what_comes_after_it():
    assert put_together("a\nb\n", "a\nb\nc\n", "a\nb") == "a\nb\nc\n"
    assert put_together("a\nb", "a\nb\nc", "z\na\nb") == "z\na\nb\nc"


@pytest.mark.parametrize("n", [3_000])
def test_long_texts_of_lines_all_alike_are_put_together_at_once(n):
    base = "x\n" * n
    assert put_together(base, "y\n" * n, base) == "y\n" * n
    assert put_together(base, "x\n" * (n - 1), "x\n" * n + "z\n") is None


# Few different lines, many of them alike: where a match can go wrong.
texts = st.lists(st.sampled_from(["a", "b", "c", "", "- id: x"]), max_size=12).map(
    lambda lines: "".join(f"{one}\n" for one in lines)
)
raw = st.text(st.sampled_from("ab\n\r\u2028\x85 \x0b"), max_size=12)


@given(texts | raw, texts | raw)
def test_where_one_side_changed_nothing_the_other_stands_letter_by_letter(base, changed):
    assert put_together(base, base, changed) == changed
    assert put_together(base, changed, base) == changed
    assert put_together(base, changed, changed) == changed


@given(texts, texts, texts)
def test_who_was_first_makes_no_difference(base, theirs, mine):
    merged, clashes = merged_lines(base, theirs, mine, NEVER)
    swapped, swapped_clashes = merged_lines(base, mine, theirs, NEVER)
    assert merged == swapped
    assert [(one.base, one.theirs, one.mine) for one in clashes] == [
        (one.base, one.mine, one.theirs) for one in swapped_clashes
    ]


edits = st.lists(
    st.tuples(st.integers(0, 19), st.sampled_from(["change", "remove", "add"])),
    max_size=5,
    unique_by=lambda one: one[0],
)


def edited(who: str, made: list[tuple[int, str]]) -> tuple[list[str], list[str], set[str]]:
    """Twenty lines with a few edits; the lines that are new, and those that are gone."""
    lines, new, gone = [], [], set()
    how = dict(made)
    for n in range(20):
        if how.get(n) in ("change", "add"):
            lines.append(f"{who}{n}")
            new.append(f"{who}{n}")
        if how.get(n) in ("change", "remove"):
            gone.add(str(n))
        else:
            lines.append(str(n))
    return lines, new, gone


@given(edits, edits)
def test_nothing_is_lost_and_nothing_comes_back(their_edits, my_edits):
    base = [str(n) for n in range(20)]
    theirs, their_new, their_gone = edited("t", their_edits)
    mine, my_new, my_gone = edited("m", my_edits)
    merged, clashes = merged_lines(*("\n".join(lines) for lines in (base, theirs, mine)), NEVER)
    if merged is None:
        shown = {line for clash in clashes for side in (clash.theirs, clash.mine) for line in side.lines}
        touched = {n for n, _ in their_edits}, {n for n, _ in my_edits}
        assert any(abs(a - b) <= 1 for a in touched[0] for b in touched[1])
        assert shown
        return
    kept = [line for line in base if line not in their_gone | my_gone]
    assert Counter(merged.split("\n") if merged else []) == Counter([*kept, *their_new, *my_new])


@given(edits, edits)
def test_edits_apart_from_each_other_never_clash(their_edits, my_edits):
    far = [(n, how) for n, how in my_edits if all(abs(n - other) > 1 for other, _ in their_edits)]
    base = "\n".join(str(n) for n in range(20))
    theirs, mine = ("\n".join(edited(who, made)[0]) for who, made in (("t", their_edits), ("m", far)))
    assert put_together(base, theirs, mine) is not None
