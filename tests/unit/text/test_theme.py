"""The colours of .streamlit/config.toml can be told apart by weak eyes: the ratios of WCAG 2, level AA."""

import tomllib
from itertools import pairwise

import pytest

from pensebete.checklist.status import CHARTED, rule_of
from pensebete.text import theme
from pensebete.web.server.known_files import digest_of_own
from pensebete.web.server.static_gzip import OUR_FILES
from tests.builders import ROOT

THEME = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text())["theme"]
WHITE = "#ffffff"


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("ground", ["backgroundColor", "secondaryBackgroundColor"])
def test_text_links_borders_and_marks_stand_out_from_what_is_under_them(mode: str, ground: str) -> None:
    colours = THEME[mode]
    under = colours[ground]
    assert contrast(colours["textColor"], under) >= 7
    assert contrast(colours["linkColor"], under) >= 4.5
    assert contrast(colours["borderColor"], under) >= 3
    assert contrast(colours["primaryColor"], under) >= 3


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_white_words_of_a_main_button_can_be_read(mode: str) -> None:
    assert contrast(WHITE, THEME[mode]["primaryColor"]) >= 4.5


def in_grey(colour: str) -> float:
    """Lightness as the eye has it, 0 to 100 (CIE L*)."""
    y = luminance(colour)
    return float(116 * y ** (1 / 3) - 16 if y > 0.008856 else 903.3 * y)


# Machado, Oliveira and Fernandes (2009), severity 1: what remains of red, green and blue.
COLOUR_BLIND = {
    "without red": ((0.152, 1.053, -0.205), (0.115, 0.786, 0.099), (-0.004, -0.048, 1.052)),
    "without green": ((0.367, 0.861, -0.228), (0.280, 0.673, 0.047), (-0.012, 0.043, 0.969)),
    "without blue": ((1.256, -0.077, -0.179), (-0.078, 0.931, 0.148), (0.005, 0.691, 0.304)),
}


def seen_by(colour: str, matrix: tuple[tuple[float, ...], ...]) -> str:
    linear = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in linear]
    seen = [min(1.0, max(0.0, sum(a * c for a, c in zip(row, linear, strict=True)))) for row in matrix]
    coded = [12.92 * c if c <= 0.0031308 else 1.055 * c ** (1 / 2.4) - 0.055 for c in seen]
    return "#" + "".join(f"{round(255 * c):02x}" for c in coded)


def test_answers_that_stand_side_by_side_in_a_chart_differ_in_grey() -> None:
    greys = [in_grey(colour) for colour in (rule_of(status).colour for status in CHARTED)]
    assert len(greys) == 6
    assert min(abs(one - next_) for one, next_ in pairwise(greys)) >= 14


@pytest.mark.parametrize("eyes", COLOUR_BLIND)
def test_answers_that_stand_side_by_side_in_a_chart_differ_to_the_colour_blind(eyes: str) -> None:
    seen = [in_grey(seen_by(colour, COLOUR_BLIND[eyes])) for colour in (rule_of(status).colour for status in CHARTED)]
    assert min(abs(one - next_) for one, next_ in pairwise(seen)) >= 12


def test_the_pages_have_the_colour_and_the_steps_of_size_of_the_paper() -> None:
    assert THEME["light"]["primaryColor"] == theme.ACCENT
    on_screen = [float(size.removesuffix("rem")) for size in THEME["headingFontSizes"]]
    assert on_screen == [theme.SECTION, theme.HEADING, theme.TEXT, theme.TEXT]


def test_the_fonts_of_the_theme_are_files_of_the_app_and_small() -> None:
    faces = THEME["fontFaces"]
    assert len(faces) == 2
    for face in faces:
        name, _, digest = face["url"].removeprefix("app/static/").partition("?")
        assert (OUR_FILES / name).stat().st_size < 20_000
        assert digest == digest_of_own(name), (
            "the address of the theme is to be that of the page, which asks for it first"
        )
