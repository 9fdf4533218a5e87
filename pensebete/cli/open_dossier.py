"""A dossier as the command line takes it up: carried to this version of the checklist, with what to say of it."""

from __future__ import annotations

from pathlib import Path

from pensebete.assessment import migration
from pensebete.assessment.dossier_file import DossierError, Problem
from pensebete.assessment.model import Assessment
from pensebete.assessment.profile import unknown_ids
from pensebete.assessment.review.model import Review
from pensebete.assessment.unknown_fields import unknown_fields_words
from pensebete.checklist.model import Checklist
from pensebete.desk.intake import Refused, taken_in
from pensebete.desk.intake_text import comment_lines, refused_lines
from pensebete.desk.opened import Opened, opened
from pensebete.text.wording import Wording, wording


class NoDossierError(DossierError):
    """Nothing in a file opens; each file in it is named, with why."""

    def __init__(self, name: str, refused: tuple[Refused, ...]) -> None:
        super().__init__(*(problem for one in refused for problem in one.problems))
        self._name, self._refused = name, refused

    def sentences(self, say: Wording) -> list[str]:
        return refused_lines(self._refused, self._name, say)


class SeveralDossiersError(DossierError):
    """A call takes one dossier, and a file has several: each is named, and none is taken for the other."""

    def __init__(self, found: tuple[Opened, ...]) -> None:
        super().__init__(Problem("several", {"count": str(len(found))}))
        self._found = found

    def sentences(self, say: Wording) -> list[str]:
        return [*super().sentences(say), *(say("dossier.of_file", file=f, said=s) for f, s in self._named(say))]

    def _named(self, say: Wording) -> list[tuple[str, str]]:
        return [(one.taken.file, one.assessment.organisation or say("aside.unnamed")) for one in self._found]


def found_in_file(
    file: Path, content: bytes, checklist: Checklist, language: str | None
) -> tuple[Opened, tuple[str, ...]]:
    """The one dossier in a file, whatever mail made of it, and what came with it; what there is to say of that file.

    Raises DossierError.
    """
    found, refused = opened(taken_in(file.name, content), checklist)
    if not found:
        raise NoDossierError(file.name, refused)
    if len(found) > 1:
        raise SeveralDossiersError(found)
    [one] = found
    say = wording(language or one.assessment.language)
    problems = (review for review in one.reviews if isinstance(review, Problem))
    notes = (note.sentence(say) for note in (*one.notes, *problems))
    return one, (*refused_lines(refused, file.name, say), *notes, *comment_lines(one.taken.comments, say))


def dossier_in_file(
    file: Path, content: bytes, checklist: Checklist, language: str | None
) -> tuple[Assessment, tuple[str, ...]]:
    """The same, without what came with it."""
    found, said = found_in_file(file, content, checklist, language)
    return found.assessment, said


def opened_dossier(
    file: Path, content: bytes, checklist: Checklist, language: str | None
) -> tuple[Assessment, Review | None, tuple[str, ...]]:
    """What was said under ids that changed since is carried to where it belongs now, and named; with what was remarked,
    as it was written.

    So are the ids and the fields not known, and what is to be said of the file.
    """
    found, of_file = found_in_file(file, content, checklist, language)
    assessment = found.assessment
    say = wording(language or assessment.language)
    said: list[str] = [*of_file]
    carried = migration.migrate(assessment, checklist, None)
    if carried.carried_something:
        assessment = carried.assessment
        said += (say("cli.moved_id", old=old, new=new) for old, new in carried.moved)
        said += (say("cli.split_id", old=old, new=new) for old, new in carried.split)
        said += (say("cli.moved_id", old="/".join(old), new="/".join(new)) for old, new in carried.moved_actions)
        said += (say("cli.moved_id", old=old, new=new) for old, new in carried.moved_choices + carried.moved_roles)
        said += (say("cli.dropped_option", id=f"profile.{question}.{id}") for question, id in carried.dropped)
    said += not_known(checklist, assessment, say)
    return assessment, found.review, tuple(said)


def not_known(checklist: Checklist, assessment: Assessment, say: Wording) -> list[str]:
    """What is said of the ids that the checklist does not know, and of the fields that the program does not."""
    ids = (say("cli.unknown_id", id=id) for id in unknown_ids(checklist, assessment))
    return [*ids, *unknown_fields_words(assessment, say)]
