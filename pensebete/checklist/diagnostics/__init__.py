"""The catalogue of authors' mistakes: for each code a whole sentence and its remedy, French first.

The words between braces are filled in from the file. Some of them depend on the reader's language and are made here:
`{about}` names the thing concerned (« item “cash-forecast” »), `{expected}` what would fit, `{did_you_mean}` the
nearest name that exists; `{problem}` and `{mend}` say why a file is no YAML, from SYNTAX.
docs/staff-guide.md explains each code with an example.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from pensebete.checklist.diagnostics.conditions import OF_CONDITIONS
from pensebete.checklist.diagnostics.document import OF_YAML
from pensebete.checklist.diagnostics.message import Entry, Severity
from pensebete.checklist.diagnostics.rules import OF_MEANING
from pensebete.checklist.diagnostics.shape import ABOUT, EXPECTED, OF_SHAPE
from pensebete.checklist.diagnostics.syntax import SYNTAX
from pensebete.checklist.diagnostics.warnings import OF_CAUTIONS
from pensebete.checklist.parsing.document import Place

CATALOGUE: dict[str, Entry] = {**OF_YAML, **OF_SHAPE, **OF_MEANING, **OF_CONDITIONS, **OF_CAUTIONS}
__all__ = ["ABOUT", "CATALOGUE", "EXPECTED", "SYNTAX", "Mistake", "Severity"]


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One mistake of the file. `about` is (kind, id) as in ABOUT; `expected` a key of EXPECTED."""

    code: str
    place: Place
    values: dict[str, str] = field(default_factory=dict)
    about: tuple[str, str] = ("checklist", "")
    expected: str = "other"
    suggestion: str = ""

    @property
    def lines(self) -> tuple[int, ...]:
        """Each line that the sentence names: its own, and that of another place it speaks of."""
        return (self.place.line, *(int(self.values[k]) for k in ("line",) if self.values.get(k)))

    @property
    def severity(self) -> Severity:
        return CATALOGUE[self.code].severity

    def sentence(self, language: str) -> str:
        return self._words(language)[0]

    def remedy(self, language: str) -> str:
        return self._words(language)[1]

    def _words(self, language: str) -> tuple[str, str]:
        entry, spoken = CATALOGUE[self.code], 1 if language == "en" else 0
        kind, id = self.about
        because = SYNTAX[self.values.get("why", "other")]
        syntax = (because.fr, because.en)[spoken]
        hint = (" Vouliez-vous dire «\u00a0{}\u00a0»{}?", " Did you mean “{}”{}?")[spoken]
        written = (" (ligne\u00a0{})", " (line {})")[spoken]
        values = {
            **self.values,
            "about": ABOUT[kind][spoken].format(id),
            "expected": EXPECTED[self.expected][spoken].format_map(self.values),
            "problem": syntax[0],
            "mend": syntax[1],
            "did_you_mean": hint.format(
                self.suggestion, written.format(self.values["line"]) if "line" in self.values else ""
            )
            if self.suggestion
            else "",
        }
        sentence, remedy = (entry.fr, entry.en)[spoken]
        sentence = sentence.format_map(values)
        return sentence[0].upper() + sentence[1:], remedy.format_map(values)
