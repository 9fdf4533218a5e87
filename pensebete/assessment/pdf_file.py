"""A PDF as what comes in a file: how it is told, and what it may hold for this program; read by pdf_contents.py.

Apart, since who reads no PDF need not wait for pypdf: it takes as long to import as a page to make.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

ATTACHMENT = "dossier.json"
REVIEW = "revue.json"
PDF_START = re.compile(rb"%PDF-\d\.\d")

# What the pages of a PDF without a dossier show: a plan that had one, an edition that never does, pictures of pages.
Shown = Literal["plan", "partial", "board", "lender", "blank", "sheet", "images", "another"]


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody added in a PDF reader; a mark without words has no text."""

    author: str
    page: int  # from 1
    text: str


@dataclass(frozen=True, slots=True)
class PdfContents:
    dossiers: tuple[bytes, ...] = ()
    reviews: tuple[bytes, ...] = ()  # empty bytes stand for one whose stream is damaged
    comments: tuple[Comment, ...] = ()
    more_comments: int = 0  # counted, not read
    inside: tuple[tuple[str, bytes], ...] = ()  # whole PDFs in it, by name, as in a portfolio of a PDF reader
    shown: Shown | None = None  # where there is no dossier
    lost: int = 0  # plans whose pages are there and whose dossier is not, beside one that is


class PdfFaultError(Exception):
    """It cannot be read: `broken_pdf`, or `pdf.password`."""

    def __init__(self, id: str) -> None:
        super().__init__(id)
        self.id = id


def is_pdf(content: bytes) -> bool:
    """Mail, or the answer of a server, may stand before it."""
    return PDF_START.search(content, 0, 100_000) is not None
