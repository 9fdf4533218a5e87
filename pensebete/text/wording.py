"""Language: the sentences of the interface, and numbers, dates and hours as they are written in Quebec and Canada.

The sentences live in gettext catalogues, one .po for each room of the program under locale/fr and locale/en, read as
they are so that nothing has to be compiled. Message ids are names (`results.title`), the same in every language.
The catalogues that most runs say nothing of are read with their first sentence: `diagnostics.…` in diagnostics.po.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_time
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent
from babel.support import Translations

from pensebete.text.po_file import read_po_file
from pensebete.text.typography import day_of_french_month, held

LANGUAGES = ("fr", "en")
CATALOGUES = Path(__file__).parent / "locale"
READ_WHEN_SAID = frozenset({"diagnostics", "schema", "desk", "review", "remarks", "received", "ideas"})


@dataclass(frozen=True)
class Wording:
    """How one language says things: `say("progress.answered", n=3, of=24)`, `say.percent(73)`, `say.date(day)`.

    A checklist may be written in a language that the interface does not speak: `language` is that of the checklist's
    texts, `spoken` that of the sentences, numbers and dates.
    """

    language: str
    spoken: str
    locale: Locale

    def __call__(self, id: str, /, n: int | None = None, **values: object) -> str:
        """The sentence of that id with its values; with `n`, in the plural that n calls for. KeyError if unknown."""
        room = id.partition(".")[0]
        sentences = read_sentences(self.spoken, room if room in READ_WHEN_SAID else "")
        found = sentences.ugettext(id) if n is None else sentences.ungettext(id, f"{id}.plural", n)
        if found in (id, f"{id}.plural"):
            raise KeyError(f"no sentence {id!r} in {self.spoken}")
        return found.format(n=n if n is None else self.number(n), **values)

    def number(self, number: float, decimals: int = 0) -> str:
        pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
        return str(format_decimal(number, format=pattern, locale=self.locale))

    def percent(self, whole: int) -> str:
        """73 -> « 73 % » or “73%”."""
        return str(format_percent(whole / 100, locale=self.locale))

    def date(self, day: dt.date) -> str:
        """« 1er mars 2026 », “March 1, 2026”: a date in a sentence."""
        said = str(format_date(day, format="long", locale=self.locale))
        return day_of_french_month(said) if self.spoken == "fr" else said

    def weekday(self, day: dt.date, today: dt.date) -> str:
        """« lundi 30 mars », “Monday, March 30”: a day one plans for; with its year where that is not this one."""
        year = " y" if self.spoken == "fr" else ", y"
        pattern = ("EEEE d MMMM" if self.spoken == "fr" else "EEEE, MMMM d") + (year if day.year != today.year else "")
        said = str(format_date(day, format=pattern, locale=self.locale))
        return day_of_french_month(said) if self.spoken == "fr" else said

    def day_of_week(self, day: dt.date) -> str:
        """« lundi », “Monday”: one of the next seven days."""
        return str(format_date(day, format="EEEE", locale=self.locale))

    def short_date(self, day: dt.date) -> str:
        """2026-03-28: a date in a table."""
        return day.isoformat()

    def time(self, moment: dt.datetime) -> str:
        """« 14 h 30 », “2:30 p.m.”."""
        return held(str(format_time(moment, format="short", locale=self.locale)))

    def language_name(self, language: str) -> str:
        """« français », “French”: a language as this one calls it; its code where it has no name for it."""
        return str(self.locale.languages.get(language, language))

    def listing(self, parts: Iterable[str]) -> str:
        """« a, b et c »."""
        return str(format_list(list(parts), locale=self.locale))

    def either(self, parts: Iterable[str]) -> str:
        """« a, b ou c »."""
        return str(format_list(list(parts), style="or", locale=self.locale))


@lru_cache(maxsize=64)
def wording(language: str, among: tuple[str, ...] = LANGUAGES) -> Wording:
    """The wording for who reads that language.

    Where the interface does not speak it, its sentences are in French; in English where `among`, the languages of the
    checklist, has English and no French.
    """
    spoken = language if language in LANGUAGES else next((one for one in LANGUAGES if one in among), LANGUAGES[0])
    return Wording(language, spoken, Locale.parse(f"{spoken}_CA"))


def own_name(language: str) -> str:
    """« Français », “English”, „Polski”: a language as those who read it call it; its code where nobody knows."""
    if language in LANGUAGES:
        return wording(language)("frame.language")
    try:
        name = Locale.parse(language).get_display_name()
    except (UnknownLocaleError, ValueError):
        name = None
    return name[:1].upper() + name[1:] if name else language


@cache
def month_names() -> frozenset[str]:
    """The months as our languages write them, in full and shortened, without a period."""
    found = (Locale(language).months["format"][width] for language in LANGUAGES for width in ("wide", "abbreviated"))
    return frozenset(name.rstrip(".") for names in found for name in names.values())


@cache
def read_sentences(language: str, room: str = "") -> Translations:
    """Those of a catalogue that is read when it is needed; without its name, those of all the others."""
    merged = Translations()
    for file in sorted((CATALOGUES / language).glob(f"{room or '*'}.po")):
        if not room and file.stem in READ_WHEN_SAID:
            continue
        sentences, plural = read_po_file(file.read_text("utf-8"))
        merged._catalog.update(sentences)
        merged.plural = plural  # type: ignore[assignment]
    return merged
