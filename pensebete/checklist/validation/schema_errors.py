"""What pydantic finds in the data of a file -> diagnostics, each at the line where it is to be mended."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from pydantic_core import ErrorDetails

from pensebete.checklist.diagnostics import Diagnostic
from pensebete.checklist.diagnostics.codes import EXPECTED
from pensebete.checklist.diagnostics.place import Path, Place
from pensebete.checklist.model import Checklist
from pensebete.checklist.parsing.document import Tree
from pensebete.checklist.refusals import REFUSED
from pensebete.checklist.validation.locate import about, brief
from pensebete.checklist.validation.placeholders import model_in


def schema_diagnostic(tree: Tree, details: ErrorDetails) -> Diagnostic:
    """By the type of the error and its context alone: no sentence of pydantic's is read."""
    path, kind = tuple(part for part in details["loc"] if part != "[key]"), details["type"]
    field = str(next((part for part in reversed(path) if isinstance(part, str)), ""))
    if kind == "missing":
        around = about(tree, path[:-1])
        return Diagnostic("missing-field", _place_of_missing(tree, path), {"field": field}, path, around)
    if kind == "extra_forbidden":
        around, known = about(tree, path[:-1]), _fields_at(path[:-1])
        return Diagnostic("unknown-field", tree.place(path), {"field": field}, path, around, known)
    values = {"field": field, "value": brief(details["input"]), **_expected(kind, details.get("ctx", {}))}
    return Diagnostic("wrong-value", tree.place(path), values, path, about(tree, path))


def said_by_its_parts(details: ErrorDetails) -> bool:
    """Pydantic calls a list too short for the parts that failed; each of them is a mistake of its own already."""
    return details["type"] == "too_short" and len(details["input"]) >= details["ctx"]["min_length"]


def _expected(kind: str, context: dict[str, Any]) -> dict[str, str]:
    """`expected`, a key of EXPECTED, and the parts that say it, by the type of an error and its context."""
    if kind == REFUSED:
        return {name: str(part) for name, part in context.items()}
    expected = _OF_TYPE.get(kind) or _OF_FAMILY.get(kind.partition("_")[0], "other")
    return {"expected": expected, **{part: str(context[_OF_CONTEXT[part]]) for part in EXPECTED[expected]}}


# Pydantic's types of error -> keys of EXPECTED; of a number or a date, all that begin alike.
_OF_TYPE = {
    "bool_parsing": "bool",
    "string_type": "text",
    "string_too_short": "not_empty",
    "string_too_long": "shorter",
    "tuple_type": "list",
    "too_short": "longer_list",
    "too_long": "shorter_list",
    "dict_type": "mapping",
    "model_type": "mapping",
    "model_attributes_type": "mapping",
}
_OF_FAMILY = {
    "date": "date",
    **dict.fromkeys(("int", "decimal", "float", "finite", "greater", "less"), "number"),
}
# A part of a sentence -> what pydantic calls it in an error's context.
_OF_CONTEXT = {"least": "min_length", "most": "max_length"}


def _place_of_missing(tree: Tree, path: Path) -> Place:
    """Where the field would stand among those that are there."""
    if path in tree.keys:
        return tree.place(path)
    fields = list(_fields_at(path[:-1]))
    after = fields[fields.index(str(path[-1])) + 1 :] if path[-1] in fields else ()
    following = next((tree.keys[at] for field in after if (at := (*path[:-1], field)) in tree.keys), None)
    return following or tree.last_place(path[:-1])


def _fields_at(path: Path) -> Mapping[str, Path]:
    """The fields that the models know at a place of the file, written nowhere; none where any name may stand."""
    return _fields_of(tuple(part for part in path if isinstance(part, str)))


@lru_cache(maxsize=256)  # a file can lack thousands of fields, in a few kinds of places
def _fields_of(place: tuple[str, ...]) -> Mapping[str, Path]:
    model: Any = Checklist
    for part in place:
        fields = getattr(model, "model_fields", {})
        known = {info.alias or name: info.annotation for name, info in fields.items()}
        if part not in known:
            return {}
        model = model_in(known[part])
    return {info.alias or name: () for name, info in getattr(model, "model_fields", {}).items()}
