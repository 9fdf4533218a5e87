"""The commands about a checklist: check, schema, outline, diff."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import Any

from pensebete.assessment import dossier_file
from pensebete.assessment.unknown_fields import unknown_fields_words
from pensebete.checklist import accepted
from pensebete.checklist.diagnostics import Diagnostic
from pensebete.checklist.json_schema import checklist_schema
from pensebete.checklist.loading import ChecklistFileError, content_of, diagnostic_lines, load, read
from pensebete.checklist.model import Checklist
from pensebete.cli.arguments import AddCommand, Arguments
from pensebete.cli.day import today_of
from pensebete.cli.git_version import committed
from pensebete.cli.open_dossier import dossier_in_file
from pensebete.cli.output import print_json, refuse
from pensebete.evaluation.staff_reports import diff_text, outline_text
from pensebete.text.terminal import visible
from pensebete.text.wording import LANGUAGES, Wording, wording


def add_checklist_commands(command: AddCommand, _say: Wording) -> tuple[Arguments, ...]:
    check, schema = command("check", _check), command("schema", _schema)
    outline, diff = command("outline", _outline), command("diff", _diff)
    check.take("file", type=Path, nargs="?", metavar="file")
    check.take("--against", type=Path, metavar="file")
    check.take("--format", choices=("text", "json", "github"), default="text", says="format_of_check")
    outline.take("file", type=Path, nargs="?", metavar="file")
    diff.take("old", type=Path, metavar="file")
    diff.take("new", type=Path, metavar="file")
    diff.take("--dossier", type=Path, metavar="dossier")
    for each in (outline, diff):
        each.take("--format", choices=("markdown", "json"), default="markdown")
    return check, schema, outline, diff


def _check(call: Namespace) -> int:
    file, say = call.file or call.checklist, wording(call.lang or LANGUAGES[0])
    source, unsound = content_of(file), False
    before: tuple[Checklist, ...] = ()
    if not call.against:
        before = _accepted(file, source)
    else:
        try:
            before = (load(call.against),)
        except ChecklistFileError as error:
            unsound = True
            refuse(
                1,
                *diagnostic_lines(error.file, error.diagnostics, say.language),
                say("cli.not_comparable", file=error.file),
            )
    _, diagnostics = read(source, today_of(call), before)
    if call.format == "json":
        print_json([_as_json(file, diagnostic, say.language) for diagnostic in diagnostics])
    elif call.format == "github":
        for diagnostic in diagnostics:
            print(visible(_as_annotation(file, diagnostic, say.language)))
    else:
        for line in diagnostic_lines(file, diagnostics, say.language):
            print(visible(line))
    return 1 if unsound or any(diagnostic.severity == "mistake" for diagnostic in diagnostics) else 0


def _accepted(file: Path, source: bytes) -> tuple[Checklist, ...]:
    """What the file is compared with: what the server last accepted of it, else what git knows under that name."""
    if texts := accepted.kept_of(file):
        return accepted.sound_among(texts)
    known = committed(file)
    return accepted.sound_among([known]) if known is not None and known != source else ()


def _schema(call: Namespace) -> int:
    print_json(checklist_schema(wording(call.lang or LANGUAGES[0])))
    return 0


def _outline(call: Namespace) -> int:
    print(outline_text(load(call.file or call.checklist), call.format, wording(call.lang or LANGUAGES[0])), end="")
    return 0


def _diff(call: Namespace) -> int:
    older, newer, assessment = load(call.old), load(call.new), None
    said: tuple[str, ...] = ()
    if call.dossier:
        assessment, said = dossier_in_file(call.dossier, dossier_file.content_of(call.dossier), newer, call.lang)
    say = wording(call.lang or (assessment.language if assessment else LANGUAGES[0]))
    if assessment:
        refuse(0, *said, *unknown_fields_words(assessment, say))
    print(diff_text(older, newer, assessment, call.today, call.format, say), end="")
    return 0


def _as_json(file: Path, diagnostic: Diagnostic, language: str) -> dict[str, Any]:
    return {
        "file": str(file),
        "line": diagnostic.place.line,
        "column": diagnostic.place.column,
        "code": diagnostic.code,
        "severity": diagnostic.severity,
        "sentence": diagnostic.sentence(language),
        "remedy": diagnostic.remedy(language),
        **({"edit": diagnostic.edit.as_json()} if diagnostic.edit else {}),
    }


def _as_annotation(file: Path, diagnostic: Diagnostic, language: str) -> str:
    """A workflow command of GitHub, which shows the sentence at its line; the path is that in the repository."""
    here = Path.cwd()
    shown = file.resolve().relative_to(here) if file.resolve().is_relative_to(here) else file
    properties = {
        "file": shown.as_posix(),
        "line": str(diagnostic.place.line),
        "col": str(diagnostic.place.column),
        "title": diagnostic.code,
    }
    kind = "error" if diagnostic.severity == "mistake" else "warning"
    where = ",".join(f"{name}={_of_property(value)}" for name, value in properties.items())
    return f"::{kind} {where}::{_of_message(f'{diagnostic.sentence(language)} {diagnostic.remedy(language)}')}"


def _of_message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _of_property(text: str) -> str:
    return _of_message(text).replace(":", "%3A").replace(",", "%2C")
