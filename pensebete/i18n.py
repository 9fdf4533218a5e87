"""Language: the sentences of the interface, and numbers, dates and hours as they are written in Quebec and Canada.

The sentences live in gettext catalogues, one .po for each room of the program under locale/fr and locale/en, read as
they are so that nothing has to be compiled. Message ids are names (`results.title`), the same in every language.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.dates import format_date, format_time
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent
from babel.support import Translations

LANGUAGES = ("fr", "en")
CATALOGUES = Path(__file__).parent / "locale"


@dataclass(frozen=True)
class Wording:
    """How one language says things: `say("progress.answered", n=3, of=24)`, `say.percent(73)`, `say.date(day)`."""

    language: str
    locale: Locale
    sentences: Translations

    def __call__(self, id: str, /, n: int | None = None, **values: object) -> str:
        """The sentence of that id with its values; with `n`, in the plural that n calls for. KeyError if unknown."""
        found = self.sentences.ugettext(id) if n is None else self.sentences.ungettext(id, f"{id}.plural", n)
        if found in (id, f"{id}.plural"):
            raise KeyError(f"no sentence {id!r} in {self.language}")
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
        return said.replace("1 ", "1er ", 1) if self.language == "fr" and day.day == 1 else said

    def short_date(self, day: dt.date) -> str:
        """2026-03-28: a date in a table."""
        return day.isoformat()

    def time(self, moment: dt.datetime) -> str:
        """« 14 h 30 », “2:30 p.m.”."""
        return (
            str(format_time(moment, format="short", locale=self.locale))
            .replace("\u202f", "\u00a0")
            .replace(" ", "\u00a0")
        )

    def listing(self, parts: Iterable[str]) -> str:
        """« a, b et c »."""
        return str(format_list(list(parts), locale=self.locale))


@cache
def wording(language: str) -> Wording:
    """The wording of a language; of French where the interface does not speak it."""
    language = language if language in LANGUAGES else LANGUAGES[0]
    merged = Translations()
    for file in sorted((CATALOGUES / language).glob("*.po")):
        with file.open("rb") as opened:
            catalogue = read_po(opened, locale=language)
        compiled = BytesIO()
        write_mo(compiled, catalogue)
        compiled.seek(0)
        read = Translations(compiled)
        merged.add(read)
        merged.plural = read.plural  # add() leaves the plural of English, where 0 is several
    return Wording(language, Locale.parse(f"{language}_CA"), merged)
