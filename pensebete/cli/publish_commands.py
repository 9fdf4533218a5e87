"""The commands about what is served: publish, versions. What they do to the database, servers follow within seconds."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pensebete.assessment.local_time import local_date, with_zone
from pensebete.checklist.accepted import MOST_WHO, MOST_WHY, Entry, Source, sound_among
from pensebete.checklist.loading import content_of, diagnostic_lines, read
from pensebete.checklist.model import Checklist, ChecklistRef
from pensebete.checklist.versions.going_back import text_to_go_back_to
from pensebete.cli.arguments import AddCommand, Arguments, whole_number
from pensebete.cli.day import today_of, zone_of
from pensebete.cli.output import refuse
from pensebete.evaluation.staff_reports import diff_text
from pensebete.storage.place import database_url
from pensebete.text.terminal import visible
from pensebete.text.typography import one_line
from pensebete.text.wording import LANGUAGES, Wording, wording

# Imported where it is used: loading SQLAlchemy would slow every other call down.
if TYPE_CHECKING:
    from pensebete.storage.engine import Store


def add_publish_commands(command: AddCommand, say: Wording) -> tuple[Arguments, ...]:
    publish, versions = command("publish", _publish), command("versions", _versions)
    publish.take("file", type=Path, metavar="file", says="publish.file")
    versions.take("--show", type=whole_number(say), metavar="number", says="versions.show")
    versions.take("--revert", type=whole_number(say), metavar="number", says="versions.revert")
    for each in (publish, versions):
        each.take("--who", default="", metavar="name")
        each.take("--why", default="", metavar="reason")
        each.take("--yes", action="store_true")
    return publish, versions


def _publish(call: Namespace) -> int:
    """Show what a file would change, and with --yes have it served in the place of what is."""
    say = wording(call.lang or LANGUAGES[0])
    if missing := _undeclared(call, say):
        return refuse(2, *missing)
    source = content_of(call.file)

    def run(store: Store) -> int:
        from pensebete.storage.accepted import whole_log

        log, texts = whole_log(store, call.checklist)
        checklist, diagnostics = read(source, today_of(call), sound_among(texts))
        if checklist is None:
            mistakes = [one for one in diagnostics if one.severity == "mistake"]
            return refuse(1, *diagnostic_lines(call.file, mistakes, say.language))
        text = source.decode("utf-8-sig")
        return _show_and_add(store, call, say, log, texts, (checklist, text), "published", None)

    return _with_log(run, say)


def _versions(call: Namespace) -> int:
    """List what was accepted; --show prints the text of one, --revert goes back to it."""
    say = wording(call.lang or LANGUAGES[0])

    def run(store: Store) -> int:
        from pensebete.storage.accepted import entries, text_of

        log, asked = entries(store, call.checklist), call.revert if call.revert is not None else call.show
        if asked is None:
            for entry in reversed(log):
                print(visible(_line(entry, call, say)))
            if not log:
                print(say("versions.none"))
            return 0
        chosen = next((entry for entry in log if entry.number == asked), None)
        text = text_of(store, chosen.digest) if chosen else None
        if chosen is None or text is None:
            return refuse(2, say("cli.versions.unknown", number=asked))
        if call.revert is None:
            print(text, end="" if text.endswith("\n") else "\n")
            return 0
        return _go_back(store, call, say, chosen, text)

    if call.revert is not None and (missing := _undeclared(call, say)):
        return refuse(2, *missing)
    return _with_log(run, say)


def _go_back(store: Store, call: Namespace, say: Wording, chosen: Entry, text: str) -> int:
    from pensebete.storage.accepted import whole_log

    log, texts = whole_log(store, call.checklist)
    accepted = sound_among(texts)
    earlier, _ = read(text)
    if earlier is None or not accepted:
        return refuse(1, say("versions.unreadable"))
    again = text_to_go_back_to(earlier, text, accepted[0], lambda tried: read(tried, today_of(call), accepted))
    found = read(again)[0] if again else None
    if again is None or found is None:
        return refuse(1, say("cli.versions.not_by_itself", number=chosen.number))
    if again != text:
        print(say("versions.back.names"))
    return _show_and_add(store, call, say, log, texts, (found, again), "reverted", chosen)


def _show_and_add(
    store: Store,
    call: Namespace,
    say: Wording,
    log: tuple[Entry, ...],
    texts: tuple[str, ...],
    found: tuple[Checklist, str],
    source: Source,
    based_on: Entry | None,
) -> int:
    """The difference with what is served and its effect; then the entry, where the call says so."""
    from pensebete.storage.accepted import publish

    checklist, text = found
    if texts and texts[0] == text:
        print(say("publish.same"))
        return 0
    if served := sound_among(texts[:1]):
        print(diff_text(served[0], checklist, None, today_of(call), "markdown", say), end="")
    if not call.yes:
        print(say("cli.publish.not_yet"))
        return 0
    newest = log[-1] if log else None
    made = publish(
        store,
        call.checklist,
        ChecklistRef(id=checklist.id, version=checklist.version),
        text,
        datetime.now(UTC),
        over=newest,
        who=one_line(call.who),
        why=one_line(call.why),
        source=source,
        based_on=based_on or newest,
    )
    print(visible(say("publish.done", version=made.version, number=made.number)))
    return 0


def _undeclared(call: Namespace, say: Wording) -> list[str]:
    """Why who and why cannot be written down."""
    found = [say(f"cli.publish.{name}") for name in ("who", "why") if not one_line(getattr(call, name))]
    for name, most in (("who", MOST_WHO), ("why", MOST_WHY)):
        if len(one_line(getattr(call, name))) > most:
            found.append(say(f"cli.publish.{name}.long", most=most))
    return found


def _line(entry: Entry, call: Namespace, say: Wording) -> str:
    """« 3  2026-03-28 14 h 30  2026.2  publiée  Ana : un numéro »."""
    zone = zone_of(call)
    day, time = say.short_date(local_date(entry.at, zone)), say.time(with_zone(entry.at).astimezone(zone))
    told = say("versions.why", who=entry.who, why=entry.why) if entry.who else ""
    way = say(f"cli.versions.{entry.source}")
    return f"{entry.number:>4}  {day} {time}  {entry.version}  {way}  {told}".rstrip()


def _with_log(run: Callable[[Store], int], say: Wording) -> int:
    """Run a command on the log of the database in use; what it cannot do is a sentence on standard error."""
    from pensebete.storage.engine import open_store
    from pensebete.storage.errors import PublishedMeanwhileError, StoreError
    from pensebete.storage.schema import check

    try:
        with closing(open_store(database_url())) as opened:
            check(opened)
            return run(opened)
    except PublishedMeanwhileError as error:
        return refuse(1, error.sentence(say))
    except StoreError as error:
        print(error.sentence(say), file=sys.stderr)
        return 2
