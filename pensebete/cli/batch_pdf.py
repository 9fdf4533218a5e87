"""Many dossiers to PDF in one call: a folder of plans, made on every core.

Each is called for whose it is (export/file_name.py), which is known once its dossier was read. So the processes hand
the plans back, and they are named and written here, in the order of the call: the same call gives the same names.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo
from functools import partial
from multiprocessing import get_context
from os import sched_getaffinity
from pathlib import Path

from pensebete.assessment import dossier_file
from pensebete.assessment.local_time import zone_for
from pensebete.checklist.model import Checklist
from pensebete.cli.files import reason, write_whole
from pensebete.cli.open_dossier import opened_dossier
from pensebete.evaluation.evaluation import Evaluation
from pensebete.export.file_name import SHORT_ID, file_name
from pensebete.pdf.build import edition_pdf
from pensebete.pdf.edition import Edition
from pensebete.text.wording import LANGUAGES, wording

_AT_ONCE = 16  # dossiers handed to a process together, with the checklist


@dataclass(frozen=True, slots=True)
class CallDay:
    """The day and the zone that a call asks for; what it does not ask for is each dossier's own."""

    today: date | None
    zone: tzinfo | None


@dataclass(frozen=True, slots=True)
class Printed:
    """What became of one dossier: the exit code it alone would give, and what there is to say of it."""

    dossier: Path
    code: int
    said: tuple[str, ...]
    language: str = LANGUAGES[0]


@dataclass(frozen=True, slots=True)
class _Made:
    """A plan that is not written yet, and what it may be called, the shortest first."""

    plan: bytes
    names: tuple[str, ...]


def print_all(
    checklist: Checklist,
    dossiers: Sequence[Path],
    folder: Path,
    edition: Edition,
    language: str | None,
    day: CallDay,
) -> Iterator[Printed]:
    """Write that edition of each dossier into the folder; one that cannot be is said, and stops no other."""
    work = partial(_made, checklist, edition, language, day)
    # Forked from a server that has loaded the fonts' library once, and never from a process that may have threads.
    server = get_context("forkserver")
    server.set_forkserver_preload([__name__])
    with ProcessPoolExecutor(min(len(sched_getaffinity(0)), len(dossiers)), server) as processes:
        taken, numbered = {source.resolve() for source in dossiers}, Counter[str]()
        for made, printed in processes.map(work, dossiers, chunksize=min(_AT_ONCE, -(-len(dossiers) // 4))):
            yield _written(made, _free(made.names, folder, taken, numbered), printed, language) if made else printed


def _free(names: Sequence[str], folder: Path, taken: set[Path], numbered: Counter[str]) -> Path:
    """The first of the names that is neither that of a plan of this call nor that of a dossier; taken from here on.

    One dossier twice, or two without an id, have no other name to take: they are numbered.
    """
    for name in names:
        plan = folder / name
        if plan.resolve() not in taken:
            break
    else:
        while plan.resolve() in taken:
            numbered[name] += 1
            plan = folder / f"{name.removesuffix('.pdf')}-{numbered[name] + 1}.pdf"
    taken.add(plan.resolve())
    return plan


def _written(made: _Made, plan: Path, printed: Printed, language: str | None) -> Printed:
    try:
        write_whole(plan, made.plan)
    except OSError as error:
        say = wording(language or printed.language)
        return replace(printed, code=2, said=(say("cli.not_written", file=plan, reason=reason(error, say)),))
    return printed


def _made(
    checklist: Checklist, edition: Edition, language: str | None, day: CallDay, source: Path
) -> tuple[_Made | None, Printed]:
    say = wording(language or LANGUAGES[0])
    try:
        content = dossier_file.content_of(source)
    except OSError as error:
        return None, Printed(source, 2, (reason(error, say),))
    except dossier_file.DossierError as error:
        return None, Printed(source, 1, tuple(error.sentences(say)))
    try:
        assessment, review, said = opened_dossier(source, content, checklist, language)
    except dossier_file.DossierError as error:
        return None, Printed(source, 1, tuple(error.sentences(say)))
    zone = zone_for(day.zone, assessment.timezone)
    evaluation = Evaluation(checklist, assessment, day.today or datetime.now(zone).date(), zone)
    of_file = language or assessment.language
    say = wording(of_file, checklist.languages)
    names = (
        file_name(edition.file_kind, "pdf", evaluation.today, say, assessment, letters) for letters in (SHORT_ID, 8, 32)
    )
    plan = edition_pdf(edition, evaluation, of_file, review)
    return _Made(plan, tuple(dict.fromkeys(names))), Printed(source, 0, said, assessment.language)
