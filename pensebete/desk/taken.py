"""Stands in for intake."""

from __future__ import annotations

from dataclasses import dataclass

from pensebete.assessment import dossier_file
from pensebete.assessment.dossier_file import DossierError, Problem


@dataclass(frozen=True, slots=True)
class Taken:
    file: str
    dossier: bytes
    review: bytes | None = None
    comments: tuple[object, ...] = ()
    notes: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    file: str
    problems: tuple[Problem, ...]


def taken_in(name: str, content: bytes) -> tuple[Taken | Refused, ...]:
    try:
        if len(content) > dossier_file.MAX_BYTES:
            raise DossierError(Problem("too_large", {"limit": str(dossier_file.MAX_BYTES // 1_000_000)}))
        return (Taken(name, dossier_file.attached(content) if content[:1024].find(b"%PDF-") >= 0 else content),)
    except DossierError as error:
        return (Refused(name, error.problems),)
