"""A remark goes where its line goes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pensebete.checklist.versions.line_following import line_of_text, lines_followed

TEXT = "id: x\n\ntitle:\n  fr: Parler à ses fournisseurs\n  en: Talk to suppliers\nurgency: 3\n"


def followed(new: str, line: int) -> int | None:
    return lines_followed(TEXT, new, [line])[line]


def test_lines_added_before_push_it_down():
    assert followed("# note\n# note\n" + TEXT, 4) == 6


def test_a_line_of_which_a_few_words_were_changed_is_the_same_line():
    assert followed(TEXT.replace("Parler à ses", "Appeler ses"), 4) == 4


def test_a_line_that_was_moved_is_found_by_its_words():
    moved = TEXT.replace("urgency: 3\n", "").replace("title:", "urgency: 3\ntitle:")
    assert followed(moved, 6) == 3


def test_a_line_that_is_no_more_is_nowhere():
    assert followed(TEXT.replace("  fr: Parler à ses fournisseurs\n", ""), 4) is None
    assert followed("", 4) is None
    assert followed(TEXT.replace("Parler à ses fournisseurs", "zzz"), 4) is None


def test_a_line_that_never_was_is_nowhere():
    assert lines_followed(TEXT, TEXT, [0, 99]) == {0: None, 99: None}


def test_of_lines_with_the_same_words_the_nearest_is_meant():
    assert line_of_text("a\nb\na\nb\na\n", "a", 4) == 3
    assert line_of_text("a\nb\n", "c", 1) is None
    assert line_of_text("a\n\n", "", 1) is None


lines = st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=6), max_size=12).map("\n".join)


@given(lines, st.integers(-1, 14))
def test_in_the_same_text_every_line_is_where_it_was(text, line):
    place = lines_followed(text, text, [line])[line]
    assert place in (line, None)


@given(lines, lines, st.integers(1, 12))
def test_whatever_was_changed_a_line_is_in_the_text_or_nowhere(old, new, line):
    place = lines_followed(old, new, [line])[line]
    assert place is None or 1 <= place <= new.count("\n") + 1 + sum(new.count(end) for end in "\r\x85\u2028\u2029")
