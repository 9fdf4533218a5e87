"""Many dossiers to PDF in one call: a folder of plans, made on every core."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
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


def plan_of(source: Path, folder: Path) -> Path:
    return folder / f"{source.stem}.pdf"


def clashing(dossiers: Sequence[Path], folder: Path) -> tuple[Path, ...]:
    """The plans that two dossiers would be written to, or that are themselves one of the dossiers."""
    plans = Counter(plan_of(source, folder) for source in dossiers)
    sources = {source.resolve() for source in dossiers}
    return tuple(plan for plan, count in plans.items() if count > 1 or plan.resolve() in sources)


def print_all(
    checklist: Checklist,
    dossiers: Sequence[Path],
    folder: Path,
    edition: Edition,
    language: str | None,
    day: CallDay,
) -> Iterator[Printed]:
    """Write that edition of each dossier into the folder; one that cannot be is said, and stops no other."""
    work = partial(_print, checklist, folder, edition, language, day)
    # Forked from a server that has loaded the fonts' library once, and never from a process that may have threads.
    server = get_context("forkserver")
    server.set_forkserver_preload([__name__])
    with ProcessPoolExecutor(min(len(sched_getaffinity(0)), len(dossiers)), server) as processes:
        yield from processes.map(work, dossiers, chunksize=min(_AT_ONCE, -(-len(dossiers) // 4)))


def _print(
    checklist: Checklist, folder: Path, edition: Edition, language: str | None, day: CallDay, source: Path
) -> Printed:
    say = wording(language or LANGUAGES[0])
    try:
        content = dossier_file.content_of(source)
    except OSError as error:
        return Printed(source, 2, (reason(error, say),))
    except dossier_file.DossierError as error:
        return Printed(source, 1, tuple(error.sentences(say)))
    try:
        assessment, said = opened_dossier(source, content, checklist, language)
    except dossier_file.DossierError as error:
        return Printed(source, 1, tuple(error.sentences(say)))
    say = wording(language or assessment.language)
    zone = zone_for(day.zone, assessment.timezone)
    evaluation = Evaluation(checklist, assessment, day.today or datetime.now(zone).date(), zone)
    made = edition_pdf(edition, evaluation, language or assessment.language)
    plan = plan_of(source, folder)
    try:
        write_whole(plan, made)
    except OSError as error:
        return Printed(source, 2, (say("cli.not_written", file=plan, reason=reason(error, say)),))
    return Printed(source, 0, said)
