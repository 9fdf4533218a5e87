"""Numbers as people type them."""

from __future__ import annotations

import pytest

from pensebete.text.typed_number import number_in


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("", None),
        (" \u00a0", None),
        ("3", 3),
        (" 3\u00a0", 3),
        ("2,5", 2.5),
        ("2.5", 2.5),
        ("3,0", 3),
        ("007", 7),
        ("0", 0),
    ],
)
def test_a_number_is_read_with_a_comma_or_a_point(typed, number):
    read = number_in(typed)
    assert (read, type(read)) == (number, type(number))


@pytest.mark.parametrize(
    "typed", ["trois", "3 semaines", "-1", "1e3", "nan", "∞", "1,2,3", "1.", ",5", "٣", "9" * 10, "1 000"]
)
def test_what_is_no_number_is_said_to_be_none(typed):
    with pytest.raises(ValueError, match="no number"):
        number_in(typed)
