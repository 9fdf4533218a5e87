"""The reviews in one PDF, each with the dossier it is about: one enterprise's words never come to another's file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import combinations
from uuid import UUID

from pensebete.assessment.dossier_file import DossierError, Problem, assessment_in
from pensebete.assessment.model import Assessment
from pensebete.assessment.review.file import ReviewError, dump, read_review
from pensebete.assessment.review.merge import merged
from pensebete.assessment.review.model import Review
from pensebete.assessment.same_enterprise import may_be_another_enterprise


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What of the reviews of one PDF is about one of its dossiers; and why some of them are about none."""

    review: bytes | None
    notes: tuple[Problem, ...] = ()


def reviewed(dossiers: Sequence[bytes], reviews: Sequence[bytes]) -> tuple[Reviewed, ...]:
    """For each of the dossiers, in their order. One review comes as it was written; several are one, by their union."""
    if not reviews:
        return tuple(Reviewed(None) for _ in dossiers)
    read = [_read(dossier) for dossier in dossiers]
    ids = [assessment.id if assessment else None for assessment in read]
    of_two = {
        one.id
        for one, other in combinations(filter(None, read), 2)
        if one.id == other.id and may_be_another_enterprise(one, other)
    }
    sound: dict[UUID, list[tuple[bytes, Review]]] = {}
    notes: list[Problem] = []
    for content in reviews:
        try:
            review = read_review(content)
        except ReviewError as error:
            notes.append(error.problem)
            continue
        if review.dossier in of_two:
            notes.append(Problem("review.of_several"))
        elif review.dossier in ids:
            sound.setdefault(review.dossier, []).append((content, review))
        elif review.remarks:
            notes.append(Problem("review.another_dossier"))
    said = _each_once(notes)
    return tuple(Reviewed(_as_one(sound.get(id, [])) if id else None, said) for id in ids)


def _as_one(same: Sequence[tuple[bytes, Review]]) -> bytes | None:
    if len(same) > 1:
        return dump(reduce(merged, (review for _, review in same)))
    return same[0][0] if same else None


def _each_once(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    found: list[Problem] = []
    for problem in problems:
        if problem not in found:
            found.append(problem)
    return tuple(found)


def _read(dossier: bytes) -> Assessment | None:
    try:
        return assessment_in(dossier)
    except DossierError:
        return None
