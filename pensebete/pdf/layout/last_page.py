"""A last page with a few lines on it is spared, where a little less air on the others makes room for them."""

from __future__ import annotations

from collections.abc import Callable

from pensebete.pdf.layout.canvas import Document

_SCANT = 0.2  # of a page
_LESS_AIR = (0.7, 0.4, 0.1)


def fitted(write: Callable[[float], Document]) -> Document:
    """What `write` gives with the usual air, 1, or with the most air that has a page less. It is written anew for each:
    most documents are written once."""
    usual = write(1)
    if usual.pages > 1 and usual.last_page_taken < _SCANT:
        for air in _LESS_AIR:
            tighter = write(air)
            if tighter.pages < usual.pages:
                return tighter
    return usual
