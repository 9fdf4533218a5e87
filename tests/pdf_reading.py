"""Reading a PDF back, as a reader or a search engine does."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from io import BytesIO
from typing import overload

from pypdf import PdfReader

from pensebete.assessment.model import Assessment
from pensebete.checklist.model import Checklist
from pensebete.pdf.build import action_plan_pdf
from pensebete.pdf.fonts.typeface import printable, typeface
from tests.builders import MONDAY, evaluate


class Pages(Sequence[str]):
    """The text of each page, read when it is asked for: to read a plan takes longer than to make it."""

    def __init__(self, pdf: bytes) -> None:
        self._pages = PdfReader(BytesIO(pdf)).pages
        self._read: dict[int, str] = {}

    def __len__(self) -> int:
        return len(self._pages)

    @overload
    def __getitem__(self, n: int) -> str: ...
    @overload
    def __getitem__(self, n: slice) -> list[str]: ...
    def __getitem__(self, n: int | slice) -> str | list[str]:
        if isinstance(n, slice):
            return [self[one] for one in range(len(self))[n]]
        n = range(len(self))[n]
        if n not in self._read:
            self._read[n] = self._pages[n].extract_text()
        return self._read[n]


@lru_cache(maxsize=8)
def pages(pdf: bytes) -> Pages:
    return Pages(pdf)


def squashed(text: str) -> str:
    """Without spaces or line ends, each character as the first of those that look the same (no-break and plain, …)."""
    return "".join(printable(text).split()).translate(_firsts())


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
