"""The operator's commands over what is saved: migrate, backup, restore, purge, ideas."""

from __future__ import annotations

import sys
from argparse import Namespace
from calendar import monthrange
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from pensebete.assessment.local_time import local_date
from pensebete.checklist import accepted
from pensebete.checklist.idea import STATES
from pensebete.checklist.loading import read
from pensebete.checklist.model import ChecklistRef
from pensebete.cli.arguments import AddCommand, Arguments, whole_number
from pensebete.cli.day import today_of, zone_of
from pensebete.cli.output import print_json
from pensebete.storage.months_kept import months_said
from pensebete.storage.place import database_url
from pensebete.text.wording import LANGUAGES, Wording, wording

IDEAS_IN = (*STATES, "answered")

# Imported where it is used: loading SQLAlchemy would slow every other call down.
if TYPE_CHECKING:
    from pensebete.storage.engine import Store


def add_storage_commands(command: AddCommand, say: Wording) -> tuple[Arguments, ...]:
    migrate, backup = command("migrate", _migrate), command("backup", _backup)
    restore, purge = command("restore", _restore), command("purge", _purge)
    purge.take("--months", type=whole_number(say), default=months_said(), metavar="number")
    purge.take("--dry-run", action="store_true")
    purge.take("--force", action="store_true", says="purge.force")
    backup.take("copy", type=Path, metavar="file", says="backup.copy")
    backup.take("--force", action="store_true", says="backup.force")
    restore.take("copy", type=Path, metavar="file", says="restore.copy")
    restore.take("--force", action="store_true", says="restore.force")
    ideas = command("ideas", _ideas)
    ideas.take("--to", choices=("json", "csv"), default="json", says="ideas_to")
    ideas.take("--state", choices=IDEAS_IN, says="ideas_state")
    return migrate, backup, restore, purge, ideas


def _migrate(call: Namespace) -> int:
    """Make the database ready for this version of the program, and return the exit code."""
    from pensebete.storage.schema import migrate

    say = wording(call.lang or LANGUAGES[0])

    def make_ready(opened: Store) -> None:
        before = migrate(opened, lambda: print(say("store.migrate.held"), file=sys.stderr, flush=True))
        if before:
            print(say("store.copied_before", file=before))
        print(say("store.migrated"))

    return _with_store(make_ready, say)


def _backup(call: Namespace) -> int:
    """Copy the database into a file, check the copy, and return the exit code."""
    from pensebete.storage.backup import backup

    say = wording(call.lang or LANGUAGES[0])

    def copy(opened: Store) -> None:
        if not _log_accepted(opened, call.checklist):
            print(say("store.copy.accepted_left_out"), file=sys.stderr)
        found = backup(opened, call.copy, call.force)
        print(say("store.copied", n=found, file=call.copy, size=_megabytes(call.copy, say)))

    try:
        return _with_store(copy, say)
    except FileExistsError:
        print(say("store.copy.exists", file=call.copy), file=sys.stderr)
        return 2


def _log_accepted(opened: Store, checklist: Path) -> bool:
    """Have the log of the database say what this disk keeps of accepted texts, so that it is in the copy: whether it
    does now. What was accepted while the database was away is only on the disk; what any entry says is older."""
    from pensebete.storage.accepted import entries, log
    from pensebete.storage.errors import StoreError

    try:
        logged = {entry.digest for entry in entries(opened, checklist)}
        for text in reversed(accepted.kept_of(checklist)):
            if accepted.digest_of(text) not in logged and (found := read(text)[0]) is not None:
                log(opened, checklist, ChecklistRef(id=found.id, version=found.version), text, datetime.now(UTC))
    except StoreError:
        return not accepted.kept_of(checklist)
    return True


def _restore(call: Namespace) -> int:
    """Put a copy in the place of the database, and return the exit code."""
    from pensebete.storage.backup import restore

    say = wording(call.lang or LANGUAGES[0])

    def put_back(opened: Store) -> None:
        found = restore(opened, call.copy, call.force)
        if found.before:
            print(say("store.restored.before", file=found.before))
        print(say("store.restored", n=found.dossiers))

    return _with_store(put_back, say)


def _purge(call: Namespace) -> int:
    """Delete the dossiers untouched for so many months, say which, and return the exit code."""
    from pensebete.storage.drafts import expired_drafts, purge_drafts
    from pensebete.storage.old_copies import forget_old_copies
    from pensebete.storage.retention import due, due_ideas, purge, purge_ideas
    from pensebete.storage.schema import check

    say, zone = wording(call.lang or LANGUAGES[0]), zone_of(call)

    def said(dossier: tuple[str, datetime]) -> str:
        return say("store.purged.dossier", id=dossier[0], day=say.short_date(local_date(dossier[1], zone)))

    def idea_said(idea: tuple[str, datetime]) -> str:
        return say("store.purged.idea", code=idea[0], day=say.short_date(local_date(idea[1], zone)))

    def delete_untouched(opened: Store) -> None:
        check(opened)
        today = today_of(call)
        since = datetime.combine(months_before(today, call.months), time(), zone)
        midnight = datetime.combine(today, time(), zone)
        found = due(opened, since, datetime.combine(today, time.max, zone))
        if found.ahead:
            latest = say.short_date(local_date(found.ahead[-1][1], zone))
            print(say("store.purge.ahead", n=len(found.ahead), day=latest), file=sys.stderr)
        months = say.number(call.months)
        if call.dry_run:
            for dossier in found.untouched:
                print(said(dossier))
            print(say("store.purge.would", n=len(found.untouched), of=say.number(found.of), months=months))
            if drafts := expired_drafts(opened, midnight):
                print(say("draft.purge.would", n=drafts))
            if found.is_suspect:
                print(say("store.purge.would_not"))
            old = due_ideas(opened, since)
            if old.of:
                for idea in old.untouched:
                    print(idea_said(idea))
                print(say("store.purge.ideas.would", n=len(old.untouched), of=say.number(old.of), months=months))
            return
        removed = purge(opened, since, call.force)
        for dossier in removed:
            print(said(dossier))
        print(say("store.purged", n=len(removed), months=months))
        if drafts := purge_drafts(opened, midnight):  # nothing where a clock that is wrong stopped the dossiers
            print(say("draft.purged", n=drafts))
        if gone := purge_ideas(opened, since, call.force):
            for idea in gone:
                print(idea_said(idea))
            print(say("store.purged.ideas", n=len(gone), months=months))
        if opened.file:
            forget_old_copies(opened.file)

    if call.months < 1:
        print(say("store.months"), file=sys.stderr)
        return 2
    return _with_store(delete_untouched, say)


def _ideas(call: Namespace) -> int:
    """Print the ideas that managers sent, the newest first, and return the exit code."""
    from pensebete.export.csv_file import csv_file
    from pensebete.export.tables.ideas import ideas_json, ideas_table
    from pensebete.storage.ideas import ideas_of
    from pensebete.storage.schema import check

    say, zone = wording(call.lang or LANGUAGES[0]), zone_of(call)

    def tell(opened: Store) -> None:
        check(opened)
        found = ideas_of(opened, call.state)
        if call.to == "csv":
            sys.stdout.buffer.write(csv_file(ideas_table(found, zone, say), say.spoken))
        else:
            print_json(ideas_json(found))

    return _with_store(tell, say)


def _megabytes(file: Path, say: Wording) -> str:
    return say.number(max(file.stat().st_size / 1_000_000, 0.1), 1)


def months_before(day: date, months: int) -> date:
    """The same day of an earlier month, or the last day of a month that is too short."""
    count = max(day.year * 12 + day.month - 1 - months, 12)
    year, month = divmod(count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _with_store(run: Callable[[Store], None], say: Wording) -> int:
    """Run a command on the database in use; what it cannot do is a sentence on standard error."""
    from pensebete.storage.engine import open_store
    from pensebete.storage.errors import StoreError

    try:
        with closing(open_store(database_url())) as opened:
            run(opened)
    except StoreError as error:
        print(error.sentence(say), file=sys.stderr)
        return 2
    return 0
