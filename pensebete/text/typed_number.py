"""A number as people type it, in either language: « 2,5 », “2.5”, with spaces around it."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"([0-9]{1,9})(?:[.,]([0-9]{1,9}))?")


def number_in(text: str) -> int | float | None:
    """None where nothing is typed; a whole number stays one. Raises ValueError for what is no number."""
    typed = text.strip()
    if not typed:
        return None
    found = _NUMBER.fullmatch(typed)
    if found is None:
        raise ValueError("no number")
    whole, part = found.groups()
    return float(f"{whole}.{part}") if part and int(part) else int(whole)
