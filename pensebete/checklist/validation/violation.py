"""A rule that a checklist breaks: what rules.py and its neighbours find. They know the checklist, and no line of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pensebete.checklist.diagnostics.place import Path


@dataclass(frozen=True, slots=True)
class Violation:
    """A code of diagnostics/codes.py, where in the data, and the words of its sentence."""

    code: str
    path: Path
    values: dict[str, str] = field(default_factory=dict)
    known: Mapping[str, Path] = field(default_factory=dict)  # what could have stood there, and where it is written
    same_as: Path | None = None  # the earlier place it repeats
    meant: str = ""  # the one of them that is sure
