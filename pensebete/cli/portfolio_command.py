"""The command about many dossiers: portfolio."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from pensebete.checklist.loading import load
from pensebete.cli.arguments import AddCommand, Arguments, WrongUseError, whole_number
from pensebete.cli.day import today_of, zone_of
from pensebete.cli.files import reason, write_whole
from pensebete.cli.output import refuse
from pensebete.export.portfolio import PORTFOLIO_FORMATS, PORTFOLIO_SHEETS, export_portfolio
from pensebete.pdf.edition import PAPER_NAMES
from pensebete.text.wording import LANGUAGES, Wording, wording

if TYPE_CHECKING:  # no other command waits for the desk
    from pensebete.desk.call_sheet import CallSheet
    from pensebete.desk.portfolio import Portfolio
    from pensebete.desk.row import Asked

T = TypeVar("T")
_OFTEN = 10  # files between two of them
_SHEETS = "sheets"  # call sheets, as a PDF


def add_portfolio_commands(command: AddCommand, _say: object) -> tuple[Arguments, ...]:
    portfolio = command("portfolio", _portfolio)
    portfolio.take("files", type=Path, nargs="+", metavar="file")
    portfolio.take("--to", choices=(*PORTFOLIO_FORMATS, _SHEETS), default="json", says="portfolio_to")
    portfolio.take("--sheet", choices=PORTFOLIO_SHEETS, says="portfolio_sheet")
    portfolio.take("--top", type=whole_number(portfolio.say), metavar="number", says="portfolio_top")
    portfolio.take("--paper", choices=PAPER_NAMES, says="portfolio_paper")
    portfolio.take("-o", "--output", type=Path, metavar="file", says="portfolio_output")
    return (portfolio,)


def _portfolio(call: Namespace) -> int:
    # Imported here: no other command waits for the desk and the processes.
    from pensebete.cli.portfolio_reading import prepare, read_all, sources
    from pensebete.desk.portfolio import portfolio
    from pensebete.desk.row import Asked

    say = wording(call.lang or LANGUAGES[0])
    if call.sheet and call.to != "csv":
        raise WrongUseError(say("cli.sheet_of_csv"))
    if (call.top is not None or call.paper) and call.to != _SHEETS:
        raise WrongUseError(say("cli.only_of_sheets"))
    if call.top is not None and call.top < 1:
        raise WrongUseError(say("cli.too_few_sheets"))
    if call.to in ("xlsx", _SHEETS) and call.output is None:
        raise WrongUseError(say("cli.missing", names="-o"))
    found = list(dict.fromkeys(sources(call.files, call.output)))
    if not found:
        return refuse(1, say("cli.nothing_to_read"))
    prepare(found)
    checklist = load(call.checklist)
    zone_of(call)  # a wrong one of the server is said once, and not of each dossier
    now = datetime.now(UTC)
    checklists = {checklist.id: checklist}
    answers = call.to in ("csv", "xlsx") and call.sheet in (None, "answers")
    asked = Asked(checklists, now, call.today, call.timezone, answers=answers, dossiers=call.to == _SHEETS)
    read = list(_with_progress(read_all(found, asked, say.language), len(found), say, "cli.portfolio_progress"))
    made = portfolio(read)
    if call.to == _SHEETS:
        if not made.entries:
            return refuse(1, *_refused(made, say))
        content = _call_sheets(made, asked, call, say)
    else:
        content = export_portfolio(call.to, made, checklists, now, say, call.sheet or "portfolio")
    if call.output is None:
        sys.stdout.buffer.write(content)
    else:
        try:
            write_whole(call.output, content)
        except OSError as error:
            raise WrongUseError(say("cli.not_written", file=call.output, reason=reason(error, say))) from None
    if call.to == _SHEETS:
        refuse(0, *_refused(made, say))
    elif made.refused:
        refuse(0, say("cli.some_refused", n=len(made.refused), of=len(read)))
    return 0 if made.entries else 1


def _refused(made: Portfolio, say: Wording) -> list[str]:
    """A line each: there is no place for them among the sheets."""
    from pensebete.desk.desk_text import refusal_words

    return [say("cli.refused", file=one.file, reason=refusal_words(one.problems, say)) for one in made.refused]


def _call_sheets(made: Portfolio, asked: Asked, call: Namespace, say: Wording) -> bytes:
    """In the order of calls."""
    from pensebete.desk.call_sheet import call_sheet
    from pensebete.pdf.build import call_sheets_pdf

    entries = made.entries[: call.top]

    def sheets() -> Iterator[CallSheet]:
        for entry in entries:
            yield call_sheet(entry, entry.row.dossier, entry.earlier[0].dossier if entry.earlier else None, asked)

    told = _with_progress(sheets(), len(entries), say, "cli.sheets_progress")
    return call_sheets_pdf(told, say, today_of(call), call.paper or PAPER_NAMES[0])


def _with_progress(rows: Iterable[T], of: int, say: Wording, progress: str) -> Iterator[T]:
    """How many were read, or written, for whoever waits at a terminal: on one line, which is gone at the end."""
    shown = sys.stderr.isatty()
    for n, row in enumerate(rows, 1):
        if shown and (n % _OFTEN == 0 or n == of):
            print(
                "\r" + say(progress, read=say.number(n), of=say.number(of)),
                end="",
                file=sys.stderr,
                flush=True,
            )
        yield row
    if shown:
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)
