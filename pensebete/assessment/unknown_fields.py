"""The fields of a dossier that this version of the program does not know: it keeps them, and says so."""

from __future__ import annotations

from collections.abc import Iterator

from pensebete.assessment.dossier_file import brief
from pensebete.assessment.model import Assessment
from pensebete.checklist.dossier_part import DossierPart
from pensebete.text.wording import Wording

MOST_NAMED = 5


def unknown_fields(assessment: Assessment) -> Iterator[tuple[str, ...]]:
    """The place of each, as its parts: `("answers", "board-position", "weight")`."""
    for path, part in _parts(assessment):
        for name in part.unknown_fields:
            yield (*path, name)


def unknown_fields_words(assessment: Assessment, say: Wording) -> list[str]:
    """The sentence that names them, the first few by their places; none where there are none."""
    places = list(unknown_fields(assessment))
    if not places:
        return []
    named = [say("dossier.field", place=".".join(map(brief, place))) for place in places[:MOST_NAMED]]
    if more := len(places) - len(named):
        named.append(say("dossier.more_fields", n=more))
    return [say("dossier.unknown_fields", n=len(places), fields=say.listing(named))]


def _parts(assessment: Assessment) -> Iterator[tuple[tuple[str, ...], DossierPart]]:
    yield (), assessment
    yield ("checklist",), assessment.checklist
    yield ("contact",), assessment.contact
    for item, answer in assessment.answers.items():
        yield ("answers", item), answer
    for item, actions in assessment.plan.items():
        for action, planned in actions.items():
            yield ("plan", item, action), planned
    for n, own in enumerate(assessment.own_actions):
        yield ("own_actions", str(n)), own
