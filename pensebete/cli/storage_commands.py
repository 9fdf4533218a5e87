"""The operator's commands over saved dossiers: `migrate` and `purge`."""

from __future__ import annotations

import sys
from calendar import monthrange
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime, time

from pensebete.storage.engine import Store, database_url, open_store
from pensebete.storage.errors import StoreError
from pensebete.storage.retention import purge
from pensebete.storage.schema import check, migrate
from pensebete.text.wording import Wording


def migrate_database(say: Wording) -> int:
    """Make the database ready for this version of the program, and return the exit code."""

    def make_ready(opened: Store) -> None:
        migrate(opened)
        print(say("store.migrated"))

    return _with_store(make_ready, say)


def purge_dossiers(months: int, today: date, say: Wording) -> int:
    """Delete the dossiers untouched for so many months, say which, and return the exit code."""

    def delete_untouched(opened: Store) -> None:
        check(opened)
        removed = purge(opened, datetime.combine(months_before(today, months), time(), UTC))
        for id, touched in removed:
            print(say("store.purged.dossier", id=id, day=say.short_date(touched.date())))
        print(say("store.purged", n=len(removed), months=say.number(months)))

    if months < 1:
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
    try:
        with closing(open_store(database_url())) as opened:
            run(opened)
    except StoreError as error:
        print(error.sentence(say), file=sys.stderr)
        return 2
    return 0
