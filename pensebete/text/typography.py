"""French as it is set in Quebec, for the screen and the PDF alike: no-break spaces, guillemets, « 1er mars ».

The sentences of the program are written that way; what staff write in checklist.yaml is set here, so that nobody has
to know how a no-break space is typed. What a manager wrote is shown as it was typed: only its lines break with care.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from unicodedata import normalize

NO_BREAK = "\u00a0"
_MONTHS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"

_ANY_LANGUAGE = ((r"(?<=\w)'(?=\w)", "’"), (r"\.\.\.", "…"))
_FRENCH = (
    *_ANY_LANGUAGE,
    (r"«[ \u00a0\u202f]*(?=\S)", f"«{NO_BREAK}"),
    (r"(?<=\S)[ \u00a0\u202f]*»", f"{NO_BREAK}»"),
    (r"(?<=\S)[ \u202f](?=[:%$])", NO_BREAK),
    (r"(?<=\S)[ \u00a0\u202f]+(?=[;!?])", ""),
    (r"(?<=\d)[ \u202f](?=\d{3}(?!\d))", NO_BREAK),
    (rf"(?<!\d)1[ \u00a0](?=(?:{_MONTHS})\b)", f"1er{NO_BREAK}"),
)
# The thousands of a number, and its next three figures.
_NUMBER_BEGUN, _NUMBER_GOES_ON = re.compile(r"(?<!\d)\d{1,3}$"), re.compile(r"\d{3}(?!\d)")
_RULES = {
    language: [(re.compile(found), put) for found, put in rules]
    for language, rules in (("fr", _FRENCH), ("", _ANY_LANGUAGE))
}


# What is remembered is bounded in characters too: texts of a draft are as long as somebody cares to paste.
_REMEMBERED, _LONGEST_REMEMBERED = 4096, 400


def one_line(text: str) -> str:
    """On one line, whatever the spaces and ends of line that were typed."""
    return " ".join(text.split())


def begins_with_vowel(name: str) -> bool:
    """« d’Anne », « de Marie »; before an h, « de » is never wrong of a name one does not know."""
    return normalize("NFD", name[:1])[:1].lower() in tuple("aeiou")


def typeset(text: str, language: str) -> str:
    """A text as a typographer of that language would set it; one that is set already stays as it is."""
    return _typeset(text, language) if len(text) > _LONGEST_REMEMBERED else _remembered(text, language)


@lru_cache(maxsize=_REMEMBERED)
def _remembered(text: str, language: str) -> str:
    return _typeset(text, language)


def _typeset(text: str, language: str) -> str:
    for pattern, put in _RULES.get(language, _RULES[""]):
        text = pattern.sub(put, text)
    return text


def day_of_french_month(said: str) -> str:
    """« 1 mars 2026 » -> « 1er mars 2026 », « lundi 1 mars » too; any other day as it is."""
    return re.sub(r"(^|\s)1 (?=[^\W\d])", r"\g<1>1er ", said)


def held(said: str) -> str:
    """A figure with its unit or an hour, which no line may cut."""
    return said.replace("\u202f", NO_BREAK).replace(" ", NO_BREAK)


def kept_together(words: list[str]) -> Iterable[str]:
    """The words of a line to be broken, those joined that a line may not end between: « mot », Note :, 22 500 $."""
    kept: list[list[str]] = []
    before = ""
    for word in words:
        of_one_number = _NUMBER_BEGUN.search(before) and _NUMBER_GOES_ON.match(word)
        if before and word and (word[0] in "»:;!?%$" or before[-1] == "«" or of_one_number):
            kept[-1].append(word)
        else:
            kept.append([word])
        before = word
    return map(" ".join, kept)
