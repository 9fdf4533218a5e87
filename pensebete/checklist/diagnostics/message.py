"""What every entry of the catalogue is: a sentence and its remedy, in each language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["mistake", "warning"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A kind of mistake: (sentence, remedy) in each language."""

    fr: tuple[str, str]
    en: tuple[str, str]
    severity: Severity = "mistake"
