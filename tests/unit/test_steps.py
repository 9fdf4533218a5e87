"""Tests in a browser do by a shared step what a page still being drawn would lose."""

from __future__ import annotations

from tests.builders import ROOT


def test_files_are_handed_in_by_the_step_that_waits_until_the_page_is_drawn():
    files = [file for file in (ROOT / "tests" / "browser").glob("*.py") if "hand_in(" in file.read_text("utf-8")]
    assert len(files) > 5
    alone = [
        file.name for file in (ROOT / "tests").rglob("*.py") if "." + "set_input_files(" in file.read_text("utf-8")
    ]
    assert alone == []
