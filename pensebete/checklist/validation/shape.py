"""Whether the data of a file has the fields and the values that a checklist is made of."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from pensebete.checklist.diagnostics import Diagnostic
from pensebete.checklist.diagnostics.place import Path
from pensebete.checklist.model import Checklist
from pensebete.checklist.parsing.tree import MAX_TOLD, Tree
from pensebete.checklist.validation.placeholders import thinned, with_stand_ins
from pensebete.checklist.validation.schema_errors import said_by_its_parts, schema_diagnostic

_MANY = 20_000  # values in a file; a checklist of 500 items has as many


@dataclass(frozen=True, slots=True)
class Shape:
    """What the models make of the data: a checklist whose rules can be tried, None where too little of it fits.

    Where there are diagnostics, something stands in at the paths of `replaced`: such a checklist is never served.
    """

    checklist: Checklist | None
    diagnostics: list[Diagnostic] = field(default_factory=list)
    replaced: frozenset[Path] = frozenset()
    unlisted: int = 0  # how many more mistakes there are than diagnostics


def shape_of(tree: Tree) -> Shape:
    if not isinstance(tree.data, dict):
        return Shape(None, [] if tree.diagnostics else [Diagnostic("not-a-checklist", tree.place(()))])
    if len(tree.values) > _MANY:  # all the mistakes that such a file can have would take seconds to list
        errors = _validated(thinned(tree.data))[1]
        if len(errors) > MAX_TOLD:
            return _too_many(tree, errors)
    checklist, errors = _validated(tree.data)
    if len(errors) > MAX_TOLD:
        return _too_many(tree, errors)
    # Each part of a condition that is joined by an unknown word gives an error: the word is told once.
    told = {(one.code, one.path): one for one in (schema_diagnostic(tree, details) for details in errors)}
    found, replaced = list(told.values()), frozenset[Path]()
    if errors:
        checklist, replaced = with_stand_ins(tree.data, errors)
    return Shape(checklist, found, replaced)


def _too_many(tree: Tree, errors: list[ErrorDetails]) -> Shape:
    """The first of them as the models are gone through, and the number of the others: each has a cost."""
    return Shape(None, [schema_diagnostic(tree, one) for one in errors[:MAX_TOLD]], unlisted=len(errors) - MAX_TOLD)


def _validated(data: Any) -> tuple[Checklist | None, list[ErrorDetails]]:
    try:
        return Checklist.model_validate(data), []
    except ValidationError as error:
        return None, [details for details in error.errors(include_url=False) if not said_by_its_parts(details)]
