"""checklist.yaml -> a Checklist, and every diagnostic of its text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from heapq import nsmallest
from os import environ
from pathlib import Path

from pensebete.checklist.diagnostics import Diagnostic
from pensebete.checklist.diagnostics.codes import CATALOGUE
from pensebete.checklist.model import Checklist
from pensebete.checklist.parsing.document import MAX_BYTES, read_tree
from pensebete.checklist.parsing.tree import MAX_TOLD, Tree
from pensebete.checklist.validation.condition_rules import broken_conditions
from pensebete.checklist.validation.echoes import no_echo_of_the_document, no_echo_of_the_shape
from pensebete.checklist.validation.locate import at_its_place, with_suggestion
from pensebete.checklist.validation.promises import broken_promises
from pensebete.checklist.validation.rules import broken_rules
from pensebete.checklist.validation.shape import shape_of
from pensebete.checklist.validation.sure_edits import with_sure_edits
from pensebete.checklist.validation.text_warnings import text_warnings
from pensebete.checklist.validation.violation import Violation
from pensebete.checklist.validation.warnings import message_warnings, print_warnings, review_warnings

_BESIDE = Path(__file__).parents[2] / "checklist.yaml"


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


@lru_cache(maxsize=4)
def read_again(text: str) -> Checklist | None:
    """The checklist of a text that was accepted once, None where it no longer would be.

    Each saved dossier comes with the text that it was answered with, nearly always the same one.
    """
    return read(text)[0]


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


def read(
    source: str | bytes, today: date | None = None, accepted: Sequence[Checklist] = ()
) -> tuple[Checklist | None, tuple[Diagnostic, ...]]:
    """The checklist (None where there is a mistake) and every mistake and warning, sorted by line.

    The verdict on a text: command line, workshop and publication all ask for it here, with the day and with what was
    `accepted` before, the newest of each checklist id, newest first. It follows from these three and nothing else.
    Whoever loads a text that was accepted long ago gives neither: what is old or gone since is no concern of theirs.
    The stages follow one another, each on what the one before made of the text: document, shape, then what the
    checklist means, in _violations.
    """
    tree = with_sure_edits(read_tree(source))
    shape = shape_of(tree)
    broken = _violations(shape.checklist, tree.text, today, accepted) if shape.checklist else ()
    meaning, unlisted = _placed(tree, no_echo_of_the_shape(shape, broken))
    unlisted["mistake"] += tree.unlisted + shape.unlisted
    found = [*tree.diagnostics, *no_echo_of_the_document(tree, [*shape.diagnostics, *meaning])]
    sound = not (shape.diagnostics or unlisted["mistake"] or any(one.severity == "mistake" for one in found))
    return shape.checklist if sound else None, _told(tree, found, unlisted)


def _placed(tree: Tree, broken: Iterable[Violation]) -> tuple[list[Diagnostic], Counter[str]]:
    """As many diagnostics of each severity as are ever told, and how many more there are: each has a cost."""
    made: list[Diagnostic] = []
    count: Counter[str] = Counter()
    for one in broken:
        severity = CATALOGUE[one.code].severity
        count[severity] += 1
        if count[severity] <= MAX_TOLD:
            made.append(at_its_place(tree, one))
    return made, Counter({severity: max(number - MAX_TOLD, 0) for severity, number in count.items()})


def _violations(
    checklist: Checklist, text: str, today: date | None, accepted: Sequence[Checklist]
) -> Iterator[Violation]:
    """What the text owes to those accepted before it, the rules, the conditions, the warnings.

    In this order: an id that is to be put back accounts for what names it still.
    """
    # The one before it, which may be another checklist; then the last of its own id, where that is yet another.
    own = next((one for one in accepted if one.id == checklist.id), None)
    for older in (*accepted[:1], *([own] if own and own is not accepted[0] else [])):
        yield from broken_promises(older, checklist)
    yield from broken_rules(checklist)
    yield from broken_conditions(checklist)
    yield from print_warnings(checklist, text)
    yield from text_warnings(checklist)
    yield from message_warnings(checklist)
    if today is not None:
        yield from review_warnings(checklist, today)


def _told(tree: Tree, found: list[Diagnostic], unlisted: Counter[str]) -> tuple[Diagnostic, ...]:
    """What to tell, sorted by line: so many mistakes, and so many warnings; then how many more there are."""
    told: list[Diagnostic] = []
    for severity, code in (("mistake", "more-mistakes"), ("warning", "more-warnings")):
        some = [one for one in found if one.severity == severity]
        first = nsmallest(MAX_TOLD, some, key=lambda one: (one.place.line, one.place.column))
        told += [with_suggestion(tree, one) for one in first]
        if left := unlisted[severity] + len(some) - len(first):
            told.append(Diagnostic(code, first[-1].place if first else tree.place(()), {"more": str(left)}))
    return tuple(sorted(told, key=lambda one: (one.place.line, one.place.column, one.code in _OF_REST, one.code)))


_OF_REST = ("more-mistakes", "more-warnings")
