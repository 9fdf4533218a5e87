"""What staff should look at, though the checklist works: old links, signs that paper lacks, titles cut short."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from pensebete.checklist.diagnostics.place import Path
from pensebete.checklist.inserts import MOST_OF_SUBJECT, MOST_OF_TEXT
from pensebete.checklist.model import Checklist, Resource
from pensebete.checklist.validation.rules import MOST_ALIKE, each_text, messages
from pensebete.checklist.validation.violation import Violation
from pensebete.text.print_limits import missing, too_long

STALE_AFTER = 6  # months without a look at a link or a programme


def review_warnings(checklist: Checklist, today: date) -> Iterator[Violation]:
    """What staff should look at before they publish: whom to call, how soon each action is due, the resources."""
    if not (checklist.contact.phone or checklist.contact.email):
        yield Violation("contact-without-way", ("contact",))
    yield from _horizon_warnings(checklist)
    yield from _resource_warnings(checklist, today)


def _horizon_warnings(checklist: Checklist) -> Iterator[Violation]:
    """Actions that are due later than they say, or too many at once, or too late for their item."""
    for d, domain in enumerate(checklist.domains):
        for i, item in enumerate(domain.items):
            path: Path = ("domains", d, "items", i, "actions")
            rank = checklist.ranking.index(checklist.written_class(item))
            ranks = [checklist.rank_within(action.within) for action in item.actions]
            at_once = [n for n, action_rank in enumerate(ranks) if action_rank == 0]
            for n in at_once[1:]:
                yield Violation("second-urgent-action", (*path, n, "within"), {"within": item.actions[n].within})
            for n, action_rank in enumerate(ranks):
                if action_rank < rank:
                    values = {"within": item.actions[n].within, "class": checklist.ranking[rank].class_}
                    yield Violation("horizon-before-class", (*path, n, "within"), values)
            if all(action_rank > rank for action_rank in ranks):
                values = {"within": checklist.ranking[rank].within, "class": checklist.ranking[rank].class_}
                yield Violation("no-action-within-class", path, values)


def _resource_warnings(checklist: Checklist, today: date) -> Iterator[Violation]:
    """Resources that nobody verified for six months, or ever, and those whose time is past."""
    limit = months_before(today, STALE_AFTER)
    for path, resource in _resources(checklist):
        if resource.valid_until is not None and resource.valid_until < today:
            yield Violation("expired-resource", (*path, "valid_until"), {"date": resource.valid_until.isoformat()})
        verified = resource.verified_on
        if verified is None:
            yield Violation("undated-resource", path)
        elif verified > today:
            yield Violation("future-verification", (*path, "verified_on"), {"date": verified.isoformat()})
        elif verified < limit:
            yield Violation("stale-resource", (*path, "verified_on"), {"date": verified.isoformat()})


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier, or the last one of a month that is too short."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError(day)


def _resources(checklist: Checklist) -> Iterator[tuple[Path, Resource]]:
    for r, resource in enumerate(checklist.resources):
        yield ("resources", r), resource
    for d, domain in enumerate(checklist.domains):
        for i, item in enumerate(domain.items):
            for r, resource in enumerate(item.resources):
                yield ("domains", d, "items", i, "resources", r), resource


def print_warnings(checklist: Checklist, written: str) -> Iterator[Violation]:
    """Characters that the PDF cannot draw, and titles that it would cut; `written` is the text of the whole file."""
    if missing(written):
        printed = ((path, text) for path, text in each_text(checklist) if "message" not in path)  # they are sent
        lacking = [(path, found) for path, text in printed if (found := missing(text))]
        if len(lacking) > MOST_ALIKE:
            path, found = lacking[0]
            yield Violation("missing-glyphs", path, {"character": _characters(found), "count": str(len(lacking))})
        else:
            for path, found in lacking:
                yield Violation("missing-glyph", path, {"character": _characters(found)})
    for path, kind, title in _titles(checklist):
        if (most := too_long(title, kind)) is not None:
            yield Violation(
                "title-too-long", path, {"field": _field(path), "length": str(len(title)), "most": str(most)}
            )


def message_warnings(checklist: Checklist) -> Iterator[Violation]:
    """Ready messages that a link does not carry whole, and those to all staff that no language of the law says."""
    for path, message in messages(checklist):
        for field, text, most in (("subject", message.subject, MOST_OF_SUBJECT), ("text", message.text, MOST_OF_TEXT)):
            for language, said in text.root.items():
                if len(said) > most:
                    values = {"field": f"message.{field}", "length": str(len(said)), "most": str(most)}
                    yield Violation("message-too-long", (*path, field, language), values)
                if field == "subject" and "\n" in said:
                    yield Violation("subject-in-lines", (*path, field, language))
        if message.to == "staff" and "fr" not in checklist.languages:
            yield Violation("message-without-french", path)


def _characters(found: Iterable[str]) -> str:
    return " ".join(f"{c} (U+{ord(c):04X})" for c in found)


def _titles(checklist: Checklist) -> Iterator[tuple[Path, str, str]]:
    for path, kind, text in (
        (("title",), "checklist", checklist.title),
        *((("domains", d, "title"), "domain", domain.title) for d, domain in enumerate(checklist.domains)),
        *((("statuses", name, "label"), "status", words.label) for name, words in checklist.statuses),
    ):
        for language, title in text.root.items():
            yield (*path, language), kind, title
    for d, domain in enumerate(checklist.domains):
        for i, item in enumerate(domain.items):
            yield ("domains", d, "items", i, "ref"), "ref", item.ref


def _field(path: Path) -> str:
    """`title` for its French, `ref`, `label`."""
    return str(path[-1] if path[-1] == "ref" else path[-2])
