"""The font: what it can draw, what stands for the rest, and lines that fit."""

from __future__ import annotations

from io import BytesIO

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from pensebete.pdf.fonts.typeface import REPLACEMENT, printable, typeface
from pensebete.pdf.layout.line_breaking import wrapped
from tests.builders import ROOT, typed

SHOWN = [
    ("plain text", "L’été à Rivière-du-Loup, 5 %", "L’été à Rivière-du-Loup, 5 %"),
    ("letters and accents apart", "e\u0301te\u0301", "été"),
    ("a tab", "a\tb", "a b"),
    ("line ends of all kinds", "a\r\nb\rc\u2028d", "a\nb\nc\nd"),
    ("controls", "a\x00\x07b", "ab"),
    ("directions", "a\u202eb\u2066c", "abc"),
    ("a face", "oui 🙂", "oui ▯"),
    ("a face with a joiner and a variation", "👩\u200d❤\ufe0f", "▯▯"),
    ("an unknown kind of space", "a\u3000b", "a b"),
    ("Greek and Cyrillic", "Ωμέγα Москва", "Ωμέγα Москва"),
]


@pytest.mark.parametrize(("text", "shown"), [row[1:] for row in SHOWN], ids=[row[0] for row in SHOWN])
def test_text_is_drawn_as(text, shown):
    assert printable(text) == shown


@pytest.mark.parametrize("bold", [False, True])
def test_it_has_what_french_and_money_and_plain_mathematics_need(bold):
    needed = (
        "àâäçéèêëîïôöùûüÿœæÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸŒÆ«»’‘“”–—…\u00a0\u202f\u2011$¢£¥€₽°²³½¼¾×÷±−≤≥≠≈∞→←↑↓✓✗☐☑•·" + REPLACEMENT
    )
    assert [sign for sign in needed if ord(sign) not in typeface(bold).glyphs] == []


def test_both_weights_draw_the_same_characters():
    assert typeface(False).glyphs.keys() == typeface(True).glyphs.keys()


def test_its_licence_is_beside_it():
    licence = (ROOT / "pensebete" / "pdf" / "fonts" / "OFL.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE" in licence
    assert licence.startswith("Copyright")


@given(text=typed)
def test_whatever_is_typed_can_be_drawn(text):
    assert set(map(ord, printable(text))) - {10} <= typeface().glyphs.keys()


def test_a_cut_font_is_sound_and_keeps_the_parts_of_composed_letters():
    font = typeface()
    glyph = font.glyphs[ord("é")]
    assert font.parts[glyph]
    with (
        TTFont(BytesIO(font.cut([glyph]))) as cut,
        TTFont(ROOT / "pensebete/pdf/fonts/NotoSans-Regular.ttf") as source,
    ):
        names, before = cut.getGlyphOrder(), source.getGlyphOrder()
        for number in (glyph, *font.parts[glyph]):
            shape = cut["glyf"][names[number]].getCoordinates(cut["glyf"])[0]
            assert list(shape) == list(source["glyf"][before[number]].getCoordinates(source["glyf"])[0])
            assert list(shape)
            assert cut["hmtx"][names[number]] == source["hmtx"][before[number]]
        assert cut["glyf"][names[font.glyphs[ord("Q")]]].numberOfContours == 0


@given(text=st.text("ab é\n…M", max_size=200), width=st.floats(20, 300))
def test_lines_fit_and_say_the_same(text, width):
    font = typeface()
    lines = wrapped(text, font, 9, width)
    assert [line for line in lines if font.width(line.rstrip(" "), 9) > width + 0.01] == []
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_newlines_are_kept_and_a_no_break_space_is_never_a_line_end():
    assert wrapped("un\n\ndeux", typeface(), 9, 300) == ["un ", " ", "deux"]
    assert wrapped("mot 100\u00a0%", typeface(), 9, 40) == ["mot ", "100\u00a0%"]
