"""The layer over fpdf2 alone, as docs/pdf.md shows it, with nothing of the program around it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from fpdf import FPDF

from pensebete.pdf.tagging import PackedOutput, Tags, declare_conformance
from tests.builders import ROOT
from tests.unit.pdf.conformance import faults
from tests.unit.pdf.spoken import spoken


def begun() -> tuple[FPDF, Tags]:
    pdf = FPDF()
    pdf.add_font("Noto", fname=ROOT / "pensebete/pdf/fonts/NotoSans-Regular.ttf")
    tags = Tags(pdf)
    moment = datetime(2026, 3, 30, tzinfo=UTC)
    declare_conformance(pdf, title="Plan & <suite>", author="Coop", creator="Example", lang="fr-CA", made_at=moment)
    tags.turn_page()
    pdf.set_font("Noto", size=12)
    return pdf, tags


def test_it_tags_what_fpdf2_draws_itself():
    pdf, tags = begun()
    pdf.start_section("Plan")
    with tags.inside("H1"):
        tags.mark()
        pdf.cell(text="Plan")
    with tags.artifact():
        pdf.line(10, 20, 200, 20)
    with tags.inside("P") as paragraph:
        tags.mark()
        pdf.text(10, 40, "avant ")
        tags.turn_page()
        tags.mark()
        pdf.text(10, 40, "après")
    tags.close()
    made = bytes(pdf.output(output_producer_class=PackedOutput))
    assert len(paragraph.kids) == 2
    assert spoken(made) == ["Plan", "avant après"]
    # Fonts are not this layer's: fpdf2 writes its own in forms that the checker does not look into.
    assert [fault for fault in faults(made) if not fault.startswith("UA 7.21")] == []


def test_text_in_no_element_is_an_error_and_not_an_untagged_file():
    _, tags = begun()
    with pytest.raises(ValueError, match="in no element"):
        tags.mark()
