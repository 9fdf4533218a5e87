"""checklist.yaml -> a Checklist, or every mistake with its line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import partial
from heapq import nsmallest
from os import environ
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from pensebete.checklist.diagnostics import Diagnostic
from pensebete.checklist.diagnostics.codes import CATALOGUE
from pensebete.checklist.diagnostics.place import Path as TreePath
from pensebete.checklist.diagnostics.place import Place
from pensebete.checklist.model import Checklist
from pensebete.checklist.parsing.document import MAX_BYTES, MAX_TOLD, Tree, read_tree
from pensebete.checklist.validation.locate import rule_diagnostic, rule_place
from pensebete.checklist.validation.placeholders import NAMING, stands_in, thinned, with_stand_ins
from pensebete.checklist.validation.rules import broken_promises, violations
from pensebete.checklist.validation.schema_errors import (
    place_of,
    said_by_its_parts,
    shape_code,
    shape_diagnostic,
    written,
)
from pensebete.checklist.validation.violation import Violation
from pensebete.checklist.validation.warnings import date_warnings, print_warnings

_BESIDE = Path(__file__).parents[2] / "checklist.yaml"
# What is wrong only because of something that is missing; a fault of YAML in the same place explains it.
_OF_ABSENCE = frozenset({"missing-field", "missing-language", "language-of-nothing"})
# What may only seem so where an id could not be read.
_OF_REFERENCES = frozenset({"unknown-id", "not-earlier", "condition-on-item", "vanished-id", "same-version"})
_NEAR = 2
_MANY = 20_000  # values in a file; a checklist of 500 items has as many


@dataclass(frozen=True, slots=True)
class Found:
    """Something to tell; the mistake itself is made only if it is among those told."""

    code: str
    path: TreePath
    place: Place
    made: Callable[[], Diagnostic]


class ChecklistFileError(Exception):
    """The file is not a sound checklist; `diagnostics` holds each reason, sorted by line."""

    def __init__(self, file: Path, diagnostics: tuple[Diagnostic, ...]) -> None:
        super().__init__(file, diagnostics)
        self.file = file
        self.diagnostics = diagnostics

    def __str__(self) -> str:
        return "; ".join(diagnostic.sentence("en") for diagnostic in self.diagnostics)


def published_path() -> Path:
    """The checklist in use: PENSEBETE_CHECKLIST, else checklist.yaml beside the program."""
    named = environ.get("PENSEBETE_CHECKLIST")
    return Path(named) if named else _BESIDE


def load(path: Path) -> Checklist:
    """The checklist of a file. Raises OSError where it cannot be read, ChecklistFileError where it is not sound."""
    checklist, diagnostics = read(content_of(path))
    if checklist is None:
        raise ChecklistFileError(path, diagnostics)
    return checklist


def content_of(path: Path) -> bytes:
    """The bytes of a file, or as many as it takes to see that it is too large."""
    with path.open("rb") as opened:
        return opened.read(MAX_BYTES + 1)


def diagnostic_lines(file: Path, diagnostics: Iterable[Diagnostic], language: str) -> list[str]:
    """`FILE:LINE:COLUMN: CODE sentence remedy`, a line each."""
    return [
        f"{file}:{diagnostic.place.line}:{diagnostic.place.column}: {diagnostic.code} "
        f"{diagnostic.sentence(language)} {diagnostic.remedy(language)}"
        for diagnostic in diagnostics
    ]


def read_against(source: str | bytes, older: Checklist) -> tuple[Checklist | None, tuple[Diagnostic, ...]]:
    """As `read`, and what the file may no longer do since that older version of it."""
    return read(source, older=older)


def read(
    source: str | bytes, today: date | None = None, older: Checklist | None = None
) -> tuple[Checklist | None, tuple[Diagnostic, ...]]:
    """The checklist (None where there is a mistake) and every mistake and warning, sorted by line.

    With `today`, resources that are too old are warned of; with `older`, what the file may no longer do since then.
    """
    tree = read_tree(source)
    found: list[Found] = [_of_text(tree, n) for n in range(len(tree.flaws))]
    checklist = None
    if isinstance(tree.data, dict):
        checklist, of_content = _content(tree, today, older)
        found += _apart_from_flaws(tree, of_content)
    elif not found:
        found.append(_plain("not-a-checklist", tree.place(()), {}))
    if any(CATALOGUE[code].severity == "mistake" for code in {one.code for one in found}):
        checklist = None
    return checklist, _told(found, tree.more_flaws)


def _content(tree: Tree, today: date | None, older: Checklist | None) -> tuple[Checklist | None, list[Found]]:
    """The checklist of the data, and what is wrong with it: its shape first, then what it means."""
    if len(tree.values) > _MANY:  # all the mistakes that such a file can have would take seconds to list
        errors = _errors(thinned(tree.data))
        if len(errors) > MAX_TOLD:
            return None, [_of_shape(tree, details) for details in errors]
    try:
        sound = Checklist.model_validate(tree.data)
    except ValidationError as error:
        errors = _told_apart(error)
        found = [_of_shape(tree, details) for details in errors]
        if len(errors) > MAX_TOLD:
            return None, found
        whole, replaced = with_stand_ins(tree.data, errors)
        if whole is not None:
            found += _of_rules(tree, _rules(tree, whole, today, older), replaced)
        return None, found
    return sound, _of_rules(tree, _rules(tree, sound, today, older), frozenset())


def _errors(data: Any) -> list[ErrorDetails]:
    try:
        Checklist.model_validate(data)
    except ValidationError as error:
        return _told_apart(error)
    return []


def _told_apart(error: ValidationError) -> list[ErrorDetails]:
    return [details for details in error.errors(include_url=False) if not said_by_its_parts(details)]


def _of_shape(tree: Tree, details: ErrorDetails) -> Found:
    return Found(
        shape_code(details), written(details["loc"]), place_of(tree, details), lambda: shape_diagnostic(tree, details)
    )


def _rules(tree: Tree, checklist: Checklist, today: date | None, older: Checklist | None) -> Iterator[Violation]:
    yield from violations(checklist)
    yield from print_warnings(checklist, tree.text)
    if today is not None:
        yield from date_warnings(checklist, today)
    if older is not None:
        yield from broken_promises(older, checklist)


def _of_rules(tree: Tree, rules: Iterable[Violation], replaced: frozenset[TreePath]) -> list[Found]:
    """What the rules say, but for what may only seem so because something stands in for what does not fit."""
    lost = any(isinstance(path[-1], int) or get_close_matches(path[-1], NAMING, cutoff=0.8) for path in replaced)
    return [
        Found(rule.code, rule.path, rule_place(tree, rule), partial(rule_diagnostic, tree, rule))
        for rule in rules
        if not stands_in(rule.path, replaced) and not (lost and rule.code in _OF_REFERENCES)
    ]


def _apart_from_flaws(tree: Tree, found: list[Found]) -> list[Found]:
    """What the text itself does not explain: a line that was read as it may have been meant accounts for its own."""
    if not tree.flaws:
        return found
    told = {flaw.place.line for flaw in tree.flaws} | tree.mended
    told |= {int(flaw.values["line"]) for flaw in tree.flaws if "line" in flaw.values}
    near = {line + by for line in told for by in range(-_NEAR, _NEAR + 1)}

    def explained(one: Found) -> bool:
        if one.place.line in (near if one.code in _OF_ABSENCE else told):
            return True
        if one.code == "missing-language" or (one.code == "wrong-value" and one.path in tree.values):
            return not told.isdisjoint(tree.lines_of(one.path))
        return tree.lost_names and one.code in _OF_REFERENCES

    return [one for one in found if not explained(one)]


def _of_text(tree: Tree, n: int) -> Found:
    flaw = tree.flaws[n]
    return _plain(flaw.code, flaw.place, flaw.values)


def _plain(code: str, place: Place, values: dict[str, str]) -> Found:
    return Found(code, (), place, lambda: Diagnostic(code, place, values))


def _told(found: list[Found], more: int) -> tuple[Diagnostic, ...]:
    """What to tell, sorted by line: so many mistakes, and so many warnings; then how many more there are.

    `more` mistakes were never listed.
    """
    told: list[Diagnostic] = []
    for severity, code, unlisted in (("mistake", "more-mistakes", more), ("warning", "more-warnings", 0)):
        some = [one for one in found if CATALOGUE[one.code].severity == severity]
        first = nsmallest(MAX_TOLD, some, key=lambda one: (one.place.line, one.place.column))
        told += [one.made() for one in first]
        if left := unlisted + len(some) - len(first):
            told.append(Diagnostic(code, first[-1].place, {"more": str(left)}))
    return tuple(sorted(told, key=lambda m: (m.place.line, m.place.column, m.code in _OF_REST, m.code)))


_OF_REST = ("more-mistakes", "more-warnings")
