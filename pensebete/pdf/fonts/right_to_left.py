"""Arabic and Hebrew: each Arabic letter in the form that joining gives it, and where each sign of a line is seen.

The forms are characters of their own (Unicode, Arabic Presentation Forms), which the font has, so that a joined text is
measured and drawn as any other. Vowel points are not drawn: they stand over letters, and the font does not say where.
Whatever reads the file is told the letters, points included (fpdf_fonts.py).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from fpdf.bidi import BidiParagraph

_WRITTEN = re.compile("[\u0590-\u06ff\ufb50-\ufbff\ufe80-\ufefc]")
POINTS = frozenset(
    sign for sign in map(chr, [*range(0x591, 0x5C8), *range(0x610, 0x671)]) if unicodedata.category(sign) == "Mn"
)
_ARABIC = re.compile("[\u0600-\u06ff]")
_PASSED_OVER = ("Mn", "Cf")  # they do not come between two letters that join
_NON_JOINER, _TATWEEL = "\u200c", "\u0640"
# Lam, first or amid a word, and the alef that ends what it begins: plain, with a hamza over or under it, with a madda.
_INITIAL_LAM = "\ufedf"
_LAM_ALEF = re.compile("[\ufedf\ufee0][\ufe82\ufe84\ufe88\ufe8e]")
_PAIRS = ((0x28, 0x29), (0x5B, 0x5D), (0x7B, 0x7D), (0x3C, 0x3E), (0xAB, 0xBB), (0x2264, 0x2265))
_MIRRORED = {chr(one): chr(other) for pair in _PAIRS for one, other in (pair, pair[::-1])}


def is_written(text: str) -> bool:
    """Whether some of it is written from right to left, in a script that the font has."""
    return not text.isascii() and _WRITTEN.search(text) is not None


def joined(text: str) -> str:
    """The text, still in the order it is read, its Arabic letters in the forms they take."""
    return _in_forms(text) if _ARABIC.search(text) else text


def letters(text: str) -> str:
    """The letters of a text that `joined` gave, for whatever reads the file."""
    return "".join(_letters(sign) if _is_form(sign) else sign for sign in text)


class Seen(NamedTuple):
    """A sign of a line: what is drawn, what it is, and after how many others it stands, from the left."""

    sign: str
    said: str
    place: int


def as_seen(line: str) -> list[Seen]:
    """The signs of a line in the order they are read, brackets turned round where they enclose what goes leftwards.

    The first letter of the line says which way it goes as a whole.
    """
    found: dict[int, Seen] = {}
    for place, sign in enumerate(BidiParagraph(text=line).get_reordered_characters()):
        leftwards = sign.embedding_level % 2
        turned = _MIRRORED.get(sign.character, sign.character) if leftwards else sign.character
        found[sign.character_index] = Seen(turned, letters(sign.character), place)
    return [found[index] for index in sorted(found)]


@cache
def _letters(form: str) -> str:
    """A letter, or the letters of a ligature."""
    return "".join(chr(int(code, 16)) for code in unicodedata.decomposition(form).split()[1:]) or form


def _is_form(sign: str) -> bool:
    return "\ufb50" <= sign <= "\ufbff" or "\ufe80" <= sign <= "\ufefc"


@cache
def _forms() -> Mapping[str, Mapping[str, str]]:
    """Letter, or lam and alef, -> `isolated`, `final`, `initial`, `medial` -> its character."""
    found: dict[str, dict[str, str]] = {}
    for code in (*range(0xFB50, 0xFC00), *range(0xFE80, 0xFEFD)):
        how, *of = unicodedata.decomposition(chr(code)).split()[:3] or [""]
        if of:
            found.setdefault("".join(chr(int(one, 16)) for one in of), {})[how.strip("<>")] = chr(code)
    return found


def _goes_on(sign: str) -> bool:
    """Whether it joins the letter after it."""
    return sign == _TATWEEL or "initial" in _forms().get(sign, ())


def _is_reached(sign: str) -> bool:
    """Whether it joins the letter before it."""
    return sign == _TATWEEL or "final" in _forms().get(sign, ())


def _in_forms(text: str) -> str:
    found, before = [], ""
    for at, sign in enumerate(text):
        if _is_passed_over(sign):
            found.append(sign)
            continue
        after = next((next_one for next_one in text[at + 1 :] if not _is_passed_over(next_one)), "")
        from_before = _goes_on(before) and _is_reached(sign)
        to_after = _goes_on(sign) and _is_reached(after)
        form = ("medial" if to_after else "final") if from_before else "initial" if to_after else "isolated"
        found.append(_forms().get(sign, {}).get(form, sign))
        before = sign
    return _LAM_ALEF.sub(lambda pair: _ligature(pair[0]), "".join(found))


def _is_passed_over(sign: str) -> bool:
    return sign != _NON_JOINER and unicodedata.category(sign) in _PASSED_OVER


def _ligature(pair: str) -> str:
    """Lam and alef, which are always written as one; the lam says whether it is joined to what comes before."""
    return _forms()[letters(pair)]["isolated" if pair[0] == _INITIAL_LAM else "final"]
