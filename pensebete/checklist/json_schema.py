"""The JSON Schema of checklist.yaml, for editors: completion, mistakes underlined, and help in the reader's language.

Its shape is that of the models. What it cannot say, `check` does: tests/unit/checklist/test_json_schema.py lists it.
An editor reads YAML by its own rules, where `yes` is a text and `3` a number: what `check` takes for either, the
schema does too. `errorMessage` and `defaultSnippets` are no part of JSON Schema: yaml-language-server and Visual Studio
Code say the one and offer the others.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from pydantic import TypeAdapter

from pensebete.checklist import model
from pensebete.checklist.model import Checklist
from pensebete.checklist.snippets import snippets
from pensebete.text.wording import Wording

# How a truth may be written as a text, and a number of any size with a point.
_TRUTH = r"^([Tt]([Rr][Uu][Ee])?|[Yy]([Ee][Ss])?|[Oo][Nn]|1|[Ff]([Aa][Ll][Ss][Ee])?|[Nn]([Oo])?|[Oo][Ff][Ff]|0)$"
_WEIGHT = r"^(1000(\.0*)?|[1-9][0-9]{0,2}(\.[0-9]*)?|0*\.0*[1-9][0-9]*)$"
_SHARE = r"^(1(\.0*)?|0(\.[0-9]*)?|\.[0-9]+)$"


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
    _as_editors_read(schema, say)
    # A word that is no language is underlined: a comma in a text can begin one.
    parts["Text"]["propertyNames"] = {"pattern": "^[a-z]{2,3}$", "errorMessage": _told(say, "language")}
    parts["Text"]["errorMessage"] = say("schema.error.text_of_language")
    for name, offered in snippets(say).items():
        parts[name]["defaultSnippets"] = offered
    return schema


def _or_nothing(about: dict[str, Any]) -> dict[str, Any]:
    """A field without a value is as if it were not written."""
    kept = {key: about.pop(key) for key in ("default",) if about.get(key) is not None}
    about.pop("default", None)
    if {"type": "null"} in about.get("anyOf", ()):
        return {**about, **kept}
    return {"anyOf": [about, {"type": "null"}], **kept}


def _as_editors_read(node: Any, say: Wording) -> None:
    """Words may look like numbers, and numbers be in quotes. Names made from the code help nobody."""
    if isinstance(node, dict):
        if isinstance(node.get("title"), str):
            del node["title"]
        if "patternProperties" in node:
            node["additionalProperties"] = False
        if isinstance(node.get("type"), str):
            _value(node, say)
        for key, inner in node.items():
            if key not in ("propertyNames", "errorMessage"):
                _as_editors_read(inner, say)
    elif isinstance(node, list):
        for inner in node:
            _as_editors_read(inner, say)


def _value(node: dict[str, Any], say: Wording) -> None:
    """What a value may be for an editor, and what is said of one that does not fit."""
    kind = node["type"]
    if kind == "boolean":
        node.update(type=["boolean", "string", "integer"], pattern=_TRUTH, minimum=0, maximum=1)
        node["errorMessage"] = _told(say, "bool")
    elif kind == "integer":
        least, most = node["minimum"], node.get("maximum")
        node.update(type=["integer", "string"], pattern=_whole(least, most))
        if (least, most) == (1, 3):
            node["errorMessage"] = _told(say, "level")
        elif most is not None:
            node["errorMessage"] = _told(say, "whole_number", least=str(least), most=str(most))
    elif kind == "number":
        weight = "exclusiveMinimum" in node
        node.update(type=["number", "string"], pattern=_WEIGHT if weight else _SHARE)
        least, most = f"{node.get('minimum', 0):g}", f"{node['maximum']:g}"
        told = _told(say, "number_above", most=most) if weight else _told(say, "share", least=least, most=most)
        node["errorMessage"] = told
    elif kind == "array":
        least = node.get("minItems", 0)
        node["errorMessage"] = _told(say, "longer_list", least=str(least)) if least > 1 else _told(say, "list")
    elif kind == "string":
        _text(node, say)


def _text(node: dict[str, Any], say: Wording) -> None:
    if "enum" in node:
        node["errorMessage"] = _told(say, "choice", choices=", ".join(node["enum"]))
    elif "format" in node:
        node["errorMessage"] = _told(say, "date")
    elif "pattern" not in node:
        node["type"] = ["string", "number", "boolean"]
        node["errorMessage"] = _told(say, "not_empty" if node.get("minLength") else "text")
    else:
        expected = _patterns().get(node["pattern"], "")
        if expected in ("id", ""):  # an option may be called 0
            node.update(type=["string", "integer", "boolean"], minimum=0)
        if expected:
            node["errorMessage"] = _told(say, expected)


def _told(say: Wording, expected: str, **parts: Any) -> str:
    """As `check` tells it, without the place: an editor shows where it is."""
    return say("schema.error", expected=say(f"diagnostics.expected.{expected}", **parts))


@cache
def _patterns() -> dict[str, str]:
    """The pattern of a text of a fixed form -> the key of EXPECTED by which it is refused."""
    forms = {
        "id": (model.Id, model.ItemOrAction),
        "horizon": (model.Horizon,),
        "url": (model.Url, model.UrlOrNothing),
        "email": (model.EmailOrNothing,),
        "language": (model.LanguageCode,),
    }
    return {TypeAdapter(form).json_schema()["pattern"]: name for name, known in forms.items() for form in known}


def _whole(least: int, most: int | None) -> str:
    """The pattern of a whole number from 0 or 1 up to another, as a text."""
    numbers = [] if least else ["0"]
    if most is None:
        numbers.append("[1-9][0-9]*")
    else:
        digits = str(most)
        numbers += [f"[1-9][0-9]{{{length - 1}}}" for length in range(1, len(digits))]
        for n, digit in enumerate(digits):  # as many digits, the first that differs a smaller one
            if int(digit) > (1 if n == 0 else 0):
                smaller = f"[{0 if n else 1}-{int(digit) - 1}]"
                numbers.append(digits[:n] + smaller + f"[0-9]{{{len(digits) - n - 1}}}")
        numbers.append(digits)
    return rf"^0*({'|'.join(numbers)})(\.0+)?$"
