"""Texts as they are compared: two spellings of one name are one."""

from __future__ import annotations

import re
import unicodedata

_ACCENTS = re.compile("[\u0300-\u036f]+")
WORD = re.compile(r"[^\W_]+")


def folded(text: str) -> tuple[str, ...]:
    """The words of a text as they are compared: no accents, no capitals, an apostrophe like a space."""
    return tuple(WORD.findall(_ACCENTS.sub("", unicodedata.normalize("NFKD", text.casefold()))))
