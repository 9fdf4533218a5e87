"""A setting of the server that is a whole number, as its operator wrote it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from os import environ

from pensebete.text.wording import Wording

_WHOLE = re.compile(r"[0-9]{1,15}")


@dataclass(frozen=True)
class WholeNumber:
    """What is none, or less than `least`, counts for the usual one, and the operator is told at start."""

    name: str
    usual: int
    least: int = 0
    off: int | None = None  # what the word `off` stands for, where it stands for anything

    @property
    def said(self) -> str:
        """Nothing where it is not set."""
        return environ.get(self.name, "").strip()

    @property
    def value(self) -> int:
        found = self._understood()
        return self.usual if found is None else found

    def mistake(self, say: Wording) -> str | None:
        """What is wrong with it, in a sentence."""
        if not self.said or self._understood() is not None:
            return None
        sentence = "store.setting.above_zero" if self.least else "store.setting"
        return say(sentence, name=self.name, value=self.said, usual=self.usual)

    def _understood(self) -> int | None:
        if self.said == "off":
            return self.off
        return int(self.said) if _WHOLE.fullmatch(self.said) and int(self.said) >= self.least else None
