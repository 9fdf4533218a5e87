"""The command line. Exit 0 all well (warnings included), 1 mistakes in the input, 2 wrong use.

Results go to standard output, errors to standard error, both in the language asked for.
"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

from pensebete import dossier
from pensebete.action_plan import action_plan
from pensebete.action_wording import action_text
from pensebete.assessment import Assessment, unknown_ids
from pensebete.checklist import Checklist
from pensebete.checklist_file import ChecklistFileError, load, published_path, read, read_against
from pensebete.i18n import LANGUAGES, Wording, wording
from pensebete.mistakes import Mistake
from pensebete.readiness import Score, readiness


class WrongUseError(Exception):
    """The call cannot be carried out as it is; the message is a whole sentence."""


def main(arguments: Sequence[str]) -> int:
    """Run one call and return its exit code."""
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # the same bytes on every system
    sys.stderr.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    call = _parser(_help_language(arguments)).parse_args(arguments)
    say = wording(call.lang or LANGUAGES[0])
    try:
        code: int = call.run(call)
    except BrokenPipeError:  # the reader of the output, `head` say, had enough
        sys.stdout = None  # so that Python does not try to flush it at exit
        return 0
    except WrongUseError as wrong:
        return _refuse(2, str(wrong))
    except OSError as error:
        return _refuse(2, say("cli.no_file", file=error.filename, reason=error.strerror))
    except ChecklistFileError as error:
        for mistake in error.mistakes:
            print(_line(error.file, mistake, say.language), file=sys.stderr)
        return 1
    except dossier.DossierError as error:
        return _refuse(1, *error.sentences(say))
    return code


def _parser(say: Wording) -> ArgumentParser:
    everywhere = ArgumentParser(add_help=False)
    everywhere.add_argument("--checklist", type=Path, default=published_path(), help=say("cli.help.checklist"))
    everywhere.add_argument("--lang", choices=LANGUAGES, help=say("cli.help.lang"))
    everywhere.add_argument("--today", type=date.fromisoformat, default=date.today(), help=say("cli.help.today"))

    parser = ArgumentParser(prog="python -m pensebete", description=say("cli.help.program"))
    commands = parser.add_subparsers(required=True, metavar=say("cli.help.command"))

    def command(name: str, run: Any) -> ArgumentParser:
        words = say(f"cli.help.{name}")
        added: ArgumentParser = commands.add_parser(name, parents=[everywhere], help=words, description=words)
        added.set_defaults(run=run)
        return added

    check = command("check", _check)
    check.add_argument("file", type=Path, nargs="?", help=say("cli.help.file"))
    check.add_argument("--against", type=Path, help=say("cli.help.against"))
    check.add_argument("--format", choices=("text", "json"), default="text", help=say("cli.help.format"))
    command("schema", _schema)
    for name, run in (("score", _score), ("plan", _plan)):
        command(name, run).add_argument("dossier", type=Path, help=say("cli.help.dossier"))
    pdf = command("pdf", _pdf)
    pdf.add_argument("dossier", type=Path, nargs="?", help=say("cli.help.dossier"))
    pdf.add_argument("--blank", action="store_true", help=say("cli.help.blank"))
    pdf.add_argument("-o", "--output", type=Path, required=True, help=say("cli.help.output"))
    command("extract", _extract).add_argument("pdf", type=Path, help=say("cli.help.pdf_file"))
    return parser


def _help_language(arguments: Sequence[str]) -> Wording:
    """The help itself is read before anything is parsed."""
    asked = next((after for flag, after in pairwise(arguments) if flag == "--lang"), "")
    return wording("en" if asked == "en" or "--lang=en" in arguments else LANGUAGES[0])


def _check(call: Namespace) -> int:
    file = call.file or call.checklist
    source = file.read_bytes()
    _, mistakes = read_against(source, load(call.against)) if call.against else read(source)
    language = call.lang or LANGUAGES[0]
    if call.format == "json":
        _print_json([_as_json(file, mistake, language) for mistake in mistakes])
    else:
        for mistake in mistakes:
            print(_line(file, mistake, language))
    return 1 if any(mistake.severity == "mistake" for mistake in mistakes) else 0


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
    call.output.write_bytes(made)
    return 0


def _extract(call: Namespace) -> int:
    checklist = load(call.checklist)
    assessment = dossier.read_json(dossier.attached(call.pdf.read_bytes()), checklist)
    sys.stdout.buffer.write(dossier.dump(assessment) + b"\n")
    return 0


def _open(call: Namespace) -> tuple[Checklist, Assessment]:
    """The checklist and the assessment of a call; ids the checklist does not know are named on standard error."""
    checklist = load(call.checklist)
    assessment = dossier.read(call.dossier.read_bytes(), checklist)
    say = wording(call.lang or assessment.language)
    for id in unknown_ids(checklist, assessment):
        print(say("cli.unknown_id", id=id), file=sys.stderr)
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


def _line(file: Path, mistake: Mistake, language: str) -> str:
    place = f"{file}:{mistake.place.line}:{mistake.place.column}"
    return f"{place}: {mistake.code} {mistake.sentence(language)} {mistake.remedy(language)}"


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


def _refuse(code: int, *sentences: str) -> int:
    print(*sentences, sep="\n", file=sys.stderr)
    return code
