"""A layer over fpdf2 that tags what is drawn: PDF/UA-1, and level A of PDF/A-3. See docs/pdf.md.

This room knows fpdf and nothing of the rest of the program.
"""

from pensebete.pdf.tagging.conformance import declare_conformance
from pensebete.pdf.tagging.element import Element, figure, heading_cell, listing, place_figure
from pensebete.pdf.tagging.object_streams import PackedOutput
from pensebete.pdf.tagging.structure_tree import Tags

__all__ = [
    "Element",
    "PackedOutput",
    "Tags",
    "declare_conformance",
    "figure",
    "heading_cell",
    "listing",
    "place_figure",
]
