"""What pydantic finds in the data of a file -> a mistake of the catalogue, at the line where it is to be mended."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache
from typing import Any

from pydantic_core import ErrorDetails

from pensebete.checklist.diagnostics import Diagnostic
from pensebete.checklist.diagnostics.codes import EXPECTED, NAMED_BY
from pensebete.checklist.diagnostics.place import Path, Place
from pensebete.checklist.model import Checklist
from pensebete.checklist.parsing.document import Tree
from pensebete.checklist.refusals import REFUSED
from pensebete.checklist.validation.placeholders import model_in


def shape_code(details: ErrorDetails) -> str:
    return {"missing": "missing-field", "extra_forbidden": "unknown-field"}.get(details["type"], "wrong-value")


def shape_diagnostic(tree: Tree, details: ErrorDetails) -> Diagnostic:
    """A mistake of the shape, from what pydantic says of it."""
    path = written(details["loc"])
    kind = details["type"]
    field = str(next((part for part in reversed(path) if isinstance(part, str)), ""))
    concerned = about(tree, path[:-1] if kind in ("missing", "extra_forbidden") else path)
    place = place_of(tree, details)
    if kind == "missing":
        return Diagnostic(shape_code(details), place, {"field": field}, concerned)
    if kind == "extra_forbidden":
        meant = suggestion(field, _fields_at(path[:-1]))
        return Diagnostic(shape_code(details), place, {"field": field}, concerned, suggestion=meant)
    values = {"field": field, "value": _brief(details["input"]), **_expected(kind, details.get("ctx", {}))}
    return Diagnostic(shape_code(details), place, values, concerned)


def place_of(tree: Tree, details: ErrorDetails) -> Place:
    """Where it is to be mended: for a field that is missing, where it would stand among those that are there."""
    path = written(details["loc"])
    if details["type"] != "missing" or path in tree.keys:
        return tree.place(path)
    fields = _fields_at(path[:-1])
    after = fields[fields.index(str(path[-1])) + 1 :] if path[-1] in fields else ()
    following = next((tree.keys[at] for field in after if (at := (*path[:-1], field)) in tree.keys), None)
    return following or tree.last_place(path[:-1])


def written(loc: Path) -> Path:
    """The path in the file of one of pydantic's places."""
    return tuple(part for part in loc if part != "[key]")


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


def said_by_its_parts(details: ErrorDetails) -> bool:
    """Pydantic calls a list too short for the parts that failed; each of them is a mistake of its own already."""
    return details["type"] == "too_short" and len(details["input"]) >= details["ctx"]["min_length"]


def about(tree: Tree, path: Path) -> tuple[str, str]:
    """(kind, id) of the innermost thing with an id around the path."""
    inner: Any = tree.data
    found = ("checklist", "")
    for depth, part in enumerate(path):
        try:
            inner = inner[part]
        except (KeyError, IndexError, TypeError):
            break
        collection = path[depth - 1] if depth else ""
        if isinstance(part, int) and isinstance(inner, dict) and collection in NAMED_BY:
            id = inner.get(NAMED_BY[str(collection)])
            if isinstance(id, str):
                found = (str(collection), _brief(id))
    return found


def _fields_at(path: Path) -> tuple[str, ...]:
    """The names of the fields that the models know at a place of the file; empty where any name may stand."""
    return _fields_of(tuple(part for part in path if isinstance(part, str)))


@lru_cache(maxsize=256)  # a file can lack thousands of fields, in a few kinds of places
def _fields_of(place: tuple[str, ...]) -> tuple[str, ...]:
    model: Any = Checklist
    for part in place:
        fields = getattr(model, "model_fields", {})
        known = {info.alias or name: info.annotation for name, info in fields.items()}
        if part not in known:
            return ()
        model = model_in(known[part])
    fields = getattr(model, "model_fields", {})
    return tuple(info.alias or name for name, info in fields.items())


def suggestion(word: str, known: Iterable[str]) -> str:
    return next(iter(get_close_matches(word, list(known), n=1)), "")


def _brief(value: Any) -> str:
    text = value if isinstance(value, str) else "…" if isinstance(value, dict | list) else str(value)
    return text if len(text) <= 60 else text[:59] + "…"
