"""A text without its comments: the same lines, the same data."""

from __future__ import annotations

import pytest

from pensebete.checklist.loading import read
from pensebete.checklist.parsing.comments import without_comments
from tests.builders import MINIMAL, SHIPPED
from tests.other_checklists import CYBER, FLOOD


@pytest.mark.parametrize("file", [SHIPPED, MINIMAL, FLOOD, CYBER], ids=lambda file: file.stem)
def test_the_data_and_the_number_of_lines_stay_and_no_comment_does(file):
    text = file.read_text(encoding="utf-8")
    bare = without_comments(text)
    assert read(bare)[0] == read(text)[0]
    assert len(bare.split("\n")) == len(text.split("\n"))
    assert not [line for line in bare.split("\n") if line.lstrip().startswith("#")]


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("a: x  # note", "a: x"),
        ("a: 'x # y' # note", "a: 'x # y'"),
        ("a: x#y", "a: x#y"),
        ("a: >- # note\n  # text\n  x # text\nb: y # note", "a: >-\n  # text\n  x # text\nb: y"),
        ("# é\r\na: x", "\na: x"),
        ("a: \"open # \n# note\n  b: 'x # y'", "a: \"open # \n\n  b: 'x # y'"),
    ],
)
def test_what_stands_in_a_text_is_no_comment(text, bare):
    assert without_comments(text) == bare
