"""What the models say of the fields at a place of the file."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Annotated, Any

from pydantic import TypeAdapter
from pydantic.fields import FieldInfo

from pensebete.checklist.diagnostics.place import Path
from pensebete.checklist.model import Checklist
from pensebete.checklist.validation.placeholders import model_in


def fields_at(path: Path) -> Mapping[str, Path]:
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


def info_at(path: Path) -> FieldInfo | None:
    """What the models say of the field that the path ends with, or of the list that it is an element of."""
    return _info_of(tuple(part for part in path if isinstance(part, str)))


@lru_cache(maxsize=256)
def _info_of(place: tuple[str, ...]) -> FieldInfo | None:
    model: Any = Checklist
    info: FieldInfo | None = None
    for part in place:
        known = {found.alias or name: found for name, found in getattr(model, "model_fields", {}).items()}
        if part not in known:
            return None
        info = known[part]
        model = model_in(info.annotation)
    return info


@lru_cache(maxsize=256)
def adapter(place: tuple[str, ...]) -> TypeAdapter[Any]:
    info = _info_of(place)
    assert info is not None
    wanted: Any = Annotated[info.annotation, *info.metadata] if info.metadata else info.annotation
    return TypeAdapter(wanted)
