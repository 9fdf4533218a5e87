"""An idea is text: it commands nothing, hides nothing, and what people write in any script stays."""

from __future__ import annotations

import pytest

from pensebete.checklist.idea import clean, clean_line


@pytest.mark.parametrize(
    ("typed", "taken"),
    [
        ("  Un tableau blanc\t! \r\nÀ l’entrée  ", "Un tableau blanc !\nÀ l’entrée"),
        ("un\n\n\n\n\n\ndeux\u2028trois\x0bquatre\x85cinq", "un\n\ndeux\ntrois\nquatre\ncinq"),
        ("\x1b[31mrouge\x1b[0m\x00\x07\x9b", "[31mrouge[0m"),
        ("a\u202eb\u2066c\u2069d\u202ce", "abcde"),
        ("in\u200bvi\u2060si\ufeffble\u00ad", "invisible"),
        ("\U000e0041\U000e0042caché\ue000\ud800", "caché"),
        ("**gras** <b>x</b> {organisation} =1+1", "**gras** <b>x</b> {organisation} =1+1"),
        ("مرحبا بالعالم", "مرحبا بالعالم"),
        ("\U0001f469\u200d\U0001f33e à 8\u00a0h", "\U0001f469\u200d\U0001f33e à 8\u00a0h"),
        ("\u202e \n \u200b", ""),
    ],
)
def test_what_was_typed_is_taken_as_lines_that_command_and_hide_nothing(typed, taken):
    assert clean(typed) == taken
    assert clean(taken) == taken


def test_a_name_and_a_way_to_be_answered_are_one_line():
    assert clean_line(" Coop\ndu\tLac\u202e ") == "Coop du Lac"
