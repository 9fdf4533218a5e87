"""Reading a PDF back, as a reader or a search engine does."""

from __future__ import annotations

from functools import cache
from io import BytesIO

from pypdf import PdfReader

from pensebete.assessment.model import Assessment
from pensebete.checklist.model import Checklist
from pensebete.pdf.build import action_plan_pdf
from pensebete.pdf.fonts.typeface import printable, typeface
from tests.builders import MONDAY, evaluate


def pages(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]


def squashed(text: str) -> str:
    """Without spaces or line ends, each character as the first of those that look the same (no-break and plain, …)."""
    return "".join(map(same_looking, "".join(printable(text).split())))


def body(pdf: bytes, footer: str) -> str:
    """The whole text, squashed, without the headers and footers, which each page ends with."""
    found = ""
    for n, text in enumerate(pages(pdf)):
        page = squashed(text)
        end = page.rindex(squashed(footer))
        if n:
            end = max(page.rfind(squashed(header), 0, end) for header in ("Plan d’action ·", "Action plan ·"))
            assert end >= 0
        found += page[:end]
    return found


def read(checklist: Checklist, assessment: Assessment, language: str = "fr") -> str:
    """The text of the action plan of an assessment, as `body` gives it."""
    return body(action_plan_pdf(evaluate(checklist, assessment, MONDAY), language), checklist.contact.name[language])


def has(text: str, *words: str) -> bool:
    """Whether a squashed text holds all these words."""
    return all(squashed(word) in text for word in words)


def bookmarks(pdf: bytes) -> list[tuple[int, str, int]]:
    """Level, title and page of each bookmark, in order."""
    reader = PdfReader(BytesIO(pdf))

    def walk(entries: list, level: int) -> list[tuple[int, str, int]]:
        found = []
        for entry in entries:
            if isinstance(entry, list):
                found += walk(entry, level + 1)
            else:
                found.append((level, str(entry.title), reader.get_destination_page_number(entry) + 1))
        return found

    return walk(reader.outline, 0)


def same_looking(character: str) -> str:
    return _firsts().get(ord(character), character)


@cache
def _firsts() -> dict[int, str]:
    glyphs = typeface().glyphs
    first: dict[int, int] = {}
    for code in sorted(glyphs):
        first.setdefault(glyphs[code], code)
    return {code: chr(first[glyph]) for code, glyph in glyphs.items()}
