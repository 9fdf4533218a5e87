"""Something plausible in the place of what does not fit, so that the rest of a file can be checked all the same.

Nothing of it is shown: what is found at a place where something stands in is left unsaid.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from copy import deepcopy
from types import NoneType
from typing import Any, Literal, get_args, get_origin

from pydantic import ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from pensebete.checklist.diagnostics.place import Path
from pensebete.checklist.model import MOST_LANGUAGES, Checklist, Condition, Model, Text

_LANGUAGES = ("fr", "en")
_A_LANGUAGE = re.compile("[a-z]{2,3}")
# The fields whose loss makes others refer to nothing.
NAMING = frozenset(
    {"id", "class", "domains", "items", "actions", "profile", "options", "bands", "owners", "renamed", "retired"}
)


def with_stand_ins(data: Any, errors: Iterable[ErrorDetails]) -> tuple[Checklist | None, frozenset[Path]]:
    """A checklist made of what is sound in the data, and the paths where something stands in."""
    data, replaced, languages = deepcopy(data), set(), languages_of(data)
    for _ in range(3):  # what was hidden by one error shows in the next round
        for details in errors:
            if path := _replace(
                data, tuple(part for part in details["loc"] if part != "[key]"), details["type"], languages
            ):
                replaced.add(path)
        try:
            return Checklist.model_validate(data), frozenset(replaced)
        except ValidationError as error:
            errors = error.errors(include_url=False)
    return None, frozenset(replaced)


def languages_of(data: Any) -> tuple[str, ...]:
    """The languages that the data names, as far as they are fit to be names; French and English where none is."""
    named = data.get("languages") if isinstance(data, dict) else None
    found = (
        [one for one in named if isinstance(one, str) and _A_LANGUAGE.fullmatch(one)] if isinstance(named, list) else []
    )
    return tuple(dict.fromkeys(found))[:MOST_LANGUAGES] or _LANGUAGES


def _replace(data: Any, path: Path, kind: str, languages: tuple[str, ...]) -> Path | None:
    """Put something in the place of the innermost field of the path; the path of that field."""
    found: tuple[Any, Path, FieldInfo | None] | None = None
    model: Any = Checklist
    inner = data
    for depth, part in enumerate(path):
        fields = {info.alias or name: info for name, info in getattr(model, "model_fields", {}).items()}
        if isinstance(part, str) and isinstance(inner, dict) and isinstance(model, type) and issubclass(model, Model):
            found = (inner, path[: depth + 1], fields.get(part))
            model = model_in(fields[part].annotation) if part in fields else None
        elif isinstance(part, int) and model is not None and depth == len(path) - 1 and isinstance(inner, list):
            inner[part] = _stand_in(model, languages)
            return path
        try:
            inner = inner[part]
        except (KeyError, IndexError, TypeError):
            break
    if found is None:
        return None
    around, at, info = found
    name = at[-1]
    if kind == "extra_forbidden" or info is None or not info.is_required():
        around.pop(name, None)
    else:
        around[name] = _stand_in(info.annotation, languages, info.metadata)
    return at


def _stand_in(wanted: Any, languages: tuple[str, ...], metadata: Iterable[Any] = ()) -> Any:
    if get_origin(wanted) is not None and hasattr(wanted, "__metadata__"):
        return _stand_in(get_args(wanted)[0], languages, wanted.__metadata__)
    if isinstance(wanted, type) and issubclass(wanted, Model):
        fields = wanted.model_fields.items()
        return {
            info.alias or name: _stand_in(info.annotation, languages, info.metadata)
            for name, info in fields
            if info.is_required()
        }
    if wanted is Text:
        return dict.fromkeys(languages, "x")
    if wanted is Condition:
        return {}
    origin, inside = get_origin(wanted), get_args(wanted)
    if origin is tuple:
        return [_stand_in(inside[0], languages)] * 2
    if origin is dict:
        return {_stand_in(inside[0], languages): _stand_in(inside[1], languages)}
    if origin is Literal:
        return inside[0]
    if inside:
        return _stand_in(next(part for part in inside if part is not NoneType), languages, metadata)
    if wanted is str:
        return _text(metadata)
    return 1


def _text(metadata: Iterable[Any]) -> str:
    patterns = [getattr(part, "pattern", None) for part in metadata]
    return next((text for text in ("x", "1d", "fr", "https://example.org/") if _fits(text, patterns)), "x")


def _fits(text: str, patterns: Iterable[Any]) -> bool:
    return all(pattern is None or re.search(pattern, text) for pattern in patterns)


def model_in(annotation: Any) -> Any:
    """The model inside an annotation such as `tuple[Item, ...]` or `Annotated[Contact | None, …]`."""
    if isinstance(annotation, type) and issubclass(annotation, Model):
        return annotation
    return next((found for part in get_args(annotation) if (found := model_in(part))), None)


def stands_in(path: Path, replaced: frozenset[Path]) -> bool:
    """Whether something stands in at the path, or around it."""
    return any(path[:depth] in replaced for depth in range(len(path) + 1))


def thinned(data: Any, most: int = 120) -> Any:
    """The data with the first things only of each list and mapping, where they are many."""
    if isinstance(data, list):
        return [thinned(inner, most) for inner in data[:most]]
    if isinstance(data, dict):
        return {key: thinned(data[key], most) for key in list(data)[: 20 * most]}
    return data
