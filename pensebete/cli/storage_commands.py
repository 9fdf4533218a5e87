"""The operator's commands over saved dossiers: migrate, purge."""

from __future__ import annotations

import sys
from argparse import Namespace
from calendar import monthrange
from collections.abc import Callable
from contextlib import closing
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from pensebete.assessment.local_time import local_date
from pensebete.cli.arguments import AddCommand, Arguments, whole_number
from pensebete.cli.day import today_of, zone_of
from pensebete.storage.months_kept import months_said
from pensebete.text.wording import LANGUAGES, Wording, wording

# Imported where it is used: loading SQLAlchemy would slow every other call down.
if TYPE_CHECKING:
    from pensebete.storage.engine import Store


def add_storage_commands(command: AddCommand, say: Wording) -> tuple[Arguments, ...]:
    migrate, purge = command("migrate", _migrate), command("purge", _purge)
    purge.take("--months", type=whole_number(say), default=months_said(), metavar="number")
    return migrate, purge


def _migrate(call: Namespace) -> int:
    """Make the database ready for this version of the program, and return the exit code."""
    from pensebete.storage.schema import migrate

    say = wording(call.lang or LANGUAGES[0])

    def make_ready(opened: Store) -> None:
        migrate(opened)
        print(say("store.migrated"))

    return _with_store(make_ready, say)


def _purge(call: Namespace) -> int:
    """Delete the dossiers untouched for so many months, say which, and return the exit code."""
    from pensebete.storage.retention import purge
    from pensebete.storage.schema import check

    say = wording(call.lang or LANGUAGES[0])

    def delete_untouched(opened: Store) -> None:
        check(opened)
        removed = purge(opened, datetime.combine(months_before(today_of(call), call.months), time(), zone_of(call)))
        for id, touched in removed:
            print(say("store.purged.dossier", id=id, day=say.short_date(local_date(touched, zone_of(call)))))
        print(say("store.purged", n=len(removed), months=say.number(call.months)))

    if call.months < 1:
        print(say("store.months"), file=sys.stderr)
        return 2
    return _with_store(delete_untouched, say)


def months_before(day: date, months: int) -> date:
    """The same day of an earlier month, or the last day of a month that is too short."""
    count = max(day.year * 12 + day.month - 1 - months, 12)
    year, month = divmod(count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _with_store(run: Callable[[Store], None], say: Wording) -> int:
    """Run a command on the database in use; what it cannot do is a sentence on standard error."""
    from pensebete.storage.engine import database_url, open_store
    from pensebete.storage.errors import StoreError

    try:
        with closing(open_store(database_url())) as opened:
            run(opened)
    except StoreError as error:
        print(error.sentence(say), file=sys.stderr)
        return 2
    return 0
