"""Notes that say otherwise than the answer beside them: « Fait », and « pas encore de résolution ».

Looked for with short lists of words, so that a note in everyday language trips them and « N/A » does not. What they
find is asked, never judged: it changes no figure and no order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from pensebete.checklist.model import Checklist
from pensebete.text.folded import WORD, folded
from pensebete.text.wording import LANGUAGES, wording

MOST_READ = 2_000  # characters of a note: who says at length that it is not done says so before
MOST_QUOTED = 90
_REACH = 3  # words before a phrase in which a negation turns it: « rien n’est à faire »
_APART = "; "  # between the words of a list
_CLAUSE_ENDS = re.compile(r"[.;:,!?()\[\]{}\u00ab\u00bb\"\u201c\u201d\n\r\u2013\u2014|/]+|\s-+\s")


@dataclass(frozen=True, slots=True)
class DoubtWords:
    """As they are compared: words without accents, in small letters."""

    phrases: Mapping[str, tuple[tuple[str, ...], ...]]  # anywhere in a clause, by their first word
    whole: frozenset[tuple[str, ...]]  # that are all of a clause: the labels of answers
    turned_by: frozenset[str]  # says the contrary, a few words before a phrase
    not_after: frozenset[str]  # right before a phrase, makes it no status: « les choses à faire »
    not_before: frozenset[str]  # right after it: « pas encore échue »


def doubt_words(checklist: Checklist) -> DoubtWords:
    """Of every language at once: a note is written in whichever comes to mind."""
    return _doubt_words(
        tuple((language, words) for language, words in checklist.doubt_words.items()),
        tuple(
            label
            for status in ("in_progress", "to_do", "unknown")
            for label in checklist.statuses[status].label.root.values()
        ),
    )


def clause_in_doubt(note: str, words: DoubtWords) -> str | None:
    """The clause of a note that says it is not done, as it was written; None where none does."""
    for clause in clauses(note):
        said = folded(clause)
        if said in words.whole or _doubted(said, words):
            return quoted(clause)
    return None


def clauses(note: str) -> Iterable[str]:
    """The parts of a note between its signs, those of no word left out."""
    return (clause.strip() for clause in _CLAUSE_ENDS.split(note[:MOST_READ]) if WORD.search(clause))


def quoted(text: str) -> str:
    """A text as a question quotes it: on one line, and not longer than that."""
    line = " ".join(text.split())
    return line if len(line) <= MOST_QUOTED else f"{line[: MOST_QUOTED - 1].rstrip()}…"


@cache
def words_of(id: str) -> frozenset[str]:
    """A list of single words of the catalogues, as they are compared, those of every language together."""
    return frozenset(word for language in LANGUAGES for word in folded(wording(language)(id)))


@lru_cache(maxsize=8)
def _doubt_words(written: tuple[tuple[str, tuple[str, ...]], ...], labels: tuple[str, ...]) -> DoubtWords:
    own = dict(written)
    usual = {language: tuple(wording(language)("desk.doubt_words").split(_APART)) for language in LANGUAGES}
    phrases: dict[str, tuple[tuple[str, ...], ...]] = {}
    for phrase in filter(None, (folded(phrase) for words in (usual | own).values() for phrase in words)):
        phrases[phrase[0]] = (*phrases.get(phrase[0], ()), phrase)
    return DoubtWords(
        phrases=phrases,
        whole=frozenset(filter(None, map(folded, labels))),
        turned_by=words_of("desk.doubt_turned_by"),
        not_after=words_of("desk.doubt_not_after"),
        not_before=words_of("desk.doubt_not_before"),
    )


def _doubted(said: tuple[str, ...], words: DoubtWords) -> bool:
    for start, word in enumerate(said):
        for phrase in words.phrases.get(word, ()):
            end = start + len(phrase)
            if said[start:end] == phrase and not _turned(said, start, end, words):
                return True
    return False


def _turned(said: tuple[str, ...], start: int, end: int, words: DoubtWords) -> bool:
    return not (
        words.turned_by.isdisjoint(said[max(0, start - _REACH) : start])
        and words.not_after.isdisjoint(said[max(0, start - 1) : start])
        and words.not_before.isdisjoint(said[end : end + 1])
    )
