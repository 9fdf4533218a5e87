"""Text that other programs will read: what none of them can hold, what a spreadsheet would take for something else."""

from __future__ import annotations

import re
from functools import lru_cache

from pensebete.text.wording import month_names

REPLACED = "▯"  # the mark that the PDF uses too
CELL_LIMIT = 32_767  # of a spreadsheet, in UTF-16 units

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# XML 1.0 has no way to write them; iCalendar forbids the delete character as well.
_UNWRITABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
# Full width as well: spreadsheets of East Asian languages take them for the same.
_FORMULA_SIGNS = tuple("=+-@＝＋－＠")
# 0312, 12 500,50 $, 1e5, 50 %; 1-9, 2026/03/28, 10:30; a whole number is shown as it was typed.
_SAME_AS_TYPED = re.compile(r"0|[1-9]\d{0,14}")
_NUMBER = re.compile(r"\(?[$€£]? ?\d[\d .,']*(e ?\d+)? ?[%$€£]?\)?|[.,]\d+( ?%)?", re.IGNORECASE)
_DATE = re.compile(
    r"\d{1,4}( ?[-/.:] ?\d{1,4}){1,2}([ t]\d{1,2}:\d{2}(:\d{2})?)?( ?[ap]m)?|\d{1,2} ?[ap]m", re.IGNORECASE
)
_MONTH = re.compile(
    rf"(\d{{1,4}}[ ./,-]*)?({'|'.join(sorted(month_names(), reverse=True))})\.?([ ./,-]*\d{{1,4}}){{0,2}}",
    re.IGNORECASE,
)


def writable(text: str) -> str:
    """The text with its line ends as `\\n`, and a mark for each character that no file of ours can hold."""
    return _UNWRITABLE.sub(REPLACED, _LINE_ENDS.sub("\n", text))


def loses_characters(text: str) -> bool:
    return _UNWRITABLE.search(_LINE_ENDS.sub("\n", text)) is not None


def looks_like_a_formula(text: str) -> bool:
    """Whether a spreadsheet might compute it, were it typed or read from a CSV file."""
    return text.startswith(("\t", "\r", "\n")) or text.lstrip().startswith(_FORMULA_SIGNS)


def looks_like_a_figure(text: str) -> bool:
    """Whether a spreadsheet might take it for a number, a date or an hour, and show something else than was typed."""
    if _SAME_AS_TYPED.fullmatch(text):
        return False
    said = " ".join(text.split())
    if not any(character.isdecimal() for character in said):
        return False
    return any(kind.fullmatch(said) for kind in (_NUMBER, _DATE, _MONTH))


def would_change(text: str) -> bool:
    """Whether a spreadsheet that is left to itself would make something else of it."""
    return _short_would_change(text) if len(text) <= _SHORT else _would_change(text)


def _would_change(text: str) -> bool:
    return looks_like_a_formula(text) or looks_like_a_figure(text)


# Titles and labels come back thousands of times in a portfolio; notes do not, and are not kept.
_SHORT = 200
_short_would_change = lru_cache(maxsize=4096)(_would_change)


def cut(text: str, ending: str) -> str:
    """The text, or as much of it as a cell can hold and then the words that say so."""
    if _units(text) <= CELL_LIMIT:
        return text
    kept = text.encode("utf-16-le")[: 2 * (CELL_LIMIT - _units(ending))]
    return kept.decode("utf-16-le", errors="ignore") + ending  # half of a pair is dropped


def too_long(text: str) -> bool:
    return _units(text) > CELL_LIMIT


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
