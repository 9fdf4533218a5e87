"""What an advisor says most, to be put in a remark: a few phrases of each kind, and the advisor's own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pensebete.assessment.review.file import MOST_OF_A_REMARK
from pensebete.assessment.review.model import RemarkKind
from pensebete.text.wording import Wording

MOST_PHRASES = 100  # of one's own
_PHRASES: dict[RemarkKind, tuple[str, ...]] = {
    "clarify": ("who", "which_holds", "trace", "how_much"),
    "status": ("partly", "done_already", "concerns_you"),
    "advice": ("before_signing", "resolution", "begin_here"),
}


@dataclass(frozen=True, slots=True)
class Phrase:
    """One of an advisor's own."""

    kind: RemarkKind
    text: str


def phrases(kind: RemarkKind, own: Iterable[Phrase], say: Wording) -> list[str]:
    """One's own first. `say` is of the language of the dossier, whose manager reads them."""
    said = [phrase.text for phrase in own if phrase.kind == kind]
    said += (say(f"remarks.phrase.{kind}.{name}") for name in _PHRASES.get(kind, ()))
    return list(dict.fromkeys(said))


def with_phrase(own: tuple[Phrase, ...], kind: RemarkKind, text: str) -> tuple[Phrase, ...]:
    """As it is where it says nothing, is there already, or there are too many."""
    phrase = Phrase(kind, text.strip()[:MOST_OF_A_REMARK])
    return own if not phrase.text or phrase in own or len(own) >= MOST_PHRASES else (*own, phrase)


def without_phrase(own: tuple[Phrase, ...], phrase: Phrase) -> tuple[Phrase, ...]:
    return tuple(one for one in own if one != phrase)
