"""The dossiers taken from a file, read with a checklist: each once, with why the others are refused."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import reduce

from pensebete.assessment.dossier_file import DossierError, Problem, read_json
from pensebete.assessment.model import Assessment
from pensebete.assessment.review.merge import merged
from pensebete.assessment.review.model import Review
from pensebete.checklist.model import Checklist
from pensebete.desk.intake import Refused, Taken
from pensebete.desk.row import review_in


@dataclass(frozen=True, slots=True)
class Opened:
    taken: Taken
    assessment: Assessment
    again: tuple[Taken, ...] = ()  # the very same dossier with other reviews, as two advisors send it back

    @property
    def notes(self) -> tuple[Problem, ...]:
        """What there is to say of the files it came in, each once."""
        said: list[Problem] = []
        for note in (note for taken in (self.taken, *self.again) for note in taken.notes):
            if note not in said:
                said.append(note)
        return tuple(said)

    @property
    def reviews(self) -> tuple[Review | Problem, ...]:
        """What came with it, as it was written; a problem where that is broken, or another dossier's."""
        found = (review_in(taken, self.assessment.id) for taken in (self.taken, *self.again))
        return tuple(one for one in found if one is not None)

    @property
    def review(self) -> Review | None:
        """All of it that is sound, as one; None where nobody remarked anything."""
        sound = [found for found in self.reviews if isinstance(found, Review) and found.remarks]
        return reduce(merged, sound) if sound else None


def opened(
    found: Iterable[Taken | Refused], checklist: Checklist, most: int | None = None
) -> tuple[tuple[Opened, ...], tuple[Refused, ...]]:
    """At most so many are read. The same bytes, as of a plan and of its dossier in one letter, are one dossier."""
    dossiers: dict[bytes, Opened] = {}
    refused: list[Refused] = []
    for one in found:
        if isinstance(one, Refused):
            refused.append(one)
        elif one.dossier in dossiers:
            known = dossiers[one.dossier]
            if one.review is not None or one.notes:
                dossiers[one.dossier] = replace(known, again=(*known.again, one))
        elif most is None or len(dossiers) + len(refused) < most:
            try:
                dossiers[one.dossier] = Opened(one, read_json(one.dossier, checklist))
            except DossierError as error:
                refused.append(Refused(one.file, error.problems))
    return tuple(dossiers.values()), tuple(refused)
