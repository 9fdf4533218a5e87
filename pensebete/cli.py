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
from errno import errorcode
from itertools import pairwise
from os import environ, getpid
from pathlib import Path
from typing import Any

from pensebete import dossier
from pensebete.action_plan import action_plan
from pensebete.action_wording import action_text
from pensebete.arguments import Arguments, WrongUseError, day, whole_number
from pensebete.assessment import Assessment, unknown_ids
from pensebete.checklist import Checklist
from pensebete.checklist_file import ChecklistFileError, content_of, load, published_path, read, read_against
from pensebete.i18n import LANGUAGES, Wording, wording
from pensebete.mistakes import Mistake
from pensebete.readiness import Score, readiness


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
            return _refuse(2, say("cli.not_written", file=say("cli.output"), reason=_reason(error, say)))
        return _refuse(2, say("cli.no_file", file=error.filename, reason=_reason(error, say)))
    except ChecklistFileError as error:
        return _refuse(1, *_lines(error.file, error.mistakes, say))
    except dossier.DossierError as error:
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
    score = command("score", _score)
    score.take("dossier", type=Path, metavar="dossier")
    plan = command("plan", _plan)
    plan.take("dossier", type=Path, metavar="dossier")
    pdf = command("pdf", _pdf)
    pdf.take("dossier", type=Path, nargs="?", metavar="dossier")
    pdf.take("--blank", action="store_true")
    pdf.take("-o", "--output", type=Path, required=True, metavar="file")
    extract = command("extract", _extract)
    extract.take("pdf_file", type=Path, metavar="pdf")
    migrate = command("migrate", _migrate)
    purge = command("purge", _purge)
    kept = environ.get("PENSEBETE_KEEP_MONTHS") or "12"
    purge.take("--months", type=whole_number(say), default=kept, metavar="number")
    for each in (check, schema, score, plan, pdf, extract, migrate, purge):
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
    if call.against:
        try:
            older = load(call.against)
        except ChecklistFileError as error:
            unsound = True
            _refuse(1, *_lines(error.file, error.mistakes, say), say("cli.not_comparable", file=error.file))
    _, mistakes = read_against(source, older) if older else read(source)
    if call.format == "json":
        _print_json([_as_json(file, mistake, say.language) for mistake in mistakes])
    else:
        for line in _lines(file, mistakes, say):
            print(_visible(line))
    return 1 if unsound or any(mistake.severity == "mistake" for mistake in mistakes) else 0


def _schema(_call: Namespace) -> int:
    _print_json(Checklist.model_json_schema())
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
    from pensebete.report import action_plan_pdf, blank_checklist_pdf

    if call.blank == bool(call.dossier):
        raise WrongUseError(wording(call.lang or LANGUAGES[0])("cli.dossier_or_blank"))
    if call.blank:
        made = blank_checklist_pdf(load(call.checklist), call.lang or LANGUAGES[0], call.today)
    else:
        checklist, assessment = _open(call)
        made = action_plan_pdf(checklist, assessment, call.lang or assessment.language, call.today)
    try:
        _write(call.output, made)
    except OSError as error:
        say = wording(call.lang or LANGUAGES[0])
        raise WrongUseError(say("cli.not_written", file=call.output, reason=_reason(error, say))) from None
    return 0


def _write(file: Path, content: bytes) -> None:
    """Write a file whole or not at all; a device, a pipe or a link, such as /dev/stdout, takes it as it comes."""
    if file.is_symlink() or (file.exists() and not file.is_file()):
        file.write_bytes(content)
        return
    beside = file.with_name(f".pensebete-{getpid()}.new")
    try:
        with beside.open("xb") as opened:
            if file.exists():
                beside.chmod(file.stat().st_mode)
            opened.write(content)
        beside.replace(file)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def _extract(call: Namespace) -> int:
    checklist = load(call.checklist)
    assessment = dossier.read_json(dossier.attached(dossier.content_of(call.pdf_file)), checklist)
    _name_unknown_ids(checklist, assessment, wording(call.lang or assessment.language))
    sys.stdout.buffer.write(dossier.dump(assessment) + b"\n")
    return 0


def _migrate(call: Namespace) -> int:
    # Imported here, and below: loading SQLAlchemy would slow every other call down.
    from pensebete.store_cli import migrate_database

    return migrate_database(wording(call.lang or LANGUAGES[0]))


def _purge(call: Namespace) -> int:
    from pensebete.store_cli import purge_dossiers

    return purge_dossiers(call.months, call.today, wording(call.lang or LANGUAGES[0]))


def _open(call: Namespace) -> tuple[Checklist, Assessment]:
    """The checklist and the assessment of a call; ids the checklist does not know are named on standard error."""
    checklist = load(call.checklist)
    assessment = dossier.read(dossier.content_of(call.dossier), checklist)
    _name_unknown_ids(checklist, assessment, wording(call.lang or assessment.language))
    return checklist, assessment


def _name_unknown_ids(checklist: Checklist, assessment: Assessment, say: Wording) -> None:
    _refuse(0, *(say("cli.unknown_id", id=id) for id in unknown_ids(checklist, assessment)))


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


def _lines(file: Path, mistakes: Sequence[Mistake], say: Wording) -> list[str]:
    return [
        f"{file}:{mistake.place.line}:{mistake.place.column}: {mistake.code} "
        f"{mistake.sentence(say.language)} {mistake.remedy(say.language)}"
        for mistake in mistakes
    ]


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
        print(_visible(line), file=sys.stderr)
    return code


def _visible(line: str) -> str:
    """A line in which what comes from a file can neither begin another line nor command the terminal."""
    return "".join(c if c.isprintable() or c == "\u00a0" else c.encode("unicode_escape").decode() for c in line)


# What the system says -> cli.reason.…; anything else is named by its code.
_REASONS = ("ENOENT", "EACCES", "EPERM", "EISDIR", "ENOTDIR", "ENOSPC", "EDQUOT", "EROFS", "ENAMETOOLONG", "EIO")


def _reason(error: OSError, say: Wording) -> str:
    code = errorcode.get(error.errno or 0, str(error.errno))
    return say(f"cli.reason.{code}") if code in _REASONS else code
