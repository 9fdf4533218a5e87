"""The command about many dossiers: portfolio."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from pensebete.checklist.loading import load
from pensebete.cli.arguments import AddCommand, Arguments, WrongUseError
from pensebete.cli.day import zone_of
from pensebete.cli.files import reason, write_whole
from pensebete.cli.output import refuse
from pensebete.export.portfolio import PORTFOLIO_FORMATS, PORTFOLIO_SHEETS, export_portfolio
from pensebete.text.wording import LANGUAGES, Wording, wording

T = TypeVar("T")
_OFTEN = 10  # files between two of them


def add_portfolio_commands(command: AddCommand, _say: object) -> tuple[Arguments, ...]:
    portfolio = command("portfolio", _portfolio)
    portfolio.take("files", type=Path, nargs="+", metavar="file")
    portfolio.take("--to", choices=PORTFOLIO_FORMATS, default="json", says="portfolio_to")
    portfolio.take("--sheet", choices=PORTFOLIO_SHEETS, says="portfolio_sheet")
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
    if call.to == "xlsx" and call.output is None:
        raise WrongUseError(say("cli.missing", names="-o"))
    found = list(dict.fromkeys(sources(call.files, call.output)))
    if not found:
        return refuse(1, say("cli.nothing_to_read"))
    prepare(found)
    checklist = load(call.checklist)
    zone_of(call)  # a wrong one of the server is said once, and not of each dossier
    now = datetime.now(UTC)
    checklists = {checklist.id: checklist}
    asked = Asked(
        checklists, now, call.today, call.timezone, answers=call.to != "json" and call.sheet in (None, "answers")
    )
    read = list(_with_progress(read_all(found, asked, say.language), len(found), say))
    made = portfolio(read)
    content = export_portfolio(call.to, made, checklists, now, say, call.sheet or "portfolio")
    if call.output is None:
        sys.stdout.buffer.write(content)
    else:
        try:
            write_whole(call.output, content)
        except OSError as error:
            raise WrongUseError(say("cli.not_written", file=call.output, reason=reason(error, say))) from None
    if made.refused:
        refuse(0, say("cli.some_refused", n=len(made.refused), of=len(read)))
    return 0 if made.entries else 1


def _with_progress(rows: Iterable[T], of: int, say: Wording) -> Iterator[T]:
    """How many were read so far, for whoever waits at a terminal: on one line, which is gone at the end."""
    shown = sys.stderr.isatty()
    for n, row in enumerate(rows, 1):
        if shown and (n % _OFTEN == 0 or n == of):
            print(
                "\r" + say("cli.portfolio_progress", read=say.number(n), of=say.number(of)),
                end="",
                file=sys.stderr,
                flush=True,
            )
        yield row
    if shown:
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)
