"""The command about two dossiers: compare."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import dataclass, replace
from pathlib import Path

from pensebete.assessment import dossier_file
from pensebete.assessment.dossier_file import DossierError
from pensebete.assessment.migration import migrate
from pensebete.assessment.model import Assessment
from pensebete.checklist.loading import load
from pensebete.checklist.model import Checklist
from pensebete.cli.arguments import AddCommand, Arguments
from pensebete.cli.day import today_of, zone_of
from pensebete.cli.known_versions import version_known
from pensebete.cli.open_dossier import dossier_in_file, not_known
from pensebete.cli.output import print_json, refuse
from pensebete.desk.rounds import is_older, kinship, moment_of
from pensebete.evaluation.comparison import Moment, compare
from pensebete.evaluation.comparison_json import comparison_as_json
from pensebete.evaluation.history_text import read_with_words
from pensebete.text.wording import LANGUAGES, Wording, wording


def add_compare_command(command: AddCommand, _say: Wording) -> tuple[Arguments, ...]:
    compare = command("compare", _compare)
    compare.take("older", type=Path, metavar="dossier")
    compare.take("newer", type=Path, metavar="dossier")
    return (compare,)


@dataclass(frozen=True, slots=True)
class _Read:
    file: Path
    assessment: Assessment
    said: tuple[str, ...]


def _compare(call: Namespace) -> int:
    checklist = load(call.checklist)
    found: list[_Read] = []
    for file in (call.older, call.newer):
        try:
            found.append(_Read(file, *dossier_in_file(file, dossier_file.content_of(file), checklist, call.lang)))
        except DossierError as error:  # of two files, the one that is refused is named
            say = wording(call.lang or LANGUAGES[0])
            refuse(1, *(say("cli.of_dossier", file=file, said=sentence) for sentence in error.sentences(say)))
    if len(found) < 2:
        return 1
    older, newer = found
    swapped = is_older(newer.assessment, older.assessment)
    if swapped:
        older, newer = newer, older
    say = wording(call.lang or newer.assessment.language, checklist.languages)
    moments = [_moment(call, one, checklist) for one in (older, newer)]
    for one, moment in zip((older, newer), moments, strict=True):
        refuse(0, *(say("cli.of_dossier", file=one.file, said=said) for said in _said(one, moment, say)))
    if swapped:
        refuse(0, say("cli.compare.swapped", older=older.file, newer=newer.file))
    if (kin := kinship(older.assessment, newer.assessment)) in ("unrelated", "other_name"):
        names = [one.assessment.organisation or say("aside.unnamed") for one in (older, newer)]
        refuse(0, say(f"cli.compare.{kin}", older=names[0], newer=names[1]))
    before, after = moments
    if call.today:
        after = replace(after, date=call.today, today=True)
    print_json(comparison_as_json(compare(before, after), say))
    return 0


def _moment(call: Namespace, one: _Read, checklist: Checklist) -> Moment:
    """At the day of its last change; read with its own version of the checklist where that is at hand."""
    assessment = one.assessment
    known = version_known(assessment.checklist, call.checklist, checklist)
    zone = zone_of(call, assessment.timezone)
    return moment_of(assessment, known or checklist, zone, today_of(call, assessment.timezone))


def _said(one: _Read, moment: Moment, say: Wording) -> list[str]:
    """What there is to say of one of the files: of itself, of what is not known in it, of what it is read with."""
    read = migrate(one.assessment, moment.checklist, None).assessment
    said = [*one.said, *not_known(moment.checklist, read, say), read_with_words(moment, say)]
    return [sentence for sentence in said if sentence]
