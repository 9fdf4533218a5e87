"""The structure tree, built while the pages are drawn.

`Tags` remembers in which element the pen is. Whatever draws text calls `mark()` first: the operators that follow
belong to that element, until the pen moves to another one, to an artifact or to another page. Shapes say nothing of
their own: they are drawn inside `artifact()`, or inside an element that is one picture (`inside(…, whole=True)`).

It takes the place of `FPDF.struct_builder`, and has what fpdf2 2.8.9 asks of one: `empty()`, an iteration over the
objects to write, and `doc_struct_elem.k`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any, cast
from urllib.parse import quote

from fpdf import FPDF
from fpdf.actions import URIAction
from fpdf.annotations import PDFAnnotation
from fpdf.syntax import Name, PDFObject

from pensebete.pdf.tagging.element import Element

_URL_SIGNS = ":/?#[]@!$&'()*+,;=%~"  # what an address may hold besides letters and digits


class Tags:
    """The tags of one document. `at` is the element the pen is in."""

    doc_struct_elem = SimpleNamespace(k=())  # fpdf2 looks here for the elements of its own making

    def __init__(self, pdf: FPDF) -> None:
        self.document = Element("Document")
        self.at = self.document
        self._pdf = pdf
        self._marked: dict[int, list[Element]] = {}  # page -> the element of each marked sequence, by number
        self._links: list[tuple[PDFAnnotation, Element]] = []
        self._open: Element | None = None  # whose marked sequence is open on the page
        self._whole = False  # inside a picture or an artifact, where nothing has a tag of its own
        cast(Any, pdf).struct_builder = self

    # While drawing

    def mark(self) -> None:
        """What is drawn next belongs to the element the pen is in."""
        if self._open is self.at or self._whole:
            return
        if self.at is self.document:
            raise ValueError("something is drawn in no element")
        self.close()
        numbers = self._marked.setdefault(self._pdf.page, [])
        self._pdf._out(f"/{self.at.tag} <</MCID {len(numbers)}>> BDC")
        self.at.kids.append((self._pdf.page, len(numbers)))
        numbers.append(self.at)
        self._open = self.at

    def close(self) -> None:
        """Ends the marked sequence that is open, if any. Before a page is left, this must be called."""
        if self._open is not None:
            self._pdf._out("EMC")
            self._open = None

    def enter(self, element: Element) -> Element:
        """Moves the pen into an element, new or begun before; gives the one to `leave` it for."""
        before = self.at
        if not self._whole:
            if element.parent is None:
                element.parent = before
                before.kids.append(element)
            self.at = element
        return before

    def leave(self, before: Element) -> None:
        self.at = before

    @contextmanager
    def inside(self, element: Element | str, whole: bool = False) -> Iterator[Element]:
        """The pen is in this element; with `whole`, all that is drawn in it, shapes too, is its content."""
        if isinstance(element, str):
            element = Element(element)
        before, was_whole = self.enter(element), self._whole
        if whole:
            self.mark()
            self._whole = True
        yield element
        self._whole = was_whole
        if whole and not was_whole:
            self.close()
        self.at = before

    @contextmanager
    def artifact(self, kind: str = "/Type/Layout") -> Iterator[None]:
        """What is drawn is no content: a rule, a background, a running head. Inside a picture it is part of it."""
        if self._whole:
            yield
            return
        self.close()
        self._pdf._out(f"/Artifact <<{kind}>> BDC")
        self._whole = True
        yield
        self._whole = False
        self._pdf._out("EMC")

    def turn_page(self) -> None:
        """A new page; a picture that is being drawn goes on there."""
        whole, self._whole = self._whole, False
        self.close()
        self._pdf.add_page()
        if whole:
            self.mark()
        self._whole = whole

    def link(self, x: float, y: float, width: float, height: float, url: str, says: str) -> None:
        """An address on the page, in the Link element that the pen is in; points from the top left corner."""
        action = URIAction(quote(url, safe=_URL_SIGNS))
        annotation = PDFAnnotation("Link", x, self._pdf.h - y, width, height, contents=says, action=action)
        self._pdf.pages[self._pdf.page].add_annotation(annotation)
        self.at.kids.append(annotation)
        self._links.append((annotation, self.at))

    # What fpdf2 asks for when it writes the file

    def empty(self) -> bool:
        return not self.document.prune()

    def __iter__(self) -> Iterator[PDFObject]:
        pages = self._pdf.pages
        for number, page in pages.items():
            cast(Any, page).tabs = Name("S")
            if number in self._marked:
                page.struct_parents = number - 1
        for number, (annotation, _) in enumerate(self._links, len(pages)):
            cast(Any, annotation).struct_parent = number
        ids = {number: page.id for number, page in pages.items()}
        yield _Root(self.document, self._marked, [element for _, element in self._links], len(pages))
        for element in self.document.under():
            element.page_ids = ids
            yield element


class _Root(PDFObject):
    """The root, with the way back from each marked sequence and annotation to its element."""

    def __init__(self, document: Element, marked: dict[int, list[Element]], linked: list[Element], pages: int) -> None:
        super().__init__()
        self.document = document
        self.marked = marked
        self.linked = linked
        self.pages = pages
        document.parent = self

    def serialize(self, *_: Any, **__: Any) -> str:
        numbers = [
            f"{page - 1}[{' '.join(element.ref for element in elements)}]"
            for page, elements in sorted(self.marked.items())
        ]
        numbers += [f"{number} {element.ref}" for number, element in enumerate(self.linked, self.pages)]
        return (
            f"{self.id} 0 obj\n<</Type/StructTreeRoot/K {self.document.ref}/ParentTree<</Nums[{' '.join(numbers)}]>>"
            f"/ParentTreeNextKey {self.pages + len(self.linked)}>>\nendobj"
        )
