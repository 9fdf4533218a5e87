"""Arabic letters joined, Hebrew and Arabic in the order they are seen, and read back as they were typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pensebete.assessment.model import Answer
from pensebete.pdf.build import action_plan_pdf
from pensebete.pdf.fonts.right_to_left import POINTS, as_seen, joined, letters
from pensebete.pdf.fonts.typeface import REPLACEMENT, printable, readable, typeface
from tests.builders import MONDAY, assess, evaluate
from tests.unit.pdf.conformance import faults
from tests.unit.pdf.spoken import spoken


@pytest.mark.parametrize(
    ("typed", "forms"),
    [
        ("باب", "\ufe91\ufe8e\ufe8f"),  # beh begins, alef ends it, beh alone
        ("سلام", "\ufeb3\ufefc\ufee1"),  # lam and alef are one
        ("لا إله", "\ufefb \ufe87\ufedf\ufeea"),
        ("می\u200cخواهم", "\ufee3\ufbfd\u200c\ufea7\ufeee\ufe8d\ufeeb\ufee2"),  # Persian: a non-joiner keeps apart
        ("بَب", "\ufe91\u064e\ufe90"),  # a vowel point comes between nothing
        ("שלום", "שלום"),
        ("été", "été"),
    ],
)
def test_a_letter_takes_the_form_that_its_neighbours_give_it(typed, forms):
    assert joined(typed) == forms
    assert letters(forms) == typed
    assert joined(forms) == forms


@pytest.mark.parametrize(
    ("read", "seen"),
    [
        ("Note : שלום (abc) !", "Note : םולש (abc) !"),
        ("שלום (abc)", "(abc) םולש"),
        ("שָׁלוֹם", "םולש"),
        ("plain", "plain"),
    ],
)
def test_a_line_is_drawn_in_the_order_it_is_seen(read, seen):
    signs = sorted(as_seen(read), key=lambda one: one.place)
    assert "".join(one.sign for one in signs if one.sign not in POINTS) == seen


@pytest.mark.parametrize("bold", [False, True])
def test_the_font_has_every_letter_and_every_form(bold):
    for text in (
        "אבגדהוזחטיכךלמםנןסעפףצץקרשת",
        "ابتثجحخدذرزسشصضطظعغفقكلمنهوي",
        "ءآأؤإئةىپچژگکیٹڈڑںھہے",
        "،؛؟٠١٢٣٤٥٦٧٨٩",
    ):
        assert typeface(bold).has(text)
        assert REPLACEMENT not in printable(text * 2)


def test_a_name_and_a_note_are_drawn_and_read_back_as_they_were_typed(checklist):
    name, note = "مطعم السلام", "לבדוק עם הבנק (עד 30 במרץ), مُهم 🙂"
    pdf = action_plan_pdf(
        evaluate(checklist, assess({"board-position": Answer(status="to_do", note=note)}, organisation=name), MONDAY),
        "fr",
    )
    assert faults(pdf) == []
    said = spoken(pdf)
    assert name in said
    assert any(note in text for text in said)


@given(
    text=st.text(st.characters(min_codepoint=0x590, max_codepoint=0x6FF) | st.sampled_from(" a1(\u200c"), max_size=40)
)
def test_joining_loses_nothing(text):
    assert letters(joined(readable(text))) == letters(readable(text))
    assert joined(joined(text)) == joined(text)
