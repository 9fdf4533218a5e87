"""The command line. Exit 0 all well (warnings included), 1 mistakes in the input, 2 wrong use.

Results go to standard output, errors to standard error, both in the language asked for.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from pensebete.assessment import dossier_file
from pensebete.assessment.local_time import UnknownZoneError
from pensebete.checklist.loading import ChecklistFileError, diagnostic_lines, published_path
from pensebete.cli.arguments import Arguments, WrongUseError, day, time_zone
from pensebete.cli.checklist_commands import add_checklist_commands
from pensebete.cli.compare_command import add_compare_command
from pensebete.cli.dossier_commands import add_dossier_commands
from pensebete.cli.files import reason
from pensebete.cli.output import refuse
from pensebete.cli.portfolio_command import add_portfolio_commands
from pensebete.cli.publish_commands import add_publish_commands
from pensebete.cli.storage_commands import add_storage_commands
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
        return refuse(2, *wrong.args)
    except OSError as error:
        if error.filename is None:  # files are opened by name; what was open before is the output
            sys.stdout = None
            return refuse(2, say("cli.not_written", file=say("cli.output"), reason=reason(error, say)))
        return refuse(2, say("cli.no_file", file=error.filename, reason=reason(error, say)))
    except UnknownZoneError as error:  # of the arguments and of dossiers it is said where they are read
        return refuse(2, say("cli.not_a_zone_of_server", value=error.name))
    except ChecklistFileError as error:
        return refuse(1, *diagnostic_lines(error.file, error.diagnostics, say.language))
    except dossier_file.DossierError as error:
        return refuse(1, *error.sentences(say))
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
    families = (
        add_checklist_commands,
        add_dossier_commands,
        add_compare_command,
        add_portfolio_commands,
        add_publish_commands,
        add_storage_commands,
    )
    for each in (added for add in families for added in add(command, say)):
        each.take("--checklist", type=Path, default=published_path(), metavar="file")
        each.take("--lang", choices=LANGUAGES)
        each.take("--today", type=day(say), metavar="day")
        each.take("--timezone", type=time_zone(say), metavar="zone")
    return parser


def _language_asked(arguments: Sequence[str]) -> Wording:
    """The language of the help and of what is wrong with the arguments, known before they are read."""
    asked = next((after for flag, after in pairwise(arguments) if flag == "--lang"), "")
    return wording("en" if asked == "en" or "--lang=en" in arguments else LANGUAGES[0])
