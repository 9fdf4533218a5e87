"""A dossier as the command line takes it up: carried to this version of the checklist, with what to say of it."""

from __future__ import annotations

from pensebete.assessment import dossier_file, migration
from pensebete.assessment.model import Assessment
from pensebete.assessment.profile import unknown_ids
from pensebete.assessment.unknown_fields import unknown_fields_words
from pensebete.checklist.model import Checklist
from pensebete.text.wording import Wording, wording


def opened_dossier(content: bytes, checklist: Checklist, language: str | None) -> tuple[Assessment, tuple[str, ...]]:
    """What was said under ids that changed since is carried to where it belongs now, and named.

    So are the ids and the fields not known.
    """
    assessment = dossier_file.read(content, checklist)
    say = wording(language or assessment.language)
    said: list[str] = []
    carried = migration.migrate(assessment, checklist, None)
    if carried.carried_something:
        assessment = carried.assessment
        said += (say("cli.moved_id", old=old, new=new) for old, new in carried.moved)
        said += (say("cli.split_id", old=old, new=new) for old, new in carried.split)
        said += (say("cli.moved_id", old="/".join(old), new="/".join(new)) for old, new in carried.moved_actions)
        said += (say("cli.moved_id", old=old, new=new) for old, new in carried.moved_choices + carried.moved_roles)
        said += (say("cli.dropped_option", id=f"profile.{question}.{id}") for question, id in carried.dropped)
    said += not_known(checklist, assessment, say)
    return assessment, tuple(said)


def not_known(checklist: Checklist, assessment: Assessment, say: Wording) -> list[str]:
    """What is said of the ids that the checklist does not know, and of the fields that the program does not."""
    ids = (say("cli.unknown_id", id=id) for id in unknown_ids(checklist, assessment))
    return [*ids, *unknown_fields_words(assessment, say)]
