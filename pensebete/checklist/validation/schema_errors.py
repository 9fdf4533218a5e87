"""What pydantic finds in the data of a file -> diagnostics, each at the line where it is to be mended."""

from __future__ import annotations

from typing import Any

from annotated_types import Ge, Gt, Le
from pydantic import ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from pensebete.checklist.diagnostics import Diagnostic
from pensebete.checklist.diagnostics.codes import EXPECTED
from pensebete.checklist.diagnostics.place import Path, Place
from pensebete.checklist.diagnostics.text_edit import TextEdit
from pensebete.checklist.parsing.tree import Tree
from pensebete.checklist.refusals import REFUSED
from pensebete.checklist.validation.about import about, brief
from pensebete.checklist.validation.edits import (
    dash_added,
    in_its_language,
    key_renamed,
    sign_added,
    stray_key_removed,
    value_replaced,
)
from pensebete.checklist.validation.fields import adapter, fields_at, info_at
from pensebete.checklist.validation.levels import misplaced
from pensebete.checklist.validation.meant import listed, meant
from pensebete.checklist.validation.other_names import condition_word
from pensebete.checklist.validation.placeholders import languages_of


def schema_diagnostic(tree: Tree, details: ErrorDetails) -> Diagnostic:
    """By the type of the error and its context alone: no sentence of pydantic's is read."""
    path, kind = tuple(part for part in details["loc"] if part != "[key]"), details["type"]
    field = str(next((part for part in reversed(path) if isinstance(part, str)), ""))
    if kind == "missing":
        around = about(tree, path[:-1])
        return Diagnostic("missing-field", _place_of_missing(tree, path), {"field": field}, path, around)
    if found := misplaced(tree, path):
        return found
    if kind == "extra_forbidden":
        known = {name: at for name, at in fields_at(path[:-1]).items() if (*path[:-1], name) not in tree.keys}
        around = about(tree, path[:-1])
        edit = stray_key_removed(tree, path, fields_at(path[:-1]))
        return Diagnostic("unknown-field", tree.place(path), {"field": field}, path, around, known, edit=edit)
    if at := _condition_word(tree, path):
        return condition_word_diagnostic(tree, at)
    written = details["input"]
    alone = isinstance(written, list if field == "examples" else str) and path[-1] not in _MAPPINGS_OF_MANY
    if kind == "dict_type" and alone:
        return _text_without_language(tree, path, field, written)
    if kind == "string_too_short" and not written.strip() and field in languages_of(tree.data):
        named = str(next((part for part in reversed(path[:-1]) if isinstance(part, str)), ""))
        return Diagnostic("empty-text", tree.place(path), {"field": named, "language": field}, path, about(tree, path))
    expected = _expected(kind, details.get("ctx", {}), info_at(path))
    better, edit = _better(tree, path, expected["expected"], field, written)
    if edit and expected["expected"] == "text":
        expected = {"expected": "block_text", "name": field}
    values = {"field": field, "value": brief(written), **expected}
    return Diagnostic("wrong-value", tree.place(path), values, path, about(tree, path), suggestion=better, edit=edit)


def _better(tree: Tree, path: Path, expected: str, field: str, written: Any) -> tuple[str, TextEdit | None]:
    """What was meant by a value that does not fit, and the edit that writes it; nothing where it is not sure."""
    if isinstance(written, dict) and expected == "text":
        return "", sign_added(tree, path, ">-") if field in languages_of(tree.data) else None
    if not isinstance(written, str):
        return "", None
    if expected == "list" and "examples" in path[-2:-1] and (edit := dash_added(tree, path, written)):
        return f"- {brief(written)}", edit
    if expected == "list" and "applies_when" in path and (options := listed(written)):
        known = _options_of(tree, field)
        sure = all(option.strip() in known for option in options[1:-1].split(","))
        return (options, value_replaced(tree, path, written, options)) if sure else ("", None)
    for better in (meant(expected, field, written), written.strip("\"'[]{}(),; ")):
        if better and better != written and _fits(path, better):
            if expected == "id" and " " in written:  # words in the place of an id: perhaps of one that is published
                return better, None
            return better, value_replaced(tree, path, written, better)
    return "", None


def condition_word_diagnostic(tree: Tree, path: Path) -> Diagnostic:
    """A word that joins conditions, written as people say it: `and`, `ou`."""
    word, parts = str(path[-1]), tree.data
    for part in path:
        parts = parts[part]
    better = condition_word(word)
    fits = isinstance(parts, dict) if better == "not" else isinstance(parts, list) and isinstance(parts[0], dict)
    edit = key_renamed(tree, path, better) if fits and (*path[:-1], better) not in tree.keys else None
    values = {"word": word, "meant": better}
    return Diagnostic("condition-word", tree.place(path), values, path, about(tree, path), edit=edit)


def _condition_word(tree: Tree, path: Path) -> Path:
    """Where in the path a condition is joined by a word that it does not know, and that is no question; else ()."""
    if "applies_when" not in path:
        return ()
    for depth in range(path.index("applies_when") + 1, len(path)):
        part = path[depth]
        if isinstance(part, str) and condition_word(part) and not _options_of(tree, part):
            return path[: depth + 1]
    return ()


def _options_of(tree: Tree, question: str) -> set[str]:
    """The options of a question, as far as they can be read; none where there is no such question."""
    profile = tree.data.get("profile") if isinstance(tree.data, dict) else None
    for asked in profile if isinstance(profile, list) else ():
        if isinstance(asked, dict) and asked.get("id") == question:
            options = asked.get("options")
            named = [option.get("id") for option in options or () if isinstance(option, dict)]
            return {id for id in named if isinstance(id, str)}
    return set()


def _text_without_language(tree: Tree, path: Path, field: str, written: Any) -> Diagnostic:
    languages = languages_of(tree.data)
    sure = len(languages) == 1 and isinstance(written, str)
    edit = in_its_language(tree, path, written, languages[0]) if sure else None
    values = {"field": field, "languages": ", ".join(f"{language}: …" for language in languages)}
    return Diagnostic("text-without-language", tree.place(path), values, path, about(tree, path), edit=edit)


def _fits(path: Path, written: str) -> bool:
    """Whether what was meant is a value that the field can have."""
    info = info_at(path)
    if info is None:
        return False
    value: Any = [word.strip() for word in written[1:-1].split(",")] if written.startswith("[") else written
    try:
        adapter(tuple(part for part in path if isinstance(part, str))).validate_python(
            [value] if isinstance(path[-1], int) else value
        )
    except ValidationError:
        return False
    return True


def said_by_its_parts(details: ErrorDetails) -> bool:
    """Pydantic calls a list too short for the parts that failed; each of them is a mistake of its own already."""
    return details["type"] == "too_short" and len(details["input"]) >= details["ctx"]["min_length"]


def _expected(kind: str, context: dict[str, Any], info: FieldInfo | None) -> dict[str, str]:
    """`expected`, a key of EXPECTED, and the parts that say it, by the type of an error and its context."""
    if kind == REFUSED:
        return {name: str(part) for name, part in context.items()}
    expected = _OF_TYPE.get(kind) or _OF_FAMILY.get(kind.partition("_")[0], "other")
    if expected == "number" and info is not None:
        return _limits(info)
    return {"expected": expected, **{part: str(context[_OF_CONTEXT[part]]) for part in EXPECTED[expected]}}


def _limits(info: FieldInfo) -> dict[str, str]:
    """A number that would fit a field, by its bounds."""
    least = next((f"{bound.ge:g}" for bound in info.metadata if isinstance(bound, Ge)), "")
    most = next((f"{bound.le:g}" for bound in info.metadata if isinstance(bound, Le)), "")
    if info.annotation is int:
        return {"expected": "whole_number", "least": least, "most": most} if most else {"expected": "number"}
    above = any(isinstance(bound, Gt) for bound in info.metadata)
    return {"expected": "number_above", "most": most} if above else {"expected": "share", "least": least, "most": most}


# The fields that hold many things by name: a text in their place is no text without a language.
_MAPPINGS_OF_MANY = frozenset({"owners", "renamed"})
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
    fields = list(fields_at(path[:-1]))
    after = fields[fields.index(str(path[-1])) + 1 :] if path[-1] in fields else ()
    following = next((tree.keys[at] for field in after if (at := (*path[:-1], field)) in tree.keys), None)
    return following or tree.last_place(path[:-1])
