"""The JSON Schema of checklist.yaml, for editors: completion, mistakes underlined, and help in the reader's language.

Its shape is that of the models. What it cannot say, `check` does: tests/unit/checklist/test_json_schema.py lists it.
"""

from __future__ import annotations

from typing import Any

from pensebete.checklist.model import Checklist
from pensebete.text.wording import Wording


def checklist_schema(say: Wording) -> dict[str, Any]:
    schema = Checklist.model_json_schema()
    parts: dict[str, dict[str, Any]] = {**schema["$defs"], "Checklist": schema}
    for name, part in parts.items():
        required = part.get("required", [])
        part.pop("description", None)
        part.pop("title", None)
        for field, about in part.get("properties", {}).items():
            if field not in required:
                about = part["properties"][field] = _or_nothing(about)
            about["description"] = say(f"schema.{name}.{field}")
    # A word that is no language is underlined: a comma in a text can begin one.
    parts["Text"]["propertyNames"] = {"pattern": "^[a-z]{2,3}$"}
    _as_editors_read(schema)
    return schema


def _or_nothing(about: dict[str, Any]) -> dict[str, Any]:
    """A field without a value is as if it were not written."""
    kept = {key: about.pop(key) for key in ("default",) if about.get(key) is not None}
    about.pop("default", None)
    if {"type": "null"} in about.get("anyOf", ()):
        return {**about, **kept}
    return {"anyOf": [about, {"type": "null"}], **kept}


def _as_editors_read(node: Any) -> None:
    """Words may look like a number: `version: 2026`, `id: 0`. Names made from the code help nobody."""
    if isinstance(node, dict):
        if isinstance(node.get("title"), str):
            del node["title"]
        if node.get("type") == "string" and "format" not in node and "enum" not in node and "const" not in node:
            node["type"] = ["string", "number"]
        for key, inner in node.items():
            if key != "propertyNames":
                _as_editors_read(inner)
    elif isinstance(node, list):
        for inner in node:
            _as_editors_read(inner)
