"""The dossiers taken from a file, read with a checklist: each once, with why the others are refused."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pensebete.assessment.dossier_file import DossierError, read_json
from pensebete.assessment.model import Assessment
from pensebete.checklist.model import Checklist
from pensebete.desk.intake import Refused, Taken


@dataclass(frozen=True, slots=True)
class Opened:
    taken: Taken
    assessment: Assessment


def opened(
    found: Iterable[Taken | Refused], checklist: Checklist, most: int | None = None
) -> tuple[tuple[Opened, ...], tuple[Refused, ...]]:
    """At most so many are read. The same bytes, as of a plan and of its dossier in one letter, are one dossier."""
    dossiers: dict[bytes, Opened] = {}
    refused: list[Refused] = []
    for one in found:
        if isinstance(one, Refused):
            refused.append(one)
        elif one.dossier not in dossiers and (most is None or len(dossiers) + len(refused) < most):
            try:
                dossiers[one.dossier] = Opened(one, read_json(one.dossier, checklist))
            except DossierError as error:
                refused.append(Refused(one.file, error.problems))
    return tuple(dossiers.values()), tuple(refused)
