"""Whoever runs the app, or hands it on, knows under which licences its parts stand."""

from __future__ import annotations

import re

import pytest

from tests.builders import ROOT
from tools import licences
from tools.licences import KEPT, PAGE, SHIPPED, TEXTS, UnreadLicenceError, every_text, kept_text, licence_of, licensed
from tools.pins import APP, TESTS, installed, pins_of

APP_PINS, TEST_PINS = pins_of(APP.read_text("utf-8")), pins_of(TESTS.read_text("utf-8"))
SAID = PAGE.read_text("utf-8")


def test_the_page_tells_of_every_package_that_is_pinned():
    """By lines: on another machine, or Python, a few packages differ."""
    elsewhere = " ".join(re.findall(r"^Elsewhere also: (.*)\.$", SAID, re.MULTILINE))
    for pin in (APP_PINS | TEST_PINS).values():
        there = licensed(pin)
        row = f"| {pin.name} | {pin.version} | {there.licence} |" if there else f"{pin.name} {pin.version}"
        assert row in (SAID if there else SAID + elsewhere), "make licences writes it anew"
    rows = re.findall(r"^\| ([a-z0-9-]+) \| [\d.]+", SAID, re.MULTILINE)
    assert set(rows) <= (APP_PINS | TEST_PINS).keys()


def test_no_part_of_what_is_served_stands_under_a_licence_that_nobody_looked_at():
    known = {
        "MIT",
        "MIT-0",
        "MIT-CMU",
        "0BSD",
        "BSD-2-Clause",
        "BSD-3-Clause",
        "Apache-2.0",
        "PSF-2.0",
        "Zlib",
        "CC0-1.0",
    }
    looked_at = {"fpdf2": "LGPL-3.0-only", "psycopg": "LGPL-3.0-only", "psycopg-binary": "LGPL-3.0-only"}
    looked_at |= {"certifi": "MPL-2.0"}
    found = {one.name: one.licence for pin in APP_PINS.values() if (one := licensed(pin))}
    assert len(found) > 50
    others = {name: said for name, said in found.items() if not set(re.split(r" (?:OR|AND) ", said)) <= known}
    assert others == looked_at


def test_the_texts_that_have_to_be_at_hand_are():
    for licence in KEPT:
        assert (TEXTS / f"{licence}.txt").read_text("utf-8") == kept_text(licence)
    for name, says in {
        "LGPL-3.0": "GNU LESSER GENERAL PUBLIC LICENSE",
        "GPL-3.0": "GNU GENERAL PUBLIC LICENSE",
        "MPL-2.0": "Mozilla Public License Version 2.0",
        "Apache-2.0": "Apache License",
    }.items():
        assert says in (TEXTS / f"{name}.txt").read_text("utf-8")


def test_each_font_of_ours_has_its_licence():
    shipped = {file for _, where, _, _ in SHIPPED for file in ROOT.glob(where)}
    fonts = [*ROOT.glob("pensebete/**/*.ttf"), *ROOT.glob("pensebete/**/*.woff2")]
    assert shipped == set(fonts)
    for _, _, licence, text in SHIPPED:
        words = {"OFL-1.1": "SIL OPEN FONT LICENSE", "Apache-2.0": "Apache License"}[licence]
        assert words in (ROOT / text).read_text("utf-8").replace("Open Font License", "OPEN FONT LICENSE")


def test_one_file_has_every_text():
    text = every_text()
    for part in ("Noto Sans, in the PDF", "psycopg 3", "numpy 2", "pyarrow 26", "certifi 2026", "OpenBLAS"):
        assert part in text


def test_a_package_whose_licence_nobody_read_is_refused(monkeypatch):
    there = installed("altair")
    assert there
    monkeypatch.setattr(licences, "READ_BY_HAND", {})
    with pytest.raises(UnreadLicenceError, match="altair"):
        licence_of("altair", there)
