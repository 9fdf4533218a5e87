"""The colours of .streamlit/config.toml can be told apart by weak eyes: the ratios of WCAG 2, level AA."""

import tomllib
from pathlib import Path

import pytest

THEME = tomllib.loads((Path(__file__).parents[2] / ".streamlit" / "config.toml").read_text())["theme"]
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
