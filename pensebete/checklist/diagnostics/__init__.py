"""What is said of a checklist's text: a code, a place, and the words of both languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pensebete.checklist.diagnostics.codes import CATALOGUE, EXPECTED, TO_WRITE, Severity
from pensebete.checklist.diagnostics.place import Path, Place
from pensebete.checklist.diagnostics.text_edit import TextEdit
from pensebete.checklist.full_names import id_in
from pensebete.text.wording import Wording, wording


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One mistake or warning, from whatever stage of diagnosis.py. It is in words only once it is told.

    `path` is what it concerns in the data, `about` the thing around it: (a key of NAMED_BY, its id), or the checklist.
    Of the values, `why` is one of SYNTAX_FAULTS and `expected` a key of EXPECTED; the others are words of the file.
    """

    code: str
    place: Place
    values: Mapping[str, str] = field(default_factory=dict)
    path: Path = ()
    about: tuple[str, str] = ("checklist", "")
    # What could have stood there, and where it is written: the nearest is suggested, for those that are told.
    known: Mapping[str, Path] = field(default_factory=dict)
    suggestion: str = ""
    edit: TextEdit | None = None  # what would mend it, where that is sure

    @property
    def lines(self) -> tuple[int, ...]:
        """Each line that the sentence names: its own, and that of another place it speaks of."""
        return (self.place.line, *(int(self.values[k]) for k in ("line",) if self.values.get(k)))

    @property
    def severity(self) -> Severity:
        return CATALOGUE[self.code].severity

    def sentence(self, language: str) -> str:
        said = self._said("sentence", wording(language))
        return said[0].upper() + said[1:]

    def remedy(self, language: str) -> str:
        return self._said("remedy", wording(language))

    def _said(self, what: str, say: Wording) -> str:
        code = f"{self.code}.{self.values['why']}" if "why" in self.values else self.code
        parts: dict[str, Any] = {part: self._part(part, say) for part in CATALOGUE[self.code].parts}
        return say(f"diagnostics.{code}.{what}", **parts)

    def _part(self, part: str, say: Wording) -> str:
        if part == "about":
            kind, id = self.about
            return say(f"diagnostics.about.{kind}", id=id)
        if part == "thing":
            return say(f"diagnostics.about.{self.values['kind']}", id=self.values["id"])
        if part == "to_write":
            return self._to_write(say)
        if part == "expected":
            expected = self.values["expected"]
            parts: dict[str, Any] = {name: self.values[name] for name in EXPECTED[expected]}
            return say(f"diagnostics.expected.{expected}", **parts)
        if part == "did_you_mean":
            return f" {self._did_you_mean(say)}" if self.suggestion else ""
        return self.values[part]

    def _did_you_mean(self, say: Wording) -> str:
        if "line" in self.values:
            return say("diagnostics.did_you_mean.line", name=self.suggestion, line=self.values["line"])
        return say("diagnostics.did_you_mean", name=self.suggestion)

    def _to_write(self, say: Wording) -> str:
        """The line of an id that vanished: what it became, what it may have become, or where to write either."""
        new, name = self.values.get("new") or self.suggestion, self.values["name"]
        which = "renamed" if "new" in self.values else "perhaps" if new else "either"
        parts = {**self.values, "new": new, "entry": f"{name}: {new or self.values['beginning'] + '…'}"}
        if "named_still" in self.values:
            which, parts = "back", {"new": id_in(new), "old": id_in(name), "field": self.values["named_still"]}
        taken: dict[str, Any] = {part: parts[part] for part in TO_WRITE[which]}
        return say(f"diagnostics.to_write.{which}", **taken)
