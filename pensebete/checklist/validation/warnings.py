"""What staff should look at, though the checklist works: old links, signs that paper lacks, titles cut short."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pensebete.checklist.diagnostics.place import Path
from pensebete.checklist.model import Checklist, Resource
from pensebete.checklist.validation.rules import texts
from pensebete.checklist.validation.violation import Violation
from pensebete.text.print_limits import missing, too_long

STALE_AFTER = 6  # months without a look at a link or a programme


def date_warnings(checklist: Checklist, today: date) -> Iterator[Violation]:
    """Links that nobody verified for six months, and resources whose time is past."""
    limit = months_before(today, STALE_AFTER)
    for path, resource in _resources(checklist):
        if resource.valid_until is not None and resource.valid_until < today:
            yield Violation("expired-resource", (*path, "valid_until"), {"date": resource.valid_until.isoformat()})
        # A resource in general words has no link that could have gone.
        if resource.url and resource.verified_on is not None and resource.verified_on < limit:
            yield Violation("stale-resource", (*path, "verified_on"), {"date": resource.verified_on.isoformat()})


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
        for path, languages in texts(checklist, ()):
            for language, said in languages.items():
                for n, text in enumerate((said,) if isinstance(said, str) else said):
                    if lacking := missing(text):
                        at = (*path, language) if isinstance(said, str) else (*path, language, n)
                        yield Violation(
                            "missing-glyph", at, {"character": " ".join(f"{c} (U+{ord(c):04X})" for c in lacking)}
                        )
    for path, kind, title in _titles(checklist):
        if (most := too_long(title, kind)) is not None:
            yield Violation(
                "title-too-long", path, {"field": _field(path), "length": str(len(title)), "most": str(most)}
            )


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
