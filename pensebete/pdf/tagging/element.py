"""An element of the structure tree: what a passage is, in which language, and which content of which page is in it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

from fpdf.annotations import PDFAnnotation
from fpdf.syntax import PDFObject, PDFString

Mark = tuple[int, int]  # a page, counted from 1, and the number of a marked sequence on it
MAY_BE_EMPTY = ("TD", "TH")


class Element(PDFObject):
    """`tag` is a standard structure type. It has no place until something is drawn in it (structure_tree.py)."""

    def __init__(self, tag: str, *, alt: str = "", actual: str = "", lang: str = "", attributes: str = "") -> None:
        super().__init__()
        self.tag = tag
        self.alt = alt  # what a picture shows
        self.actual = actual  # the text that a drawing stands for
        self.lang = lang
        self.attributes = attributes
        self.parent: PDFObject | None = None
        self.kids: list[Element | Mark | PDFAnnotation] = []
        self.page_ids: dict[int, int] = {}

    def under(self) -> Iterable[Element]:
        """This element and all those under it that hold something, in reading order."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.under()

    def prune(self) -> bool:
        """Drops what holds nothing; whether anything is left."""
        self.kids = [kid for kid in self.kids if not isinstance(kid, Element) or kid.prune()]
        return bool(self.kids) or self.tag in MAY_BE_EMPTY

    def serialize(self, *_: Any, **__: Any) -> str:
        page = next((kid[0] for kid in self.kids if isinstance(kid, tuple)), 0)
        kids = [self._kid(kid, page) for kid in self.kids]
        parent = self.parent.ref if self.parent else ""
        entries = [f"{self.id} 0 obj\n<</Type/StructElem/S/{self.tag}/P {parent}"]
        if kids:
            entries.append(f"/K {kids[0]}" if len(kids) == 1 else f"/K[{' '.join(kids)}]")
        if page:
            entries.append(f"/Pg {self.page_ids[page]} 0 R")
        for name, text in (("Alt", self.alt), ("ActualText", self.actual), ("Lang", self.lang)):
            if text:
                entries.append(f"/{name} {PDFString(text).serialize()}")
        if self.attributes:
            entries.append(f"/A <<{self.attributes}>>")
        entries.append(">>\nendobj")
        return "".join(entries)

    def _kid(self, kid: Element | Mark | PDFAnnotation, page: int) -> str:
        if isinstance(kid, Element):
            return kid.ref
        if isinstance(kid, PDFAnnotation):
            return f"<</Type/OBJR/Obj {kid.ref}>>"
        on, number = kid
        return str(number) if on == page else f"<</Type/MCR/Pg {self.page_ids[on]} 0 R/MCID {number}>>"


def heading_cell(scope: Literal["Column", "Row"]) -> Element:
    return Element("TH", attributes=f"/O/Table/Scope/{scope}")


def listing(numbering: Literal["Disc", "Decimal", "None"]) -> Element:
    """A list; `numbering` says what its labels are."""
    return Element("L", attributes=f"/O/List/ListNumbering/{numbering}")


def figure(alt: str) -> Element:
    return Element("Figure", alt=alt)


def place_figure(picture: Element, left: float, bottom: float, right: float, top: float) -> None:
    """Where a figure stands, once that is known; points from the bottom left corner of its page."""
    picture.attributes = f"/O/Layout/Placement/Block/BBox[{left:.2f} {bottom:.2f} {right:.2f} {top:.2f}]"
