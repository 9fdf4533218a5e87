"""What the PDF can print: the characters of its font, and how long a title may be before it is cut.

The widths come from glyph_widths.json, which tools/font-widths writes from the font itself; reading the font
takes a tenth of a second, which a check of a file must not.
"""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_WIDTHS = Path(__file__).with_name("glyph_widths.json")


@dataclass(frozen=True, slots=True)
class Room:
    """Where a title stands in the PDF: points across, size of the letters, lines."""

    across: float
    size: float
    lines: int = 1


# What pdf/ leaves for each kind of title on the narrowest paper; tests/unit/text/test_print_limits.py holds them to it.
TITLES = {
    "checklist": Room(479, 10, lines=2),
    "domain": Room(128, 9),  # beside its score, in the chart
    "status": Room(76, 9),  # beside the date of an answer
    "ref": Room(32, 10),  # before the title of an item
}


@cache
def widths() -> dict[int, int]:
    """Each character of the font, with its width in bold, in thousandths of the size."""
    return {int(code): width for code, width in json.loads(_WIDTHS.read_text("ascii")).items()}


def missing(text: str) -> list[str]:
    """The characters of a text that the font lacks, each once; those that are never seen do not count."""
    if text.isascii():
        return []
    drawn = widths()
    return sorted(c for c in set(unicodedata.normalize("NFC", text)) if ord(c) not in drawn and _is_seen(c))


def _is_seen(character: str) -> bool:
    return unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Zs", "Zl", "Zp") and not (
        0xFE00 <= ord(character) <= 0xFE0F
    )


def too_long(title: str, kind: str) -> int | None:
    """About how many characters of a title fit in its place; None where all of them do."""
    room = TITLES[kind]
    across = room.across * (room.lines - 0.2 * (room.lines > 1))  # a line ends with a whole word
    if len(title) * room.size * _WIDEST <= across:
        return None
    drawn = widths()
    long = sum(drawn.get(ord(c), 600) for c in unicodedata.normalize("NFC", title)) * room.size / 1000
    return int(len(title) * across / long) if long > across else None


_WIDEST = 1.2  # of the letters that titles are written in, in parts of the size; beyond, each is looked up
