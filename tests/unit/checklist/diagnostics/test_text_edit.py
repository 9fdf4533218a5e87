"""An edit: the least that differs, made in the text where it stands."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pensebete.checklist.diagnostics.place import Place
from pensebete.checklist.diagnostics.text_edit import TextEdit, applied, edit_from, of_line

LINE = st.text(st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp")))


def test_the_edit_of_a_line_is_the_least_that_differs():
    assert of_line(3, "  id cash", "  id: cash") == TextEdit(Place(3, 5), Place(3, 5), ":")
    assert of_line(3, "aa", "aaa") == TextEdit(Place(3, 3), Place(3, 3), "a")


@given(LINE, LINE, LINE)
def test_an_edit_of_a_line_makes_it_the_other_one_and_leaves_the_rest(above, before, after):
    text = f"{above}\r\n{before}\n{above}"
    assert applied(text, [of_line(2, before, after)]) == f"{above}\r\n{after}\n{above}"


def test_several_edits_are_made_at_their_places_in_the_text_as_it_was():
    edits = [
        TextEdit(Place(1, 1), Place(2, 1), ""),
        TextEdit(Place(2, 2), Place(2, 2), ":"),
        TextEdit(Place(9, 9), Place(9, 9), "!"),
    ]
    assert applied("gone\nab\n", edits) == "a:b\n!"


def test_of_two_edits_of_the_same_stretch_one_is_made():
    assert applied("abc", [TextEdit(Place(1, 1), Place(1, 3), "x"), TextEdit(Place(1, 2), Place(1, 4), "y")]) in (
        "ay",
        "xc",
    )


def test_an_edit_comes_back_from_json_as_it_was():
    edit = TextEdit(Place(1, 2), Place(3, 4), "é\n")
    assert edit_from(edit.as_json()) == edit
