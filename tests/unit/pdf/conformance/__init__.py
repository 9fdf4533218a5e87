"""A checker of PDF/UA-1 and PDF/A-3a: what software can tell of a file, by the clauses of the two standards.

It reads the file with pikepdf (that is, qpdf) and walks every page and every element. Each fault begins with the
clause, numbered as veraPDF's profiles number their rules, so that its words can be looked up. It is not veraPDF; what
it leaves out is what these documents cannot hold (images, forms, colour spaces, signatures), and it says so of a
file that holds any.
"""

from __future__ import annotations

from io import BytesIO

import pikepdf

from tests.unit.pdf.conformance.content import Content, read_content
from tests.unit.pdf.conformance.elements import element_faults
from tests.unit.pdf.conformance.fonts import font_faults
from tests.unit.pdf.conformance.metadata import metadata_faults
from tests.unit.pdf.conformance.whole_file import byte_faults, file_faults

__all__ = ["Content", "faults", "read_content"]


def faults(data: bytes) -> list[str]:
    """Every fault of a file; none where it conforms as far as this checker sees."""
    try:
        with pikepdf.open(BytesIO(data)) as pdf:
            found = [f"A 6.1: {problem}" for problem in pdf.check_pdf_syntax()]
            found += byte_faults(data)
            found += file_faults(pdf)
            found += metadata_faults(pdf)
            contents = [read_content(page.obj, n) for n, page in enumerate(pdf.pages, 1)]
            found += [fault for content in contents for fault in content.faults]
            found += element_faults(pdf, contents)
            found += font_faults(contents)
            return found
    except pikepdf.PdfError as error:
        return [f"A 6.1: {error}"]
