"""checklist.yaml -> a Checklist, or every mistake with its line."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from difflib import get_close_matches
from heapq import nsmallest
from os import environ
from pathlib import Path
from typing import Any, TypeVar, get_args

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from pensebete.checklist import Checklist, Model
from pensebete.checklist_rules import BrokenRule, broken_promises, broken_rules
from pensebete.mistakes import Mistake
from pensebete.yaml_tree import MAX_BYTES, MAX_TOLD, Place, Tree, read_tree
from pensebete.yaml_tree import Path as TreePath

Found = TypeVar("Found")


class ChecklistFileError(Exception):
    """The file is not a sound checklist; `mistakes` holds each reason, sorted by line."""

    def __init__(self, file: Path, mistakes: tuple[Mistake, ...]) -> None:
        super().__init__("; ".join(mistake.sentence("en") for mistake in mistakes))
        self.file = file
        self.mistakes = mistakes


def published_path() -> Path:
    """The checklist in use: PENSEBETE_CHECKLIST, else checklist.yaml beside the program."""
    return Path(environ.get("PENSEBETE_CHECKLIST") or Path(__file__).parents[1] / "checklist.yaml")


def load(path: Path) -> Checklist:
    """The checklist of a file. Raises OSError where it cannot be read, ChecklistFileError where it is not sound."""
    checklist, mistakes = read(content_of(path))
    if checklist is None:
        raise ChecklistFileError(path, mistakes)
    return checklist


def content_of(path: Path) -> bytes:
    """The bytes of a file, or as many as it takes to see that it is too large."""
    with path.open("rb") as opened:
        return opened.read(MAX_BYTES + 1)


def read_against(source: str | bytes, older: Checklist) -> tuple[Checklist | None, tuple[Mistake, ...]]:
    """As `read`, and what the file may no longer do since that older version of it."""
    tree, checklist, mistakes = _read(source)
    if checklist is not None:
        mistakes = _sorted([*mistakes, *_told_of_rules(tree, broken_promises(older, checklist))])
    return (None if any(m.severity == "mistake" for m in mistakes) else checklist), mistakes


def read(source: str | bytes) -> tuple[Checklist | None, tuple[Mistake, ...]]:
    """The checklist (None where there is a mistake) and every mistake and warning, sorted by line."""
    _, checklist, mistakes = _read(source)
    return checklist, mistakes


def _read(source: str | bytes) -> tuple[Tree, Checklist | None, tuple[Mistake, ...]]:
    tree = read_tree(source)
    if tree.flaws:
        flaws = _told(tree.flaws, lambda f: f.place, lambda f: Mistake(f.code, f.place, f.values), tree.more_flaws)
        return tree, None, flaws
    if not isinstance(tree.data, dict):
        return tree, None, (Mistake("not-a-checklist", tree.place(())),)
    try:
        checklist = Checklist.model_validate(tree.data)
    except ValidationError as error:
        found = [details for details in error.errors(include_url=False) if not _said_by_its_parts(details)]
        return tree, None, _told(found, lambda d: tree.place(_written(d["loc"])), lambda d: _mistake(tree, d))
    mistakes = _told_of_rules(tree, broken_rules(checklist))
    return tree, (None if any(m.severity == "mistake" for m in mistakes) else checklist), mistakes


def _told(
    found: Collection[Found], place: Callable[[Found], Place], mistake: Callable[[Found], Mistake], more: int = 0
) -> tuple[Mistake, ...]:
    """The mistakes to tell, sorted by line: the first ones, and how many more there are; `more` were never listed."""

    def line(one: Found) -> tuple[int, int]:
        return place(one).line, place(one).column

    told = _sorted(map(mistake, nsmallest(MAX_TOLD, found, key=line)))
    more += len(found) - len(told)
    return (*told, Mistake("more-mistakes", told[-1].place, {"n": str(more)})) if more else told


def _told_of_rules(tree: Tree, rules: Iterable[BrokenRule]) -> tuple[Mistake, ...]:
    def mistake(rule: BrokenRule) -> Mistake:
        return Mistake(
            rule.code,
            tree.place(rule.path),
            _with_line(tree, rule.values, rule.same_as),
            about=_about(tree, rule.path),
            suggestion=_suggestion(rule.values.get("id", ""), rule.known),
        )

    return _told(list(rules), lambda rule: tree.place(rule.path), mistake)


def _sorted(mistakes: Iterable[Mistake]) -> tuple[Mistake, ...]:
    return tuple(sorted(mistakes, key=lambda m: (m.place.line, m.place.column, m.code)))


def _with_line(tree: Tree, values: dict[str, str], same_as: TreePath | None) -> dict[str, str]:
    return values if same_as is None else {**values, "line": str(tree.place(same_as).line)}


def _mistake(tree: Tree, details: ErrorDetails) -> Mistake:
    """A mistake of the shape, from what pydantic says of it."""
    path = _written(details["loc"])
    kind = details["type"]
    field = str(next((part for part in reversed(path) if isinstance(part, str)), ""))
    about = _about(tree, path[:-1] if kind in ("missing", "extra_forbidden") else path)
    place = tree.place(path)
    if kind == "missing":
        return Mistake("missing-field", place, {"field": field}, about)
    if kind == "extra_forbidden":
        suggestion = _suggestion(field, _fields_at(path[:-1]))
        return Mistake("unknown-field", place, {"field": field}, about, suggestion=suggestion)
    context = {key: str(value) for key, value in details.get("ctx", {}).items()}
    values = {
        "field": field,
        "value": _brief(details["input"]),
        "choices": context.get("expected", "").replace("'", "").replace(" or ", ", "),
        "least": context.get("min_length", ""),
        "most": context.get("max_length", ""),
    }
    return Mistake("wrong-value", place, values, about, expected=_expected(kind, context, field))


def _written(loc: TreePath) -> TreePath:
    """The path in the file of one of pydantic's places."""
    return tuple(part for part in loc if part != "[key]")


def _expected(kind: str, context: dict[str, str], field: str) -> str:
    """The key of mistakes.EXPECTED for one of pydantic's error types."""
    if kind in ("int_parsing", "int_parsing_size", "int_type", "greater_than_equal", "less_than_equal"):
        return "level" if field in ("urgency", "impact", "effort") else "number"
    if kind == "string_pattern_mismatch":
        pattern = context.get("pattern", "")
        return next((expected for part, expected in _PATTERNS.items() if part in pattern), "id")
    if kind == "string_too_short":
        return "not_empty"
    if kind == "string_too_long":
        return "shorter"
    if kind == "too_short":
        return "longer_list"
    endings = {
        "literal_error": "choice",
        "bool_parsing": "bool",
        "string_type": "text",
        "tuple_type": "list",
        "dict_type": "mapping",
        "model_type": "mapping",
        "model_attributes_type": "mapping",
    }
    if kind in endings:
        return endings[kind]
    if kind.startswith("date"):
        return "date"
    return "number" if kind.startswith(("decimal", "float", "finite", "greater", "less")) else "other"


# What tells a pattern of checklist.py apart -> the key of mistakes.EXPECTED; any other is that of an id.
_PATTERNS = {"h|d|w": "horizon", "http": "url", "@": "email", "[a-z]{2,3}": "language"}


def _said_by_its_parts(details: ErrorDetails) -> bool:
    """Pydantic calls a list too short for the parts that failed; each of them is a mistake of its own already."""
    return details["type"] == "too_short" and len(details["input"]) >= details["ctx"]["min_length"]


def _about(tree: Tree, path: TreePath) -> tuple[str, str]:
    """(kind, id) of the innermost thing with an id around the path."""
    inner: Any = tree.data
    found = ("checklist", "")
    for depth, part in enumerate(path):
        try:
            inner = inner[part]
        except (KeyError, IndexError, TypeError):
            break
        collection = path[depth - 1] if depth else ""
        if isinstance(part, int) and isinstance(inner, dict) and collection in _NAMED_BY:
            id = inner.get(_NAMED_BY[str(collection)])
            if isinstance(id, str):
                found = (str(collection), _brief(id))
    return found


_NAMED_BY = {
    "domains": "id",
    "items": "id",
    "actions": "id",
    "profile": "id",
    "options": "id",
    "bands": "id",
    "ranking": "class",
}


def _fields_at(path: TreePath) -> list[str]:
    """The names of the fields that the models know at a place of the file; empty where any name may stand."""
    model: Any = Checklist
    for part in path:
        if isinstance(part, int):
            continue
        fields = getattr(model, "model_fields", {})
        known = {info.alias or name: info.annotation for name, info in fields.items()}
        if part not in known:
            return []
        model = _model_in(known[part])
    fields = getattr(model, "model_fields", {})
    return [info.alias or name for name, info in fields.items()]


def _model_in(annotation: Any) -> Any:
    """The model inside an annotation such as `tuple[Item, ...]` or `Annotated[Contact | None, …]`."""
    if isinstance(annotation, type) and issubclass(annotation, Model):
        return annotation
    return next((found for part in get_args(annotation) if (found := _model_in(part))), None)


def _suggestion(word: str, known: Iterable[str]) -> str:
    return next(iter(get_close_matches(word, list(known), n=1)), "")


def _brief(value: Any) -> str:
    text = value if isinstance(value, str) else "…" if isinstance(value, dict | list) else str(value)
    return text if len(text) <= 60 else text[:59] + "…"
