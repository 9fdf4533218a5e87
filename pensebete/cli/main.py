"""The command line. Exit 0 all well (warnings included), 1 mistakes in the input, 2 wrong use.

Results go to standard output, errors to standard error, both in the language asked for.
"""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from itertools import pairwise
from os import environ
from pathlib import Path
from typing import Any

from pensebete.assessment import dossier_file
from pensebete.assessment.model import Assessment
from pensebete.assessment.unknown_fields import unknown_fields_words
from pensebete.checklist.diagnostics import Mistake
from pensebete.checklist.json_schema import checklist_schema
from pensebete.checklist.loading import ChecklistFileError, content_of, load, mistake_lines, published_path, read
from pensebete.checklist.model import Checklist
from pensebete.cli.arguments import Arguments, WrongUseError, day, whole_number
from pensebete.cli.files import reason, write_whole
from pensebete.cli.git_version import committed
from pensebete.cli.open_dossier import not_known, opened_dossier
from pensebete.evaluation.action_plan import action_plan
from pensebete.evaluation.action_text import action_text
from pensebete.evaluation.readiness import Score, readiness
from pensebete.evaluation.staff_reports import diff_text, outline_text
from pensebete.export.build import FORMATS, SHEETS, NoDueDateError, export
from pensebete.pdf.edition import EDITION_NAMES, PAPER_NAMES, Edition, EditionName
from pensebete.text.terminal import visible
from pensebete.text.wording import LANGUAGES, Wording, wording


def main(arguments: Sequence[str]) -> int:
    """Run one call and return its exit code."""
    for stream in (sys.stdout, sys.stderr):  # the same bytes on every system, and any file name can be said
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    say = _language_asked(arguments)
    try:
        code = _run(arguments, say)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader of the output, `head` say, had enough
        sys.stdout = None  # so that Python does not try to flush it at exit
        return 0
    except WrongUseError as wrong:
        return _refuse(2, *wrong.args)
    except OSError as error:
        if error.filename is None:  # files are opened by name; what was open before is the output
            sys.stdout = None
            return _refuse(2, say("cli.not_written", file=say("cli.output"), reason=reason(error, say)))
        return _refuse(2, say("cli.no_file", file=error.filename, reason=reason(error, say)))
    except ChecklistFileError as error:
        return _refuse(1, *mistake_lines(error.file, error.mistakes, say.language))
    except dossier_file.DossierError as error:
        return _refuse(1, *error.sentences(say))
    return code


def _run(arguments: Sequence[str], say: Wording) -> int:
    try:
        call = _parser(say).parse_args(arguments)
    except SystemExit:  # the help was asked for, and is said
        return 0
    code: int = call.run(call)
    return code


def _parser(say: Wording) -> Arguments:
    parser = Arguments(say, prog="python -m pensebete", description=say("cli.help.program"))
    command = parser.commands()

    check = command("check", _check)
    check.take("file", type=Path, nargs="?", metavar="file")
    check.take("--against", type=Path, metavar="file")
    check.take("--format", choices=("text", "json"), default="text")
    schema = command("schema", _schema)
    outline = command("outline", _outline)
    outline.take("file", type=Path, nargs="?", metavar="file")
    diff = command("diff", _diff)
    diff.take("old", type=Path, metavar="file")
    diff.take("new", type=Path, metavar="file")
    diff.take("--dossier", type=Path, metavar="dossier")
    for each in (outline, diff):
        each.take("--format", choices=("markdown", "json"), default="markdown")
    score = command("score", _score)
    score.take("dossier", type=Path, metavar="dossier")
    plan = command("plan", _plan)
    plan.take("dossier", type=Path, metavar="dossier")
    pdf = command("pdf", _pdf)
    pdf.take("dossiers", type=Path, nargs="*", metavar="dossier")
    pdf.take("--edition", choices=EDITION_NAMES)
    pdf.take("--blank", action="store_true")
    pdf.take("--paper", choices=PAPER_NAMES, default="letter")
    pdf.take("--without-notes", action="store_true")
    pdf.take("--without-not-applicable", action="store_true")
    pdf.take("-o", "--output", type=Path, required=True, metavar="file")
    other = command("export", _export)
    other.take("dossier", type=Path, metavar="dossier")
    other.take("--to", choices=tuple(FORMATS), required=True)
    other.take("--sheet", choices=SHEETS)
    other.take("-o", "--output", type=Path, required=True, metavar="file")
    extract = command("extract", _extract)
    extract.take("pdf_file", type=Path, metavar="pdf")
    migrate = command("migrate", _migrate)
    purge = command("purge", _purge)
    kept = environ.get("PENSEBETE_KEEP_MONTHS") or "12"
    purge.take("--months", type=whole_number(say), default=kept, metavar="number")
    for each in (check, schema, outline, diff, score, plan, pdf, other, extract, migrate, purge):
        each.take("--checklist", type=Path, default=published_path(), metavar="file")
        each.take("--lang", choices=LANGUAGES)
        each.take("--today", type=day(say), default=date.today(), metavar="day")
    return parser


def _language_asked(arguments: Sequence[str]) -> Wording:
    """The language of the help and of what is wrong with the arguments, known before they are read."""
    asked = next((after for flag, after in pairwise(arguments) if flag == "--lang"), "")
    return wording("en" if asked == "en" or "--lang=en" in arguments else LANGUAGES[0])


def _check(call: Namespace) -> int:
    file, say = call.file or call.checklist, wording(call.lang or LANGUAGES[0])
    source, older, unsound = content_of(file), None, False
    if not call.against:
        older = _as_committed(file, source)
    else:
        try:
            older = load(call.against)
        except ChecklistFileError as error:
            unsound = True
            _refuse(
                1, *mistake_lines(error.file, error.mistakes, say.language), say("cli.not_comparable", file=error.file)
            )
    _, mistakes = read(source, call.today, older)
    if call.format == "json":
        _print_json([_as_json(file, mistake, say.language) for mistake in mistakes])
    else:
        for line in mistake_lines(file, mistakes, say.language):
            print(visible(line))
    return 1 if unsound or any(mistake.severity == "mistake" for mistake in mistakes) else 0


def _as_committed(file: Path, source: bytes) -> Checklist | None:
    """The checklist that git knows under that name, where it is another one and sound."""
    known = committed(file)
    return read(known)[0] if known is not None and known != source else None


def _schema(call: Namespace) -> int:
    _print_json(checklist_schema(wording(call.lang or LANGUAGES[0])))
    return 0


def _outline(call: Namespace) -> int:
    print(outline_text(load(call.file or call.checklist), call.format, wording(call.lang or LANGUAGES[0])), end="")
    return 0


def _diff(call: Namespace) -> int:
    older, newer, assessment = load(call.old), load(call.new), None
    if call.dossier:
        assessment = dossier_file.read(dossier_file.content_of(call.dossier), newer)
    say = wording(call.lang or (assessment.language if assessment else LANGUAGES[0]))
    if assessment:
        _refuse(0, *unknown_fields_words(assessment, say))
    print(diff_text(older, newer, assessment, call.format, say), end="")
    return 0


def _score(call: Namespace) -> int:
    checklist, assessment = _open(call)
    result = readiness(checklist, assessment)
    domains = {id: _score_as_json(score) for id, score in result.domains.items()}
    _print_json({"overall": _score_as_json(result.overall), "domains": domains})
    return 0


def _plan(call: Namespace) -> int:
    checklist, assessment = _open(call)
    say = wording(call.lang or assessment.language)
    _print_json(
        [
            {
                "item": action.item.id if action.item else None,
                "action": action.id,
                "kind": action.kind,
                "text": action_text(action, say),
                "priority": action.priority,
                "owner": action.owner,
                "due": action.due.isoformat() if action.due else None,
                "comment": action.comment,
                "set_aside": action.set_aside,
                "quick_win": action.quick_win,
                "state": action.state,
                "late": action.late,
            }
            for action in action_plan(checklist, assessment, call.today)
        ]
    )
    return 0


def _pdf(call: Namespace) -> int:
    # Imported here: reading the fonts would slow every other call down.
    from pensebete.pdf.build import blank_checklist_pdf, edition_pdf

    edition = _edition(call)
    if (edition.name == "blank") == bool(call.dossiers):
        raise WrongUseError(wording(call.lang or LANGUAGES[0])("cli.dossier_or_blank"))
    if len(call.dossiers) > 1 or (call.dossiers and call.output.is_dir()):
        return _pdfs(call, edition)
    if edition.name == "blank":
        made = blank_checklist_pdf(load(call.checklist), call.lang or LANGUAGES[0], call.today, edition.paper)
    else:
        call.dossier = call.dossiers[0]
        checklist, assessment = _open(call)
        made = edition_pdf(edition, checklist, assessment, call.lang or assessment.language, call.today)
    return _hand_out(call, made)


def _edition(call: Namespace) -> Edition:
    """The edition asked for; `--blank` is short for `--edition blank`."""
    say = wording(call.lang or LANGUAGES[0])
    name: EditionName = call.edition or ("blank" if call.blank else "full")
    if call.blank and name != "blank":
        raise WrongUseError(say("cli.blank_and_edition", edition=name))
    if name != "full" and (call.without_notes or call.without_not_applicable):
        raise WrongUseError(say("cli.without_of_full", edition=name))
    return Edition(name, call.paper, notes=not call.without_notes, not_applicable=not call.without_not_applicable)


def _pdfs(call: Namespace, edition: Edition) -> int:
    """A folder of plans; each dossier that has something wrong is named, with what."""
    from pensebete.cli.batch_pdf import clashing, print_all

    say = wording(call.lang or LANGUAGES[0])
    checklist = load(call.checklist)
    if clashes := clashing(call.dossiers, call.output):
        raise WrongUseError(*(say("cli.clash", file=plan) for plan in clashes))
    try:
        call.output.mkdir(exist_ok=True)
    except OSError as error:
        raise WrongUseError(say("cli.not_written", file=call.output, reason=reason(error, say))) from None
    code = 0
    for printed in print_all(checklist, call.dossiers, call.output, edition, call.lang, call.today):
        _refuse(0, *(say("cli.of_dossier", file=printed.dossier, said=said) for said in printed.said))
        code = max(code, printed.code)
    return code


def _export(call: Namespace) -> int:
    if call.sheet and call.to != "csv":
        raise WrongUseError(wording(call.lang or LANGUAGES[0])("cli.sheet_of_csv"))
    checklist, assessment = _open(call)
    language = call.lang or assessment.language
    try:
        made = export(call.to, checklist, assessment, language, call.today, call.sheet or "plan")
    except NoDueDateError:
        return _refuse(1, wording(language)("export.no_due_date"))
    return _hand_out(call, made)


def _hand_out(call: Namespace, made: bytes) -> int:
    try:
        write_whole(call.output, made)
    except OSError as error:
        say = wording(call.lang or LANGUAGES[0])
        raise WrongUseError(say("cli.not_written", file=call.output, reason=reason(error, say))) from None
    return 0


def _extract(call: Namespace) -> int:
    checklist = load(call.checklist)
    assessment = dossier_file.read_json(dossier_file.attached(dossier_file.content_of(call.pdf_file)), checklist)
    say = wording(call.lang or assessment.language)
    _refuse(0, *not_known(checklist, assessment, say))
    sys.stdout.buffer.write(dossier_file.dump(assessment) + b"\n")
    return 0


def _migrate(call: Namespace) -> int:
    # Imported here, and below: loading SQLAlchemy would slow every other call down.
    from pensebete.cli.storage_commands import migrate_database

    return migrate_database(wording(call.lang or LANGUAGES[0]))


def _purge(call: Namespace) -> int:
    from pensebete.cli.storage_commands import purge_dossiers

    return purge_dossiers(call.months, call.today, wording(call.lang or LANGUAGES[0]))


def _open(call: Namespace) -> tuple[Checklist, Assessment]:
    """The checklist and the assessment of a call, ids renamed since carried to their new names.

    Those, and ids the checklist does not know, are named on standard error.
    """
    checklist = load(call.checklist)
    assessment, said = opened_dossier(dossier_file.content_of(call.dossier), checklist, call.lang)
    _refuse(0, *said)
    return checklist, assessment


def _score_as_json(score: Score) -> dict[str, Any]:
    return {
        "score": score.score,
        "low": score.low,
        "high": score.high,
        "coverage": score.coverage,
        "band": score.band,
        "provisional": score.provisional,
        "held_back_by": [{k: v for k, v in asdict(why).items() if v is not None} for why in score.held_back_by],
    }


def _as_json(file: Path, mistake: Mistake, language: str) -> dict[str, Any]:
    return {
        "file": str(file),
        "line": mistake.place.line,
        "column": mistake.place.column,
        "code": mistake.code,
        "severity": mistake.severity,
        "sentence": mistake.sentence(language),
        "remedy": mistake.remedy(language),
    }


def _print_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))


def _refuse(code: int, *lines: str) -> int:
    """Say it on standard error, a line each, and return the exit code."""
    for line in lines:
        print(visible(line), file=sys.stderr)
    return code
